"""The pandera schema of a table, on polars, from its declaration.

Validate eager frames: on a lazy one pandera checks types and skips the data. Every check bears the name of
the constraint it stands for, so that a failure can be told by name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandera.polars as pa
    import polars as pl

    from onrecord.schemas import Field


@cache
def schema(name: str, *, unique: bool = True) -> pa.DataFrameSchema:
    """Return the pandera schema of a table.

    Parameters
    ----------
    name
        The table.
    unique
        Check also that keys are unique: for a frame that holds the whole table.

    Examples
    --------
    >>> schema("spans").columns["position"].nullable
    False
    """
    import pandera.polars as pa

    table = schemas.load(name)
    return pa.DataFrameSchema(
        {field.name: _column(field) for field in table.fields},
        name=name,
        strict=True,
        checks=[_uniqueness(key) for key in _keys(table)] if unique else [],
    )


def kind(field: Field) -> pl.DataType:
    """Return the polars type of a field.

    >>> kind(schemas.load("articles")["authors"])
    List(String)
    """
    import polars as pl

    if field.item is not None:
        return pl.List(kind(field.item))
    types: dict[str, pl.DataType] = {
        "string": pl.String(),
        "integer": pl.Int64(),
        "number": pl.Float64(),
        "boolean": pl.Boolean(),
        "date": pl.Date(),
        "datetime": pl.Datetime("us", "UTC"),
    }
    return types[field.type]


def constraints(field: Field, value: pl.Expr) -> dict[str, pl.Expr]:
    """Return for each constraint of a field the expression that is true where `value` keeps it.

    The names are those of Table Schema in kebab case. Lengths count code points, as offsets do, and a
    pattern must match the whole cell. What is not finite is neither too small nor too large.
    """
    import polars as pl

    found: dict[str, pl.Expr] = {}
    if field.min_length is not None:
        found["min-length"] = value.str.len_chars() >= field.min_length
    if field.pattern is not None:
        found["pattern"] = value.str.contains(f"^(?:{field.pattern})$")
    endless = ~value.is_finite() if field.type == "number" else pl.lit(value=False)
    if field.minimum is not None:
        found["minimum"] = (value >= field.minimum) | endless
    if field.maximum is not None:
        found["maximum"] = (value <= field.maximum) | endless
    if field.type == "number":
        found["finite"] = value.is_finite()
    if field.categories:
        found["category"] = value.is_in(field.values)
    return found


@cache
def verdict(name: str) -> pl.Expr:
    """Return the expression that is true of a frame which keeps every constraint of a table's columns.

    It is made of the same constraints as `schema`, which names what is broken where this one is false.

    >>> import polars as pl
    >>> from onrecord import schemas
    >>> columns = {field.name: kind(field) for field in schemas.load("spans").fields}
    >>> pl.DataFrame(schema=columns).select(verdict("spans")).item()
    True
    """
    import polars as pl

    return pl.all_horizontal(each for field in schemas.load(name).fields for each in _verdicts(field))


def _verdicts(field: Field) -> Iterator[pl.Expr]:
    import polars as pl

    value = pl.col(field.name)
    if field.required:
        yield value.null_count() == 0
    for holds in constraints(field, value).values():
        yield holds.all()
    if field.item is not None:
        items = value.filter(value.list.len() > 0).explode()
        yield items.null_count() == 0
        for holds in constraints(field.item, items).values():
            yield holds.all()


def _column(field: Field) -> pa.Column:
    import pandera.polars as pa
    import polars as pl

    checks = [_check(name, expression) for name, expression in constraints(field, pl.col(field.name)).items()]
    if field.item is not None:
        for name, each in constraints(field.item, pl.element()).items():
            checks.append(_check(f"item-{name}", pl.col(field.name).list.eval(each).list.all()))
        checks.append(_check("item-required", pl.col(field.name).list.eval(pl.element().is_not_null()).list.all()))
    return pa.Column(kind(field), checks=checks, nullable=not field.required, unique=False)


def _check(name: str, holds: pl.Expr) -> pa.Check:
    import pandera.polars as pa

    def run(data: Any) -> pl.LazyFrame:
        return data.lazyframe.select(holds.fill_null(value=True))  # type: ignore[no-any-return]

    return pa.Check(run, name=name)


def _keys(table: schemas.TableSchema) -> list[tuple[str, ...]]:
    return [table.primary_key, *table.unique_keys, *((field.name,) for field in table.fields if field.unique)]


def _uniqueness(key: tuple[str, ...]) -> pa.Check:
    import polars as pl

    whole = pl.all_horizontal(pl.col(name).is_not_null() for name in key)
    return _check("unique", ~(pl.struct(*key).is_duplicated() & whole))
