"""Findings before they are placed: a rule broken at a row of a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.checks.places import places
from onrecord.checks.rules import RULES
from onrecord.reports import DEFAULT_CAP, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from onrecord.checks.places import Place
    from onrecord.reports import Issue

SHOWN = 200
"""Characters of a value that a finding shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding. `row` counts records of the file from 0; `times` is how often it stands for itself and others."""

    code: str
    message: str
    table: str | None = None
    file: Path | None = None
    row: int | None = None
    key: str | None = None
    field: str | None = None
    value: str | None = None
    expected: str | None = None
    hint: str | None = None
    line: int | None = None
    column: int | None = None
    times: int = 1

    def issue(self, place: Place | None = None) -> Issue:
        """Return the finding as an Issue, at its place in the file."""
        line, column = (self.line, self.column) if place is None else place.of(self.field)
        return RULES[self.code].issue(
            self.message,
            file=None if self.file is None else self.file.as_posix(),
            line=line,
            column=column,
            table=self.table,
            key=self.key,
            field=self.field,
            value=shown(self.value),
            expected=shown(self.expected),
            **({} if self.hint is None else {"hint": self.hint}),
        )


class Collector:
    """Findings, capped per code with true totals, that learn their lines at the end."""

    def __init__(self, cap: int = DEFAULT_CAP) -> None:
        self.cap = cap
        self._kept: list[Finding] = []
        self._counts: Counter[str] = Counter()
        self._more: Counter[str] = Counter()

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings."""
        for finding in findings:
            if self._counts[finding.code] < self.cap:
                self._kept.append(replace(finding, times=1))
                self._more[finding.code] += finding.times - 1
                self._counts[finding.code] += 1
            else:
                self._more[finding.code] += finding.times

    @property
    def codes(self) -> set[str]:
        """The codes found so far."""
        return set(self._counts)

    def report(self) -> Report:
        """Return the report, every finding in a CSV file at its line and column."""
        report = Report(cap=self.cap)
        left = self._counts.copy()
        for issue in self._issues():
            left[issue.code] -= 1
            report.add(issue, times=1 if left[issue.code] else 1 + self._more[issue.code])
        return report

    def _issues(self) -> Iterator[Issue]:
        wanted: dict[Path, set[int]] = {}
        for finding in self._kept:
            if finding.file is not None and finding.row is not None and finding.file.suffix == ".csv":
                wanted.setdefault(finding.file, set()).add(finding.row)
        found = {file: places(file, rows) for file, rows in wanted.items()}
        for finding in self._kept:
            known = found.get(finding.file, {}) if finding.file is not None else {}
            yield finding.issue(known.get(finding.row) if finding.row is not None else None)


def shown(value: str | None) -> str | None:
    """Return a value cut to what a report shows.

    >>> len(shown("x" * 999)) <= SHOWN + 1
    True
    """
    return value if value is None or len(value) <= SHOWN else value[:SHOWN] + "…"
