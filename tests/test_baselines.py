from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from findings import reports
from hypothesis import given
from hypothesis import strategies as st

from onrecord import baselines
from onrecord.baselines import Baseline
from onrecord.errors import OnrecordError
from onrecord.reports import Issue, Report, Severity

OLD = Issue(
    code="category",
    severity=Severity.ERROR,
    message="'Direct' is no category",
    file="data/quotes.csv",
    line=3,
    column=9,
    table="quotes",
    key="q2",
    field="kind",
    value="Direct",
)


def frequent(number: int, *, shift: int = 0) -> Report:
    places = (replace(OLD, key=f"q{n + shift}", line=n + 1) for n in range(number))
    return Report(places, cap=10)


@given(reports())
def test_under_its_own_baseline_every_finding_rests(report: Report) -> None:
    baseline = Baseline.of(report)
    assert dict(baselines.apply(report, baseline).totals) == {}


@given(reports())
def test_under_an_empty_baseline_every_finding_stays(report: Report) -> None:
    left = baselines.apply(report, Baseline(Counter()))
    assert (left.totals, left.severities.total()) == (report.totals, report.severities.total())


@given(reports())
def test_a_baseline_is_read_as_it_was_written(report: Report) -> None:
    path = Path("x.json")
    baseline = Baseline.of(report)
    text = baselines.to_text(baseline)
    read = baselines._parse(json.loads(text), text, path)
    assert (read.marks, read.totals) == (baseline.marks, baseline.totals)
    assert set(read.lines) == set(read.marks)
    assert text.encode()


@given(st.integers(1, 99), st.integers(1, 99), st.text(max_size=5))
def test_a_fingerprint_outlives_lines_columns_and_wording(line: int, column: int, message: str) -> None:
    moved = replace(OLD, line=line, column=column, message=message, hint=message, file="./data/quotes.csv")
    assert baselines.fingerprint(moved) == baselines.fingerprint(OLD)


@pytest.mark.parametrize("name", ["file", "code", "table", "key", "field", "value"])
def test_a_fingerprint_is_of_one_finding_only(name: str) -> None:
    other = replace(OLD, **{name: "another"})
    assert baselines.fingerprint(other) != baselines.fingerprint(OLD)


def test_a_second_finding_like_an_old_one_is_new() -> None:
    left = baselines.apply(Report([OLD, replace(OLD, line=7)]), Baseline.of(Report([OLD])))
    assert [issue.line for issue in left] == [7]


def test_a_baseline_is_sorted_and_quotes_nothing() -> None:
    later = replace(OLD, key="q1", value="A secret of the article")
    text = baselines.to_text(Baseline.of(Report([OLD, later])))
    rows = [json.loads(line.rstrip(",")) for line in text.splitlines()[1:-1]]
    assert [row["key"] for row in rows] == ["q1", "q2"]
    assert "secret" not in text
    assert baselines.to_text(Baseline.of(Report([later, OLD]))) == text


def test_an_entry_that_found_nothing_is_a_note_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baselines.write(Report([OLD, replace(OLD, key="q9")]), path)
    [note] = baselines.apply(Report([OLD]), baselines.read(path))
    assert (note.code, note.severity, note.key, note.line) == ("baseline-stale", Severity.NOTE, "q9", 3)
    assert note.file == path.as_posix()


@pytest.mark.parametrize(("paths", "stale"), [([], 1), (["data"], 1), (["./data/"], 1), (["."], 1), (["dat"], 0)])
def test_entries_about_what_was_not_looked_at_are_not_stale(paths: list[str], stale: int) -> None:
    assert len(baselines.apply(Report(), Baseline.of(Report([OLD])), paths)) == stale


def test_a_code_too_frequent_to_be_listed_rests_until_its_number_grows() -> None:
    baseline = Baseline.of(frequent(1_000))
    assert baselines.apply(frequent(1_000, shift=500), baseline).totals == {}
    assert baselines.apply(frequent(5), baseline).totals == {}
    grown = baselines.apply(frequent(1_003), baseline)
    assert (grown.totals["category"], grown.valid) == (3, False)
    assert 0 < len(grown) <= 3


def test_a_code_that_became_too_frequent_counts_what_was_added() -> None:
    grown = baselines.apply(frequent(1_000), Baseline.of(frequent(4)))
    assert grown.totals["category"] == 996


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"onrecord-baseline": 9}', '{"onrecord-baseline": 1, "totals": {}, "findings": [1]}']
)
def test_what_is_no_baseline_is_refused_with_a_remedy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(text)
    with pytest.raises(OnrecordError, match="no baseline") as caught:
        baselines.read(path)
    assert "--write-baseline" in (caught.value.hint or "")


def test_a_missing_baseline_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="no such baseline"):
        baselines.read(tmp_path / "none.json")
