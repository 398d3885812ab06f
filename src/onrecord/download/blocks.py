"""A Parquet file in a registry, read in blocks: only those that are needed are fetched, and each is proved.

Nothing of a block is handed on before its SHA-256 is the one that `ranges/<table>.json.gz` lists, whose own hash is in
the index. What was fetched is forgotten after it was read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from onrecord.download.parallel import at_once
from onrecord.packages.ranges import Ranges, span_of
from onrecord.registry.transport import fetch_range

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from onrecord.registry import Patience

TAIL = 1 << 16
"""Bytes at a file's end in which readers look for the footer, whatever its size."""
MOST_AT_ONCE = 8 << 20
"""Bytes that one request asks for at most, where it is not one block."""


@dataclass(frozen=True)
class Blocks:
    """Where a file is, and what proves its blocks."""

    place: str
    ranges: Ranges
    patience: Patience
    tail: dict[int, bytes] = field(default_factory=dict, repr=False)
    """Blocks that every reader of footers asks for first, kept."""

    def fetch(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """Return blocks by number, neighbours fetched together, each proved.

        Raises
        ------
        IntegrityError
            A block has other bytes than promised.
        RegistryError
            The file cannot be reached, or its server gives no ranges.
        """
        found: dict[int, bytes] = {}
        for part in at_once(self._fetch, list(self._runs(sorted(set(numbers))))):
            found |= part
        return found

    def _fetch(self, run: range) -> dict[int, bytes]:
        starts = self.ranges.starts
        start, end = starts[run.start], starts[run.stop]
        data = memoryview(fetch_range(self.place, start, end - start, patience=self.patience))
        found = {}
        for number in run:
            found[number] = bytes(data[starts[number] - start : starts[number + 1] - start])
            self.ranges.prove(number, found[number], self.place)
        return found

    def _runs(self, numbers: list[int]) -> Iterator[range]:
        """Yield runs of neighbours that are fetched by one request each."""
        starts = self.ranges.starts
        run = range(0)
        for number in numbers:
            if run and number == run.stop and starts[number + 1] - starts[run.start] <= MOST_AT_ONCE:
                run = range(run.start, number + 1)
                continue
            if run:
                yield run
            run = range(number, number + 1)
        if run:
            yield run

    @cached_property
    def metadata(self) -> pq.FileMetaData:
        """What the footer says."""
        import pyarrow.parquet as pq

        return pq.read_metadata(io.BytesIO(self.ranges.footer))

    def of(self, group: int, columns: Iterable[str]) -> list[int]:
        """Return the numbers of the blocks that hold columns of a row group."""
        wanted = set(columns)
        row_group = self.metadata.row_group(group)
        chunks = [row_group.column(number) for number in range(row_group.num_columns)]
        spans = [span_of(chunk) for chunk in chunks if chunk.path_in_schema.partition(".")[0] in wanted]
        return [number for start, end in spans for number in self.ranges.within(start, end)]


class BlockFile(io.RawIOBase):
    """A file of blocks for readers of Parquet: seekable, read only; blocks are fetched when they are read.

    Parameters
    ----------
    blocks
        Where it is.
    held
        Blocks that are here already.
    """

    def __init__(self, blocks: Blocks, held: dict[int, bytes] | None = None) -> None:
        super().__init__()
        self._blocks = blocks
        self._held = {len(blocks.ranges.digests) - 1: blocks.ranges.footer, **blocks.tail, **(held or {})}
        self._place = 0
        self._lock = Lock()

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return where the next read begins."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; return where the next read begins."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._blocks.ranges.size}[whence]
        self._place = max(0, base + offset)
        return self._place

    def read(self, size: int | None = -1, /) -> bytes:
        """Return bytes, proved."""
        with self._lock:
            ranges = self._blocks.ranges
            start = min(self._place, ranges.size)
            end = ranges.size if size is None or size < 0 else min(start + size, ranges.size)
            numbers = ranges.within(start, end)
            missing = [number for number in numbers if number not in self._held]
            fetched = self._blocks.fetch(missing) if missing else {}
            kept = ranges.within(max(0, ranges.size - TAIL), ranges.size)
            self._blocks.tail.update({number: block for number, block in fetched.items() if number in kept})
            data = b"".join(self._held.get(number) or fetched[number] for number in numbers)
            self._place = end
            first = ranges.starts[numbers.start] if numbers else start
            return data[start - first : end - first]


def reader(blocks: Blocks, held: dict[int, bytes]) -> pq.ParquetFile:
    """Return a reader of a file whose footer is known, in which blocks are held."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    source: Any = pa.PythonFile(BlockFile(blocks, held), mode="r")
    return pq.ParquetFile(source, metadata=blocks.metadata, pre_buffer=False)


def schema(blocks: Blocks) -> pa.Schema:
    """Return the table's columns, with their descriptions."""
    return blocks.metadata.schema.to_arrow_schema()
