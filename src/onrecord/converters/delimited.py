"""CSV and its like: a header, then an article a row; plain, gzip or zstd."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from onrecord.converters.base import never_raises
from onrecord.converters.corpus import rows
from onrecord.converters.corpus.unpack import DAMAGE, MAX_RECORD, stream
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue

CONVERTER = "csv 1"
DELIMITERS = ",;\t|"
HINT = "write it with a header, and quote fields that hold delimiters, quotes or line ends"


@never_raises
def convert(document: Document, defaults: Defaults) -> Iterator[Article | Issue]:
    r"""Yield an article for each row, or what is wrong with it.

    Parameters
    ----------
    document
        The corpus. An article's key comes from the values of its row.
    defaults
        `options["columns"]` maps fields to columns; `options["delimiter"]` and `options["encoding"]` say
        what is not a comma (or what the header shows) and not UTF-8.

    Raises
    ------
    ConverterError
        The mapping names a field that there is not. Nothing in a document raises.

    Examples
    --------
    >>> corpus = Document.of("corpus.csv", b'title;text\r\nRain at last;"It rained; at last."\r\n')
    >>> found, = convert(corpus, Defaults())
    >>> found.headline, found.body, found.seed_path
    ('Rain at last', 'It rained; at last.', 'corpus.csv#1')
    """
    csv.field_size_limit(MAX_RECORD)
    encoding = str(defaults.options.get("encoding", "utf-8-sig"))
    line = 1
    try:
        text = io.TextIOWrapper(stream(document.data), encoding=encoding, newline="")
        header = text.readline(MAX_RECORD)
        reader = csv.reader(text, delimiter=_delimiter(header, defaults), strict=True)
        names = next(csv.reader([header], delimiter=_delimiter(header, defaults)), [])
        if not any(name.strip() for name in names):
            yield rows.fault(document, "empty-document", "the document has no header", HINT, line=1)
            return
        yield from rows.missing(names, document, defaults)
        line, count = 2, 0
        for values in reader:
            if any(values):
                count += 1
                yield from _row(document, defaults, names, values, count, line)
            line = reader.line_num + 2
        if not count:
            yield rows.fault(
                document, "empty-document", "the document has a header and no rows", "take the file out", line=2
            )
    except DAMAGE as error:
        yield rows.fault(
            document, "corpus-damaged", f"the corpus cannot be read to its end: {error}", "fetch it again", line=line
        )
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8, or say its encoding in collection.toml: [documents.options] encoding"
        yield rows.fault(
            document, "invalid-utf-8", f"not {encoding} after line {line}: {error.reason}", hint, line=line
        )
    except csv.Error as error:
        yield rows.fault(document, "record-invalid", f"not CSV: {error}", HINT, line=line)
    except LookupError:
        hint = "name one that Python knows"
        yield rows.fault(document, "encoding-unknown", f"no encoding is called {encoding!r}", hint)


def _delimiter(header: str, defaults: Defaults) -> str:
    told = str(defaults.options.get("delimiter", ""))
    return told if len(told) == 1 else max(DELIMITERS, key=header.count)


def _row(
    document: Document, defaults: Defaults, names: list[str], values: list[str], count: int, line: int
) -> Iterator[Article | Issue]:
    if len(values) != len(names):
        message = f"the row has {len(values)} fields; the header has {len(names)}"
        yield rows.fault(document, "record-invalid", message, HINT, line=line)
        return
    filled = {name: value for name, value in zip(names, values, strict=True) if value}
    yield from rows.article(rows.Row(filled, str(count), rows.digest(filled), line), document, defaults, CONVERTER)
