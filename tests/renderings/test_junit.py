from __future__ import annotations

from xml.etree import ElementTree as ET

from findings import reports
from hypothesis import given

from onrecord.renderings import Setting, render
from onrecord.reports import Issue, Report, Rule, Severity


def cases(report: Report, setting: Setting | None = None) -> dict[tuple[str, str], ET.Element]:
    root = ET.fromstring(render("junit", report, setting).encode())  # noqa: S314 -- our own text
    suite = root[0]
    found = {(case.attrib["classname"], case.attrib["name"]): case for case in suite.iter("testcase")}
    assert suite.attrib["tests"] == str(len(suite.findall("testcase")))
    assert suite.attrib["failures"] == str(len(suite.findall("testcase/failure")))
    return found


@given(reports())
def test_any_report_is_well_formed_xml(report: Report) -> None:
    cases(report)


def test_one_case_for_each_rule_in_each_file(report: Report, rules: dict[str, Rule]) -> None:
    found = cases(report, Setting(rules=rules))
    assert sorted(found) == [
        ("data/quotes.csv", "text-matches-offsets"),
        ("data/speakers.csv", "speaker-unused"),
        ("onrecord", "keys-resolve"),
        ("onrecord", "offsets-unchecked"),
        ("onrecord", "speaker-unused"),
    ]
    failure = found["data/quotes.csv", "text-matches-offsets"][0]
    assert failure.attrib == {"type": "error", "message": "the text is not what stands there"}
    assert "expected: the bridge" in (failure.text or "")
    assert found["data/quotes.csv", "text-matches-offsets"].attrib["line"] == "3"
    assert len(found["onrecord", "keys-resolve"]) == 0


def test_what_fails_is_what_was_asked_to_fail() -> None:
    report = Report([Issue(code="w", severity=Severity.WARNING, message="m", file="f")])
    assert cases(report)["f", "w"][0].tag == "system-out"
    assert cases(report, Setting(fail_on=Severity.WARNING))["f", "w"][0].tag == "failure"


def test_findings_of_one_rule_in_one_file_are_one_case() -> None:
    report = Report(Issue(code="w", severity=Severity.ERROR, message=f"m{n}", file="f", line=n) for n in (2, 1))
    [case] = cases(report).values()
    assert case[0].attrib["message"] == "m1 (and 1 more)"
    assert (case[0].text or "").index("f:1") < (case[0].text or "").index("f:2")
