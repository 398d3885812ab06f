"""The law that CSV and Parquet are one table: where the first difference lies."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from onrecord import schemas, tables
from onrecord.checks.columns import key_of
from onrecord.checks.findings import Finding
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from onrecord.checks.files import TableFile

ROWS = {"articles": 1 << 10}
ROWS_DEFAULT = 1 << 13
"""Rows that are compared at a time."""


class DifferentError(OnrecordError):
    """Two files of one table do not say the same."""


def same_rows(csv: TableFile, parquet: TableFile) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a Parquet file, each of them also the CSV file's.

    Raises
    ------
    DifferentError
        A row is another one in the other file, or missing there.
    """
    for one, other in zip_longest(
        *(tables.rechunk(file.batches(), ROWS.get(csv.name, ROWS_DEFAULT)) for file in (csv, parquet))
    ):
        if one is None or other is None or not _equal(csv.name, one, other):
            raise DifferentError(f"the files of {csv.name} differ")
        yield from other.to_batches()


def _equal(name: str, one: pa.Table, other: pa.Table) -> bool:
    """Tell whether rows are the same, bit by bit: so 0.0 is not -0.0."""
    import pyarrow as pa

    numbers = [field.name for field in schemas.load(name).fields if field.type == "number"]
    for column in numbers:
        bits = (pa.chunked_array([c.view(pa.int64()) for c in each.column(column).chunks]) for each in (one, other))
        if not next(bits).equals(next(bits)):
            return False
    return bool(one.drop_columns(numbers).equals(other.drop_columns(numbers)))


def difference(csv: TableFile, parquet: TableFile) -> Finding:
    """Return the first difference between two readable files of one table that differ."""
    first = 0
    pairs = zip_longest(*(tables.rechunk(file.batches(), ROWS.get(csv.name, ROWS_DEFAULT)) for file in (csv, parquet)))
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
