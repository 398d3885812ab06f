"""Where in a CSV file a cell stands: the physical line and column, as an editor shows them.

Lines end at LF (or CRLF); in a file without LF at CR. A cell of several lines makes the next row start
further down, so records and lines are counted apart. Columns count code points, from 1, and a byte order
mark is none.
"""

from __future__ import annotations

import mmap
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CELL = rb'(?:"(?:[^"]++|"")*+"?)?[^,\r\n]*+'
_RECORD = re.compile(rb"(?:" + _CELL + rb")(?:," + _CELL + rb")*+(?:\r\n|\n|\r|\Z)")
_CELLS = re.compile(_CELL)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record starts, and where each of its cells does."""

    line: int
    cells: dict[str, tuple[int, int]]

    def of(self, field: str | None) -> tuple[int, int | None]:
        """Return line and column of a field's cell, or the record's line where the field is not there."""
        return self.cells.get(field or "", (self.line, None))


def places(path: Path, rows: set[int]) -> dict[int, Place]:
    """Return where records of a CSV file stand.

    Parameters
    ----------
    path
        The file.
    rows
        The records asked for, counted from 0 after the header; blank lines are no records.
    """
    if not rows or not path.stat().st_size:
        return {}
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        end = b"\n" if data.find(b"\n") >= 0 else b"\r"
        return dict(_places(data, end, rows))


def header(path: Path) -> list[tuple[str, int]]:
    """Return the columns that a CSV file starts with, by name and place, at most the first 64 KiB of them."""
    with path.open("rb") as file:
        data = file.read(1 << 16).removeprefix(_BOM)
    if (found := _RECORD.match(data)) is None:
        return []
    line = found.group().rstrip(b"\r\n")
    return [(_plain(cell), len(line[:at].decode("utf-8", "replace")) + 1) for at, cell in _parts(line)]


def _places(data: mmap.mmap, end: bytes, rows: set[int]) -> Iterator[tuple[int, Place]]:
    last, line, number = max(rows), 1, -2
    names: list[str] = []
    for record in _records(data):
        if record.strip(b"\r\n"):
            number += 1
            if number == -1:
                names = [_plain(cell) for _, cell in _parts(record.rstrip(b"\r\n"))]
            elif number in rows:
                yield number, Place(line, _cells(record, line, end, names))
            if number >= last:
                return
        line += record.count(end)


def _records(data: mmap.mmap) -> Iterator[bytes]:
    """Yield the records with their line ends, the header first, blank lines among them."""
    at = len(_BOM) if data[:3] == _BOM else 0
    while at < len(data) and (found := _RECORD.match(data, at)) and found.end() > at:
        yield found.group()
        at = found.end()


def _cells(record: bytes, line: int, end: bytes, names: list[str]) -> dict[str, tuple[int, int]]:
    found = {}
    for (at, _), name in zip(_parts(record.rstrip(b"\r\n")), names, strict=False):
        before = record[:at]
        head = before.rpartition(end)[2].decode("utf-8", "replace")
        found[name] = (line + before.count(end), len(head) + 1)
    return found


def _parts(record: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield where each cell of a record starts, and its bytes."""
    at = 0
    while found := _CELLS.match(record, at):
        yield at, found.group()
        if found.end() >= len(record):
            return
        at = found.end() + 1


def _plain(cell: bytes) -> str:
    text = cell.decode("utf-8", "replace")
    return text[1:-1].replace('""', '"') if text.startswith('"') and text.endswith('"') and len(text) > 1 else text
