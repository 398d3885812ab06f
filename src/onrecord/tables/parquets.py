"""Parquet as published: sorted by key, in small row groups with a page index, cut by content, zstd.

Row groups begin where the rows say so, at about one article in a thousand, chosen by its key and the same in
every table; pages are cut by content too (content-defined chunking). The bytes therefore do not show how many
workers wrote them, one more row changes one row group, and a download of the next version can keep the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from onrecord import schemas
from onrecord.derive import arrow
from onrecord.tables.batches import conform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

CUT = "^.{13}[0-3]00"
"""The keys whose first row begins a row group: one article key (or speaker key) in 1,024."""
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
        self._most = GROUP_ROWS.get(name, GROUP_ROWS_DEFAULT)
        self._waiting: list[pa.RecordBatch] = []
        self._count = 0
        self._last: str | None = None

    def __enter__(self) -> Self:
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(self.path, arrow.schema(self.name), **_options(self.name))
        return self

    def write(self, batch: pa.RecordBatch) -> None:
        """Append rows; a row group is written when it is full."""
        start = 0
        for cut in [*self._cuts(batch), batch.num_rows]:
            self._append(conform(self.name, batch.slice(start, cut - start)))
            if cut < batch.num_rows:
                self._flush()
            start = cut

    def _cuts(self, batch: pa.RecordBatch) -> list[int]:
        """Return the rows of a batch that begin a row group."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if not batch.num_rows:
            return []
        keys = pc.utf8_slice_codeunits(batch.column(schemas.load(self.name).primary_key[0]), 0, KEY_LENGTH)
        before = pa.concat_arrays([pa.array([self._last], pa.string()), keys.slice(0, len(keys) - 1)])
        self._last = keys[-1].as_py()
        begins = pc.and_(pc.match_substring_regex(keys, CUT), pc.not_equal(keys, before).fill_null(True))
        return pc.indices_nonzero(begins).to_pylist()  # type: ignore[no-any-return]

    def _append(self, batch: pa.RecordBatch) -> None:
        while self._count + batch.num_rows >= self._most:
            room = self._most - self._count
            self._waiting.append(batch.slice(0, room))
            self._flush()
            batch = batch.slice(room)
        if batch.num_rows:
            self._waiting.append(batch)
            self._count += batch.num_rows

    def _flush(self) -> None:
        import pyarrow as pa

        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting), row_group_size=self._most)
        self._waiting, self._count = [], 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._writer:
            if kind is None:
                self._flush()


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

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=GROUP_ROWS.get(name, READ_ROWS)):
            yield conform(name, batch)
