"""The Arrow schema: types, nullability and descriptions of the declaration."""

from __future__ import annotations

import pyarrow as pa
import pytest

from onrecord import schemas
from onrecord.derive import arrow


@pytest.mark.parametrize("name", schemas.names())
def test_columns_and_nullability_follow_the_declaration(name: str) -> None:
    schema, table = arrow.schema(name), schemas.load(name)
    assert tuple(schema.names) == table.columns
    assert [field.nullable for field in schema] == [not field.required for field in table.fields]
    described = [field.metadata[b"description"].decode() for field in schema]
    assert described == [field.description for field in table.fields]


def test_types() -> None:
    types = {field.name: field.type for field in arrow.schema("articles")}
    assert types["date_published"] == pa.timestamp("us", "UTC")
    assert types["authors"] == pa.list_(pa.string())
    assert types["word_count"] == pa.int64()
    assert types["unread_share"] == pa.float64()
    assert types["is_complete"] == pa.bool_()
    assert arrow.schema("attributions").field("said_earliest").type == pa.date32()
