"""Files cut where their content says so, so that a later version shares most pieces with an earlier one.

A piece ends after eight bytes whose product with a constant starts with thirteen zero bits, which comes about
once in 8 KiB; no piece but the last is below 2 KiB, and none above 1 MiB. So an insertion moves the pieces
after it, and changes only its own. Hashes are cut to 80 bits: they find pieces, and prove nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord import files
from onrecord.archives import unsafe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE_NAME = "chunks.json"
WINDOW = 8
BITS = 13
DIGITS = 20
FACTOR = 0x9E3779B97F4A7C15
LEAST, MOST = 1 << 11, 1 << 20
BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a file: where it starts, its size in bytes, and the first digits of its SHA-256."""

    start: int
    size: int
    digest: str


def chunks_of(path: Path) -> list[Chunk]:
    """Return the pieces of a file, in order; they depend on its bytes alone."""
    found = []
    start = 0
    with path.open("rb") as file:
        for end in _ends(path):
            data = file.read(end - start)
            found.append(Chunk(start, len(data), hashlib.sha256(data).hexdigest()[:DIGITS]))
            start = end
    return found


def write(folder: Path, paths: Iterable[str]) -> None:
    """Write `chunks.json` into a folder: for each path below it, size and hash of each piece, in order."""
    found = {path: [[chunk.size, chunk.digest] for chunk in chunks_of(folder / path)] for path in sorted(paths)}
    files.write_whole(folder / FILE_NAME, (json.dumps(found, separators=(",", ":")) + "\n").encode())


def read(path: Path) -> dict[str, list[Chunk]]:
    """Return the pieces of each file that a `chunks.json` tells of.

    Raises
    ------
    PackageError
        There is no such file, or it is not JSON.
    ValueError
        It has another form.
    """
    found = {name: _parsed(value) for name, value in files.read_json(path).items()}
    if reasons := [reason for name in found if (reason := unsafe(name))]:
        raise ValueError(f"the path of a file with pieces {reasons[0]}")
    return found


def _parsed(value: Any) -> list[Chunk]:
    found: list[Chunk] = []
    start = 0
    for one in value if isinstance(value, list) else [None]:
        if not isinstance(one, list) or len(one) != 2 or type(one[0]) is not int or not isinstance(one[1], str):
            raise ValueError("a piece has a size and a hash")
        if not 0 < one[0] <= MOST or len(one[1]) != DIGITS:
            raise ValueError("a piece has not the size or hash of one")
        found.append(Chunk(start, *one))
        start += one[0]
    return found


def _ends(path: Path) -> Iterator[int]:
    """Yield where pieces end."""
    size = path.stat().st_size
    last = 0
    for mark in (*_marks(path), size):
        while mark - last > MOST:
            last += MOST
            yield last
        if mark - last >= LEAST or (mark == size and mark > last):
            last = mark
            yield last


def _marks(path: Path) -> Iterator[int]:
    """Yield the offsets after the windows that mark an end, in order."""
    offset = 0
    rest = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            data = rest + block
            yield from (offset + place + WINDOW for place in _hits(data))
            keep = min(len(data), WINDOW - 1)
            offset += len(data) - keep
            rest = data[len(data) - keep :]


def _hits(data: bytes) -> list[int]:
    """Return where windows stand that mark an end: eight looks at every eighth window, so that nothing is copied."""
    import numpy as np

    found = []
    for shift in range(WINDOW):
        if (count := (len(data) - shift) // WINDOW) > 0:
            values = np.frombuffer(data, "<u8", count, shift) * np.uint64(FACTOR)
            found.append(np.flatnonzero(values < np.uint64(1 << (64 - BITS))) * WINDOW + shift)
    return sorted(int(hit) for hits in found for hit in hits)
