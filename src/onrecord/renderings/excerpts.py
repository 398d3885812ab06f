"""The lines that findings point at, read from files without holding more of them than is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

MOST = 1 << 14
"""Bytes of a line that are kept; what lies further right is not shown."""

_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16


def lines_of(file: str, wanted: Collection[int]) -> Mapping[int, str]:
    """Return the wanted lines of a text file, without their ends; nothing of what is no readable text.

    Lines end at LF or CRLF, and at CR in a file without LF. A line is cut after 16 KiB. A byte order mark
    is no part of the first line.

    Examples
    --------
    >>> lines_of("no such file", {1})
    {}
    """
    path = Path(file)
    if not wanted or path.suffix in (".parquet", ".zip", ".gz", ".zst") or not path.is_file():
        return {}
    try:
        with path.open("rb") as opened:
            found = dict(_wanted(opened, frozenset(wanted)))
    except OSError:
        return {}
    return {number: line.decode("utf-8", "replace") for number, line in found.items() if b"\0" not in line}


def _wanted(file: BinaryIO, wanted: frozenset[int]) -> Iterator[tuple[int, bytes]]:
    last = max(wanted)
    for number, line in enumerate(_lines(file), start=1):
        if number in wanted:
            yield number, line.removeprefix(_BOM) if number == 1 else line
        if number >= last:
            return


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield every line, cut; memory is bounded however long a line is."""
    end = _line_end(file)
    rest = b""
    while chunk := file.read(_CHUNK):
        *whole, last = chunk.split(end)
        for line in whole:
            yield (rest + line)[:MOST].removesuffix(b"\r")
            rest = b""
        rest = (rest + last)[: MOST + 1]
    if rest:
        yield rest[:MOST]


def _line_end(file: BinaryIO) -> bytes:
    """Return what ends the lines of a file: LF where there is one, else CR."""
    while chunk := file.read(_CHUNK):
        if b"\n" in chunk:
            file.seek(0)
            return b"\n"
    file.seek(0)
    return b"\r"


def window(line: str, column: int | None, width: int) -> tuple[str, int | None]:
    """Return the part of a line around a column (from 1) that fits a width, and the column within it.

    The column is None where the line does not reach it.

    Examples
    --------
    >>> window("abcdefghijklmnopqrstuvwxyz", 20, 9)
    ('…qrstuvw…', 5)
    >>> window("abc", 9, 20)
    ('abc', None)
    """
    at = None if column is None or not 1 <= column <= len(line) + 1 else column - 1
    if len(line) <= width:
        return line, None if at is None else at + 1
    start = 0 if at is None else max(0, min(at - width // 2 + 1, len(line) - width + 1))
    end = start + width - (start > 0)
    end = len(line) if end >= len(line) else end - 1
    shown = ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
    return shown, None if at is None else at - start + 1 + (start > 0)
