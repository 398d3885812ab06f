"""JSON Lines: an object a line, an article an object; plain, gzip or zstd."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from onrecord.converters.base import never_raises
from onrecord.converters.corpus import rows
from onrecord.converters.corpus.unpack import DAMAGE, lines
from onrecord.files import from_json
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue

CONVERTER = "jsonl 1"
HINT = "write one JSON object a line, as `jq -c '.[]'` does"


@never_raises
def convert(document: Document, defaults: Defaults) -> Iterator[Article | Issue]:
    r"""Yield an article for each line, or what is wrong with it.

    Parameters
    ----------
    document
        The corpus. An article's key comes from the bytes of its line.
    defaults
        `options["columns"]` maps fields to keys (`{"headline": "meta.title"}`); without it, usual names.

    Raises
    ------
    ConverterError
        The mapping names a field that there is not. Nothing in a document raises.

    Examples
    --------
    >>> line = b'{"title": "Rain at last", "text": "It rained.\\n\\nIt stopped.", "date": "2024-05-07T10:00:00Z"}\n'
    >>> found, = convert(Document.of("corpus.jsonl", line), Defaults())
    >>> found.headline, found.seed_path, found.body
    ('Rain at last', 'corpus.jsonl#1', 'It rained.\n\nIt stopped.')
    """
    count = 0
    try:
        for number, line in lines(document.data):
            if line is None or line.strip(b"\xef\xbb\xbf \t"):
                count += 1
                yield from _line(document, defaults, number, line)
    except DAMAGE as error:
        hint = "fetch the corpus again; what was read before the damage is kept"
        yield rows.fault(
            document, "corpus-damaged", f"the corpus cannot be read to its end: {error}", hint, line=count + 1
        )
        return
    if not count:
        yield rows.fault(document, "empty-document", "the document has no rows", "take the file out", line=1)


def _line(document: Document, defaults: Defaults, number: int, line: bytes | None) -> Iterator[Article | Issue]:
    if line is None:
        yield rows.fault(
            document, "record-too-large", "the line is longer than any article", "take it out", line=number
        )
        return
    try:
        value = from_json(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"not UTF-8 from byte {error.start + 1} of the line on"
        yield rows.fault(document, "invalid-utf-8", message, "save the corpus as UTF-8", line=number)
        return
    except ValueError as error:
        yield rows.fault(
            document,
            "record-invalid",
            f"not JSON: {error}",
            HINT,
            line=number,
            value=line[:200].decode("utf-8", "replace"),
        )
        return
    if not isinstance(value, dict):
        yield rows.fault(document, "record-invalid", "the line is JSON, but no object", HINT, line=number)
        return
    row = rows.Row(value, str(number), hashlib.sha256(line).hexdigest(), number)
    yield from rows.article(row, document, defaults, CONVERTER)
