"""Write the tables of a dataset as batches come, into a folder that nobody reads yet.

Batches arrive in order of `article_id`, and every table but `speakers` is sorted by a key that starts
with it, so they are written as they come. Speakers recur across articles: they wait on disk and are
merged at the end by DuckDB, out of core. Articles wait on disk too, until it is known which are nearly the same.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from onrecord import schemas, tables
from onrecord.build import sketches
from onrecord.build.likeness import Link, linked, links

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

MERGED = "speakers"
LINKED = "articles"
SKETCHES = "sketches"
LINKED_ROWS = 256
"""Articles in memory at once while links are filled in."""
MERGE_MEMORY = "256MB"
LATER = 1 << 48
"""More than there are speakers: what nobody corrected comes after what somebody did."""


class Staging:
    """Writers for every table of one dataset in `folder`; a context manager.

    `rows` counts the rows written a table, `links` are those between articles that are nearly the same; both
    are complete after the context is left.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, int] = dict.fromkeys(schemas.names(), 0)
        self._stack = ExitStack()
        self._writers: dict[str, tuple[Any, Any]] = {}
        self._waiting: dict[str, Any] = {}
        self._pending = self._aside(MERGED)
        self.links: list[Link] = []
        self._seen = 0

    def __enter__(self) -> Self:
        import pyarrow as pa
        import pyarrow.parquet as pq

        from onrecord.derive import arrow

        (self.folder / "data").mkdir(parents=True)
        with ExitStack() as stack:
            for name in schemas.names():
                self._writers[name] = (
                    stack.enter_context(tables.CsvWriter(self.folder / "data" / f"{name}.csv", name)),
                    stack.enter_context(tables.ParquetWriter(self.folder / "data" / f"{name}.parquet", name)),
                )
            for name, columns in ((LINKED, arrow.schema(LINKED)), (SKETCHES, sketches.schema())):
                self._waiting[name] = stack.enter_context(pq.ParquetWriter(self._aside(name), columns))
            schema = arrow.schema(MERGED).append(pa.field("seen", pa.int64()))
            self._speakers = stack.enter_context(pq.ParquetWriter(self._pending, schema))
            self._stack = stack.pop_all()
        return self

    def write(self, batches: dict[str, pa.RecordBatch]) -> None:
        """Write one job's batches; jobs come in order."""
        for name, batch in batches.items():
            if name in self._waiting:
                self._waiting[name].write_batch(batch)
            elif name == MERGED:
                self._wait(batch, batches["attributions"])
            else:
                self._write(name, batch)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if kind is None:
                for writer in (self._speakers, *self._waiting.values()):
                    writer.close()
                for batch in self._merged():
                    self._write(MERGED, batch)
                for batch in self._linked():
                    self._write(LINKED, batch)
        if kind is None:
            for name in (MERGED, *self._waiting):
                self._aside(name).unlink()

    def _aside(self, name: str) -> Path:
        return self.folder / f".{name}.parquet"

    def _linked(self) -> Iterator[pa.RecordBatch]:
        """Yield articles in order, each with the earlier one that it is nearly the same as."""
        import pyarrow.parquet as pq

        self.links = links(self._aside(SKETCHES))
        found = {link.article_id: link for link in self.links}
        for batch in pq.ParquetFile(self._aside(LINKED)).iter_batches(LINKED_ROWS):
            yield linked(batch, found)

    def _write(self, name: str, batch: pa.RecordBatch) -> None:
        self.rows[name] += batch.num_rows
        for writer in self._writers[name]:
            writer.write(batch)

    def _wait(self, batch: pa.RecordBatch, attributions: pa.RecordBatch) -> None:
        """Keep speakers on disk until all are known; those of corrected attributions go first."""
        import pyarrow as pa
        import pyarrow.compute as pc

        corrected = attributions.filter(pc.field("review") == "corrected").column("speaker_id")
        later = pc.if_else(pc.is_in(batch.column("speaker_id"), corrected), 0, LATER)
        seen = pc.add(pa.array(range(self._seen, self._seen + batch.num_rows), pa.int64()), later).cast(pa.int64())
        self._seen += batch.num_rows
        self._speakers.write_batch(
            pa.RecordBatch.from_arrays([*batch.columns, seen], schema=batch.schema.append(pa.field("seen", pa.int64())))
        )

    def _merged(self) -> Iterator[pa.RecordBatch]:
        """Yield speakers by key, one row each: what a person put right is kept, else what was said of them first."""
        import duckdb

        from onrecord.derive import arrow

        schema = arrow.schema(MERGED)
        values = ", ".join(f'arg_min("{name}", seen) AS "{name}"' for name in schema.names if name != "speaker_id")
        with duckdb.connect(
            config={"memory_limit": MERGE_MEMORY, "temp_directory": str(self.folder / ".spill")}
        ) as con:
            con.execute("SET enable_progress_bar = false")
            found = con.sql(
                f"SELECT speaker_id, {values} FROM read_parquet($path) GROUP BY speaker_id ORDER BY speaker_id",  # noqa: S608 -- column names of our own
                params={"path": str(self._pending)},
            )
            for batch in found.to_arrow_reader():
                yield batch.select(schema.names).cast(schema)
