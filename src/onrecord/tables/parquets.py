"""Parquet as published: sorted by key, in small row groups with a page index, cut by content, zstd.

Row groups begin where the rows say so, at about one article in 256, chosen by its key and the same in every
table; pages are cut by content too (content-defined chunking). The bytes of a group depend on its rows alone and
not on other groups, so they do not show how many workers wrote them, one more row changes one row group, and a
build or a download of the next version can keep the rest.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Self

from onrecord import schemas
from onrecord.derive import arrow
from onrecord.tables.assembly import Assembly, Groups
from onrecord.tables.batches import conform, rechunk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

CUT = "^.{14}00"
"""The keys whose first row begins a row group: one article key (or speaker key) in 256."""
GROUP_ROWS = {"articles": 1 << 12}
"""The most rows of a row group, where it is not `GROUP_ROWS_DEFAULT`: articles hold whole texts."""
GROUP_ROWS_DEFAULT = 1 << 15
PAGE = {"min_chunk_size": 1 << 13, "max_chunk_size": 1 << 18}
"""Bounds of a page in bytes before compression."""
KEY_LENGTH = 16
READ_ROWS = 1 << 14


class ParquetWriter:
    """Write one table to a Parquet file, batch by batch; a context manager.

    Rows must come sorted by primary key. The bytes depend on the rows alone (and on the version of
    pyarrow), not on how they are cut into batches.

    Parameters
    ----------
    path
        The file, created or replaced.
    name
        The table.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self._waiting: list[pa.RecordBatch] = []
        self._count = 0
        self._last: str | None = None

    def __enter__(self) -> Self:
        self._file = self.path.open("wb")
        self._assembly = Assembly(self._file, template(self.name))
        return self

    def write(self, batch: pa.RecordBatch) -> None:
        """Append rows; a row group is written when it is full."""
        found, self._last = cuts(batch.column(schemas.load(self.name).primary_key[0]), self._last)
        start = 0
        for cut in [*found, batch.num_rows]:
            self._append(batch.slice(start, cut - start))
            if cut < batch.num_rows:
                self._flush()
            start = cut

    def _append(self, batch: pa.RecordBatch) -> None:
        most = most_rows(self.name)
        while self._count + batch.num_rows >= most:
            room = most - self._count
            self._waiting.append(batch.slice(0, room))
            self._flush()
            batch = batch.slice(room)
        if batch.num_rows:
            self._waiting.append(batch)
            self._count += batch.num_rows

    def _flush(self) -> None:
        if self._waiting:
            self._assembly.append(Groups(BytesIO(encode(self.name, self._waiting))))
        self._waiting, self._count = [], 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if kind is None:
                self._flush()
                self._assembly.close()


def cuts(keys: pa.Array, last: str | None) -> tuple[list[int], str | None]:
    """Return the rows that begin a row group, given the first column of the primary key in order.

    `last` is the beginning of the key before; that of the last one is returned too.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(keys):
        return [], last
    begins = pc.utf8_slice_codeunits(keys, 0, KEY_LENGTH)
    before = pa.concat_arrays([pa.array([last], pa.string()), begins.slice(0, len(begins) - 1)])
    found = pc.and_(pc.match_substring_regex(begins, CUT), pc.not_equal(begins, before).fill_null(True))
    return pc.indices_nonzero(found).to_pylist(), begins[-1].as_py()


def most_rows(name: str) -> int:
    """Return the most rows that a row group of a table has."""
    return GROUP_ROWS.get(name, GROUP_ROWS_DEFAULT)


def encode(name: str, batches: Iterable[pa.RecordBatch]) -> bytes:
    """Return rows as a Parquet file of their own, in as many row groups as they need.

    Its groups are those that a whole table has of these rows, where these begin one.
    """
    parts = list(rechunk((conform(name, batch) for batch in batches), most_rows(name)))
    if len(parts) <= 1:
        return _encoded(name, parts)
    out = BytesIO()
    assembly = Assembly(out, template(name))
    for part in parts:
        assembly.append(Groups(BytesIO(_encoded(name, [part]))))
    assembly.close()
    return out.getvalue()


def template(name: str) -> Groups:
    """Return a file of a table without a row: what all files of the table have in common."""
    return Groups(BytesIO(_encoded(name, [])))


def _encoded(name: str, parts: list[pa.Table]) -> bytes:
    import pyarrow.parquet as pq

    out = BytesIO()
    with pq.ParquetWriter(out, arrow.schema(name), **_options(name)) as writer:
        for part in parts:
            writer.write_table(part, row_group_size=most_rows(name))
    return out.getvalue()


def _options(name: str) -> dict[str, Any]:
    import pyarrow.parquet as pq

    columns = schemas.load(name).columns
    return {
        "compression": "zstd",
        "use_dictionary": [field.name for field in schemas.load(name).fields if _recurs(field)],
        "write_page_index": True,
        "use_content_defined_chunking": PAGE,
        "sorting_columns": [pq.SortingColumn(columns.index(key)) for key in schemas.load(name).primary_key],
    }


def _recurs(field: schemas.Field) -> bool:
    """Tell whether a column holds few values, again and again; other dictionaries make every page change with one."""
    return bool(field.categories) or field.name in {
        "language",
        "publisher",
        "license",
        "converter",
        "time_zone",
        "method",
    }


def read_parquet(path: Path, name: str) -> pa.Table:
    """Return a whole table from Parquet, typed by the declaration.

    Raises
    ------
    pyarrow.ArrowInvalid
        The file is no Parquet file, or a column is not of its type.
    KeyError
        A column is missing.
    """
    import pyarrow as pa

    return pa.Table.from_batches(stream_parquet(path, name), arrow.schema(name))


def stream_parquet(path: Path, name: str) -> Iterator[pa.RecordBatch]:
    """Yield a table from Parquet batch by batch, typed by the declaration.

    Raises
    ------
    pyarrow.ArrowInvalid
        The file is no Parquet file, or a column is not of its type.
    KeyError
        A column is missing.
    """
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:  # else what was read stays in memory until the end
        for batch in file.iter_batches(batch_size=GROUP_ROWS.get(name, READ_ROWS)):
            yield conform(name, batch)
