"""The workflow that releases a dataset, run step by step as GitHub would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from workflows import ROOT, Job, article, commit, git, load

from onrecord import releases

RELEASE = load(".github/workflows/release.yml")

NOTING = """#!/usr/bin/env python3
import json, os, sys
from pathlib import Path
name, args = Path(sys.argv[0]).name, sys.argv[1:]
for arg in args:
    if arg.startswith(("releases/", "notes")):
        assert Path(arg).exists(), arg
noted = {"args": [name, *args], "with": os.environ.get("GH_TOKEN" if name == "gh" else "HF_TOKEN")}
if "--notes-file" in args:
    noted["notes"] = Path(args[args.index("--notes-file") + 1]).read_text()
with Path(os.environ["CALLS"]).open("a") as file:
    file.write(json.dumps(noted) + "\\n")
"""


@pytest.fixture
def job(repository: Path, tmp_path: Path) -> Job:
    (repository / "requirements.lock").write_text("pinned\n", encoding="utf-8")
    work, temp, fake = (tmp_path / name for name in ("work", "temp", "fake"))
    for folder in (work, temp, fake):
        folder.mkdir()
    for name in ("gh", "hf"):
        (fake / name).write_text(NOTING)
        (fake / name).chmod(0o755)
    contexts: dict[str, Any] = {
        "github": {"sha": commit(repository, "Pin"), "repository": "owner/name", "token": "ours"},
        "secrets": {"HF_TOKEN": "theirs"},
        "inputs": {"collection": "mine", "version": "auto", "published": "", "hugging-face": "owner/mine"},
    }
    installed = {"Install onrecord": temp / "onrecord" / "bin"}
    env = {"CALLS": str(temp / "calls"), "PATH": f"{fake}{os.pathsep}{os.environ['PATH']}"}
    return Job(work, temp, contexts, installed, origin=repository, env=env)


def run(job: Job) -> str:
    """Run the first job on a fresh machine; return the version it says."""
    for folder in (job.workspace, job.temp / "onrecord"):
        shutil.rmtree(folder, ignore_errors=True)
    job.workspace.mkdir()
    assert job.run(RELEASE["jobs"]["release"]["steps"]) == 0, job.log
    version = str(job.contexts["steps"]["release"]["outputs"].get("version", ""))
    job.contexts["needs"] = {"release": {"outputs": {"version": version}}}
    return version


def calls(job: Job) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(job.env["CALLS"]).read_text().splitlines()]


def publish(job: Job, tmp_path: Path) -> None:
    """Run the second job, on a machine of its own."""
    job.workspace = tmp_path / "second"
    job.workspace.mkdir()
    assert job.run(RELEASE["jobs"]["publish"]["steps"]) == 0, job.log


@pytest.mark.slow
def test_a_dataset_is_released_proved_and_published(job: Job, tmp_path: Path) -> None:
    assert run(job) == "1.0.0"
    assert "the same bytes" in job.log
    assert "Released: mine@1.0.0" in job.summary
    publish(job, tmp_path)

    github, upload, tag = calls(job)
    folder = "releases/mine/1.0.0"
    assert github["args"][:4] == ["gh", "release", "create", "mine-1.0.0"]
    assert github["args"][-2:] == ["releases/mine/mine-1.0.0.zip", f"{folder}/SHA256SUMS"]
    assert github["args"][github["args"].index("--target") + 1] == job.contexts["github"]["sha"]
    assert github["notes"].strip().startswith("The first release: `articles` 2 rows")
    assert github["with"] == "ours"
    assert upload["args"][:5] == ["hf", "upload", "owner/mine", folder, "."]
    assert tag["args"] == ["hf", "repos", "tag", "create", "owner/mine", "1.0.0", "--repo-type", "dataset"]
    assert {upload["with"], tag["with"]} == {"theirs"}
    assert (tmp_path / "second" / folder / ".zenodo.json").is_file()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("hf", path=str(Path(sys.executable).parent)) is None, reason="asks the real command")
def test_hugging_faces_own_command_takes_the_arguments(job: Job, tmp_path: Path) -> None:
    run(job)
    publish(job, tmp_path)
    tool = Path(sys.executable).with_name("hf")
    for call in calls(job)[1:]:
        done = subprocess.run([tool, *call["args"][1:], "--help"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        wrong = subprocess.run([tool, *call["args"][1:], "--no-such", "--help"], capture_output=True, check=False)
        assert wrong.returncode == 2, "it does look at its arguments"


@pytest.mark.slow
def test_the_next_release_is_compared_with_what_is_published(job: Job, repository: Path, tmp_path: Path) -> None:
    run(job)
    public = tmp_path / "public"
    releases.publish(job.workspace / "releases", to=str(public))
    job.contexts["inputs"] |= {"published": str(public), "hugging-face": ""}
    assert run(job) == "", "nothing differs, so nothing is released"
    assert "nothing to release" in job.summary

    (repository / "seeds" / "mine" / "4.txt").write_text(article(4, "Ilse Moor"), encoding="utf-8")
    job.contexts["github"]["sha"] = commit(repository, "An article")
    assert run(job) == "1.1.0"
    publish(job, tmp_path)
    [github] = calls(job)
    assert "- `articles`: 1 row came" in github["notes"]
    assert "first release" not in github["notes"]


def test_only_the_job_that_runs_nothing_of_ours_may_write() -> None:
    jobs = RELEASE["jobs"]
    assert RELEASE["permissions"] == {"contents": "read"}
    assert "permissions" not in jobs["release"]
    assert jobs["publish"]["permissions"] == {"contents": "write"}
    assert jobs["publish"]["if"] == "needs.release.outputs.version != ''"
    scripts = "\n".join(step.get("run", "") for step in jobs["publish"]["steps"])
    assert "onrecord" not in scripts
    assert "checkout" not in str(jobs["publish"])
    said = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8").partition("publish:\n    needs")
    assert "token" not in said[0].lower()


def test_the_page_shows_the_commands_of_the_workflow() -> None:
    page = (ROOT / "docs" / "registry.md").read_text(encoding="utf-8")
    for words in ("gh release create", "hf upload", "hf repos tag create", "workflow run release.yml"):
        assert words in page
    assert git("ls-files", ".github/workflows/release.yml", cwd=ROOT)
