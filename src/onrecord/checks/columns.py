"""Columns and rows: what pandera finds in frames of one table, and the hygiene of text."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from onrecord import schemas
from onrecord.checks.findings import Finding
from onrecord.checks.hygiene import NOT_NFC, PATTERNS, offence, unhygienic
from onrecord.checks.wording import MESSAGES, expected, suggestion
from onrecord.derive import frames

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    import pandera.errors
    import polars as pl

_ONE_AT_A_TIME = Lock()
"""Held while pandera works: its settings are those of the process."""
CAP = 100
"""Rows of one frame that are named for one broken constraint; all are counted."""


def check_columns(name: str, each: Iterable[pl.DataFrame], file: Path) -> Iterator[Finding]:
    """Yield what is wrong with the cells of a table, given as consecutive frames of its rows."""
    columns = Columns(name, file)
    for frame in each:
        yield from columns.check(frame)


class Columns:
    """Check consecutive frames of one table's rows, of which the first one's first row has the number `first`."""

    def __init__(self, name: str, file: Path, first: int = 0) -> None:
        self.name = name
        self.file = file
        self._first = first
        self._last: tuple[Any, ...] | None = None

    def check(self, frame: pl.DataFrame) -> Iterator[Finding]:
        """Yield what is wrong with the cells of the next frame, and with the order of its rows."""
        first = self._first
        yield from self.cells(frame)
        unsorted, self._last = _unsorted(self.name, frame, self._last)
        yield from _findings(self.name, frame, first, self.file, "not-sorted", None, unsorted)

    def cells(
        self, frame: pl.DataFrame, *, kept: bool = False, unclean: Collection[str] | None = None
    ) -> Iterator[Finding]:
        """Yield what is wrong with the cells of the next frame, whose rows are known to be sorted.

        Parameters
        ----------
        frame
            The rows.
        kept
            Whether every constraint is known to be kept.
        unclean
            The columns in which texts may be unclean, where that is known.
        """
        for code, field, mask in _broken(self.name, frame, kept=kept, unclean=unclean):
            yield from _findings(self.name, frame, self._first, self.file, code, field, mask)
        self._first += frame.height


def key_of(name: str, row: dict[str, Any]) -> str:
    """Return the primary key of a row as text, its parts parted by a comma.

    >>> key_of("spans", {"quote_id": "a", "position": 2})
    'a,2'
    """
    return ",".join(str(row[column]) for column in schemas.load(name).primary_key)


def _broken(
    name: str, frame: pl.DataFrame, *, kept: bool, unclean: Collection[str] | None
) -> Iterator[tuple[str, str, pl.Series]]:
    """Yield the code, field and mask of the failing rows of everything a frame breaks.

    Nearly all frames break nothing, which one expression tells; pandera tells what the others break.
    """
    if not kept and not frame.select(frames.verdict(name)).item():
        yield from _constraints(name, frame)
    yield from unhygienic(name, frame, unclean)


def _constraints(name: str, frame: pl.DataFrame) -> Iterator[tuple[str, str, pl.Series]]:
    import pandera.errors

    try:
        with _ONE_AT_A_TIME:
            frames.schema(name, unique=False).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            yield _code(error), error.schema.name, ~error.check_output["check_output"]


def _code(error: pandera.errors.SchemaError) -> str:
    if error.reason_code is not None and error.reason_code.name == "SERIES_CONTAINS_NULLS":
        return "required"
    return str(error.check.name).removeprefix("item-")


def _unsorted(name: str, frame: pl.DataFrame, last: tuple[Any, ...] | None) -> tuple[pl.Series, tuple[Any, ...] | None]:
    """Return which rows have a smaller key than the row before, and the last key."""
    import polars as pl

    columns = schemas.load(name).primary_key
    keys = frame.select(columns)
    before = keys.shift(1)
    if last is not None and frame.height:
        before = pl.concat([pl.DataFrame([last], schema=keys.schema, orient="row"), before.slice(1)])
    less: pl.Expr = pl.lit(value=False)
    for column in reversed(columns):
        now, previous = pl.col(column), pl.col(f"{column}|before")
        less = (now < previous) | ((now == previous) & less)
    both = pl.concat([keys, before.rename({column: f"{column}|before" for column in columns})], how="horizontal")
    return both.select(less.fill_null(value=False).alias("less")).to_series(), keys.row(-1) if frame.height else last


def _findings(
    name: str, frame: pl.DataFrame, first: int, file: Path, code: str, field: str | None, mask: pl.Series
) -> Iterator[Finding]:
    failing = mask.arg_true()
    shown = failing.head(CAP).to_list()
    for place, row in zip(shown, frame[shown].iter_rows(named=True), strict=True):
        message, value = _said(code, field, row)
        yield Finding(
            code=code,
            message=message,
            table=name,
            file=file,
            row=first + place,
            key=key_of(name, row),
            field=field,
            value=value,
            expected=None if field is None else expected(code, schemas.load(name)[field]),
            hint=None if field is None else suggestion(code, schemas.load(name)[field], value),
            times=1 + (len(failing) - len(shown) if place == shown[-1] else 0),
        )


def _said(code: str, field: str | None, row: dict[str, Any]) -> tuple[str, str | None]:
    """Return what is wrong with a row, and the value that shows it."""
    value = None if field is None else row[field]
    if code in (*PATTERNS, NOT_NFC):
        there, around = offence(code, "\n".join(value) if isinstance(value, list) else str(value))
        return MESSAGES[code].format(field, there), around
    return MESSAGES[code].format(field), None if value is None else str(value)
