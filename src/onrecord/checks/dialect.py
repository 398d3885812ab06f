"""Whether a file is CSV as published at all: text in UTF-8, cells parted by commas, a line of names first.

What is wrong with a whole file is one finding, not one for each column that is then not there.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord import schemas
from onrecord.checks.findings import Finding
from onrecord.converters.evidence import SIGNATURES, conflict, wide

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 1 << 22
HEAD = 1 << 16
_SEPARATORS = {b";": "semicolons", b"\t": "tabs", b"|": "bars"}
_MARKUP = re.compile(rb"\s*<(!doctype|html|\?xml|head|body)", re.IGNORECASE)
_POINTER = b"version https://git-lfs"
FETCH = "fetch or save the file again"


def strange(name: str, file: Path) -> list[Finding]:
    """Return why a file is not CSV as published, or nothing where it may be."""
    with file.open("rb") as data:
        head = data.read(HEAD)
    if not head:
        return [_finding("unreadable", "the file is empty", name, file, FETCH)]
    if other := _other(head):
        return [_finding("unreadable", f"the file is {other[0]}, not CSV", name, file, other[1])]
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or wide(head):
        return [replace(_finding("encoding", "UTF-16, not UTF-8", name, file, None), line=1, column=1)]
    return _header(name, file, head.removeprefix(codecs.BOM_UTF8).partition(b"\n")[0].rstrip(b"\r"))


def names(file: Path) -> list[str]:
    """Return the names in the first line of a file, whatever parts them."""
    with file.open("rb") as data:
        line = data.readline(HEAD).removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n")
    separator = max((b",", *_SEPARATORS), key=line.count)
    return [_name(cell) for cell in line.split(separator)]


def _other(head: bytes) -> tuple[str, str] | None:
    """Return what bytes are that are no CSV, and what to do."""
    for start, kind in SIGNATURES:
        if head.startswith(start):
            is_sheet = "office" in kind
            return kind, "save the sheet as CSV UTF-8, with commas" if is_sheet else "put the table's CSV file there"
    if _MARKUP.match(head):
        return "a page of markup", FETCH
    return ("a pointer of Git LFS", "run `git lfs pull`") if head.startswith(_POINTER) else None


def _header(name: str, file: Path, line: bytes) -> list[Finding]:
    """Return that another separator is used, or that the line of names is missing."""
    declared = schemas.load(name).columns
    for separator, word in _SEPARATORS.items():
        if len(_names(line, separator) & set(declared)) > max(1, len(_names(line, b",") & set(declared))):
            hint = "save it as CSV with commas: in a spreadsheet, 'CSV UTF-8 (comma delimited)'"
            found = _finding("dialect", f"cells are parted by {word}, not by commas", name, file, hint)
            column = len(line.partition(separator)[0].decode("utf-8", "replace")) + 1
            found = replace(found, line=1, column=column, value=separator.decode(), expected=",")
            return [found, *encoding(name, file)]
    if not _names(line, b",") & set(declared):
        found = _finding("header-missing", "the first line names no column of the table", name, file, None)
        return [replace(found, line=1, expected=",".join(declared))]
    return []


def _names(line: bytes, separator: bytes) -> set[str]:
    return {_name(cell) for cell in line.split(separator)}


def _name(cell: bytes) -> str:
    return cell.decode("utf-8", "replace").strip('" ')


def _finding(code: str, message: str, name: str, file: Path, hint: str | None) -> Finding:
    return Finding(code=code, message=message, table=name, file=file, hint=hint)


def encoding(name: str, file: Path) -> list[Finding]:
    """Return the first byte that is not UTF-8, at its line and column."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, tail = 1, ""
    with file.open("rb") as data:
        while chunk := data.read(CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                before = (tail + error.object[: error.start].decode("utf-8", "replace")).removeprefix("\ufeff")
                last = before.rpartition("\n")[2]
                value = f"byte 0x{error.object[error.start]:02X}"
                at = line + before.count("\n")
                return [_undecodable(name, file, at, len(last) + 1, value)]
            line += text.count("\n")
            tail = (tail + text).rpartition("\n")[2]
    return []


def _undecodable(name: str, file: Path, line: int, column: int, value: str) -> Finding:
    message = "not UTF-8"
    return Finding(code="encoding", message=message, table=name, file=file, line=line, column=column, value=value)


def conflicts(name: str, file: Path) -> list[Finding]:
    """Return the lines where a merge left a conflict."""
    with file.open("rb") as data:
        marks = conflict(data)
    finding = _finding("merge-conflict", "a merge left a conflict here", name, file, None)
    return [replace(finding, line=line, column=1, value=value) for line, value in marks]


def ending(file: Path) -> tuple[str, str] | None:
    """Return what is wrong with the end of a file whose last row is too short or long, and what to do."""
    marks, last = 0, b""
    with file.open("rb") as data:
        while chunk := data.read(CHUNK):
            marks, last = marks + chunk.count(b'"'), chunk[-1:]
    if last not in (b"\n", b"\r"):
        return "the file ends within this row: it was cut short", FETCH
    if marks % 2:
        hint = 'close the cell with ", or write each " within it twice'
        return "a quotation mark opens a cell that is never closed, up to the end of the file", hint
    return None
