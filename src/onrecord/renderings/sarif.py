"""For code scanning: SARIF 2.1.0, within the limits of GitHub.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. The limits, 5,000 results shown and
10 MB: https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from onrecord.baselines import fingerprint
from onrecord.renderings.data import clean, to_json
from onrecord.renderings.setting import Setting, unshown, worst_first
from onrecord.renderings.text import code, markdown, shorten, visible

if TYPE_CHECKING:
    from onrecord.reports import Issue, Report, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 5_000
"""Results."""

LARGEST = 9_500_000
"""Bytes of the whole, some left for the end."""

_RULES = 1_000
"""Codes without a rule that are described."""


def render(report: Report, setting: Setting) -> Iterator[str]:
    """Yield the report as a SARIF log of one run, the worst findings first."""
    rules = _rules(report, setting)
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    driver = {"name": "onrecord", "rules": rules} | ({"version": setting.version} if setting.version else {})
    head = f'{{"version": "2.1.0", "$schema": {json.dumps(SCHEMA)}, "runs": [{{"tool": {to_json({"driver": driver})},\n'
    yield f'{head}"columnKind": "unicodeCodePoints",\n"results": ['
    shown: list[Issue] = []
    left = LARGEST - len(head.encode())
    for issue in worst_first(report, setting.touched)[:MOST]:
        line = ("," if shown else "") + "\n" + to_json(_result(issue, places))
        left -= len(line.encode())
        if left < 0:
            break
        shown.append(issue)
        yield line
    yield f'],\n"invocations": [{to_json(_invocation(unshown(report, shown)))}]}}]}}\n'


def _rules(report: Report, setting: Setting) -> list[dict[str, Any]]:
    """Return what is known of every rule, and the codes of other findings."""
    others = sorted(set(report.totals) - set(setting.rules))[:_RULES]
    known = [_rule(rule) for _, rule in sorted(setting.rules.items())]
    unknown = [{"id": each, "shortDescription": {"text": visible(each)}} for each in others]
    return sorted((clean(rule) for rule in known + unknown), key=lambda rule: str(rule["id"]))


def _rule(rule: Rule) -> dict[str, Any]:
    remedy = rule.remedy[:1].upper() + rule.remedy[1:]
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {
            "text": f"{rule.why}\nExample: {rule.example}.\nWhat to do: {remedy}.",
            "markdown": f"{markdown(rule.why)}\n\nExample: {markdown(rule.example)}.\n\n"
            f"What to do: {markdown(remedy)}.",
        },
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(issue: Issue, places: Mapping[str, int]) -> dict[str, Any]:
    index = {"ruleIndex": places[issue.code]} if issue.code in places else {}
    return {
        "ruleId": issue.code,
        **index,
        "level": issue.severity.value,
        "message": _message(issue),
        "locations": [_location(issue)],
        "partialFingerprints": {"onrecord/v1": fingerprint(issue)},
    }


def _message(issue: Issue) -> dict[str, str]:
    values = (("found", issue.value), ("expected", issue.expected), ("hint", issue.hint))
    given = [(name, shorten(value)) for name, value in values if value is not None]
    said = shorten(issue.message, 1_000)
    return {
        "text": "\n".join([visible(said), *(f"{name}: {visible(value)}" for name, value in given)]),
        "markdown": "\n\n".join([markdown(said), *(f"{name}: {code(value)}" for name, value in given)]),
    }


def _location(issue: Issue) -> dict[str, Any]:
    """Return where it is; what is in no file is in the folder that was looked at, since GitHub asks for a place."""
    physical: dict[str, Any] = {"artifactLocation": _artifact(issue.file or ".")}
    if issue.line is not None and issue.line > 0:
        physical["region"] = {"startLine": issue.line}
        if issue.column is not None and issue.column > 0:
            physical["region"]["startColumn"] = issue.column
    names = [part for part in (issue.table, issue.key, issue.field) if part]
    logical = {"logicalLocations": [{"fullyQualifiedName": visible("/".join(names))}]} if names else {}
    return {"physicalLocation": physical, **logical}


def _artifact(file: str) -> dict[str, str]:
    path = quote(file, errors="replace")
    if PurePosixPath(file).is_absolute():
        return {"uri": f"file://{path}"}
    return {"uri": path, "uriBaseId": "%SRCROOT%"}


def _invocation(more: Mapping[str, int]) -> dict[str, Any]:
    notes = [
        {"level": "note", "message": {"text": f"and {number:,} more of {visible(each)}"}, "descriptor": {"id": each}}
        for each, number in list(more.items())[:_RULES]
    ]
    return {"executionSuccessful": True} | ({"toolExecutionNotifications": notes} if notes else {})
