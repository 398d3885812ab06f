"""The Arrow schema of a table, from its declaration.

Instants are `timestamp[us, UTC]`: the unit that Python, polars, DuckDB and pandas use, so nobody converts.
Integers are `int64`: the type that a reader of the CSV infers, so both formats load alike, and Parquet packs
small ones anyway. A column that is not required is nullable.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord import schemas

if TYPE_CHECKING:
    import pyarrow as pa


@cache
def schema(name: str) -> pa.Schema:
    """Return the Arrow schema of a table, with titles and descriptions as metadata.

    Examples
    --------
    >>> schema("articles").field("date_published").type
    TimestampType(timestamp[us, tz=UTC])
    >>> schema("articles").field("authors").nullable
    True
    """
    import pyarrow as pa

    table = schemas.load(name)
    fields = [
        pa.field(field.name, kind(field), nullable=not field.required, metadata={"description": field.description})
        for field in table.fields
    ]
    return pa.schema(fields, metadata={"name": table.name, "title": table.title, "description": table.description})


def kind(field: schemas.Field) -> pa.DataType:
    """Return the Arrow type of a field.

    >>> str(kind(schemas.load("spans")["is_verbatim"]))
    'bool'
    """
    import pyarrow as pa

    if field.item is not None:
        return pa.list_(pa.field("item", kind(field.item)))
    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us", "UTC"),
    }
    return types[field.type]
