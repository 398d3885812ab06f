"""A dataset in hand: its tables on disk: as Arrow, polars, pandas or DuckDB, read when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from onrecord.errors import PackageError
from onrecord.files import read_json
from onrecord.packages.frames import Frames, Where, condition, judge_columns
from onrecord.packages.reading import Package, open_package

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    import polars as pl
    import pyarrow as pa

    from onrecord.reports import Issue


class Dataset(Frames):
    """The tables of a package's folder, by name; nothing is read before it is asked for.

    Parameters
    ----------
    package
        A package that stands as a folder.
    issues
        What the one who fetched it must know, for example that a newer version was withdrawn.

    Examples
    --------
    >>> dataset = Dataset.open("datasets/lemonde-en")  # doctest: +SKIP
    >>> list(dataset)  # doctest: +SKIP
    ['articles', 'quotes', 'spans', 'attributions', 'speakers', 'set_aside']
    >>> dataset["quotes"].num_rows  # doctest: +SKIP
    22
    """

    def __init__(self, package: Package, issues: tuple[Issue, ...] = ()) -> None:
        self.package = package
        self.issues = issues

    @classmethod
    def open(cls, path: str | Path) -> Dataset:
        """Open the package in a folder.

        Raises
        ------
        PackageError
            There is no package, or it is a zip.
        """
        package = open_package(path)
        if package.is_archive:
            raise PackageError("tables are read from a folder", hint="unpack the zip first", file=package.path)
        return cls(package)

    @property
    def name(self) -> str:
        """The dataset's name."""
        return self.package.name

    @property
    def version(self) -> str | None:
        """The released version, or None for a build."""
        return self.package.version

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""
        return self.package.tables

    @property
    def folder(self) -> Path:
        """Where its files stand."""
        return self.package.path

    def path(self, table: str, suffix: Literal["parquet", "csv"] = "parquet") -> Path:
        """Return where a table's file stands.

        Raises
        ------
        PackageError
            There is no such table, or it was not downloaded in this format.
        """
        self.judge(table)
        path = self.folder / "data" / f"{table}.{suffix}"
        if not path.exists():
            raise PackageError(f"table {table!r} is not here as {suffix}", hint="download it in full", file=path)
        return path

    def schema(self, table: str) -> dict[str, Any]:
        """Return the Table Schema that is shipped with a table."""
        self.path(table)
        return read_json(self.folder / "schemas" / f"{table}.schema.json")

    def arrow(self, table: str, *, columns: list[str] | None = None, where: Where | None = None) -> pa.Table:
        """Return a table, or some of its columns and rows, as Arrow; descriptions of columns are fields' metadata.

        Parameters
        ----------
        table
            Its name.
        columns
            Read these only.
        where
            Read the rows only that have these values: `{"article_id": "…"}`, `{"kind": ["direct", "mixed"]}`.

        Raises
        ------
        PackageError
            There is no such table or column.
        """
        import pyarrow.parquet as pq

        path = self.path(table)
        if columns or where:
            judge_columns(pq.read_schema(path).names, [*(columns or ()), *(where or ())], table)
        return pq.read_table(path, columns=columns, filters=condition(where))

    def polars(self, table: str) -> pl.LazyFrame:
        """Return a table as a lazy polars frame; `collect` reads what is needed of it."""
        import polars as pl

        return pl.scan_parquet(self.path(table))

    def duckdb(self, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyConnection:
        """Return a DuckDB connection with one view a table over its Parquet file; in memory where none is given."""
        import duckdb

        made = duckdb.connect() if connection is None else connection
        for table in self:
            path = str(self.path(table)).replace("'", "''")
            made.execute(f"CREATE OR REPLACE VIEW \"{table}\" AS SELECT * FROM read_parquet('{path}')")  # noqa: S608 -- both quoted
        return made
