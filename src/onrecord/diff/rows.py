"""The rows that differ, as Parquet: one file a table, with all columns, and what became of each row.

Two columns come before the table's own: `_change` (`added`, `removed`, `changed`) and `_side` (`old`, `new`); a row
that changed stands there twice. A column whose type changed is written as text.
"""

# ruff: noqa: S608 -- names are quoted as identifiers, paths as literals

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.diff.names import plain, quoted
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    import duckdb

    from onrecord.diff.model import TableDifference


def write_rows(con: duckdb.DuckDBPyConnection, tables: Sequence[TableDifference], folder: Path) -> None:
    """Write `<table>.parquet` into a new folder for every table that has rows that differ.

    Raises
    ------
    OnrecordError
        The folder is there already.
    """
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise OnrecordError("it is there already", hint="name a new folder", file=folder) from None
    for table in tables:
        if table.added or table.removed or table.changed:
            target = plain(folder / f"{table.name}.parquet")
            con.execute(f"COPY ({_query(con, table)}) TO {target} (FORMAT parquet, COMPRESSION zstd)")


def _query(con: duckdb.DuckDBPyConnection, table: TableDifference) -> str:
    changes = quoted(f"changes_{table.name}")
    described = con.execute(f"DESCRIBE {changes}").fetchall()
    key = [row[0] for row in described[: [row[0] for row in described].index("__kind")]]
    texts = ", ".join(f"{quoted(column)}::VARCHAR AS {quoted(column)}" for column in table.columns_retyped)
    replaced = f" REPLACE ({texts})" if texts else ""
    join = " AND ".join(f"c.{quoted(column)} = r.{quoted(column)}" for column in key)
    parts = [
        f"SELECT c.__kind AS _change, '{side}' AS _side, r.* FROM "
        f"(SELECT * EXCLUDE (__here){replaced} FROM {quoted(f'{side}_{table.name}')}) r JOIN "
        f"(SELECT * FROM {changes} WHERE __kind <> '{other}') c ON {join}"
        for side, other in (("old", "added"), ("new", "removed"))
    ]
    order = ", ".join([*(quoted(column) for column in key), "_side DESC"])
    return f"SELECT * FROM ({' UNION ALL BY NAME '.join(parts)}) ORDER BY {order}"
