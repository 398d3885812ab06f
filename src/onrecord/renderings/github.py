"""For GitHub: workflow commands that put findings beside the lines of a pull request.

GitHub shows ten annotations of a step (https://docs.github.com/actions/reference/limits), so the ten that
matter most are said, those in files that the pull request touches first. The rest stands in the step
summary, which is the Markdown form.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.renderings.setting import Setting, unshown, worst_first
from onrecord.renderings.text import shorten, visible
from onrecord.reports import Severity

if TYPE_CHECKING:
    from onrecord.reports import Issue, Report

MOST = 10
"""Annotations a step."""

LONGEST = 1_000
"""Characters of one annotation's message."""

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, setting: Setting) -> Iterator[str]:
    """Yield one line an annotation; where findings are left out, the last one says how many."""
    issues = worst_first(report, setting.touched)
    hidden = bool(issues) and (len(issues) > MOST or bool(unshown(report, issues)))
    shown = issues[: MOST - hidden]
    for issue in shown:
        yield annotation(issue) + "\n"
    if hidden:
        more = unshown(report, shown)
        counts = ", ".join(f"{code} {number:,}" for code, number in more.items())
        text = f"and {sum(more.values()):,} more: {counts}. All of them are in the summary of the job."
        yield f"::notice title=onrecord::{escape(shorten(visible(text), LONGEST))}\n"


def annotation(issue: Issue) -> str:
    """Return one finding as a workflow command.

    Examples
    --------
    >>> from onrecord.reports import Issue, Severity
    >>> annotation(Issue(code="empty", severity=Severity.ERROR, message="100% empty", file="a,b.txt", line=3))
    '::error file=a%2Cb.txt,line=3,title=empty::100%25 empty'
    """
    places = (("file", issue.file), ("line", issue.line), ("col", issue.column), ("title", issue.code))
    marks = ",".join(f"{name}={_property(value)}" for name, value in places if value is not None)
    return f"::{COMMANDS[issue.severity]} {marks}::{escape(_message(issue))}"


def _message(issue: Issue) -> str:
    row = (("table", issue.table), ("row", issue.key), ("column", issue.field))
    lines = [
        visible(issue.message),
        ", ".join(f"{name} {shorten(visible(value))}" for name, value in row if value),
        *(f"{name}: {shorten(visible(value))}" for name, value in _values(issue) if value is not None),
    ]
    return shorten("\n".join(line for line in lines if line), LONGEST)


def _values(issue: Issue) -> tuple[tuple[str, str | None], ...]:
    return (("found", issue.value), ("expected", issue.expected), ("hint", issue.hint))


def escape(text: str) -> str:
    r"""Return text as the message of a workflow command.

    >>> escape("100%\nsure")
    '100%25%0Asure'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return escape(visible(str(value))).replace(":", "%3A").replace(",", "%2C")
