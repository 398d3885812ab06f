from __future__ import annotations

from onrecord.reports import Issue, Report, Severity


def issue(code: str = "a", severity: Severity = Severity.ERROR) -> Issue:
    return Issue(code=code, severity=severity, message="m")


def test_findings_are_capped_and_counted_truly() -> None:
    report = Report((issue() for _ in range(1000)), cap=10)
    assert (len(report), report.totals["a"], report.severities[Severity.ERROR]) == (10, 1000, 1000)


def test_merging_counts_everything_once() -> None:
    one = Report([issue("a"), issue("b", Severity.NOTE)], cap=2)
    two = Report((issue("a") for _ in range(5)), cap=2)
    one.merge(two)
    assert dict(one.totals) == {"a": 6, "b": 1}
    assert len([i for i in one if i.code == "a"]) == 2
    assert one.severities == {Severity.ERROR: 6, Severity.NOTE: 1}


def test_only_errors_make_data_invalid() -> None:
    assert Report([issue(severity=Severity.WARNING), issue(severity=Severity.NOTE)]).valid
    assert not Report([issue()]).valid


def test_the_json_form_has_the_fixed_keys() -> None:
    form = Report([issue()]).to_dict()
    assert set(form) == {"valid", "findings", "totals"}
    assert {"code", "severity", "file", "line", "column", "table", "key", "field", "value", "expected", "hint"} <= set(
        form["findings"][0]
    )


def test_map_changes_findings_and_keeps_counts() -> None:
    report = Report((issue() for _ in range(3)), cap=1).map(lambda i: i.at("x.txt"))
    assert [i.file for i in report] == ["x.txt"]
    assert report.totals == {"a": 3}
