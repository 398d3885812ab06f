"""Which converter reads a document, told by its content and never by its name alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.records import Document

SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Choice:
    """A converter's name, and why it is the right one."""

    name: str
    why: str


STARTS = (
    (b"WARC/", "warc", "the document starts as a WARC record does"),
    (b"PAR1", "parquet", "the document starts as Parquet does"),
    (b"\x28\xb5\x2f\xfd", "jsonl", "the document is compressed with zstd, as corpora are"),
)
FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
HTML = re.compile(rb"<!doctype html|<(?:html|head|body|article|meta|script|div|p|title|h1)[\s>/]", re.IGNORECASE)
NAMES = (
    ((".csv", ".csv.gz", ".csv.zst", ".tsv"), "csv"),
    ((".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson"), "jsonl"),
    ((".wacz", ".warc.gz"), "warc"),
)


def choose(document: Document) -> Choice:
    r"""Return which converter reads a document, and why.

    Examples
    --------
    >>> choose(Document.of("page", b"<!DOCTYPE html><title>Rain</title>"))
    Choice(name='html', why='the text starts as an HTML page does')
    >>> choose(Document.of("page.txt", b"Rain at last\n\nIt rained.")).name
    'capture'
    """
    for start, name, why in STARTS:
        if document.data.startswith(start):
            return _by_name(document) or Choice(name, why) if name == "jsonl" else Choice(name, why)
    if named := _by_name(document):
        return named
    data = document.data
    if data.startswith(b"\x1f\x8b"):
        data, packed = _unpacked(data), "unpacked from gzip, "
    elif data.startswith(b"PK\x03\x04"):
        return Choice("warc", "the document is a zip archive, as WACZ is")
    else:
        packed = ""
    return _by_content(data[:SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n"), packed)


def _by_content(sample: bytes, packed: str) -> Choice:
    sample = sample.replace(b"\0", b"")
    if sample.startswith(b"WARC/"):
        return Choice("warc", f"{packed}the text starts as a WARC record does")
    if sample.startswith(b"<") and FEED.search(sample):
        return Choice("feed", f"{packed}the text starts as a feed does")
    if sample.startswith((b"<", b"\xff\xfe<", b"\xfe\xff<")) and HTML.search(sample):
        return Choice("html", f"{packed}the text starts as an HTML page does")
    if sample.startswith(b"{"):
        return Choice("jsonl", f"{packed}the text starts as a JSON object does")
    if packed and HTML.search(sample):
        return Choice("html", f"{packed}the text holds HTML elements")
    return Choice("capture", f"{packed}the text is no markup and no record")


def _by_name(document: Document) -> Choice | None:
    """Return the form that the name says where the content cannot tell: rows of text are text."""
    low = document.path.lower()
    for endings, name in NAMES:
        if low.endswith(endings):
            return Choice(name, f"its name ends with {next(e for e in endings if low.endswith(e))}")
    return None


def _unpacked(data: bytes) -> bytes:
    """Return the first bytes of a gzip member, and nothing where it is damaged."""
    import zlib

    try:
        return zlib.decompressobj(wbits=31).decompress(data[: 4 * SAMPLE], SAMPLE)
    except zlib.error:
        return b""
