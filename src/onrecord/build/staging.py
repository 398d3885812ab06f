"""Write the tables of a dataset as batches come, into a folder that nobody reads yet.

Every table waits on disk until the last batch is there, and is then written sorted by its key. Batches of
single documents arrive in that order, since keys begin with the article's and jobs are sorted by it; those of
corpora, with many articles a document, do not, and are sorted by DuckDB, out of core. Speakers recur across
articles and are merged there too; articles are linked to those that are nearly the same.
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
ROWS = {LINKED: 256}
"""Rows in memory at once, where they are long."""
MANY_ROWS = 1 << 13
MEMORY = "256MB"
"""What DuckDB may use before it goes on on disk."""
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
        self._last = ""
        self._in_order = True
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
            columns = {name: arrow.schema(name) for name in schemas.names()} | {SKETCHES: sketches.schema()}
            columns[MERGED] = columns[MERGED].append(pa.field("seen", pa.int64()))
            for name, schema in columns.items():
                self._waiting[name] = stack.enter_context(pq.ParquetWriter(self._aside(name), schema))
            self._stack = stack.pop_all()
        return self

    def write(self, batches: dict[str, pa.RecordBatch]) -> None:
        """Take one job's batches; jobs come in order."""
        self._note_order(batches[LINKED].column("article_id").to_pylist())
        for name, batch in batches.items():
            if name == MERGED:
                self._waiting[name].write_batch(self._seen_first(batch, batches["attributions"]))
            else:
                self._waiting[name].write_batch(batch)

    def _note_order(self, keys: list[str]) -> None:
        for key in keys:
            self._in_order = self._in_order and key > self._last
            self._last = key

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if kind is None:
                for writer in self._waiting.values():
                    writer.close()
                for name in schemas.names():
                    for batch in self._final(name):
                        self._write(name, batch)
        if kind is None:
            for name in self._waiting:
                self._aside(name).unlink()

    def _final(self, name: str) -> Iterator[pa.RecordBatch]:
        """Yield a table as it is published, in batches sorted by key."""
        if name == MERGED:
            return self._merged()
        batches = self._unchanged(name) if self._in_order else self._sorted(name)
        return self._linked(batches) if name == LINKED else batches

    def _aside(self, name: str) -> Path:
        return self.folder / f".{name}.parquet"

    def _unchanged(self, name: str) -> Iterator[pa.RecordBatch]:
        import pyarrow.parquet as pq

        with pq.ParquetFile(self._aside(name)) as file:
            yield from file.iter_batches(ROWS.get(name, MANY_ROWS))

    def _sorted(self, name: str) -> Iterator[pa.RecordBatch]:
        keys = ", ".join(f'"{key}"' for key in schemas.load(name).primary_key)
        return self._query(name, f"SELECT * FROM read_parquet($path) ORDER BY {keys}")  # noqa: S608 -- our own names

    def _linked(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield articles, each with the earlier one that it is nearly the same as."""
        self.links = links(self._aside(SKETCHES))
        found = {link.article_id: link for link in self.links}
        for batch in batches:
            yield linked(batch, found)

    def _write(self, name: str, batch: pa.RecordBatch) -> None:
        self.rows[name] += batch.num_rows
        for writer in self._writers[name]:
            writer.write(batch)

    def _seen_first(self, batch: pa.RecordBatch, attributions: pa.RecordBatch) -> pa.RecordBatch:
        """Give speakers numbers in the order in which they count; those of corrected attributions go first."""
        import pyarrow as pa
        import pyarrow.compute as pc

        corrected = attributions.filter(pc.field("review") == "corrected").column("speaker_id")
        later = pc.if_else(pc.is_in(batch.column("speaker_id"), corrected), 0, LATER)
        seen = pc.add(pa.array(range(self._seen, self._seen + batch.num_rows), pa.int64()), later).cast(pa.int64())
        self._seen += batch.num_rows
        schema = batch.schema.append(pa.field("seen", pa.int64()))
        return pa.RecordBatch.from_arrays([*batch.columns, seen], schema=schema)

    def _merged(self) -> Iterator[pa.RecordBatch]:
        """Yield speakers by key, one row each: what a person put right is kept, else what was said of them first."""
        columns = [column for column in schemas.load(MERGED).columns if column != "speaker_id"]
        values = ", ".join(f'arg_min("{name}", seen) AS "{name}"' for name in columns)
        found = f"SELECT speaker_id, {values} FROM read_parquet($path) GROUP BY speaker_id ORDER BY speaker_id"  # noqa: S608 -- our own names
        return self._query(MERGED, found)

    def _query(self, name: str, query: str) -> Iterator[pa.RecordBatch]:
        """Yield what DuckDB makes of a waiting table, out of core, with the table's own columns."""
        import duckdb

        from onrecord.derive import arrow

        schema = arrow.schema(name)
        config: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(self.folder / ".spill")}
        with duckdb.connect(config=config) as con:
            con.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            found = con.sql(query, params={"path": str(self._aside(name))})
            for batch in found.to_arrow_reader(ROWS.get(name, MANY_ROWS)):
                yield batch.select(schema.names).cast(schema)
