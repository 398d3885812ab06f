from __future__ import annotations

import re

from findings import reports, texts
from hypothesis import given
from markdown_it import MarkdownIt

from onrecord.renderings import Setting, render
from onrecord.renderings.text import code, markdown
from onrecord.reports import Issue, Report, Rule, Severity

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
OURS = re.compile(r"</?(h3|p|table|thead|tbody|tr|th|td|code|br|details|summary)( style=\"[^\"]*\")?>|<!-- -->")


@given(reports())
def test_any_report_is_tables_of_text_and_nothing_else(report: Report) -> None:
    html = PARSER.render(render("markdown", report))
    assert "<" not in OURS.sub("", html)
    assert html.count("<tr>") == (len(report) + len(report.totals) + 2 if len(report) else 0)


@given(texts)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    for made in (markdown(text), code(text)):
        assert "\n" not in made
        html = PARSER.renderInline("x" + made + "x")
        assert not re.search(r"<(?!!-- -->|/?code>)", html)


def test_text_makes_no_links_and_calls_nobody() -> None:
    made = markdown("see https://example.org, www.example.org, @someone, #12 and GH-12")
    assert not re.search(r"&#58;//e|www\.e|&#64;s|&#35;1|GH-1", made)


def test_a_summary_has_the_findings_the_sums_and_the_reasons(report: Report, rules: dict[str, Rule]) -> None:
    text = render("markdown", report, Setting(rules=rules))
    assert text.startswith("### onrecord: invalid, 1 error, 4,000,000 warnings, 1 note\n")
    assert "<code>quotes.csv&#58;3&#58;9</code><br>in <code>data</code>" in text
    assert "And 3,999,998 more." in text
    assert "| <code>text-matches-offsets</code> | 1 | T. W. |" in text


def test_a_summary_is_never_longer_than_github_shows() -> None:
    report = Report(cap=5_000)
    for n in range(2_000):
        place = {"file": f"{n}" * 300, "key": "@" * 300, "value": "|" * 300, "hint": "*" * 900}
        report.add(Issue(code=f"{n}" + "c" * 90, severity=Severity.ERROR, message="|" * 900, **place))  # type: ignore[arg-type]
    text = render("markdown", report)
    assert 500_000 < len(text.encode()) < 1 << 20
    assert "more codes" in text
