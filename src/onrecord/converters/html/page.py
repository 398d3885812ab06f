"""Bytes to a parsed page: unpacked, decoded as a browser would, bounded in size and depth."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.converters.evidence import SIGNATURES, is_western
from onrecord.converters.text import MARKS, Finding
from onrecord.errors import ConverterError
from onrecord.records import Document
from onrecord.reports import Issue, Severity

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PAGE = 10_000_000
"""Bytes of a page, unpacked; no article needs more."""
MAX_ELEMENTS = 40_000
"""Elements of a page."""
MAX_DEPTH = 250
DEEP = f"boolean({'/*' * (MAX_DEPTH + 1)})"
"""Whether a page has an element that is nested deeper than that, as XPath."""
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\xad\u200b\u2060]|&shy;|&#173;|&#xAD;|&ZeroWidthSpace;|&#8203;", re.IGNORECASE
)
"""Characters that show nothing: controls, soft hyphens, zero-width spaces."""
HEAD = 4096
"""Bytes in which a page declares its encoding."""
ENTITY = re.compile(r"<!ENTITY\s", re.IGNORECASE)
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^<>]{0,200}?(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
BROWSER = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
"""What browsers read a declared encoding as (WHATWG Encoding Standard)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page, or None with the reason among the issues."""

    tree: HtmlElement | None
    issues: tuple[Issue, ...]


def load(document: Document, encoding: str | None = None) -> Page:
    r"""Return the tree of a page.

    Raises
    ------
    ConverterError
        lxml is not installed.

    Examples
    --------
    >>> page = load(Document.of("a.html", "<p>caf\xe9".encode("cp1252")))
    >>> page.tree.text_content(), [issue.code for issue in page.issues]
    ('café', ['encoding-guessed'])
    """
    finding = Finding(document)
    data, issue = unpack(document.data, finding)
    if data is None:
        return Page(None, (issue,) if issue else ())
    text, issues = decode(data, encoding, Finding(Document(document.path, data, document.sha256)))
    if text is None:
        return Page(None, tuple(issues))
    return _parsed(text, issues, finding)


def unpack(data: bytes, finding: Finding, limit: int = MAX_PAGE) -> tuple[bytes | None, Issue | None]:
    """Return the bytes, out of gzip where they are in it; never more than `limit`."""
    if data.startswith(b"\x1f\x8b"):
        try:
            data = _gunzip(data, limit)
        except (zlib.error, EOFError) as error:
            hint = "save the page again: the file is damaged or cut short"
            return None, finding.issue("damaged-gzip", Severity.ERROR, f"gzip: {error}", hint)
    if len(data) > limit:
        message, hint = f"the document has more than {limit:,} bytes, unpacked", "take it out, or split it"
        return None, finding.issue("document-too-large", Severity.ERROR, message, hint)
    if not data.strip():
        return None, finding.empty()
    return data, None


def _gunzip(data: bytes, limit: int) -> bytes:
    """Return the members of a gzip file joined, at most one byte more than `limit`."""
    parts, size = [], 0
    while data.startswith(b"\x1f\x8b") and size <= limit:
        member = zlib.decompressobj(wbits=31)
        part = member.decompress(data, limit + 1 - size)
        parts.append(part)
        size += len(part)
        if not member.eof and size <= limit:
            raise EOFError("cut short")
        data = member.unused_data
    return b"".join(parts)


def decode(data: bytes, encoding: str | None, finding: Finding) -> tuple[str | None, list[Issue]]:
    """Return a page's text: as stated, marked, valid UTF-8, declared, or guessed, in this order."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), []
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            hint = "name the converter that reads such files in collection.toml, or take the file out"
            return None, [finding.issue("binary-document", Severity.ERROR, f"the document is {name}, not a page", hint)]
    if encoding is None and b"\x1b" not in data[:HEAD]:
        try:
            return data.decode("utf-8"), []
        except UnicodeDecodeError:
            pass
    declared = encoding or _declared(data)
    if declared and (text := _as_declared(data, declared)) is not None:
        return text, _damage(text, declared, finding)
    return _guessed(data, finding)


def _declared(data: bytes) -> str | None:
    match = DECLARED.search(data[:HEAD])
    name = match[1].decode("ascii").lower() if match else None
    try:
        return codecs.lookup(BROWSER.get(name, name)).name if name else None
    except LookupError:
        return None


def _as_declared(data: bytes, name: str) -> str | None:
    """Return the text where the encoding fits but for a stray byte in a thousand."""
    try:
        text = data.decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") * 1000 <= len(text) else None


def _damage(text: str, name: str, finding: Finding) -> list[Issue]:
    if "\ufffd" not in text:
        return []
    message = f"{text.count('�')} characters are not {name}"
    hint = "save the page again, or look at the text where � stands"
    return [finding.issue("replacement-character", Severity.WARNING, message, hint)]


def _guessed(data: bytes, finding: Finding) -> tuple[str | None, list[Issue]]:
    name = "cp1252" if is_western(data) else _by_statistics(data)
    text = data.decode(name, "replace")
    if text.count("\ufffd") * 100 > len(text) or "<" not in text:
        hint = "name the encoding in collection.toml: [documents.options] encoding = '…'"
        return None, [finding.issue("invalid-encoding", Severity.ERROR, "no encoding fits the page", hint)]
    hint = "name the encoding in collection.toml, if it is another"
    return text, [finding.issue("encoding-guessed", Severity.WARNING, f"read as {name}, by its letters", hint)]


def _by_statistics(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return best.encoding if best else "cp1252"


def _parsed(text: str, issues: list[Issue], finding: Finding) -> Page:
    try:
        import lxml.html
        from lxml import etree
    except ModuleNotFoundError as error:
        raise ConverterError(f"{error.name} is not installed", hint="pip install 'onrecord[html]'") from error
    if ENTITY.search(text[:HEAD]):
        message, hint = (
            "the page declares entities of its own; they are not expanded",
            "look at the text where & stands",
        )
        issues = [*issues, finding.issue("entities-declared", Severity.WARNING, message, hint)]
    text = UNSEEN.sub("", text)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return Page(None, (*issues, finding.empty()))
    if fault := _unbounded(tree, finding):
        return Page(None, (*issues, fault))
    return Page(tree, tuple(issues))


def _unbounded(tree: HtmlElement, finding: Finding) -> Issue | None:
    is_large = tree.xpath("count(//*)") > MAX_ELEMENTS
    if not is_large and not tree.xpath(DEEP):
        return None
    what = f"more than {MAX_ELEMENTS:,}" if is_large else f"nested more than {MAX_DEPTH} deep"
    hint = "take the page out: no article is built so"
    return finding.issue("page-too-complex", Severity.ERROR, f"the page's elements are {what}", hint)
