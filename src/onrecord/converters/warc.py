"""Web archives: WARC files, gzipped or not, and WACZ; every HTML response is read by the html converter.

Needs `pip install 'onrecord[html,warc]'`. Records that hold no article are set aside and counted.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BufferedReader
from typing import Any

from onrecord.converters import html
from onrecord.converters.base import never_raises
from onrecord.converters.corpus import rows
from onrecord.converters.corpus.unpack import BombError, member, stream
from onrecord.converters.html.page import MAX_PAGE
from onrecord.errors import ConverterError
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Severity

ENDS = (b"\r\n\r\n", b"\n\n")
"""What stands below every record."""
HTML = ("text/html", "application/xhtml+xml")


@never_raises
def convert(document: Document, defaults: Defaults) -> Iterator[Article | Issue]:
    """Yield an article for each archived page that is one, and what was found on the way.

    Parameters
    ----------
    document
        The archive. An article's path ends with `#` and its record's id; its key comes from the page's bytes.
    defaults
        As for the html converter.

    Raises
    ------
    ConverterError
        fastwarc, lxml or trafilatura is not installed. Nothing in a document raises.
    """
    aside: Counter[str] = Counter()
    count, is_empty = 0, True
    try:
        for source in _archives(document.data):
            for record in _records(source):
                count += 1
                for item in _record(document, defaults, record, aside):
                    is_empty = is_empty and isinstance(item, Issue) and item.severity is not Severity.ERROR
                    yield item
    except (OSError, EOFError, RuntimeError, ValueError, zlib.error, zipfile.BadZipFile, BombError) as error:
        hint = "fetch the archive again; what was read before the damage is kept"
        message = f"the archive cannot be read to its end (after {count} responses): {str(error)[:200]}"
        yield rows.fault(document, "archive-damaged", message, hint)
        is_empty = False
    if aside:
        yield _counted(document, aside)
    if is_empty:
        message = f"none of the archive's {count} responses is an article"
        yield rows.fault(document, "empty-document", message, "take the file out")


def _archives(data: bytes) -> Iterator[BufferedReader]:
    """Yield the WARC streams of a document: itself, or those within a WACZ."""
    if not data.startswith(b"PK\x03\x04"):
        yield stream(data)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        for entry in bundle.infolist():
            if entry.filename.startswith("archive/") and entry.filename.endswith((".warc", ".warc.gz")):
                with bundle.open(entry) as packed:
                    yield member(packed, entry.compress_size)  # type: ignore[arg-type]


def _records(source: BufferedReader) -> Iterator[Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ModuleNotFoundError as error:
        raise ConverterError(f"{error.name} is not installed", hint="pip install 'onrecord[warc]'") from error
    has_records = False
    raw: Any = source.raw  # in steps, so that damage costs no record before it
    records = iter(ArchiveIterator(raw, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"))
    while (record := _unpanicked(partial(next, records, None))) is not None:
        yield record
        has_records = True
    if has_records and not bytes(getattr(raw, "tail", b"")).endswith(ENDS):
        raise EOFError("it ends within a record")


def _unpanicked(read: Callable[[], Any]) -> Any:
    """Call into fastwarc; a panic there, which is no Exception, becomes one."""
    try:
        return read()
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise ValueError(str(error)) from None
        raise


def _record(document: Document, defaults: Defaults, record: Any, aside: Counter[str]) -> Iterator[Article | Issue]:
    """Yield what one response holds; count it where it is no article."""
    kind = (record.http_content_type or "unknown").lower()
    status = getattr(record.http_headers, "status_code", None)
    if kind not in HTML:
        aside[kind] += 1
        return
    if status != 200:
        aside[f"status {status}"] += 1
        return
    payload = _unpanicked(partial(record.reader.read, MAX_PAGE + 1))
    page = Document.of(f"{document.path}#{str(record.record_id).strip('<>')}", payload)
    found = list(html.convert(page, _captured(defaults, record)))
    article = next((item for item in found if isinstance(item, Article)), None)
    if article is not None and article.body is None:
        aside["page without an article"] += 1
        return
    target = record.headers.get("WARC-Target-URI")
    for item in found:
        yield replace(item, url=item.url or target) if isinstance(item, Article) else item


def _captured(defaults: Defaults, record: Any) -> Defaults:
    """Return the defaults with the day on which the record was made, unless somebody said another."""
    day = record.record_date
    return defaults if day is None else replace(defaults, options={"capture_date": day, **defaults.options})


def _counted(document: Document, aside: Counter[str]) -> Issue:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(aside.items()))
    return Issue(
        code="records-set-aside",
        severity=Severity.NOTE,
        message=f"{sum(aside.values())} responses hold no article: {kinds[:500]}",
        hint="nothing to do, unless an article is missing",
        file=document.path,
    )
