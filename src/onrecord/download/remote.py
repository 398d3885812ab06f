"""A released dataset read from afar: columns and rows over HTTP, each byte proved, and no file downloaded.

Of a table are fetched its list of ranges, the footer of its Parquet file, and then only the blocks that hold what is
asked for. Row groups in which no row can be meant are passed over by their statistics.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from onrecord.download import blocks as reading
from onrecord.download.blocks import Blocks
from onrecord.errors import PackageError
from onrecord.files import parse_json
from onrecord.packages import ranges
from onrecord.packages.frames import Frames, Where, condition, judge_columns
from onrecord.registry.transport import read_promised

if TYPE_CHECKING:
    import duckdb
    import polars as pl
    import pyarrow as pa
    import pyarrow.dataset as ds

    from onrecord.registry import Entry, Registry
    from onrecord.reports import Issue

AT_ONCE = 32 << 20
"""Bytes of row groups that are fetched at once."""


class RemoteDataset(Frames):
    """The tables of a released version, by name; of them nothing is fetched but what is asked for.

    Parameters
    ----------
    registry, entry
        Where it is listed, and how.
    issues
        What its reader must know, for example that the version was withdrawn.

    Examples
    --------
    >>> import onrecord
    >>> dataset = onrecord.load("lemonde-en", registry="https://example.org/releases", remote=True)  # doctest: +SKIP
    >>> dataset.arrow("quotes", columns=["text"], where={"article_id": "0f5ba0b1b0ad7d1c"})  # doctest: +SKIP
    """

    def __init__(self, registry: Registry, entry: Entry, issues: tuple[Issue, ...] = ()) -> None:
        self._registry = registry
        self._entry = entry
        self._blocks: dict[str, Blocks] = {}
        self.issues = issues

    @property
    def name(self) -> str:
        """The dataset's name."""
        return self._entry.name

    @property
    def version(self) -> str:
        """The released version."""
        return self._entry.version

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""
        return tuple(self._entry.tables)

    def schema(self, table: str) -> dict[str, Any]:
        """Return the Table Schema that is shipped with a table."""
        self.judge(table)
        return parse_json(self._read(f"schemas/{table}.schema.json"), self._place(f"schemas/{table}.schema.json"))

    def arrow(self, table: str, *, columns: list[str] | None = None, where: Where | None = None) -> pa.Table:
        """Return a table, or some of its columns and rows, as Arrow; descriptions of columns are fields' metadata.

        Parameters
        ----------
        table
            Its name.
        columns
            Fetch these only.
        where
            Read the rows only that have these values: `{"article_id": "…"}`, `{"kind": ["direct", "mixed"]}`. Row
            groups that hold none of them are not fetched.

        Raises
        ------
        PackageError
            There is no such table or column, or the release cannot be read from afar.
        IntegrityError
            What came is not what the release promises.
        RegistryError
            The registry cannot be reached.
        """
        import pyarrow as pa

        found = self._open(table)
        schema = reading.schema(found)
        wanted = schema.names if columns is None else columns
        judge_columns(schema.names, [*wanted, *(where or ())], table)
        groups = _meant(found, range(found.metadata.num_row_groups), where)
        parts = [part.select(wanted) for part in _read(found, groups, [*wanted, *(where or ())], where)]
        empty = pa.schema([schema.field(name) for name in wanted], schema.metadata).empty_table()
        return pa.concat_tables([empty, *parts]) if parts else empty

    def dataset(self, table: str) -> ds.Dataset:
        """Return a table as a pyarrow dataset, whose scans fetch the columns and row groups that they need."""
        from onrecord.download.filesystem import as_dataset

        return as_dataset(self._open(table))

    def polars(self, table: str) -> pl.LazyFrame:
        """Return a table as a lazy polars frame; `collect` fetches what is needed of it."""
        import polars as pl

        return pl.scan_pyarrow_dataset(self.dataset(table))

    def duckdb(self, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyConnection:
        """Return a DuckDB connection with one view a table; queries fetch the columns and row groups they need."""
        import duckdb

        made = duckdb.connect() if connection is None else connection
        for table in self:
            made.register(table, self.dataset(table))
        return made

    def _open(self, table: str) -> Blocks:
        self.judge(table)
        if table not in self._blocks:
            path, listed = f"data/{table}.parquet", ranges.name_of(table)
            if path not in self._entry.files or listed not in self._entry.files:
                hint = "load it without remote: it is downloaded then"
                raise PackageError(f"{self._entry.spec} cannot be read from afar", hint=hint, file=self._place(listed))
            size = self._entry.files[path].bytes
            found = ranges.parse(self._read(listed), path=path, size=size, file=self._place(listed))
            self._blocks[table] = Blocks(self._place(path), found, self._registry.patience)
        return self._blocks[table]

    def _place(self, path: str) -> str:
        return self._registry.place(f"{self._entry.folder}/{path}")

    def _read(self, path: str) -> bytes:
        if path not in self._entry.files:
            raise PackageError(f"{self._entry.spec} has no {path}", hint="ask its publisher", file=self._place(path))
        return read_promised(self._place(path), self._entry.files[path], patience=self._registry.patience)


def _read(found: Blocks, groups: Iterable[int], columns: Collection[str], where: Where | None) -> Iterator[pa.Table]:
    """Yield the rows that are meant, row group by row group; what decides is fetched before the rest."""
    import pyarrow.parquet as pq

    test = condition(where)
    expression = None if test is None else pq.filters_to_expression(test)
    for batch in _batches(found, groups, columns):
        some = batch
        deciding = [column for column in columns if where and column in where]
        held = found.fetch(number for group in batch for number in found.of(group, deciding))
        if expression is not None:
            with reading.reader(found, held) as file:
                some = [group for group in batch if file.read_row_group(group, deciding).filter(expression).num_rows]
        numbers = {number for group in some for number in found.of(group, columns)} - held.keys()
        with reading.reader(found, held | found.fetch(numbers)) as file:
            for group in some:
                table = file.read_row_group(group, list(dict.fromkeys(columns)))
                yield table if expression is None else table.filter(expression)


def _batches(found: Blocks, groups: Iterable[int], columns: Collection[str]) -> Iterator[list[int]]:
    """Yield row groups, as many at once as may be held."""
    starts = found.ranges.starts
    batch: list[int] = []
    size = 0
    for group in groups:
        size += sum(starts[number + 1] - starts[number] for number in found.of(group, columns))
        if batch and size > AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(group)
    if batch:
        yield batch


def _meant(found: Blocks, groups: Iterable[int], where: Where | None) -> list[int]:
    """Return the row groups that may hold a row that is meant, by the least and most value of each."""
    return [group for group in groups if all(_may(found, group, *one) for one in (where or {}).items())]


def _may(found: Blocks, group: int, column: str, value: Any) -> bool:
    row_group = found.metadata.row_group(group)
    chunks = (row_group.column(number) for number in range(row_group.num_columns))
    statistics = next((chunk.statistics for chunk in chunks if chunk.path_in_schema == column), None)
    if statistics is None or not statistics.has_min_max:
        return True
    values = value if isinstance(value, Collection) and not isinstance(value, str) else [value]
    try:
        return any(statistics.min <= one <= statistics.max for one in values)
    except TypeError:
        return True
