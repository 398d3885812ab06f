"""Hashes of the parts of a Parquet file, so that a part can be read from afar and proved without the rest.

The blocks of a file are its column chunks in order, then what stands between the last of them and the footer (the
page index), then the footer; together they are the whole file. `ranges/<table>.json.gz` lists the size and the
SHA-256 of each, and holds the footer itself, in hex: packed so, it is a third of its size. It is a file of the
release like any other, so that its own hash is in the index and in `SHA256SUMS`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from onrecord import files
from onrecord.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER = "ranges"
FORMAT = 1
MOST = 64 << 20
FOOTER_END = 8
"""Bytes at the end of a Parquet file: the footer's length, and a mark."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """The blocks of one file: where each starts, one end after the last; the SHA-256 of each in hex; the last one."""

    path: str
    starts: tuple[int, ...]
    digests: tuple[str, ...]
    footer: bytes = b""

    @property
    def size(self) -> int:
        """The size of the file."""
        return self.starts[-1]

    def within(self, start: int, end: int) -> range:
        """Return the numbers of the blocks that bytes `start` to `end` (half-open) lie in.

        >>> Ranges("x", (0, 4, 10), ("a", "b")).within(3, 5)
        range(0, 2)
        """
        if start >= end:
            return range(0)
        return range(bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1))

    def prove(self, block: int, data: bytes, place: str) -> None:
        """Prove the bytes of a block.

        Raises
        ------
        IntegrityError
            They are others.
        """
        if hashlib.sha256(data).hexdigest() != self.digests[block]:
            raise IntegrityError(
                f"bytes {self.starts[block]:,} to {self.starts[block + 1]:,} are not those that the release promises",
                hint="nothing was read of them; try again later, and tell whoever runs the registry if it stays",
                file=place,
            )


def name_of(table: str) -> str:
    """Return the path of a table's ranges in a package.

    >>> name_of("quotes")
    'ranges/quotes.json.gz'
    """
    return f"{FOLDER}/{table}.json.gz"


def write(folder: Path, paths: Iterable[str]) -> None:
    """Write `ranges/<table>.json.gz` for each Parquet file below a folder; the bytes depend on it, and on zlib."""
    for path in paths:
        blocks = _blocks(folder / path)
        with (folder / path).open("rb") as file:
            file.seek(-blocks[-1][0], os.SEEK_END)
            footer = file.read().hex()
        found = {"format": FORMAT, "path": path, "blocks": blocks, "footer": footer}
        target = folder / name_of((folder / path).stem)
        target.parent.mkdir(exist_ok=True)
        text = json.dumps(found, separators=(",", ":")) + "\n"
        files.write_whole(target, gzip.compress(text.encode(), compresslevel=9, mtime=0))


def parse(data: bytes, *, path: str, size: int, file: str) -> Ranges:
    """Read the ranges of a file of known path and size; `file` names where they come from in an error.

    Raises
    ------
    IntegrityError
        They are of another form, or of another file.
    """
    try:
        unpacking = zlib.decompressobj(wbits=31)
        value: Any = json.loads(unpacking.decompress(data, MOST))
        blocks = [(int(one[0]), str(one[1])) for one in value["blocks"]]
        starts = (0, *accumulate(length for length, _ in blocks))
        fits = value["format"] == FORMAT and value["path"] == path and starts[-1] == size
        if fits and all(length > 0 for length, _ in blocks):
            found = Ranges(path, starts, tuple(digest for _, digest in blocks), bytes.fromhex(value["footer"]))
            found.prove(len(blocks) - 1, found.footer, file)
            return found
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, zlib.error):
        pass
    raise IntegrityError(f"no ranges of {path}", hint="download it whole instead", file=file)


def _blocks(path: Path) -> list[tuple[int, str]]:
    found = []
    starts = _starts(path)
    with path.open("rb") as file:
        for start, end in pairwise(starts):
            data = file.read(end - start)
            found.append((len(data), hashlib.sha256(data).hexdigest()))
    return found


def _starts(path: Path) -> list[int]:
    """Return where blocks start, and the file's end; the mark at the start belongs to the first block."""
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(path)
    size = path.stat().st_size
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    chunks = [group.column(number) for group in groups for number in range(group.num_columns)]
    spans = [span_of(chunk) for chunk in chunks]
    inner = {start for start, _ in spans[1:]} | {max((end for _, end in spans), default=0)}
    return sorted({0, *inner, size - metadata.serialized_size - FOOTER_END, size})


def span_of(chunk: Any) -> tuple[int, int]:
    """Return the first byte of a column chunk, and the one after its last, from its Parquet metadata."""
    first = chunk.data_page_offset
    if chunk.has_dictionary_page:
        first = min(first, chunk.dictionary_page_offset)
    return first, first + chunk.total_compressed_size
