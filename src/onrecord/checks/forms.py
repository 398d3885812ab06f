"""What a cell of a CSV file means although it is not written as published, and how it should be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord import tables
from onrecord.derive import frames
from onrecord.tables.csvs import INSTANT, NUMBER

if TYPE_CHECKING:
    import polars as pl

    from onrecord.schemas import Field

_MINUTES = "%Y-%m-%dT%H:%M%#z"


def read(field: Field, texts: pl.DataFrame) -> pl.Series:
    """Return a column of texts as its type, read leniently, with nulls where that cannot be done.

    >>> import polars as pl
    >>> from onrecord import schemas
    >>> read(schemas.load("spans")["start"], pl.DataFrame({"start": [" 5", "0x1F", "+7", "7a"]})).to_list()
    [5, 31, 7, None]
    """
    import polars as pl

    if field.type == "string":
        return texts.get_column(field.name)
    if field.type == "array":
        return pl.Series(field.name, [_list(text) for text in texts.get_column(field.name)], frames.kind(field))
    text = pl.col(field.name).str.strip_chars()
    found = {
        "integer": pl.when(text.str.contains(r"^[+-]?[0-9]+$"))
        .then(text.str.strip_prefix("+").str.to_integer(strict=False))
        .otherwise(text.str.extract(r"^0[xX]([0-9A-Fa-f]+)$").str.to_integer(base=16, strict=False)),
        "number": text.cast(pl.Float64, strict=False),
        "boolean": pl.when(text.str.to_lowercase().is_in(["true", "false"])).then(text.str.to_lowercase() == "true"),
        "date": text.str.to_date("%Y-%m-%d", strict=False),
        "datetime": pl.coalesce(
            text.str.replace(" ", "T").str.to_datetime(form, strict=False, time_unit="us", time_zone="UTC")
            for form in ("%+", _MINUTES)
        ),
    }[field.type]
    return texts.select(found.cast(frames.kind(field)).alias(field.name)).to_series()


def _list(text: str | None) -> list[str] | None:
    import pyarrow as pa

    try:
        return tables.unlisted(pa.array([text], pa.string()), pa.list_(pa.string()))[0].as_py()  # type: ignore[no-any-return]
    except pa.ArrowInvalid:
        return None


def published(field: Field, typed: pl.Series) -> pl.Series:
    """Return how values are written in a published CSV file.

    >>> import polars as pl
    >>> from onrecord import schemas
    >>> published(schemas.load("spans")["is_verbatim"], pl.Series([True, None])).to_list()
    ['true', None]
    """
    import polars as pl

    if field.type == "datetime":
        return typed.dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ")
    if field.type == "array":
        return pl.Series([None] * len(typed), dtype=pl.String)
    return typed.cast(pl.String)


def well_formed(field: Field, text: pl.Series, written: pl.Series) -> pl.Series:
    """Return where a text is in a form that is published: numbers have several."""
    import polars as pl

    if field.type == "array":
        return pl.Series([True]).new_from_index(0, len(text))
    if field.type in ("number", "datetime"):
        return text.str.contains(NUMBER if field.type == "number" else INSTANT).fill_null(value=True)
    return (text == written).fill_null(value=True)
