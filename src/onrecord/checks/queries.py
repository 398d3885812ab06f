"""Run laws on the tables of a dataset with DuckDB, within bounded memory."""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord import schemas
from onrecord.checks import keys, offsets, rights, texts
from onrecord.checks.findings import Finding
from onrecord.checks.laws import laws

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    import duckdb

    from onrecord.checks.laws import Law

MEMORY = "192MB"
"""What DuckDB may use before it goes on on disk."""
PART = 1 << 12
"""Articles whose texts are looked at together."""
CAP = 100
BEYOND = "\U0010ffff"
LARGEST = 2**31 - 2


def check_laws(
    parquet: Mapping[str, Path], shown: Mapping[str, Path], temporary: Path, today: date | None = None
) -> Iterator[Finding]:
    """Yield the breaches of every law whose tables are there.

    Parameters
    ----------
    parquet
        The tables, as Parquet.
    shown
        The files in which findings are to be placed; they hold the same rows.
    temporary
        A folder to spill into.
    today
        The day after which nothing can have been published; without it, nobody asks.
    """
    with _connection(parquet, temporary) as con:
        _set(con, [("today", today)])
        for law in (*laws(), *keys.LAWS, *rights.LAWS, offsets.SPANS):
            if set(law.tables) <= set(parquet):
                yield from _breaches(con, law, shown[law.table])
        if {"speakers", "attributions"} <= set(parquet):
            yield from keys.speakers(con, shown["speakers"])
        if "articles" in parquet:
            yield from _by_part(con, parquet, shown)


def _by_part(
    con: duckdb.DuckDBPyConnection, parquet: Mapping[str, Path], shown: Mapping[str, Path]
) -> Iterator[Finding]:
    unseen = 0
    for low, high in _parts(con):
        _set(con, (("low", low), ("high", high)))
        con.execute(offsets.PART)
        if "quotes" in parquet:
            _set(
                con, zip(("first_quote", "last_quote"), con.execute(offsets.BOUNDS).fetchone() or ("", ""), strict=True)
            )
        for law in offsets.BY_PART:
            if set(law.tables) <= set(parquet):
                yield from _breaches(con, law, shown[law.table])
        hides = (con.execute(offsets.HIDES).fetchone() or (False,))[0]
        if hides and set(offsets.MENTIONS.tables) <= set(parquet):
            unseen += (con.execute(offsets.UNSEEN).fetchone() or (0,))[0]
        if set(texts.TABLES) <= set(parquet):
            yield from texts.check_texts(con, shown["articles"])
    if unseen:
        message = f"{unseen:,} sources or cues lie in withheld bodies, outside of what their quotes show of them"
        yield Finding(code="offsets-unchecked", message=message, table="attributions", file=shown["attributions"])


def _set(con: duckdb.DuckDBPyConnection, values: Iterable[tuple[str, str | date | None]]) -> None:
    for name, value in values:
        con.execute(f"SET VARIABLE {name} = $value", {"value": value})


def _parts(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Yield ranges of article keys, half-open, that part the articles."""
    found = con.execute(f"SELECT article_id FROM articles WHERE file_row_number % {PART} = 0 AND file_row_number > 0")
    bounds = ["", *sorted(key for (key,) in found.fetchall() if key is not None), BEYOND]
    yield from pairwise(bounds)


@contextmanager
def _connection(parquet: Mapping[str, Path], temporary: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB with a view of each table, its records numbered; it spills into `temporary`."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(temporary / "spill"),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(config=config) as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(offsets.MACROS)
        for name, path in parquet.items():
            con.execute(_view(name, path))
        if "articles" in parquet:
            _set(con, ((name, "") for name in ("low", "high", "first_quote", "last_quote")))
            con.execute(offsets.PART)
            for view in (view for name, view in offsets.VIEWS.items() if name in parquet):
                con.execute(view)
        yield con


def _view(name: str, path: Path) -> str:
    """Return the view of one table; integers are brought within 32 bits, so that no sum of them can overflow."""
    literal = str(path).replace("'", "''")
    whole = [f'"{field.name}"' for field in schemas.load(name).fields if field.type == "integer"]
    bound = "CASE WHEN {0} > {1} THEN {1} WHEN {0} < -{1} THEN -{1} ELSE {0} END AS {0}"
    bounded = ", ".join(bound.format(column, LARGEST) for column in whole)
    columns = f"* REPLACE ({bounded})" if whole else "*"
    return f"CREATE VIEW {name} AS SELECT {columns} FROM read_parquet('{literal}', file_row_number = true)"


def _breaches(con: duckdb.DuckDBPyConnection, law: Law, file: Path) -> Iterator[Finding]:
    """Yield the first breaches of a law, the last one standing for all that are not named."""
    rows = con.execute(f'FROM ({law.sql}) ORDER BY "row" LIMIT {CAP + 1}').fetchall()
    total = len(rows)
    if total > CAP:
        total = (con.execute(f"SELECT count(*) FROM ({law.sql})").fetchone() or (total,))[0]
        rows = rows[:CAP]
    for number, (row, key, field, value, expected) in enumerate(rows, start=1):
        yield Finding(
            code=law.code,
            message=law.message.format(field=field),
            table=law.table,
            file=file,
            row=row,
            key=key,
            field=field,
            value=None if value is None else str(value),
            expected=None if expected is None else str(expected),
            times=1 + (total - len(rows) if number == len(rows) else 0),
        )
