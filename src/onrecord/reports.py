"""Faults in data, as data: an `Issue` is one finding, a `Report` collects them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

DEFAULT_CAP = 100
"""Issues of one code that a report keeps; all are counted."""


class Severity(StrEnum):
    """How bad: an error makes data invalid, a warning may, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One finding about a document, a file or a row.

    `code` is stable across releases and listed in the documentation. `line` and `column` count from 1
    in the physical file; `key` is the primary key of the row, `field` its column.

    Examples
    --------
    >>> issue = Issue(code="byline-lost", severity=Severity.WARNING, message="the byline names nobody",
    ...               file="seeds/lemonde-en/a.txt", line=5, value="By  and")
    >>> print(issue)
    seeds/lemonde-en/a.txt:5: warning[byline-lost] the byline names nobody
    """

    code: str
    severity: Severity
    message: str
    hint: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    table: str | None = None
    key: str | None = None
    field: str | None = None
    value: str | None = None
    expected: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return (
            f"{place}: {self.severity}[{self.code}] {self.message}"
            if place
            else f"{self.severity}[{self.code}] {self.message}"
        )

    def at(self, file: str) -> Issue:
        """Return the same finding, placed in `file`."""
        return replace(self, file=file)

    def at_line(self, line: int) -> Issue:
        """Return the same finding, placed on another line of its file."""
        return replace(self, line=line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of finding: what it says, why it is looked for, what it looks like, and how to mend it.

    Examples
    --------
    >>> rule = Rule(code="empty", severity=Severity.ERROR, title="Nothing there", why="Nobody can read it.",
    ...             example="a file of 0 bytes", remedy="fill it")
    >>> rule.issue("no text", line=3).hint
    'fill it'
    """

    code: str
    severity: Severity
    title: str
    why: str
    example: str
    remedy: str

    def issue(self, message: str, **place: Any) -> Issue:
        """Return a finding of this kind; its hint is the remedy unless another is given."""
        return Issue(**{"code": self.code, "severity": self.severity, "message": message, "hint": self.remedy} | place)


LEVELS = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}


def rules(text: str) -> dict[str, Rule]:
    """Return the rules of a block, by code: six cells a rule, parted by " | ", indented lines continuing it.

    The cells are code, severity (E, W or N), title, why, example and remedy.

    >>> rules("empty | E | Nothing there | Nobody can read it. | a file of 0 bytes | fill it")["empty"].title
    'Nothing there'
    """
    found = {}
    for entry in text.strip().replace("\n    ", " ").splitlines():
        code, level, title, why, example, remedy = (" ".join(cell.split()) for cell in entry.split(" | "))
        found[code] = Rule(code=code, severity=LEVELS[level], title=title, why=why, example=example, remedy=remedy)
    return found


class Report:
    """Issues in the order they came, capped per code, with true totals.

    Examples
    --------
    >>> report = Report(cap=1)
    >>> report.extend(Issue(code="empty", severity=Severity.ERROR, message="no text") for _ in range(3))
    >>> len(report), report.totals["empty"], report.valid
    (1, 3, False)
    """

    def __init__(self, issues: Iterable[Issue] = (), *, cap: int = DEFAULT_CAP) -> None:
        self.cap = cap
        self.totals: Counter[str] = Counter()
        self.severities: Counter[Severity] = Counter()
        self._issues: list[Issue] = []
        self.extend(issues)

    def add(self, issue: Issue, *, times: int = 1) -> None:
        """Add one finding; `times` counts it more often than it is kept."""
        if self.totals[issue.code] < self.cap:
            self._issues.append(issue)
        self.totals[issue.code] += times
        self.severities[issue.severity] += times

    def extend(self, issues: Iterable[Issue]) -> None:
        """Add many findings, one at a time."""
        for issue in issues:
            self.add(issue)

    def merge(self, other: Report) -> None:
        """Add another report's findings and its totals, so that nothing is counted twice."""
        kept = Counter(issue.code for issue in other)
        for issue in other:
            if self.totals[issue.code] < self.cap:
                self._issues.append(issue)
            self.totals[issue.code] += 1
        for code, total in other.totals.items():
            self.totals[code] += total - kept[code]
        self.severities.update(other.severities)

    def without(self, code: str) -> Report:
        """Return the report without findings of one code."""
        other = Report((issue for issue in self if issue.code != code), cap=self.cap)
        other.totals = Counter({one: total for one, total in self.totals.items() if one != code})
        kept = Counter(issue.severity for issue in self if issue.code == code)
        other.severities = self.severities.copy()
        for severity in kept:
            other.severities[severity] -= self.totals[code]
        return other

    def map(self, change: Callable[[Issue], Issue]) -> Report:
        """Return the same report with every finding changed; codes and severities must stay."""
        other = Report(cap=self.cap)
        other._issues = [change(issue) for issue in self]
        other.totals, other.severities = self.totals.copy(), self.severities.copy()
        return other

    @property
    def valid(self) -> bool:
        """True when no finding is an error."""
        return self.severities[Severity.ERROR] == 0

    def __iter__(self) -> Iterator[Issue]:
        return iter(self._issues)

    def __len__(self) -> int:
        return len(self._issues)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form: `valid`, `findings` and `totals` by code."""
        return {
            "valid": self.valid,
            "findings": [{**asdict(issue), "severity": issue.severity.value} for issue in self],
            "totals": dict(sorted(self.totals.items())),
        }

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> Report:
        """Return the report of a JSON form.

        >>> report = Report([Issue(code="empty", severity=Severity.ERROR, message="no text")])
        >>> Report.from_dict(report.to_dict()).to_dict() == report.to_dict()
        True
        """
        report = cls()
        report._issues = [Issue(**{**one, "severity": Severity(one["severity"])}) for one in form["findings"]]
        report.totals = Counter(form["totals"])
        severity = {issue.code: issue.severity for issue in report}
        for code, total in report.totals.items():
            report.severities[severity[code]] += total
        return report
