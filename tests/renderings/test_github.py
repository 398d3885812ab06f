from __future__ import annotations

import re

from findings import reports
from hypothesis import given

from onrecord.renderings import Setting, render
from onrecord.reports import Issue, Report, Severity

COMMAND = re.compile(r"::(error|warning|notice)( [a-z]+=[^:,\r\n]*(,[a-z]+=[^:,\r\n]*)*)::[^\r\n]*")


def many(number: int) -> Report:
    return Report(
        Issue(code="a", severity=Severity.ERROR, message="m", file="x.csv", line=n) for n in range(1, number + 1)
    )


@given(reports())
def test_any_finding_is_one_line_and_one_command(report: Report) -> None:
    lines = render("github", report).splitlines()
    assert len(lines) <= 10
    assert bool(lines) == bool(len(report))
    for line in lines:
        assert COMMAND.fullmatch(line), line


def test_ten_findings_are_shown_and_of_eleven_nine_and_a_sum() -> None:
    assert render("github", many(10)).count("::error ") == 10
    text = render("github", many(11))
    assert text.count("::error ") == 9
    assert "and 2 more: a 2" in text


def test_what_the_pull_request_touches_comes_first() -> None:
    report = many(20)
    report.add(Issue(code="n", severity=Severity.NOTE, message="m", file="new.csv", line=4))
    lines = render("github", report, Setting(touched=["new.csv"])).splitlines()
    assert lines[0] == "::notice file=new.csv,line=4,title=n::m"


def test_a_message_carries_the_row_the_values_and_the_hint(report: Report) -> None:
    first = render("github", report).splitlines()[0]
    assert first == (
        "::error file=data/quotes.csv,line=3,col=9,title=text-matches-offsets::the text is not what stands there"
        "%0Atable quotes, row q2, column text%0Afound: The bridge%0Aexpected: the bridge%0Ahint: build again"
    )
