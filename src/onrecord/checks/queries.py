"""Run laws on the tables of a dataset with DuckDB, within bounded memory."""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord import schemas
from onrecord.checks import keys, offsets, rights, texts
from onrecord.checks.findings import Finding
from onrecord.checks.laws import Scope, laws
from onrecord.checks.parts import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from onrecord.checks.laws import Law

MEMORY = "192MB"
"""What DuckDB may use before it goes on on disk."""
PART = 1 << 12
"""Articles whose texts are looked at together."""
CAP = 100
LAWS = (*laws(), *keys.LAWS, *rights.LAWS, offsets.SPANS)
"""The laws that are one query each."""
WHOLE = tuple(law for law in LAWS if law.scope is Scope.WHOLE or not set(law.tables) <= set(TABLES))
"""Those that need all rows of a table."""
BEYOND = "\U0010ffff"
LARGEST = 2**31 - 2


def check_laws(
    parquet: Mapping[str, Path],
    shown: Mapping[str, Path],
    temporary: Path,
    today: date | None = None,
    *,
    whole: bool = True,
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
    whole
        Whether the rows are all there are: if not, laws that need all rows are left alone.
    """
    chosen = [law for law in LAWS if whole or law not in WHOLE]
    yield from check_whole(parquet, shown, temporary, today, (*chosen, texts.BODY_HASH))
    if "articles" in parquet:
        with connection(temporary, today) as con:
            _read(con, parquet)
            yield from _by_part(con, parquet, shown)


def check_whole(
    parquet: Mapping[str, Path],
    shown: Mapping[str, Path],
    temporary: Path,
    today: date | None = None,
    chosen: Iterable[Law] = WHOLE,
) -> Iterator[Finding]:
    """Yield the breaches of chosen laws whose tables are there, by default of those that need all rows."""
    with connection(temporary, today) as con:
        _read(con, parquet)
        for law in chosen:
            if set(law.tables) <= set(parquet):
                yield from breaches(con, law, shown[law.table])
        if {"speakers", "attributions"} <= set(parquet):
            yield from keys.speakers(con, shown["speakers"])


def _by_part(
    con: duckdb.DuckDBPyConnection, parquet: Mapping[str, Path], shown: Mapping[str, Path]
) -> Iterator[Finding]:
    unseen = 0
    _set(con, [("high", "")])
    con.execute(offsets.PART)
    _text_views(con, parquet)
    for low, high in _parts(con):
        _set(con, (("low", low), ("high", high)))
        con.execute(offsets.PART)
        for law in offsets.BY_PART:
            if set(law.tables) <= set(parquet):
                yield from breaches(con, law, shown[law.table])
        if count(con, offsets.HIDES) and set(offsets.MENTIONS.tables) <= set(parquet):
            unseen += count(con, offsets.UNSEEN)
        if set(texts.TABLES) <= set(parquet):
            yield from texts.check_texts(con, shown["articles"])
    if unseen:
        yield texts.unseen(unseen, shown["attributions"])


def count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    """Return the number that a query gives."""
    return int(con.execute(sql).fetchall()[0][0])


def _set(con: duckdb.DuckDBPyConnection, values: Iterable[tuple[str, str | date | None]]) -> None:
    for name, value in values:
        con.execute(f"SET VARIABLE {name} = $value", {"value": value})


def _parts(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Yield ranges of article keys, half-open, that part the articles."""
    found = con.execute(f"SELECT article_id FROM articles WHERE file_row_number % {PART} = 0 AND file_row_number > 0")
    bounds = ["", *sorted(key for (key,) in found.fetchall() if key is not None), BEYOND]
    yield from pairwise(bounds)


@contextmanager
def connection(
    temporary: Path, today: date | None, *, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB; it spills into `temporary`, and uses as many threads as there are processors, or fewer."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {} if threads is None else {"threads": threads}
    config |= {
        "memory_limit": MEMORY,
        "temp_directory": str(temporary / "spill"),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(config=config) as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET enable_progress_bar = false")
        con.execute(offsets.MACROS)
        _set(con, [("today", today), ("low", ""), ("high", BEYOND)])
        yield con


def _read(con: duckdb.DuckDBPyConnection, parquet: Mapping[str, Path]) -> None:
    """Make a view of each table, its records numbered.

    Integers are brought within 32 bits, here and in `register`, so that no sum of them can overflow.
    """
    import pyarrow.parquet as pq

    bound = "CASE WHEN {0} > {1} THEN {1} WHEN {0} < -{1} THEN -{1} ELSE {0} END AS {0}"
    for name, path in parquet.items():
        there = pq.read_schema(path).names
        whole = [f'"{f.name}"' for f in schemas.load(name).fields if f.type == "integer" and f.name in there]
        bounded = ", ".join(bound.format(column, LARGEST) for column in whole)
        columns = f"* REPLACE ({bounded})" if whole else "*"
        literal = str(path).replace("'", "''")
        con.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM read_parquet('{literal}', file_row_number = true)")


def _text_views(con: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
    for view in (view for name, view in offsets.VIEWS.items() if name in names):
        con.execute(view)


def register(con: duckdb.DuckDBPyConnection, part: Mapping[str, pa.RecordBatch], first: Mapping[str, int]) -> None:
    """Make the rows of a part the tables, in the place of those that were.

    Parameters
    ----------
    con
        The connection.
    part
        The rows of each table, always the same tables.
    first
        The number of each one's first row in its file.
    """
    import polars as pl

    for name, rows in part.items():
        number = pl.int_range(pl.len()).alias("file_row_number") + first[name]
        whole = pl.col([field.name for field in schemas.load(name).fields if field.type == "integer"])
        bounded = pl.DataFrame(rows).with_columns(number, whole.clip(-LARGEST, LARGEST))
        con.register(name, bounded.to_arrow(compat_level=pl.CompatLevel.newest()))
    if "articles" in part:
        con.execute(offsets.WHOLE_PART)
        _text_views(con, part)


def broken(con: duckdb.DuckDBPyConnection, laws: Sequence[Law]) -> list[Law]:
    """Return which laws have breaches."""
    counts = ", ".join(f"(SELECT count(*) FROM ({law.sql}))" for law in laws)
    found = con.execute(f"SELECT {counts}").fetchall()[0] if laws else ()
    return [law for law, number in zip(laws, found, strict=True) if number]


def breaches(con: duckdb.DuckDBPyConnection, law: Law, file: Path) -> Iterator[Finding]:
    """Yield the first breaches of a law, the last one standing for all that are not named."""
    rows = con.execute(f'FROM ({law.sql}) ORDER BY "row" LIMIT {CAP + 1}').fetchall()
    total = len(rows)
    if total > CAP:
        total = count(con, f"SELECT count(*) FROM ({law.sql})")
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
