"""Baselines: old findings that rest, so that a change fails only on what it adds.

A finding is known again by its fingerprint: file, code, table, key, column and the hash of its value, and not
by its line, so that it survives rows that come or go above it. A baseline file holds one finding a line,
sorted, without the values themselves, so that a change to it can be read in a review and quotes nothing.

Of a code that found more than a report keeps, only the number is comparable: such a code rests as long as
its number does not grow.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.errors import OnrecordError
from onrecord.files import write_whole
from onrecord.reports import Issue, Report, rules

VERSION = 1
STALE = "baseline-stale"
RULES = rules("""
baseline-stale | N | A finding rests in the baseline and is not found any more | Were it made again, nobody would
    hear of it. | a fault that was mended | write the baseline again with --write-baseline
""")
_NAMES = ("file", "code", "table", "key", "field", "value")


class Mark(NamedTuple):
    """What a finding is known by; `value` is the start of the value's SHA-256. Absent parts are empty."""

    file: str
    code: str
    table: str
    key: str
    field: str
    value: str

    @classmethod
    def of(cls, issue: Issue) -> Mark:
        """Return the mark of a finding.

        >>> from onrecord.reports import Severity
        >>> Mark.of(Issue(code="a", severity=Severity.NOTE, message="m", file="./x.csv", line=3, value="v")).file
        'x.csv'
        """
        file = posixpath.normpath(issue.file) if issue.file else ""
        value = "" if issue.value is None else _digest(issue.value)
        return cls(file, issue.code, issue.table or "", issue.key or "", issue.field or "", value)


