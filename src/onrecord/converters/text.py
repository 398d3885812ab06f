"""Bytes to text, the same way for every converter, with every doubt as an Issue.

What is damaged beyond evidence gives no text, and so no row (an error): empty or binary documents,
invalid UTF-8, surrogates, NUL, and sizes no article has. What can be read for certain, or on evidence,
gives text and a warning or a note. Line ends come out as LF; lines and columns count from 1 in the
physical file, columns in code points.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.converters.evidence import SIGNATURES, is_binary, is_western, wide
from onrecord.records import Document
from onrecord.reports import Issue, Severity

MAX_BYTES = 16_000_000
"""No article is longer; what is, is a corpus or an accident."""
MAX_LINE = 1_000_000
"""Bytes of a line."""
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LINE_END = re.compile(rb"\r\n?|\n")
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's text with LF line ends, or None where it has none, and what was found on the way."""

    text: str | None
    issues: tuple[Issue, ...] = ()


def decode(document: Document, *, encoding: str | None = None) -> Decoded:
    r"""Return the text of a document.

    Parameters
    ----------
    document
        The bytes as received.
    encoding
        The encoding where someone who knows has said it; else UTF-8, or what a byte order mark says.

    Examples
    --------
    >>> decode(Document.of("a.txt", b"one\r\ntwo")).text
    'one\ntwo'
    >>> issue = decode(Document.of("a.txt", b"fine\nna\x81ve")).issues[0]
    >>> issue.code, issue.line, issue.column
    ('invalid-utf-8', 2, 3)
    """
    finding = Finding(document)
    if fault := _unfit(document.data, finding):
        return Decoded(None, (fault,))
    text, issues = _characters(document.data, encoding, finding)
    if text is None:
        return Decoded(None, tuple(issues))
    text, found = _normalised(text, issues, finding)
    return Decoded(text, found) if text.strip() else Decoded(None, (*found, finding.empty()))


@dataclass(frozen=True, slots=True)
class Finding:
    """Makes the issues of one document."""

    document: Document

    def issue(self, code: str, severity: Severity, message: str, hint: str, offset: int | None = None) -> Issue:
        """Return an Issue at a byte offset."""
        line, column = (None, None) if offset is None else place(self.document.data, offset)
        return Issue(
            code=code, severity=severity, message=message, hint=hint, file=self.document.path, line=line, column=column
        )

    def empty(self) -> Issue:
        """Return the Issue of a document that holds nothing but white space."""
        hint = "capture the page again, or take the file out"
        return self.issue("empty-document", Severity.ERROR, "the document has no text", hint, 0)


def place(data: bytes, offset: int) -> tuple[int, int]:
    r"""Return the line and the column, both from 1, of a byte; CRLF, CR and LF each end a line.

    >>> place("é\r\nab".encode(), 5)
    (2, 2)
    """
    before = data[:offset]
    line = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
    start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    return line, len(before[start:].decode("utf-8", "replace")) + 1


def _unfit(data: bytes, finding: Finding) -> Issue | None:
    """Return why no text should be looked for at all."""
    if not data:
        return finding.empty()
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            hint = "name the converter that reads such files in collection.toml, or take the file out"
            return finding.issue("binary-document", Severity.ERROR, f"the document is {name}, not text", hint, 0)
    if (offset := _long_line(data)) is not None:
        message = f"a line is longer than {MAX_LINE:,} bytes"
        return finding.issue("line-too-long", Severity.ERROR, message, "split the file into articles and lines", offset)
    if len(data) > MAX_BYTES:
        message = f"the document has {len(data):,} bytes; an article has at most {MAX_BYTES:,}"
        return finding.issue("document-too-large", Severity.ERROR, message, "split the file into articles")
    return None


def _long_line(data: bytes) -> int | None:
    if len(data) <= MAX_LINE:
        return None
    start = 0
    for end in (match.start() for match in LINE_END.finditer(data)):
        if end - start > MAX_LINE:
            return start
        start = end + 1
    return start if len(data) - start > MAX_LINE else None


def _characters(data: bytes, encoding: str | None, finding: Finding) -> tuple[str | None, list[Issue]]:
    for mark, name in MARKS:
        if data.startswith(mark):
            return _marked(data, mark, name, finding)
    if encoding is not None:
        return _stated(data, encoding, finding)
    if (guess := wide(data)) is not None:
        return _wide_text(data, guess, finding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, finding)
    if (offset := data.find(b"\0")) >= 0:
        hint = "capture the page again: a NUL stands where bytes were lost"
        return None, [finding.issue("nul-character", Severity.ERROR, "the text holds a NUL character", hint, offset)]
    return text, []


