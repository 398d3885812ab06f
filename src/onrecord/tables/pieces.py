"""Pieces of tables: consecutive rows in both formats as they are published, put together to whole files.

A piece begins a row group, so both files of a table are nothing but its pieces one after the other, and a piece that
stands in an earlier file can be taken over from there without being written again.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Self

from onrecord.errors import BuildError
from onrecord.tables import csvs, parquets
from onrecord.tables.assembly import Assembly, Groups
from onrecord.tables.content import content_hash

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a table: how many, as lines of CSV without a header, and as a Parquet file of their own."""

    rows: int
    csv: bytes
    parquet: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands in the files of its table: bytes and lines of the CSV, row groups of the Parquet file."""

    rows: int
    start: int
    size: int
    line: int
    lines: int
    group: int
    groups: int


def piece(name: str, batches: list[pa.RecordBatch], content: str) -> Piece:
    """Return rows as a piece, given the hash of their content, which what was written is held against.

    Raises
    ------
    BuildError
        Other rows are read than were written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    parquet = parquets.encode(name, batches)
    with pq.ParquetFile(pa.BufferReader(parquet)) as file:
        if content_hash(name, file.iter_batches(parquets.most_rows(name))) != content:
            raise BuildError(f"rows of {name!r} read otherwise than they were written", hint="check memory and disk")
    return Piece(sum(batch.num_rows for batch in batches), csvs.encode(name, batches), parquet)


class PieceReader:
    """The files of a table, to take pieces from; a context manager."""

    def __init__(self, folder: Path, name: str) -> None:
        self._stack = ExitStack()
        with ExitStack() as stack:
            self.csv = stack.enter_context((folder / f"{name}.csv").open("rb"))
            self.groups = Groups(stack.enter_context((folder / f"{name}.parquet").open("rb")))
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


class PieceWriter:
    """Write both files of a table into a folder, piece by piece; a context manager.

    `rows` counts the rows so far.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.rows = 0
        self._csv = folder / f"{name}.csv"
        self._header = csvs.encode(name, [], header=True)
        self._parquet = folder / f"{name}.parquet"
        self._template = parquets.template(name)
        self._line = 1

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._lines = stack.enter_context(self._csv.open("wb"))
            self._groups = stack.enter_context(self._parquet.open("wb"))
            self._start = self._lines.write(self._header)
            self._assembly = Assembly(self._groups, self._template)
            self._stack = stack.pop_all()
        return self

    def write(self, piece: Piece) -> Place:
        """Append a piece."""
        group = len(self._assembly)
        self._assembly.append(Groups(BytesIO(piece.parquet)))
        self._lines.write(piece.csv)
        groups = len(self._assembly) - group
        return self._placed(Place(piece.rows, 0, len(piece.csv), 0, piece.csv.count(b"\n"), group, groups))

    def take(self, source: PieceReader, place: Place) -> Place:
        """Append a piece that stands in other files of the table.

        Raises
        ------
        ValueError
            These files were written otherwise, or end before.
        """
        group = len(self._assembly)
        self._assembly.append(source.groups, place.group, place.groups)
        source.csv.seek(place.start)
        left = place.size
        while left:
            block = source.csv.read(min(BLOCK, left))
            if not block:
                raise ValueError("the file ends within a piece")
            left -= self._lines.write(block)
        return self._placed(Place(place.rows, 0, place.size, 0, place.lines, group, place.groups))

    def _placed(self, place: Place) -> Place:
        """Return the place of what was appended."""
        start, line = self._start, self._line
        self._start += place.size
        self._line += place.lines
        self.rows += place.rows
        return Place(place.rows, start, place.size, line, place.lines, place.group, place.groups)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if kind is None:
                self._assembly.close()
