"""What a rendering may know besides the report, and the order in which findings are said."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reports import Severity

if TYPE_CHECKING:
    from onrecord.reports import Issue, Report, Rule

Lines = Callable[[str, Collection[int]], Mapping[int, str]]
"""Given a file and line numbers from 1, returns those of the lines that can be shown."""

RANK = {severity: place for place, severity in enumerate(Severity)}
"""Where a severity stands, the worst at 0."""


def no_lines(file: str, wanted: Collection[int]) -> Mapping[int, str]:  # noqa: ARG001 -- there are none
    """Show no line of any file."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How and for whom a report is said. Every field has a default that needs nothing.

    Parameters
    ----------
    lines
        Where the lines that findings point at come from.
    rules
        What is known of each code, for the formats that carry help.
    touched
        Files that the change at hand touches: their findings come first.
    fail_on
        The least severity that counts as a failure.
    width
        Columns of the terminal.
    colour
        Whether the terminal shows colours.
    version
        The version of onrecord, for the formats that name their tool.
    """

    lines: Lines = no_lines
    rules: Mapping[str, Rule] = field(default_factory=dict)
    touched: Collection[str] = ()
    fail_on: Severity = Severity.ERROR
    width: int = 100
    colour: bool = False
    version: str = ""


def fails(report: Report, least: Severity) -> bool:
    """Tell whether a report holds a finding of at least this severity.

    Examples
    --------
    >>> from onrecord.reports import Issue, Report
    >>> report = Report([Issue(code="a", severity=Severity.WARNING, message="m")])
    >>> fails(report, Severity.ERROR), fails(report, Severity.WARNING)
    (False, True)
    """
    return any(count and RANK[severity] <= RANK[least] for severity, count in report.severities.items())


def worst_first(report: Report, touched: Collection[str] = ()) -> list[Issue]:
    """Return the findings in the order in which they matter: files touched, severity, place."""
    near = frozenset(posixpath.normpath(file) for file in touched)

    def matter(issue: Issue) -> tuple[bool, int, tuple[object, ...]]:
        here = issue.file is not None and posixpath.normpath(issue.file) in near
        return (not here, RANK[issue.severity], place(issue))

    return sorted(report, key=matter)


def by_file(report: Report, touched: Collection[str] = ()) -> dict[str, list[Issue]]:
    """Return the findings of each file in order of line, the file that matters most first; '' is no file."""
    files: dict[str, list[Issue]] = {}
    for issue in worst_first(report, touched):
        files.setdefault(issue.file or "", []).append(issue)
    return {file: sorted(issues, key=place) for file, issues in files.items()}


def place(issue: Issue) -> tuple[object, ...]:
    """Return what puts findings into the order of the files they are in; what has no place comes first."""
    texts = (issue.code, issue.table, issue.key, issue.field, issue.value, issue.message)
    return (issue.file or "", issue.line or 0, issue.column or 0, *(text or "" for text in texts))


def unshown(report: Report, shown: Iterable[Issue]) -> dict[str, int]:
    """Return how many findings of each code there are besides those shown, codes in order.

    Examples
    --------
    >>> from onrecord.reports import Issue, Report
    >>> report = Report((Issue(code="a", severity=Severity.NOTE, message="m") for _ in range(9)), cap=2)
    >>> unshown(report, report)
    {'a': 7}
    """
    counted = Counter(issue.code for issue in shown)
    return {code: total - counted[code] for code, total in sorted(report.totals.items()) if total > counted[code]}