def _marked(data: bytes, mark: bytes, name: str, finding: Finding) -> tuple[str | None, list[Issue]]:
    if name == "utf-8":
        rest = data[len(mark) :]
        text, issues = _characters(rest, None, Finding(Document(finding.document.path, rest, "")))
        hint = "nothing to do: the mark is no part of the text"
        note = finding.issue(
            "byte-order-mark-dropped", Severity.NOTE, "the document starts with a byte order mark", hint, 0
        )
        return text, [note, *issues]
    try:
        text = data[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        return None, [_undecodable(name, error, finding)]
    return _without_nul(text, finding, [_other_encoding(name, "its byte order mark", finding)])


def _stated(data: bytes, encoding: str, finding: Finding) -> tuple[str | None, list[Issue]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return None, [_undecodable(encoding, error, finding)]
    except (LookupError, ValueError):
        message = f"no encoding is called {encoding!r}"
        return None, [finding.issue("encoding-unknown", Severity.ERROR, message, "name one that Python knows")]
    if any("\ud800" <= c <= "\udfff" for c in text):
        return None, [_surrogate(finding, None)]
    return _without_nul(text, finding, [])


def _wide_text(data: bytes, encoding: str, finding: Finding) -> tuple[str | None, list[Issue]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return None, [_undecodable(encoding, error, finding)]
    return _without_nul(text, finding, [_other_encoding(encoding, "every other byte being NUL", finding)])


def _without_nul(text: str, finding: Finding, issues: list[Issue]) -> tuple[str | None, list[Issue]]:
    if "\0" not in text:
        return text, issues
    hint = "capture the page again: a NUL stands where bytes were lost"
    return None, [*issues, finding.issue("nul-character", Severity.ERROR, "the text holds a NUL character", hint)]


def _not_utf8(data: bytes, offset: int, finding: Finding) -> tuple[str | None, list[Issue]]:
    if is_binary(data):
        hint = "take the file out, or name the converter that reads it in collection.toml"
        return None, [finding.issue("binary-document", Severity.ERROR, "the document is no text", hint, offset)]
    if SURROGATE.match(data, offset):
        return None, [_surrogate(finding, offset)]
    if is_western(data):
        return data.decode("cp1252"), [_other_encoding("windows-1252", "its accents and marks", finding, offset)]
    message = f"byte 0x{data[offset]:02X} is no UTF-8 here"
    hint = 'save the file as UTF-8, or say its encoding in collection.toml: [documents.options] encoding = "…"'
    return None, [finding.issue("invalid-utf-8", Severity.ERROR, message, hint, offset)]


def _undecodable(encoding: str, error: UnicodeDecodeError, finding: Finding) -> Issue:
    message = f"not {encoding} from byte {error.start} on: {error.reason}"
    hint = "capture the page again, or correct the encoding in collection.toml"
    return finding.issue("invalid-encoding", Severity.ERROR, message, hint)


def _surrogate(finding: Finding, offset: int | None) -> Issue:
    hint = "capture the page again with a tool that writes valid UTF-8"
    return finding.issue("lone-surrogate", Severity.ERROR, "half of a surrogate pair is no character", hint, offset)


def _other_encoding(name: str, evidence: str, finding: Finding, offset: int = 0) -> Issue:
    hint = "save the file as UTF-8, or say its encoding in collection.toml"
    message = f"read as {name}, by {evidence}"
    return finding.issue("encoding-guessed", Severity.WARNING, message, hint, offset)


def _normalised(text: str, issues: list[Issue], finding: Finding) -> tuple[str, tuple[Issue, ...]]:
    if "\r" in text:
        hint = "nothing to do: line ends are no part of the text"
        issues = [*issues, finding.issue("line-ends", Severity.NOTE, "line ends were made LF", hint)]
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    issues = [*issues, *_doubts(text, finding)]
    return CONTROL.sub("", text), tuple(issues)


def _doubts(text: str, finding: Finding) -> Iterator[Issue]:
    """Characters that no writer typed."""
    if control := CONTROL.search(text):
        message = f"control characters left out (first: U+{ord(control[0]):04X}; {len(CONTROL.findall(text))} in all)"
        yield _at(
            finding, "control-character-dropped", message, "look whether text was lost there", text, control.start()
        )
    if (offset := text.find("�")) >= 0:
        message = f"characters were lost before the capture ({text.count('�')} replacement characters)"
        yield _at(finding, "replacement-character", message, "capture the page again", text, offset)


def _at(finding: Finding, code: str, message: str, hint: str, text: str, offset: int) -> Issue:
    start = text.rfind("\n", 0, offset) + 1
    return Issue(
        code=code,
        severity=Severity.WARNING,
        message=message,
        hint=hint,
        file=finding.document.path,
        line=text.count("\n", 0, offset) + 1,
        column=offset - start + 1,
    )
