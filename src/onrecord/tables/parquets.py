"""Parquet as published: sorted by key, in small row groups with a page index, cut by content, zstd.

Row groups hold a fixed number of rows however the batches came, so the bytes do not show how many workers
wrote them. Pages are cut where the content says so (content-defined chunking): one more row changes few of
them, and a download of the next version can keep the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from onrecord import schemas
from onrecord.derive import arrow
from onrecord.tables.batches import conform, rechunk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

GROUP_ROWS = {"articles": 1 << 10}
"""Rows of a row group, where it is not `GROUP_ROWS_DEFAULT`: articles hold whole texts."""
GROUP_ROWS_DEFAULT = 1 << 14
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
        self._rows = GROUP_ROWS.get(name, GROUP_ROWS_DEFAULT)
        self._waiting: list[pa.RecordBatch] = []
        self._count = 0

    def __enter__(self) -> Self:
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(self.path, arrow.schema(self.name), **_options(self.name))
        return self

    def write(self, batch: pa.RecordBatch) -> None:
        """Append rows; a row group is written when it is full."""
        self._waiting.append(conform(self.name, batch))
        self._count += batch.num_rows
        if self._count >= self._rows:
            self._flush(final=False)

    def _flush(self, *, final: bool) -> None:
        waiting, self._waiting, self._count = self._waiting, [], 0
        for table in rechunk(waiting, self._rows):
            if table.num_rows == self._rows or final:
                self._writer.write_table(table, row_group_size=self._rows)
            else:
                self._waiting, self._count = table.to_batches(), table.num_rows

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._writer:
            if kind is None:
                self._flush(final=True)


def _options(name: str) -> dict[str, Any]:
    import pyarrow.parquet as pq

    columns = schemas.load(name).columns
    return {
        "compression": "zstd",
        "write_page_index": True,
        "use_content_defined_chunking": True,
        "sorting_columns": [pq.SortingColumn(columns.index(key)) for key in schemas.load(name).primary_key],
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
