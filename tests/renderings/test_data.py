from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from findings import reports
from hypothesis import given

from onrecord.renderings import data, render
from onrecord.reports import Report

VALIDATOR = jsonschema.Draft202012Validator(data.schema())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(data.schema())


@given(reports())
def test_any_report_is_valid_against_its_schema(report: Report) -> None:
    VALIDATOR.validate(json.loads(render("json", report)))


def test_the_form_is_the_fixed_one(report: Report) -> None:
    form = json.loads(render("json", report))
    assert form == report.to_dict()
    assert form["totals"] == {"offsets-unchecked": 1, "speaker-unused": 4_000_000, "text-matches-offsets": 1}


def test_the_schema_refuses_what_is_not_of_the_form(report: Report) -> None:
    for change in ({"valid": "yes"}, {"more": 1}, {"totals": {"a": -1}}, {"findings": [{"code": "a"}]}):
        assert not VALIDATOR.is_valid(report.to_dict() | change)


def test_the_schema_stands_in_the_documentation() -> None:
    file = Path(__file__).parents[2] / "docs" / "report.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == data.schema()
