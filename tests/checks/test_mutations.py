"""Hypothesis breaks valid datasets and knows what it broke: every breach is found, in CSV and in Parquet."""

from __future__ import annotations

import tempfile
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout import Layout

from onrecord import checks, schemas
from onrecord.tables.strategies import dataset

from .conftest import Folder, entry

if TYPE_CHECKING:
    from onrecord.schemas import Field

ROWS = dataset([entry(number) for number in range(3)])
UNCLEAN = {
    "control-character": "a\x1bb",
    "bidi-control": "a\u202eb",
    "zero-width": "a\u200bb",
    "mojibake": "cafÃ©",
    "not-nfc": "cafe\u0301",
}


class Mutation(NamedTuple):
    """A cell's new value, and the code of what that breaks."""

    table: str
    row: int
    field: str
    value: Any
    code: str


def ways(field: Field) -> dict[str, Any]:
    """Return values that break a field, by the code of the breach."""
    found: dict[str, Any] = {"required": None} if field.required else {}
    if field.pattern:
        found["pattern"] = "not so!"
    if field.categories:
        found["category"] = "none of them"
    if field.minimum is not None:
        found["minimum"] = type(field.minimum)(field.minimum - 1)
    if field.maximum is not None:
        found["maximum"] = field.maximum + 0.5
    if field.type == "number":
        found["finite"] = float("nan")
    if field.min_length:
        found["min-length"] = ""
    if field.type == "string" and not field.pattern and not field.categories:
        found |= UNCLEAN
    return found


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    table = draw(st.sampled_from(schemas.names()))
    declared = schemas.load(table)
    row = draw(st.integers(0, len(ROWS[table]) - 1))
    field = draw(st.sampled_from([each for each in declared.fields if ways(each) and each.name not in KEYS]))
    code, value = draw(st.sampled_from(sorted(ways(field).items(), key=str)))
    return Mutation(table, row, field.name, value, code)


KEYS = {name for table in schemas.names() for name in schemas.load(table).primary_key}
several = st.lists(mutations(), min_size=1, max_size=5, unique_by=lambda each: (each.table, each.row, each.field))


def prove(broken: list[Mutation], form: str) -> None:
    rows = deepcopy(ROWS)
    for each in broken:
        rows[each.table][each.row][each.field] = each.value
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(Path(path), rows)
        formats = ("csv", "parquet") if form == "both" else (form,)
        if form != "csv" and any(each.code == "required" for each in broken):
            formats = ("csv",)
        report = checks.check_tables(folder.write(formats=formats))
        found = {(issue.code, issue.table, issue.field, issue.key, issue.line, issue.column) for issue in report}
        for each in broken:
            key = ",".join(str(rows[each.table][each.row][name]) for name in schemas.load(each.table).primary_key)
            place: tuple[int | None, int | None] = (None, None)
            if "csv" in formats:
                place = Layout.of(folder.csv(each.table).read_bytes().decode()).place(each.row, each.field)
            assert (each.code, each.table, each.field, key, *place) in found, each
    assert not report.valid or {each.code for each in broken} <= {*UNCLEAN}


@settings(deadline=None, max_examples=6)
@given(several)
def test_what_was_broken_is_found(broken: list[Mutation]) -> None:
    prove(broken, "both")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "parquet", "both"])
@settings(deadline=None, max_examples=60)
@given(several)
def test_what_was_broken_is_found_in_each_format(form: str, broken: list[Mutation]) -> None:
    prove(broken, form)


REQUIRED = [
    (table, field.name)
    for table in schemas.names()
    for field in schemas.load(table).fields
    if field.required and field.name not in KEYS
]


@pytest.mark.parametrize(("table", "field"), REQUIRED)
def test_an_empty_cell_beside_letters_beyond_ascii_stops_no_check(table: str, field: str) -> None:
    beside = [
        Mutation(table, 0, other.name, UNCLEAN["bidi-control"], "bidi-control")
        for other in schemas.load(table).fields
        if other.name != field and "bidi-control" in ways(other)
    ]
    prove([Mutation(table, 0, field, None, "required"), *beside], "csv")
