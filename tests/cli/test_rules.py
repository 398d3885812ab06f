"""`onrecord rules` lists every code that can be found, and none that cannot."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import onrecord
from onrecord.cli.rules import every
from onrecord.packages.rules import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(onrecord.__file__).parent
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def code_parameters() -> dict[str, int]:
    """Return where functions and classes that take a `code` take it, by name."""
    found = {}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args if argument.arg not in {"self", "cls"}]
            elif isinstance(node, ast.ClassDef):
                fields = (each.target for each in node.body if isinstance(each, ast.AnnAssign))
                names = [target.id for target in fields if isinstance(target, ast.Name)]
            else:
                continue
            if "code" in names:
                found[node.name] = names.index("code")
    return found


def constructed() -> Iterator[tuple[str, str]]:
    """Yield every code that is written where an Issue, a finding or a law is made, and the file."""
    taking = code_parameters()
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            given: list[ast.expr] = []
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                given = [word.value for word in node.keywords if word.arg == "code"]
                if name in taking:
                    given += node.args[taking[name] : taking[name] + 1]
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("RULES"):
                given = [node.slice]
            for each in given:
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and CODE.fullmatch(each.value):
                    yield each.value, str(path.relative_to(ROOT))


STRINGS = {
    node.value
    for tree in TREES.values()
    for node in ast.walk(tree)
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}


def test_every_code_that_is_made_is_listed() -> None:
    made = set(constructed())
    assert len(made) > 80
    known = every()
    assert [each for each in sorted(made) if each[0] not in known] == []


@pytest.mark.parametrize("code", sorted(set(every()) - {f"frictionless-{kind}" for kind in TYPES}))
def test_every_code_that_is_listed_is_made(code: str) -> None:
    assert code in STRINGS


def test_every_type_of_error_of_frictionless_is_listed() -> None:
    import frictionless

    def below(kind: type) -> Iterator[type]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    types = {each.type for each in below(frictionless.Error)}  # type: ignore[attr-defined]
    assert types <= set(TYPES)


def test_every_rule_is_told_in_full() -> None:
    for rule in every().values():
        assert all((rule.title, rule.why, rule.example, rule.remedy)), rule.code


def test_every_rule_is_broken_in_a_test() -> None:
    tests = Path(__file__).parents[1]
    told = {path: path.read_text(encoding="utf-8") for pattern in ("*.py", "*.json") for path in tests.rglob(pattern)}
    planted = "\n".join(text for path, text in told.items() if path != Path(__file__))
    codes = set(every()) - {f"frictionless-{kind}" for kind in TYPES}
    assert [code for code in sorted(codes) if f'"{code}"' not in planted and f"[{code}]" not in planted] == []
