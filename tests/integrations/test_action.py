from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from workflows import ROOT, Job, commit, git, load

ACTION = load("action.yml")


def job(repository: Path, tmp_path: Path, base: str = "") -> Job:
    temp = tmp_path / "temp"
    temp.mkdir()
    event = {"pull_request": {"base": {"sha": base}}} if base else {}
    return Job(repository, temp, {"github": {"event": event}}, {"Install onrecord": temp / "onrecord" / "bin"})


def commands(log: str) -> list[str]:
    """Return the lines of a log that the runner would take as commands, as it does: none while it is stopped."""
    found, token = [], None
    for line in log.splitlines():
        if token is None and (stop := re.fullmatch(r"::stop-commands::(\w{32})", line)):
            token = stop[1]
        elif token is not None and line == f"::{token}::":
            token = None
        elif token is None and (line.lstrip().startswith("::") or "##[" in line):
            found.append(line)
    assert token is None
    return found


def test_good_data_pass_and_say_so(repository: Path, tmp_path: Path) -> None:
    run = job(repository, tmp_path)
    assert run.action(ACTION, {}) == 0, run.log
    assert run.outputs["valid"] == "true"
    assert run.summary.startswith("### onrecord: valid")


def test_a_finding_is_an_annotation_a_summary_and_a_failure(repository: Path, tmp_path: Path) -> None:
    base = git("rev-parse", "HEAD", cwd=repository)
    for name in ("1.txt", "new é.txt"):
        (repository / "seeds" / "mine" / name).write_text(" " * len(name))
        if name == "1.txt":
            base = commit(repository, "An old fault")
    commit(repository, "A new one")
    run = job(repository, tmp_path, base)
    given = {"paths": "seeds\n", "sarif": "out.sarif", "junit": "out.xml", "json": "out.json"}
    assert run.action(ACTION, given) == 1
    errors = [line for line in commands(run.log) if line.startswith("::error ")]
    assert errors[0].startswith("::error file=seeds/mine/new é.txt,")
    assert errors[1].startswith("::error file=seeds/mine/1.txt,")
    assert run.outputs["valid"] == "false"
    assert int(run.outputs["findings"]) >= 2
    assert "new é.txt" in run.summary
    assert json.loads((repository / "out.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((repository / "out.json").read_text())["valid"] is False
    assert ET.parse(repository / "out.xml").getroot().tag == "testsuites"  # noqa: S314 -- our own text


@pytest.mark.slow
def test_a_baseline_lets_old_faults_rest(repository: Path, tmp_path: Path) -> None:
    (repository / "seeds" / "mine" / "1.txt").write_bytes(b"")
    command = [sys.executable, "-m", "onrecord.cli", "validate", "--write-baseline", "baseline.json"]
    subprocess.run(command, cwd=repository, check=True, capture_output=True)
    run = job(repository, tmp_path)
    assert run.action(ACTION, {"baseline": "baseline.json", "fail-on": "note"}) == 0, run.log


def test_what_a_document_or_its_name_says_is_no_command(repository: Path, tmp_path: Path) -> None:
    (repository / "seeds" / "mine" / "##[group]x ::error::y.txt").write_bytes(b"")
    (repository / "seeds" / "mine" / "a.txt").write_text("::set-output name=a::b\n##[add-mask]a\n")
    run = job(repository, tmp_path)
    assert run.action(ACTION, {}) == 1
    expected = re.compile(r"::(error|warning|notice) file=seeds/mine/[^:]*::[^\r\n]*")
    assert commands(run.log)
    assert all(expected.fullmatch(line) for line in commands(run.log)), run.log


@pytest.mark.slow
@pytest.mark.parametrize("given", [{"paths": "gone"}, {"paths": "--help"}, {"fail-on": "never"}, {"baseline": "gone"}])
def test_a_command_that_cannot_run_fails_and_says_where_to_look(
    repository: Path, tmp_path: Path, given: dict[str, str]
) -> None:
    run = job(repository, tmp_path)
    assert run.action(ACTION, given) in (1, 2)
    [line] = commands(run.log)
    assert line.startswith("::error title=onrecord::")


@pytest.mark.slow
def test_a_base_that_cannot_be_fetched_is_no_failure(repository: Path, tmp_path: Path) -> None:
    run = job(repository, tmp_path, base="0" * 40)
    assert run.action(ACTION, {}) == 0, run.log


@pytest.mark.slow
def test_the_action_installs_itself(repository: Path, tmp_path: Path) -> None:
    run = job(repository, tmp_path)
    run.installed = {}
    assert run.action(ACTION, {}) == 0, run.log
    assert (tmp_path / "temp" / "onrecord" / "bin" / "onrecord").is_file()
    python = tmp_path / "temp" / "onrecord" / "bin" / "python"
    subprocess.run([python, "-c", "import fastwarc, lxml, trafilatura"], check=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("schema", "path"),
    [("github-actions", "action.yml")]
    + [
        ("github-workflows", f".github/workflows/{path.name}")
        for path in sorted((ROOT / ".github/workflows").iterdir())
    ],
)
def test_actions_and_workflows_are_well_formed(schema: str, path: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_scripts_hold_no_expressions_and_actions_are_pinned_by_major_version() -> None:
    """An expression in a script is code that a pull request's title or branch could write."""
    steps = list(ACTION["runs"]["steps"])
    for path in (ROOT / ".github" / "workflows").iterdir():
        workflow = load(f".github/workflows/{path.name}")
        assert workflow["permissions"], path
        steps += [step for each in workflow["jobs"].values() for step in each["steps"]]
    for step in steps:
        assert "${{" not in step.get("run", "")
        assert step.get("uses", "./") == "./" or re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"])
    assert "secrets." not in (ROOT / "action.yml").read_text(encoding="utf-8")
