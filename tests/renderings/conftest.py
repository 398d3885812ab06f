"""Reports made by hand: the formats know nothing of who finds."""

from __future__ import annotations

import pytest

from onrecord.reports import Issue, Report, Rule, Severity


@pytest.fixture
def report() -> Report:
    report = Report(
        [
            Issue(
                code="text-matches-offsets",
                severity=Severity.ERROR,
                message="the text is not what stands there",
                hint="build again",
                file="data/quotes.csv",
                line=3,
                column=9,
                table="quotes",
                key="q2",
                field="text",
                value="The bridge",
                expected="the bridge",
            ),
            Issue(code="speaker-unused", severity=Severity.WARNING, message="says nothing", file="data/speakers.csv"),
            Issue(code="offsets-unchecked", severity=Severity.NOTE, message="the body is withheld"),
        ],
        cap=2,
    )
    report.add(Issue(code="speaker-unused", severity=Severity.WARNING, message="says nothing"), times=3_999_999)
    return report


@pytest.fixture
def rules() -> dict[str, Rule]:
    codes = {"text-matches-offsets": Severity.ERROR, "keys-resolve": Severity.ERROR}
    return {
        code: Rule(code=code, severity=severity, title="T", why="W.", example="e | e", remedy="mend it")
        for code, severity in codes.items()
    }
