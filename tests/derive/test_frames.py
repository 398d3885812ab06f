"""The pandera schema: every constraint of a declaration holds, on eager frames."""

from __future__ import annotations

from typing import Any

import pandera.errors
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import schemas
from onrecord.derive import frames, strategies


def frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={field.name: frames.kind(field) for field in schemas.load(name).fields})


def failures(name: str, rows: list[dict[str, Any]], *, unique: bool = False) -> set[tuple[str, str]]:
    try:
        frames.schema(name, unique=unique).validate(frame(name, rows), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return {(error.schema.name, str(getattr(error.check, "name", error.check))) for error in errors.schema_errors}
    return set()


@settings(deadline=None, max_examples=10)
@given(st.data())
@pytest.mark.parametrize("name", schemas.names())
def test_valid_rows_pass(name: str, data: st.DataObject) -> None:
    assert failures(name, data.draw(st.lists(strategies.rows(name), max_size=4))) == set()


SPAN = {
    "quote_id": "0" * 16 + "-" + "0" * 12,
    "position": 0,
    "start": 0,
    "end": 1,
    "text": "e\u0301",
    "is_verbatim": True,
}


@pytest.mark.parametrize(
    ("values", "failure"),
    [
        ({"quote_id": "0" * 16}, ("quote_id", "pattern")),
        ({"quote_id": SPAN["quote_id"] + "\n"}, ("quote_id", "pattern")),
        ({"start": -1}, ("start", "minimum")),
        ({"text": ""}, ("text", "min-length")),
        ({"is_verbatim": None}, ("is_verbatim", "not_nullable")),
    ],
)
def test_broken_constraints_are_found(values: dict[str, Any], failure: tuple[str, str]) -> None:
    assert failures("spans", [SPAN, {**SPAN, **values, "position": 1}]) == {failure}


def test_keys_are_unique_in_a_whole_table() -> None:
    assert failures("spans", [SPAN, SPAN], unique=True) == {("spans", "unique")}
    assert failures("spans", [SPAN, {**SPAN, "position": 1}], unique=True) == set()
