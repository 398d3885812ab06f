"""Compare two Parquet tables by primary key with DuckDB, which goes on on disk where memory ends.

Every cell of the columns that both sides have is compared, not a digest of it: nobody can make two rows look
alike. Each comparison leaves a table `changes_<name>` with the key and the kind of every row that differs.
"""

# ruff: noqa: S608 -- names are quoted as identifiers, paths as literals, and values are parameters

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from onrecord.diff import changes
from onrecord.diff.model import Cell, Sample, TableDifference
from onrecord.diff.names import literal, quoted
from onrecord.errors import PackageError
from onrecord.files import sha256_of

if TYPE_CHECKING:
    import duckdb

    from onrecord.diff.sides import Table

MEMORY = "512MB"
"""What DuckDB may hold before it goes on on disk."""

LONGEST = 300
"""Characters of a cell that an example shows."""


@contextmanager
def comparing() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB with bounded memory, spilling into a folder that goes with it; its errors are PackageErrors."""
    import duckdb

    with TemporaryDirectory(prefix="onrecord-diff-") as spill:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": spill,
            "preserve_insertion_order": False,
            "threads": min(4, os.cpu_count() or 1),
        }
        try:
            with duckdb.connect(config=config) as con:
                con.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")  # a bar would be written to stdout
                yield con
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise PackageError(f"cannot be compared: {said}", hint="run `onrecord validate` on both first") from None


def compare(
    con: duckdb.DuckDBPyConnection, name: str, old: Table | None, new: Table | None, shown: int
) -> TableDifference:
    """Return what differs between two versions of a table; None is a table that is not there.

    Raises
    ------
    PackageError
        A table cannot be read, lacks a column of its key, or has two rows with one key.
    """
    key = _views(con, name, old, new)
    columns = [_types(con, f"{side}_{name}") for side in ("old", "new")]
    both = [column for column in columns[0] if column in columns[1]]
    if missing := [column for column in key if column not in both]:
        raise PackageError(f"{name} lacks the key column {missing[0]!r} on one side", hint="build it again")
    rest = [column for column in both if column not in key]
    cells = {column: _differs(column, one_type=columns[0][column] == columns[1][column]) for column in rest}
    files = [] if _same_bytes(old, new) else [table.path for table in (old, new) if table is not None]
    changes.find(con, name, key, cells, files)
    counts = _counts(con, name, rest)
    return TableDifference(
        name=name,
        rows_old=None if old is None else _rows(con, f"old_{name}"),
        rows_new=None if new is None else _rows(con, f"new_{name}"),
        added=counts["added"],
        removed=counts["removed"],
        changed=counts["changed"],
        columns_added=tuple(column for column in columns[1] if column not in columns[0]),
        columns_removed=tuple(column for column in columns[0] if column not in columns[1]),
        columns_retyped=tuple(column for column in both if columns[0][column] != columns[1][column]),
        cells={column: number for column in rest if (number := counts[f"cell {column}"])},
        examples=Sample(tuple(_examples(con, name, key, rest, shown)), counts["changed"]),
    )


def _views(con: duckdb.DuckDBPyConnection, name: str, old: Table | None, new: Table | None) -> tuple[str, ...]:
    """Make the views `old_<name>` and `new_<name>`, an absent one without rows; return the key."""
    sides = {"old": old, "new": new}
    for side, table in sides.items():
        if table is not None:
            _view(con, f"{side}_{name}", table)
    for side, other in (("old", "new"), ("new", "old")):
        if sides[side] is None:
            empty = f"SELECT * FROM {quoted(f'{other}_{name}')} WHERE false"
            con.execute(f"CREATE VIEW {quoted(f'{side}_{name}')} AS {empty}")
    known = new or old
    return () if known is None else known.key


def _view(con: duckdb.DuckDBPyConnection, view: str, table: Table) -> None:
    import duckdb

    source = f"read_parquet({literal(table.path)})"
    try:
        con.execute(f"CREATE VIEW {quoted(view)} AS SELECT *, true AS __here FROM {source}")
    except duckdb.Error as error:
        raise PackageError(f"no table: {str(error).splitlines()[0]}", hint="build it again", file=table.path) from None


def _types(con: duckdb.DuckDBPyConnection, view: str) -> dict[str, str]:
    found = con.execute(f"DESCRIBE {quoted(view)}").fetchall()
    return {row[0]: row[1] for row in found if row[0] != "__here"}


def _rows(con: duckdb.DuckDBPyConnection, view: str) -> int:
    return int(one(con, f"SELECT count(*) FROM {quoted(view)}")[0])


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """Return the only row of a query's answer."""
    row: tuple[Any, ...] | None = con.execute(query).fetchone()
    return row or ()


def _same_bytes(old: Table | None, new: Table | None) -> bool:
    if old is None or new is None or old.path.stat().st_size != new.path.stat().st_size:
        return False
    return sha256_of(old.path) == sha256_of(new.path)


def _differs(column: str, *, one_type: bool) -> str:
    """Return the test whether a cell changed; of columns with two types the texts are compared."""
    cast = "" if one_type else "::VARCHAR"
    return f"(o.{quoted(column)}{cast} IS DISTINCT FROM n.{quoted(column)}{cast})"


def _counts(con: duckdb.DuckDBPyConnection, name: str, rest: Sequence[str]) -> dict[str, int]:
    kinds = ("added", "removed", "changed")
    asked = [f"count(*) FILTER (__kind = '{kind}')" for kind in kinds]
    asked += [f"count(*) FILTER (__kind = 'changed' AND {quoted(f'cell {column}')})" for column in rest]
    found = one(con, f"SELECT {', '.join(asked)} FROM {quoted(f'changes_{name}')}")
    return dict(zip([*kinds, *(f"cell {column}" for column in rest)], map(int, found), strict=True))


def _examples(
    con: duckdb.DuckDBPyConnection, name: str, key: Sequence[str], rest: Sequence[str], shown: int
) -> Iterator[Cell]:
    """Yield the cells of the first rows that changed, in order of key."""
    keys = ", ".join(quoted(column) for column in key)
    flags = ", ".join(quoted(f"cell {column}") for column in rest)
    first = con.execute(
        f"SELECT {keys}{', ' if flags else ''}{flags} FROM {quoted(f'changes_{name}')} WHERE __kind = 'changed' "
        f"ORDER BY {keys} LIMIT {shown:d}"
    ).fetchall()
    for row in first:
        values, changed = row[: len(key)], [column for column, did in zip(rest, row[len(key) :], strict=True) if did]
        old, new = (_cells(con, f"{side}_{name}", key, values, changed) for side in ("old", "new"))
        said = ", ".join(map(str, values))
        yield from (Cell(said, *cell) for cell in zip(changed, old, new, strict=True))


def _cells(
    con: duckdb.DuckDBPyConnection, view: str, key: Sequence[str], values: Sequence[Any], columns: Sequence[str]
) -> tuple[str | None, ...]:
    texts = ", ".join(shortened(quoted(column)) for column in columns)
    where = " AND ".join(f"{quoted(column)} = ?" for column in key)
    found: tuple[str | None, ...] | None = con.execute(
        f"SELECT {texts} FROM {quoted(view)} WHERE {where}", list(values)
    ).fetchone()
    return found or (None,) * len(columns)


def shortened(column: str) -> str:
    """Return the SQL of a column as text of at most LONGEST characters."""
    text = f"{column}::VARCHAR"
    return f"CASE WHEN length({text}) > {LONGEST} THEN left({text}, {LONGEST - 1}) || '…' ELSE {text} END"
