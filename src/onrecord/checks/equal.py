"""The law that CSV and Parquet are one table: where the first difference lies."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from onrecord import tables
from onrecord.checks.columns import key_of
from onrecord.checks.findings import Finding

if TYPE_CHECKING:
    from onrecord.checks.files import TableFile

ROWS = 1 << 13


def difference(csv: TableFile, parquet: TableFile) -> Finding:
    """Return the first difference between two readable files of one table that differ."""
    first = 0
    pairs = zip_longest(*(tables.rechunk(file.batches(), ROWS) for file in (csv, parquet)))
    for one, other in pairs:
        if one is None or other is None or not one.equals(other):
            rows = [[] if each is None else each.to_pylist() for each in (one, other)]
            return _row(csv, first, *rows)
        first += one.num_rows
    return Finding(code="csv-parquet-equal", message="the tables differ", table=csv.name, file=csv.path)


def _row(csv: TableFile, first: int, ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> Finding:
    for number, (one, other) in enumerate(zip_longest(ours, theirs)):
        if one is None or other is None:
            missing = "CSV" if one is None else "Parquet"
            message = f"the row is missing in the {missing}"
            return _finding(csv, message, None if one is None else first + number, one or other)
        for column in one:
            if one[column] != other[column] or type(one[column]) is not type(other[column]):
                return _finding(csv, "CSV and Parquet differ", first + number, one, column, other)
    return _finding(csv, "CSV and Parquet differ", None, {})


def _finding(
    csv: TableFile,
    message: str,
    row: int | None,
    one: dict[str, Any],
    column: str | None = None,
    other: dict[str, Any] | None = None,
) -> Finding:
    return Finding(
        code="csv-parquet-equal",
        message=message,
        table=csv.name,
        file=csv.path,
        row=row,
        key=key_of(csv.name, one) if one else None,
        field=column,
        value=None if column is None else str(one[column]),
        expected=None if column is None or other is None else f"{other[column]} (Parquet)",
    )
