"""For test reports: JUnit XML, a test case for each rule in each file.

A rule that found something fails in that file, or is passed with the findings as its output where they
are less severe than what fails. A rule that found nothing anywhere is one case that passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from onrecord.renderings.setting import RANK, Setting, place, unshown
from onrecord.renderings.text import visible

if TYPE_CHECKING:
    from onrecord.reports import Issue, Report

Case = tuple[str, str]
"""A file and a code."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, setting: Setting) -> Iterator[str]:
    """Yield the report as one test suite, its cases in order of file and code."""
    cases = _cases(report)
    passed = sorted(set(setting.rules) - set(report.totals))
    failed = sum(_fails(issues, setting) for issues in cases.values())
    counts = f'tests="{len(cases) + len(passed)}" failures="{failed}" errors="0" skipped="0"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="onrecord" {counts}>\n  <testsuite name="onrecord validate" {counts}>\n'
    for case, issues in cases.items():
        yield from _case(case, issues, setting)
    for code in passed:
        yield f'    <testcase classname="onrecord" name={attribute(code)}/>\n'
    if more := unshown(report, report):
        text = "\n".join(f"and {number:,} more of {code}" for code, number in more.items())
        yield f"    <system-out>{content(text)}</system-out>\n"
    yield "  </testsuite>\n</testsuites>\n"


def _cases(report: Report) -> dict[Case, list[Issue]]:
    cases: dict[Case, list[Issue]] = {}
    for issue in sorted(report, key=place):
        cases.setdefault((issue.file or "", issue.code), []).append(issue)
    return dict(sorted(cases.items()))


def _fails(issues: list[Issue], setting: Setting) -> bool:
    return any(RANK[issue.severity] <= RANK[setting.fail_on] for issue in issues)


def _case(case: Case, issues: list[Issue], setting: Setting) -> Iterator[str]:
    file, code = case
    where = f" file={attribute(file)}" if file else ""
    line = f' line="{issues[0].line}"' if issues[0].line else ""
    yield f"    <testcase classname={attribute(file or 'onrecord')} name={attribute(code)}{where}{line}>\n"
    text = content("\n\n".join(_told(issue) for issue in issues))
    if _fails(issues, setting):
        message = issues[0].message if len(issues) == 1 else f"{issues[0].message} (and {len(issues) - 1:,} more)"
        kind = f"type={attribute(issues[0].severity.value)} message={attribute(message)}"
        yield f"      <failure {kind}>{text}</failure>\n"
    else:
        yield f"      <system-out>{text}</system-out>\n"
    yield "    </testcase>\n"


def _told(issue: Issue) -> str:
    names = ("table", "key", "field", "value", "expected", "hint")
    parts = [f"{name}: {visible(value)}" for name in names if (value := getattr(issue, name)) is not None]
    return "\n".join([visible(str(issue)), *parts])


def content(text: str) -> str:
    r"""Return text as the content of an XML element, without characters that XML 1.0 cannot hold.

    >>> content("a < b\ufffe\x00")
    'a &lt; b��'
    """
    return escape(_ILLEGAL.sub("\ufffd", text))


def attribute(text: str) -> str:
    """Return text as a quoted attribute.

    >>> print(attribute("a & b"))
    "a &amp; b"
    """
    return quoteattr(_ILLEGAL.sub("\ufffd", visible(text)))
