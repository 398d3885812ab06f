"""Run laws on the tables of a dataset with DuckDB, within bounded memory."""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from onrecord.checks import laws
from onrecord.checks.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import duckdb

    from onrecord.checks.laws import Law

MEMORY = "512MB"
"""What DuckDB may use before it goes on on disk."""
CAP = 100


@contextmanager
def connection(parquet: Mapping[str, Path], temporary: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB with a view of each table, its records numbered; it spills into `temporary`."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(temporary / "spill"),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(config=config) as con:
        con.execute(laws.PREPARE)
        for name, path in parquet.items():
            literal = str(path).replace("'", "''")
            con.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{literal}', file_row_number = true)")
        if "articles" in parquet:
            con.execute(laws.TEXTS)
        yield con


def breaches(con: duckdb.DuckDBPyConnection, law: Law, file: Path) -> Iterator[Finding]:
    """Yield the first breaches of a law, the last one standing for all that are not named."""
    rows = con.execute(f'FROM ({law.sql}) ORDER BY "row" LIMIT {CAP + 1}').fetchall()
    total = len(rows)
    if total > CAP:
        total = (con.execute(f"SELECT count(*) FROM ({law.sql})").fetchone() or (total,))[0]
        rows = rows[:CAP]
    for number, (row, key, field, value, expected) in enumerate(rows, start=1):
        yield Finding(
            code=law.code,
            message=law.message,
            table=law.table,
            file=file,
            row=row,
            key=key,
            field=field,
            value=value,
            expected=expected,
            times=1 + (total - len(rows) if number == len(rows) else 0),
        )
