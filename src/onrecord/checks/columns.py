"""Columns and rows: what pandera finds in frames of one table, and the hygiene of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord import schemas
from onrecord.checks.findings import Finding
from onrecord.derive import frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pandera.errors
    import polars as pl

    from onrecord.schemas import Field

CAP = 100
"""Rows of one frame that are named for one broken constraint; all are counted."""
FORMULA = r"^[=+\-@\t\r]"
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


def check_columns(name: str, each: Iterable[pl.DataFrame], file: Path) -> Iterator[Finding]:
    """Yield what is wrong with the cells of a table, given as consecutive frames of its rows."""
    first = 0
    last: tuple[Any, ...] | None = None
    for frame in each:
        for code, field, mask in _broken(name, frame):
            yield from _findings(name, frame, first, file, code, field, mask)
        unsorted, last = _unsorted(name, frame, last)
        yield from _findings(name, frame, first, file, "not-sorted", None, unsorted)
        first += frame.height


def key_of(name: str, row: dict[str, Any]) -> str:
    """Return the primary key of a row as text, its parts parted by a comma.

    >>> key_of("spans", {"quote_id": "a", "position": 2})
    'a,2'
    """
    return ",".join(str(row[column]) for column in schemas.load(name).primary_key)


def _broken(name: str, frame: pl.DataFrame) -> Iterator[tuple[str, str, pl.Series]]:
    """Yield the code, field and mask of the failing rows of everything a frame breaks."""
    import pandera.errors

    try:
        frames.schema(name, unique=False).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            yield _code(error), error.schema.name, ~error.check_output["check_output"]
    yield from _unhygienic(name, frame)


def _code(error: pandera.errors.SchemaError) -> str:
    if error.reason_code is not None and error.reason_code.name == "SERIES_CONTAINS_NULLS":
        return "required"
    return str(error.check.name).removeprefix("item-")


def _unhygienic(name: str, frame: pl.DataFrame) -> Iterator[tuple[str, str, pl.Series]]:
    import polars as pl

    texts = [field.name for field in schemas.load(name).fields if field.type == "string" and not field.pattern]
    for code, pattern in (("control-character", CONTROL), ("formula-cell", FORMULA)):
        found = frame.select(pl.col(texts).str.contains(pattern).fill_null(value=False))
        for column in found:
            if column.any():
                yield code, column.name, column


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
        yield Finding(
            code=code,
            message=_message(code, field),
            table=name,
            file=file,
            row=first + place,
            key=key_of(name, row),
            field=field,
            value=None if field is None or row[field] is None else str(row[field]),
            expected=None if field is None else _expected(code, schemas.load(name)[field]),
            times=1 + (len(failing) - len(shown) if place == shown[-1] else 0),
        )


def _message(code: str, field: str | None) -> str:
    return _MESSAGES[code].format(field)


_MESSAGES = {
    "required": "{!r} is empty and must not be",
    "min-length": "{!r} is an empty text",
    "pattern": "{!r} has not the form it must have",
    "minimum": "{!r} is too small",
    "maximum": "{!r} is too large",
    "finite": "{!r} is not a finite number",
    "category": "{!r} is none of its categories",
    "control-character": "{!r} holds a control character",
    "formula-cell": "{!r} begins like a formula",
    "not-sorted": "the row's key is smaller than the one before it",
}


def _expected(code: str, field: Field) -> str | None:
    wanted = field.item if field.item is not None else field
    return _EXPECTED[code](wanted) if code in _EXPECTED else None


_EXPECTED: dict[str, Callable[[Field], str | None]] = {
    "pattern": lambda field: field.pattern,
    "minimum": lambda field: f"at least {field.minimum}",
    "maximum": lambda field: f"at most {field.maximum}",
    "category": lambda field: ", ".join(field.values),
    "min-length": lambda field: f"at least {field.min_length} character(s), or an empty cell without quotes",
    "required": lambda field: f"a {field.type}",
}
