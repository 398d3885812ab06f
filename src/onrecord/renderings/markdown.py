"""For step summaries and comments: Markdown within 1 MiB, the worst first.

GitHub shows at most 1 MiB of a step's summary and drops it whole when it is longer.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from onrecord.renderings.setting import RANK, Setting, unshown, worst_first
from onrecord.renderings.terminal import summary
from onrecord.renderings.text import code, markdown, shorten
from onrecord.reports import Severity

if TYPE_CHECKING:
    from onrecord.reports import Issue, Report

LARGEST = 1_000_000
"""Bytes of the whole."""

SHOWN = 300
"""Findings shown one by one."""

_SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.NOTE: "🔵"}
_ROOM = 200_000
"""Bytes kept for the sums below the findings."""

_CODES = 500
"""Codes that are summed up one by one."""


def render(report: Report, setting: Setting) -> Iterator[str]:
    """Yield a heading, a table of findings, and the sum of each code with why it is looked for."""
    yield f"### onrecord: {'valid' if report.valid else 'invalid'}, {summary(report)}\n"
    if not report.totals:
        return
    shown = []
    left = LARGEST - _ROOM
    yield "\n| | where | what | what to do |\n|---|---|---|---|\n"
    for issue in worst_first(report, setting.touched)[:SHOWN]:
        line = _line(issue)
        left -= len(line.encode("utf-8", "replace"))
        if left < 0:
            break
        shown.append(issue)
        yield line
    if more := unshown(report, shown):
        yield f"\nAnd {sum(more.values()):,} more.\n"
    yield from _sums(report, setting)


def _line(issue: Issue) -> str:
    what = [f"{code(issue.code)} {markdown(shorten(issue.message, 500))}"]
    row = (("table", issue.table), ("row", issue.key), ("column", issue.field))
    what += [", ".join(f"{name} {code(shorten(value))}" for name, value in row if value)]
    values = (("found", issue.value), ("expected", issue.expected))
    what += [f"{name} {code(shorten(value))}" for name, value in values if value is not None]
    cells = (
        f"{_SIGNS[issue.severity]} {issue.severity}",
        _where(issue),
        "<br>".join(part for part in what if part),
        markdown(shorten(issue.hint or "", 500)),
    )
    return f"| {' | '.join(cells)} |\n"


def _where(issue: Issue) -> str:
    if issue.file is None:
        return ""
    numbers = "".join(f":{number}" for number in (issue.line, issue.column) if number is not None)
    folder, name = posixpath.split(issue.file)
    return code(shorten(name, 100) + numbers) + (f"<br>in {code(shorten(folder, 200))}" if folder else "")


def _sums(report: Report, setting: Setting) -> Iterator[str]:
    yield "\n<details><summary>How many of each</summary>\n\n| code | number | meaning |\n|---|---:|---|\n"
    severities = _severities(report)
    codes = sorted(report.totals, key=lambda each: (severities.get(each, len(RANK)), each))
    for each in codes[:_CODES]:
        rule = setting.rules.get(each)
        meaning = f"{markdown(rule.title)}. {markdown(rule.why)}" if rule else ""
        yield f"| {code(shorten(each, 60))} | {report.totals[each]:,} | {meaning} |\n"
    if len(codes) > _CODES:
        yield f"\nAnd {len(codes) - _CODES:,} more codes.\n"
    yield "\n</details>\n"


def _severities(report: Report) -> Mapping[str, int]:
    return {issue.code: RANK[issue.severity] for issue in report}
