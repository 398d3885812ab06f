"""Findings with any text in them, as Hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

from onrecord.reports import Issue, Report, Severity

NASTY = (
    "\x1b[2J",
    "::error::x",
    "##[group]x",
    "]]>",
    "<!--",
    "`|`\n",
    "@all",
    "\u202e",
    "%0A",
    "\ud800",
    "\r\n",
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=3))).map("".join),
)
maybe = st.none() | texts
numbers = st.none() | st.integers(1, 10**9)
issues = st.builds(
    Issue,
    code=texts.filter(bool),
    severity=st.sampled_from(Severity),
    message=texts,
    hint=maybe,
    file=maybe,
    line=numbers,
    column=numbers,
    table=maybe,
    key=maybe,
    field=maybe,
    value=maybe,
    expected=maybe,
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    report = Report(cap=draw(st.integers(1, 5)))
    for issue in draw(st.lists(issues, max_size=5)):
        report.add(issue, times=draw(st.integers(1, 10**7)))
    return report