def fingerprint(issue: Issue) -> str:
    """Return the fingerprint of a finding: 32 hex digits that outlive changes of its line.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from onrecord.reports import Severity
    >>> issue = Issue(code="empty", severity=Severity.ERROR, message="m", file="a.csv", line=3, key="q1")
    >>> fingerprint(issue) == fingerprint(replace(issue, line=9)) != fingerprint(replace(issue, key="q2"))
    True
    """
    return _digest("\0".join(Mark.of(issue)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Baseline:
    """Findings that rest: how often each mark, and the number of codes too frequent to be listed whole.

    `lines` says where in the baseline's file a mark stands.
    """

    marks: Counter[Mark]
    totals: dict[str, int] = field(default_factory=dict)
    file: str | None = None
    lines: dict[Mark, int] = field(default_factory=dict)

    @classmethod
    def of(cls, report: Report) -> Baseline:
        """Return the baseline under which every finding of a report rests."""
        marks = Counter(Mark.of(issue) for issue in report)
        kept = Counter(issue.code for issue in report)
        return cls(marks, {code: total for code, total in sorted(report.totals.items()) if total > kept[code]})


def write(report: Report, path: Path) -> None:
    """Write the baseline of a report to a file, whole.

    Raises
    ------
    OSError
        The file cannot be written; what was there stays.
    """
    write_whole(path, to_text(Baseline.of(report)).encode())


def to_text(baseline: Baseline) -> str:
    """Return a baseline as JSON, one finding a line, sorted, so that two baselines compare line by line.

    Examples
    --------
    >>> from onrecord.reports import Severity
    >>> report = Report([Issue(code="a", severity=Severity.NOTE, message="m", file="x.csv")])
    >>> print(to_text(Baseline.of(report)), end="")
    {"onrecord-baseline": 1, "totals": {}, "findings": [
    {"file": "x.csv", "code": "a", "count": 1}
    ]}
    """
    head = json.dumps({"onrecord-baseline": VERSION, "totals": baseline.totals})[:-1] + ', "findings": [\n'
    return head + ",\n".join(_entries(baseline)) + ("\n" if baseline.marks else "") + "]}\n"


def _entries(baseline: Baseline) -> Iterator[str]:
    for mark, count in sorted(baseline.marks.items()):
        known = {name: value for name, value in mark._asdict().items() if value}
        line = json.dumps(known | {"count": count}, ensure_ascii=False)
        yield line.encode("utf-8", "backslashreplace").decode()


def read(path: Path) -> Baseline:
    """Read a baseline from a file.

    Raises
    ------
    OnrecordError
        The file is missing, or is no baseline of a version known here.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return _parse(json.loads(text), text, path)
    except FileNotFoundError:
        raise OnrecordError("no such baseline", hint="make it with --write-baseline", file=path) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise OnrecordError(f"no baseline: {error}", hint="make it again with --write-baseline", file=path) from None


def _parse(value: dict[str, Any], text: str, path: Path) -> Baseline:
    if value["onrecord-baseline"] != VERSION:
        raise ValueError(f"version {value['onrecord-baseline']} is not {VERSION}")
    marks: Counter[Mark] = Counter()
    for entry in value["findings"]:
        marks[_mark(entry)] += int(entry["count"])
    totals = {str(code): int(total) for code, total in value["totals"].items()}
    return Baseline(marks, totals, path.as_posix(), dict(_places(text)))


def _mark(entry: dict[str, Any]) -> Mark:
    return Mark(*(str(entry.get(name, "")) for name in _NAMES))


def _places(text: str) -> Iterator[tuple[Mark, int]]:
    """Yield where marks stand, as far as the file still has one a line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith('{"') and line.endswith(("}", "},")) and number > 1:
            yield _mark(json.loads(line.removesuffix(","))), number


def apply(report: Report, baseline: Baseline, paths: Collection[str] = ()) -> Report:
    """Return the findings that are not in a baseline, and a note on each of its entries that found nothing.

    Parameters
    ----------
    report
        All findings.
    baseline
        The findings that rest.
    paths
        What was looked at; entries about other files are not called stale. Nothing means everything.

    Examples
    --------
    >>> from onrecord.reports import Severity
    >>> old = [Issue(code="a", severity=Severity.ERROR, message="m", file="x.csv", line=3)]
    >>> new = [Issue(code="a", severity=Severity.ERROR, message="m", file="x.csv", line=9)]
    >>> apply(Report(new), Baseline.of(Report(old))).valid
    True
    """
    left = baseline.marks.copy()
    fresh: dict[str, list[Issue]] = {}
    kept = Counter(issue.code for issue in report)
    for issue in report:
        mark = Mark.of(issue)
        if left[mark] > 0:
            left[mark] -= 1
        else:
            fresh.setdefault(issue.code, []).append(issue)
    counted = {code for code, total in report.totals.items() if total > kept[code]} | set(baseline.totals)
    rest = Report(cap=report.cap)
    for code in report.totals:
        found = [issue for issue in report if issue.code == code]
        _add(rest, fresh.get(code, []), found, _grown(report, baseline, code) if code in counted else None)
    rest.extend(_stale(baseline, left, counted, paths))
    return rest


def _grown(report: Report, baseline: Baseline, code: str) -> int:
    listed = sum(count for mark, count in baseline.marks.items() if mark.code == code)
    return report.totals[code] - baseline.totals.get(code, listed)


def _add(rest: Report, fresh: list[Issue], found: list[Issue], number: int | None) -> None:
    """Add what is new of one code: all of `fresh`, or as many as the number of findings grew by."""
    if number is None:
        rest.extend(fresh)
    elif number > 0:
        shown = (fresh or found)[:number]
        for issue in shown[1:]:
            rest.add(issue)
        rest.add(shown[0], times=number - len(shown) + 1)


def _stale(baseline: Baseline, left: Counter[Mark], counted: set[str], paths: Collection[str]) -> Iterator[Issue]:
    for mark, number in sorted(left.items()):
        if number > 0 and mark.code not in counted and _within(mark.file, paths):
            yield RULES[STALE].issue(
                f"{mark.code} in {mark.file or 'no file'} rests in the baseline and is not found any more",
                file=baseline.file,
                line=baseline.lines.get(mark),
                table=mark.table or None,
                key=mark.key or None,
                field=mark.field or None,
            )


def _within(file: str, paths: Collection[str]) -> bool:
    folders = [posixpath.normpath(path) for path in paths]
    return not folders or "." in folders or any(file == f or file.startswith(f"{f}/") for f in folders)
