from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import yaml
from workflows import ROOT, load, stand_in

from onrecord.renderings import FORMATS, data

DOCUMENT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def block(language: str, has: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
    [text] = [text for text in found if has in text]
    return str(text)


def gitlab() -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load(block("yaml", "before_script"))
    return value


@pytest.mark.slow
def test_the_gitlab_snippet_is_well_formed(tmp_path: Path) -> None:
    (tmp_path / ".gitlab-ci.yml").write_text(block("yaml", "before_script"))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", ".gitlab-ci.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("given", "code"), [(None, 0), (b"", 1)])
def test_the_gitlab_snippet_leaves_its_reports(
    repository: Path, tmp_path: Path, given: bytes | None, code: int
) -> None:
    if given is not None:
        (repository / "seeds" / "mine" / "0.txt").write_bytes(given)
    stand_in(tmp_path / "bin")
    script = "set -eo pipefail\n" + "\n".join(gitlab()["onrecord"]["script"])
    path = f"{tmp_path / 'bin'}:/usr/bin:/bin"
    done = subprocess.run(["bash", "-c", script], cwd=repository, env={"PATH": path}, capture_output=True, check=False)
    assert done.returncode == code, done.stderr
    artifacts = gitlab()["onrecord"]["artifacts"]
    assert ET.parse(repository / artifacts["reports"]["junit"]).getroot().tag == "testsuites"  # noqa: S314 -- our own
    assert json.loads((repository / artifacts["paths"][0]).read_text())["valid"] is (code == 0)


def test_the_github_snippet_gives_inputs_that_there_are() -> None:
    [step] = [
        step
        for step in yaml.safe_load(block("yaml", "uses: OWNER"))["jobs"]["validate"]["steps"]
        if "onrecord" in step["uses"]
    ]
    inputs = load("action.yml")["inputs"]
    assert set(step["with"]) <= set(inputs)
    for name in inputs:
        assert f"`{name}`" in DOCUMENT, name


def test_the_example_of_a_report_is_one() -> None:
    jsonschema.validate(json.loads(block("json", '"valid"')), data.schema())


def test_every_format_is_documented() -> None:
    for name in FORMATS:
        assert f"| `{name}` |" in DOCUMENT


@pytest.mark.slow
def test_the_hook_is_well_formed_and_as_documented() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    [repo] = yaml.safe_load(block("yaml", "repos:"))["repos"]
    assert repo["hooks"] == [{"id": hook["id"]}]
    assert shutil.which(hook["entry"].split()[0], path=str(Path(sys.executable).parent))
