from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from findings import reports
from hypothesis import given

from onrecord.renderings import Setting, render, sarif
from onrecord.reports import Issue, Report, Rule, Severity

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def run(report: Report, setting: Setting | None = None) -> dict[str, Any]:
    log = json.loads(render("sarif", report, setting))
    VALIDATOR.validate(log)
    return log["runs"][0]  # type: ignore[no-any-return]


@given(reports())
def test_any_report_is_valid_against_the_official_schema(report: Report) -> None:
    results = run(report)["results"]
    assert len(results) == len(report)


def test_the_official_schema_refuses_what_is_wrong() -> None:
    log = json.loads(render("sarif", Report([Issue(code="a", severity=Severity.NOTE, message="m")])))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not VALIDATOR.is_valid(log)


def test_a_result_says_where_what_and_how_to_mend(report: Report, rules: dict[str, Rule]) -> None:
    found = run(report, Setting(rules=rules, version="0.1.0"))
    [result] = [result for result in found["results"] if result["level"] == "error"]
    place = result["locations"][0]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "data/quotes.csv", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 9},
    }
    assert place["logicalLocations"] == [{"fullyQualifiedName": "quotes/q2/text"}]
    rule = found["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == "text-matches-offsets"
    assert "What to do: Mend it." in rule["help"]["text"]
    assert found["columnKind"] == "unicodeCodePoints"


def test_every_result_has_a_place_and_a_lasting_fingerprint(report: Report) -> None:
    for result in run(report)["results"]:
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert len(result["partialFingerprints"]["onrecord/v1"]) == 32


@pytest.mark.parametrize("file", ["a b/é?#%.csv", "a:b.csv", "/tmp/x y.csv"])  # noqa: S108 -- nothing is written
def test_a_path_becomes_a_uri(file: str) -> None:
    artifact = run(Report([Issue(code="a", severity=Severity.NOTE, message="m", file=file)]))["results"][0]
    uri = artifact["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri.removeprefix("file://")) == file
    assert not set(uri.removeprefix("file://")) & set(" ?#:é")


def test_at_most_5000_results_the_worst_kept() -> None:
    report = Report(cap=10_000)
    report.extend(Issue(code="n", severity=Severity.NOTE, message="m", line=n) for n in range(1, 6_000))
    report.add(Issue(code="e", severity=Severity.ERROR, message="m"))
    found = run(report)
    assert len(found["results"]) == 5_000
    assert found["results"][0]["ruleId"] == "e"
    [note] = found["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "and 1,000 more of n"


def test_never_more_than_ten_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "LARGEST", 95_000)
    report = Report(Issue(code="a", severity=Severity.NOTE, message="漢" * 900, line=n) for n in range(1, 90))
    text = render("sarif", report)
    assert 80_000 < len(text.encode()) < 100_000
    assert 0 < len(run(report)["results"]) < 89
