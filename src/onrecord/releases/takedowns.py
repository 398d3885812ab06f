"""Rows that go because their article was taken down: no reader is to be warned of a loss by a new MAJOR version.

A row goes with an article when it is that article's, when what it refers to goes, or when all that referred to it
went. The foreign keys that the older dataset declares say which rows these are.
"""

# ruff: noqa: S608 -- names are quoted as identifiers, paths as literals, and values are parameters

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.diff.names import literal, quoted
from onrecord.diff.tables import comparing
from onrecord.files import read_json
from onrecord.validation.staleness import tombstones

if TYPE_CHECKING:
    import duckdb

ROOT = "articles"
MOST_ROUNDS = 8

Link = tuple[str, str, str, str]
"""A table, its column, the table that it refers to, and the column there."""


def taken_down(old: Path, new: Path) -> dict[str, int]:
    """Return for each table how many rows of `old` are not in `new` because of new tombstones."""
    fresh = sorted(tombstones(new) - tombstones(old))
    keys = {name: key for name, key in _keys(old).items() if (new / "data" / f"{name}.parquet").is_file()}
    if not fresh or keys.get(ROOT) is None:
        return {}
    with comparing() as con:
        for name, key in keys.items():
            con.execute(f"CREATE VIEW {quoted(name)} AS SELECT * FROM {_read(old, name)}")
            gone = quoted(f"gone {name}")
            con.execute(f"CREATE TABLE {gone} AS SELECT {quoted(key)} FROM {quoted(name)} WHERE false")
        root = quoted(keys[ROOT])
        con.execute(
            f"INSERT INTO {quoted(f'gone {ROOT}')} SELECT {root} FROM {ROOT} WHERE {root} IN (SELECT unnest(?))",
            [fresh],
        )
        _spread(con, keys, list(_links(old, keys)))
        return {name: _missing(con, name, key, new) for name, key in keys.items()}


def _read(folder: Path, name: str) -> str:
    return f"read_parquet({literal(folder / 'data' / f'{name}.parquet')})"


def _declared(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted((folder / "schemas").glob("*.schema.json")):
        name = path.name.removesuffix(".schema.json")
        if (folder / "data" / f"{name}.parquet").is_file():
            yield name, read_json(path)


def _keys(folder: Path) -> dict[str, str]:
    """Return the key column of each table, or the first of several: it names the row's quote or article."""
    return {name: key[0] for name, schema in _declared(folder) if (key := schema.get("primaryKey"))}


def _links(folder: Path, keys: Mapping[str, str]) -> Iterator[Link]:
    for name, schema in _declared(folder):
        for key in schema.get("foreignKeys", ()):
            other = key["reference"]["resource"]
            if name in keys and other in keys and other != name and len(key["fields"]) == 1:
                yield name, key["fields"][0], other, key["reference"]["fields"][0]


def _spread(con: duckdb.DuckDBPyConnection, keys: Mapping[str, str], links: list[Link]) -> None:
    """Go along the links until no more rows are found."""
    size = -1
    for _ in range(MOST_ROUNDS):
        for name, column, other, referred in links:
            _add(con, name, keys[name], f"{quoted(column)} IN (SELECT * FROM {quoted(f'gone {other}')})")
            gone = f"SELECT * FROM {quoted(f'gone {name}')}"
            referring = f"SELECT {quoted(column)} FROM {quoted(name)} WHERE {quoted(column)} IS NOT NULL"
            left = f"{referring} AND {quoted(keys[name])} NOT IN ({gone})"
            _add(con, other, keys[other], f"{quoted(referred)} IN ({referring}) AND {quoted(referred)} NOT IN ({left})")
        before, size = size, sum(_count(con, f"SELECT count(*) FROM {quoted(f'gone {name}')}") for name in keys)
        if size == before:
            return


def _add(con: duckdb.DuckDBPyConnection, name: str, key: str, where: str) -> None:
    gone = quoted(f"gone {name}")
    con.execute(
        f"INSERT INTO {gone} SELECT DISTINCT {quoted(key)} FROM {quoted(name)} "
        f"WHERE {where} AND {quoted(key)} NOT IN (SELECT * FROM {gone})"
    )


def _missing(con: duckdb.DuckDBPyConnection, name: str, key: str, new: Path) -> int:
    there = f"SELECT {quoted(key)} FROM {_read(new, name)}"
    return _count(
        con,
        f"SELECT count(*) FROM {quoted(name)} WHERE {quoted(key)} IN (SELECT * FROM {quoted(f'gone {name}')}) "
        f"AND {quoted(key)} NOT IN ({there})",
    )


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    row = con.execute(query).fetchone()
    return int(row[0]) if row else 0
