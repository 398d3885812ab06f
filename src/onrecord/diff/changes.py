"""Find the rows that differ, a range of keys at a time, so that memory is bounded however many rows there are.

Where ranges begin is read from the statistics of the Parquet row groups. In a table sorted by key each range is a
few row groups of each side; in any other the result is the same, only slower.
"""

# ruff: noqa: S608 -- names are quoted as identifiers, paths as literals, and values are parameters

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.diff.names import literal, quoted
from onrecord.errors import PackageError

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

RANGE = 128 << 20
"""Bytes of both sides, uncompressed, that are compared at once."""

Bounds = tuple[str | None, str | None]
"""The first key of a range and the first key after it; None is no bound."""


def find(
    con: duckdb.DuckDBPyConnection, name: str, key: Sequence[str], cells: dict[str, str], files: Sequence[Path]
) -> None:
    """Make `changes_<name>`: key, kind, and for each other column whether it changed.

    Parameters
    ----------
    name
        The table; `old_<name>` and `new_<name>` are its sides.
    key
        The columns that tell rows apart.
    cells
        The test of each other column that both sides have, whether it changed.
    files
        The Parquet files to compare; none when both sides are known to be the same.

    Raises
    ------
    PackageError
        Two rows of a side have one key: joining them could grow without bound.
    """
    con.execute(f"CREATE TEMP TABLE {quoted(f'changes_{name}')} AS {_query(name, key, cells)} WHERE false")
    differs = " OR ".join(["o.__here IS NULL", "n.__here IS NULL", *cells.values()])
    for bounds in _ranges(con, key[0], files) if files else ():
        where, values = _within(key[0], bounds)
        for side in ("old", "new"):
            _one_row_a_key(con, name, side, key, (where, values))
        ranged = _query(name, key, cells, where)
        con.execute(f"INSERT INTO {quoted(f'changes_{name}')} {ranged} WHERE {differs}", values * 2)


def _query(name: str, key: Sequence[str], cells: dict[str, str], where: str = "true") -> str:
    """Return the SQL of the rows of both sides within a range; its parameters are those of `where`, twice."""
    old, new = (f"(SELECT * FROM {quoted(f'{side}_{name}')} WHERE {where})" for side in ("old", "new"))
    keys = ", ".join(f"coalesce(o.{quoted(column)}, n.{quoted(column)}) AS {quoted(column)}" for column in key)
    flags = "".join(f", {test} AS {quoted(f'cell {column}')}" for column, test in cells.items())
    join = " AND ".join(f"o.{quoted(column)} = n.{quoted(column)}" for column in key)
    kind = "CASE WHEN o.__here IS NULL THEN 'added' WHEN n.__here IS NULL THEN 'removed' ELSE 'changed' END AS __kind"
    return f"SELECT {keys}, {kind}{flags} FROM {old} o FULL JOIN {new} n ON {join}"


def _ranges(con: duckdb.DuckDBPyConnection, column: str, files: Sequence[Path]) -> Iterator[Bounds]:
    """Yield ranges of keys that together hold every row once."""
    groups: list[tuple[str | None, int]] = []
    for file in files:
        groups += con.execute(
            "SELECT min(stats_min_value) FILTER (path_in_schema = ?), sum(total_uncompressed_size) "
            f"FROM parquet_metadata({literal(file)}) GROUP BY row_group_id",
            [column],
        ).fetchall()
    size, first = 0, None
    for start, number in sorted((start, number) for start, number in groups if start is not None):
        if size + number > RANGE and size and start != first:
            yield first, start
            size, first = 0, start
        size += number
    yield first, None


def _within(column: str, bounds: Bounds) -> tuple[str, list[Any]]:
    """Return the condition that a row is in a range; rows without a key are in the first."""
    first, after = bounds
    tests = [f"{quoted(column)} >= ?"] if first is not None else []
    tests += [f"{quoted(column)} < ?"] if after is not None else []
    where = " AND ".join(tests) or "true"
    if first is None:
        where = f"({where} OR {quoted(column)} IS NULL)"
    return where, [bound for bound in bounds if bound is not None]


def _one_row_a_key(
    con: duckdb.DuckDBPyConnection, name: str, side: str, key: Sequence[str], within: tuple[str, list[Any]]
) -> None:
    names = ", ".join(quoted(column) for column in key)
    rows = f"FROM {quoted(f'{side}_{name}')} WHERE {within[0]}"
    many = f"SELECT {names} {rows} GROUP BY {names} HAVING count(*) > 1 ORDER BY ALL LIMIT 1"
    if found := con.execute(many, within[1]).fetchone():
        said = ", ".join(map(str, found))
        raise PackageError(f"two {side} rows of {name} have the key {said}", hint="run `onrecord validate` first")
