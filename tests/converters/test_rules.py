from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onrecord.converters import RULES
from onrecord.converters.datelines import HINTS, MESSAGES

SOURCES = Path(__file__).parents[2] / "src" / "onrecord" / "converters"
GOLDEN = Path(__file__).parents[1] / "golden"
ELSEWHERE = {"converter-failed": "error", "modified-before-published": "warning"}
CODE = re.compile(
    r"""(?:warn|note|issue|fault|_at|code=)\(?\s*(?:finding, |document, )?["']([a-z0-9]+(?:-[a-z0-9]+)+)["']"""
)


def test_every_code_is_explained() -> None:
    used = {
        code
        for path in SOURCES.rglob("*.py")
        if path.name != "rules.py"
        for code in CODE.findall(path.read_text("utf-8"))
    }
    assert len(used) > 30
    assert used - set(ELSEWHERE) <= set(RULES)
    assert set(HINTS) == set(MESSAGES) <= set(RULES)


@pytest.mark.parametrize(
    "path", sorted(GOLDEN.glob("*/*/expected.json")), ids=lambda path: f"{path.parts[-3]}-{path.parts[-2]}"
)
def test_golden_findings_have_the_severity_of_their_rule(path: Path) -> None:
    for issue in json.loads(path.read_text("utf-8"))["issues"]:
        assert issue["hint"]
        rule = RULES.get(issue["code"])
        assert issue["severity"] == (rule.severity if rule else ELSEWHERE[issue["code"]])
