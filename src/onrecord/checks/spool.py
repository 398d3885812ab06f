"""Tables of which there is only CSV, as Parquet made for the occasion."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from onrecord import tables
from onrecord.derive import arrow

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

    from onrecord.checks.files import TableFile

ROWS = {"articles": 1 << 10}
ROWS_DEFAULT = 1 << 14
"""Rows of a row group."""
NEEDED = {
    "articles": ("article_id", "seed_path", "similar_to", "url"),
    "attributions": ("attribution_id", "speaker_id", "source_start", "source_text"),
}
"""The columns that laws on all rows of a table read."""
BESIDE = {"attributions": ("speakers",)}
"""Tables without which there is no such law."""


def parquet(files: tuple[TableFile, ...], temporary: Path) -> Path:
    """Return the Parquet file of a table, made for the occasion where there is only CSV.

    It allows nulls everywhere: what is required is checked elsewhere.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    for file in files:
        if not file.is_csv:
            return file.path
    name = files[0].name
    path = temporary / f"{name}.parquet"
    schema = pa.schema([field.with_nullable(nullable=True) for field in arrow.schema(name)])
    with pq.ParquetWriter(path, schema, compression="lz4") as writer:
        for table in tables.rechunk(files[0].batches(), ROWS.get(name, ROWS_DEFAULT)):
            writer.write_table(table.cast(schema))
    return path


class Spool:
    """The columns of some tables that laws on all rows need, written while the tables pass by; a context manager.

    Parameters
    ----------
    names
        The tables that are there; of those that no such law reads then, nothing is written.
    temporary
        Where to write.
    """

    def __init__(self, names: Collection[str], temporary: Path) -> None:
        needed = [name for name in NEEDED if {name, *BESIDE.get(name, ())} <= set(names)]
        self.paths = {name: temporary / f"{name}-needed.parquet" for name in needed}

    def __enter__(self) -> Self:
        import pyarrow.parquet as pq

        self._stack = ExitStack()
        self._writers = {
            name: self._stack.enter_context(
                pq.ParquetWriter(path, _schema(name), compression="lz4", use_dictionary=False, write_statistics=False)
            )
            for name, path in self.paths.items()
        }
        return self

    def write(self, name: str, rows: pa.RecordBatch) -> None:
        """Add the rows of a table."""
        if name in self._writers:
            self._writers[name].write_batch(rows.select(NEEDED[name]).cast(_schema(name)))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def _schema(name: str) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([arrow.schema(name).field(column).with_nullable(nullable=True) for column in NEEDED[name]])
