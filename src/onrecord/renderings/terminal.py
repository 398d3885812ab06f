"""For people at a terminal: findings by file, each with its line and the place in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.renderings.excerpts import window
from onrecord.renderings.setting import RANK, Setting, by_file, unshown
from onrecord.renderings.text import count, shorten, visible
from onrecord.reports import Severity

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.reports import Issue, Report

SHOWN = 50
"""Findings shown one by one; the rest are counted."""

COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_INDENT = "    "


def render(report: Report, setting: Setting) -> Iterator[str]:
    """Yield the report for a terminal: by file, then what is not shown, then the sum."""
    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=setting.width,
        color_system="standard" if setting.colour else None,
        force_terminal=setting.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for line in _lines(report, setting):
        with console.capture() as captured:
            console.print(line, soft_wrap=True)
        yield captured.get()


def _lines(report: Report, setting: Setting) -> Iterator[Text]:
    files = by_file(report, setting.touched)
    shown = list(islice(_worst(files), SHOWN))
    kept = {id(issue) for issue in shown}
    for file, issues in files.items():
        if some := [issue for issue in issues if id(issue) in kept]:
            yield _text(visible(file) or "no file", "bold underline")
            yield from _findings(file, some, setting)
            yield _text("")
    yield from _rest(unshown(report, shown))
    yield _text(summary(report), "bold")


def _worst(files: Mapping[str, list[Issue]]) -> list[Issue]:
    return sorted((issue for issues in files.values() for issue in issues), key=lambda issue: RANK[issue.severity])


def _findings(file: str, issues: Iterable[Issue], setting: Setting) -> Iterator[Text]:
    lines = setting.lines(file, {issue.line for issue in issues if issue.line}) if file else {}
    for issue in issues:
        yield _head(issue)
        if issue.line is not None and issue.line in lines:
            yield from _excerpt(lines[issue.line], issue, setting.width)
        for name, value in _details(issue, lines.get(issue.line or 0)):
            yield _text(f"{_INDENT}{name:<9}", "dim", (shorten(visible(value)), ""))
        if issue.hint:
            yield _text(f"{_INDENT}{'hint':<9}", "green", (visible(issue.hint), ""))


def _head(issue: Issue) -> Text:
    where = ":".join(str(number) for number in (issue.line, issue.column) if number is not None)
    kind = (f"{issue.severity}[{visible(issue.code)}]", COLOURS[issue.severity])
    return _text(f"  {where} " if where else "  ", "dim", kind, (f" {visible(issue.message)}", ""))


def _excerpt(line: str, issue: Issue, width: int) -> Iterator[Text]:
    """Show the line, and a mark below the column; both are measured as they are shown."""
    from rich.cells import cell_len

    part, column = window(line, issue.column, max(20, width - len(_INDENT) - 2))
    yield _text(f"{_INDENT}│ ", "dim", (visible(part), ""))
    if column is not None:
        before = " " * cell_len(visible(part[: column - 1]))
        yield _text(f"{_INDENT}│ ", "dim", (f"{before}^", COLOURS[issue.severity]))


def _details(issue: Issue, line: str | None) -> Iterator[tuple[str, str]]:
    """Yield what else there is to say; a value that is the whole line is seen there."""
    field = "key" if issue.table is None and (issue.file or "").endswith(".toml") else "column"
    row = (("table", issue.table), ("row", issue.key), (field, issue.field))
    if where := ", ".join(f"{name} {shorten(value)}" for name, value in row if value):
        yield "at", where
    if issue.value is not None and (line is None or issue.value != line.strip()):
        yield "found", issue.value
    if issue.expected is not None:
        yield "expected", issue.expected


def _rest(unseen: Mapping[str, int]) -> Iterator[Text]:
    for code, number in unseen.items():
        yield _text(f"and {number:,} more of {visible(code)}", "dim")


def summary(report: Report) -> str:
    """Return the sum in one line.

    >>> from onrecord.reports import Report
    >>> summary(Report())
    'nothing found'
    """
    parts = [count(report.severities[severity], severity) for severity in Severity if report.severities[severity]]
    return ", ".join(parts) or "nothing found"


def _text(text: str, style: str = "", *more: tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble((text, style), *more)
