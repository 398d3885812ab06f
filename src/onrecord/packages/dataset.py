"""A dataset in hand: its tables as Arrow, polars, pandas or DuckDB, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from onrecord.errors import PackageError
from onrecord.files import read_json
from onrecord.packages.reading import Package, open_package

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import polars as pl
    import pyarrow as pa

    from onrecord.reports import Issue


class Dataset(Mapping[str, "pa.Table"]):
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
        if table not in self.package.tables:
            close = get_close_matches(table, self.package.tables, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"tables: {', '.join(self.package.tables)}"
            raise PackageError(f"no table {table!r} in {self.name!r}", hint=hint, file=self.folder)
        path = self.folder / "data" / f"{table}.{suffix}"
        if not path.exists():
            raise PackageError(f"table {table!r} is not here as {suffix}", hint="download it in full", file=path)
        return path

    def schema(self, table: str) -> dict[str, Any]:
        """Return the Table Schema that is shipped with a table."""
        self.path(table)
        return read_json(self.folder / "schemas" / f"{table}.schema.json")

    def arrow(self, table: str, *, columns: list[str] | None = None) -> pa.Table:
        """Return a table, or some of its columns, as Arrow; descriptions of columns are the fields' metadata."""
        import pyarrow.parquet as pq

        return pq.read_table(self.path(table), columns=columns)

    def polars(self, table: str) -> pl.LazyFrame:
        """Return a table as a lazy polars frame; `collect` reads what is needed of it."""
        import polars as pl

        return pl.scan_parquet(self.path(table))

    def pandas(self, table: str, *, columns: list[str] | None = None) -> pd.DataFrame:
        """Return a table as a pandas frame with Arrow-backed columns, which tell null from NaN and from False.

        Raises
        ------
        PackageError
            pandas is not installed.
        """
        try:
            import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]
        except ImportError:
            raise PackageError("pandas is not installed", hint="pip install pandas") from None
        frame: pd.DataFrame = self.arrow(table, columns=columns).to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def duckdb(self, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyConnection:
        """Return a DuckDB connection with one view a table over its Parquet file; in memory where none is given."""
        import duckdb

        made = duckdb.connect() if connection is None else connection
        for table in self:
            path = str(self.path(table)).replace("'", "''")
            made.execute(f"CREATE OR REPLACE VIEW \"{table}\" AS SELECT * FROM read_parquet('{path}')")  # noqa: S608 -- both quoted
        return made

    def __getitem__(self, table: str) -> pa.Table:
        return self.arrow(table)

    def __iter__(self) -> Iterator[str]:
        return iter(self.package.tables)

    def __len__(self) -> int:
        return len(self.package.tables)

    def __contains__(self, table: object) -> bool:
        return table in self.package.tables

    def __repr__(self) -> str:
        version = f"@{self.version}" if self.version else ""
        return f"<Dataset {self.name}{version}: {', '.join(self)}>"
