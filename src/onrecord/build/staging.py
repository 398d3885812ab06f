"""Write the tables of a dataset as batches come, into a folder that nobody reads yet.

Every table waits on disk until the last batch is there, and is then written sorted by its key. Batches of
single documents arrive in that order, since keys begin with the article's and jobs are sorted by it; those of
corpora, with many articles a document, do not, and are sorted by DuckDB, out of core. Speakers recur across
articles and are merged there too; articles are linked to those that are nearly the same.

The tables are written and checked segment by segment; those that stand in the last dataset are taken over from it,
with what checks found in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from onrecord import checks, schemas, tables
from onrecord.build import cache, segments
from onrecord.build.earlier import Earlier
from onrecord.build.harvest import MERGED, PUT_RIGHT, SKETCHES, columns
from onrecord.build.likeness import Link, linked, links
from onrecord.build.verdicts import Verdicts, moved, placed
from onrecord.reports import Report

if TYPE_CHECKING:
    import pyarrow as pa

LINKED = segments.FIRST
ROWS = {LINKED: 256}
"""Rows in memory at once, where they are long."""
MANY_ROWS = 1 << 13
MEMORY = "256MB"
"""What DuckDB may use before it goes on on disk."""
LATER = 1 << 48
"""More than there are speakers: what nobody corrected comes after what somebody did."""


@dataclass(slots=True)
class Written:
    """What came of writing all tables.

    `rows` counts the rows a table, `contents` hashes what each says, `links` are those between articles that are
    nearly the same, `segments` say where each stands, `report` is what checks found.
    """

    rows: dict[str, int] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    segments: tuple[cache.Segment, ...] = ()
    report: Report = field(default_factory=Report)


class Staging:
    """Writers for every table of one dataset in `folder`; a context manager.

    Parameters
    ----------
    folder
        Where to write.
    earlier
        The last dataset, of which segments may be taken over.
    """

    def __init__(self, folder: Path, earlier: Earlier) -> None:
        self.folder = folder
        self._earlier = earlier
        self._stack = ExitStack()
        self._waiting: dict[str, Any] = {}
        self._last = ""
        self._in_order = True
        self._seen = 0

    def __enter__(self) -> Self:
        import pyarrow as pa
        import pyarrow.parquet as pq

        (self.folder / "data").mkdir(parents=True)
        with ExitStack() as stack:
            kinds = columns()
            kinds[MERGED] = kinds[MERGED].append(pa.field("seen", pa.int64()))
            for name, schema in kinds.items():
                if name == SKETCHES:
                    self._waiting[name] = stack.enter_context(pq.ParquetWriter(self._aside(name), schema))
                else:
                    file = stack.enter_context(pa.OSFile(str(self._aside(name)), "wb"))
                    self._waiting[name] = stack.enter_context(pa.ipc.new_stream(file, schema))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def write(self, batches: dict[str, pa.RecordBatch]) -> None:
        """Take one job's batches; jobs come in order."""
        for key in batches[LINKED].column("article_id").to_pylist():
            self._in_order = self._in_order and key > self._last
            self._last = key
        for name, batch in batches.items():
            self._waiting[name].write_batch(self._numbered(batch) if name == MERGED else batch)

    def finish(self) -> Written:
        """Write all tables, check them, and return what came of it; nothing else can be written then."""
        self._stack.close()
        written = Written(links=links(self._aside(SKETCHES)))
        self._segments(written)
        self._speakers(written)
        for name in self._waiting:
            self._aside(name).unlink()
        written.report.merge(placed(checks.check_across(self.folder), self.folder))
        return written

    def _segments(self, written: Written) -> None:
        """Write and check the tables whose keys begin with the article's."""
        found = {link.article_id: link for link in written.links}
        running = {name: tables.Content(name) for name in segments.TABLES}
        verdicts = Verdicts(self.folder / ".check")
        standing: list[cache.Segment] = []
        with ExitStack() as stack:
            writers = {
                name: stack.enter_context(tables.PieceWriter(self.folder / "data", name)) for name in segments.TABLES
            }
            for rows in segments.segments({name: self._sorted(name) for name in segments.TABLES}):
                rows[LINKED] = [linked(batch, found) for batch in rows[LINKED]]
                for name, batches in rows.items():
                    for batch in batches:
                        running[name].update(batch)
                standing.append(self._segment(rows, writers, verdicts, len(standing)))
            verdicts.finish()
        for number, report in verdicts.reports.items():
            standing[number] = standing[number].with_findings(report)
        for segment in standing:
            written.report.merge(moved(segment.report(), segment.places))
        written.segments = tuple(standing)
        written.rows |= {name: writer.rows for name, writer in writers.items()}
        written.contents |= {name: content.hexdigest() for name, content in running.items()}

    def _segment(
        self,
        rows: dict[str, list[pa.RecordBatch]],
        writers: dict[str, tables.PieceWriter],
        verdicts: Verdicts,
        number: int,
    ) -> cache.Segment:
        """Write one segment: taken over from the last dataset if it stands there, else made and to be checked."""
        said = segments.contents(rows)
        key = segments.key(cache.code(), said)
        if (known := self._earlier.segments.get(key)) is not None:
            places = {}
            for name, writer in writers.items():
                places[name] = writer.take(self._earlier.readers[name], known.places[name])
            return cache.Segment(key, places, known.findings)
        pieces = {name: tables.piece(name, batches, said[name]) for name, batches in rows.items()}
        verdicts.add(number, pieces)
        return cache.Segment(key, {name: writer.write(pieces[name]) for name, writer in writers.items()}, None)

    def _speakers(self, written: Written) -> None:
        """Write the table whose rows belong to many articles."""
        content = tables.Content(MERGED)
        path = self.folder / "data" / MERGED
        with (
            tables.CsvWriter(path.with_suffix(".csv"), MERGED) as csv,
            tables.ParquetWriter(path.with_suffix(".parquet"), MERGED) as parquet,
        ):
            for batch in self._merged():
                content.update(batch)
                csv.write(batch)
                parquet.write(batch)
        written.rows[MERGED] = content.rows
        written.contents[MERGED] = content.hexdigest()

    def _aside(self, name: str) -> Path:
        return self.folder / f".{name}.waiting"

    def _numbered(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Give speakers numbers in the order in which they count; those that a person put right go first."""
        import pyarrow as pa
        import pyarrow.compute as pc

        later = pc.if_else(batch.column(PUT_RIGHT), 0, LATER)
        seen = pc.add(pa.array(range(self._seen, self._seen + batch.num_rows), pa.int64()), later).cast(pa.int64())
        self._seen += batch.num_rows
        schema = batch.schema.append(pa.field("seen", pa.int64()))
        return pa.RecordBatch.from_arrays([*batch.columns, seen], schema=schema)

    def _sorted(self, name: str) -> Iterator[pa.RecordBatch]:
        """Yield a table in batches sorted by key."""
        import pyarrow as pa

        if not self._in_order:
            keys = ", ".join(f'"{key}"' for key in schemas.load(name).primary_key)
            yield from self._query(name, f"SELECT * FROM waiting ORDER BY {keys}")  # noqa: S608 -- our own names
            return
        with pa.OSFile(str(self._aside(name))) as file, pa.ipc.open_stream(file) as stream:
            for batch in stream:
                for start in range(0, batch.num_rows, ROWS.get(name, MANY_ROWS)):
                    yield batch.slice(start, ROWS.get(name, MANY_ROWS))

    def _merged(self) -> Iterator[pa.RecordBatch]:
        """Yield speakers by key, one row each: what a person put right is kept, else what was said of them first."""
        names = [column for column in schemas.load(MERGED).columns if column != "speaker_id"]
        values = ", ".join(f'arg_min("{name}", seen) AS "{name}"' for name in names)
        found = f"SELECT speaker_id, {values} FROM waiting GROUP BY speaker_id ORDER BY speaker_id"  # noqa: S608 -- our own names
        return self._query(MERGED, found)

    def _query(self, name: str, query: str) -> Iterator[pa.RecordBatch]:
        """Yield what DuckDB makes of a waiting table, out of core, with the table's own columns."""
        import duckdb
        import pyarrow as pa

        from onrecord.derive import arrow

        schema = arrow.schema(name)
        config: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(self.folder / ".spill")}
        with (
            pa.OSFile(str(self._aside(name))) as file,
            pa.ipc.open_stream(file) as stream,
            duckdb.connect(config=config) as con,
        ):
            con.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            con.register("waiting", stream)
            for batch in con.sql(query).to_arrow_reader(ROWS.get(name, MANY_ROWS)):
                yield batch.select(schema.names).cast(schema)
