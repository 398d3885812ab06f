from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from workflows import ROOT, Job, article, commit, git, load

VALIDATE = load(".github/workflows/validate.yml")
COMMENT = load(".github/workflows/comment.yml")


def steps(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = VALIDATE["jobs"][name]["steps"]
    return found


@pytest.fixture
def job(repository: Path, tmp_path: Path) -> Job:
    base = git("rev-parse", "HEAD", cwd=repository)
    work, temp = tmp_path / "work", tmp_path / "temp"
    work.mkdir()
    temp.mkdir()
    github = {"event": {"pull_request": {"base": {"sha": base}, "number": 7}}}
    return Job(work, temp, {"github": github}, origin=repository)


def propose(job: Job, repository: Path) -> None:
    job.contexts["github"]["sha"] = commit(repository, "A change")


def run_tables(job: Job) -> str:
    todo = steps("tables")
    [install] = [step for step in todo if step.get("name") == "Install both sides"]
    sides = [{"name": f"install {side}"} for side in ("base", "head")]
    at = todo.index(install)
    job.installed = {f"install {side}": job.workspace / "venvs" / side / "bin" for side in ("base", "head")}
    assert job.run(todo[:at] + sides + todo[at + 1 :]) == 0, job.log
    return job.uploads["comment"].read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_pull_request_is_told_what_it_does_to_the_tables(job: Job, repository: Path) -> None:
    (repository / "seeds" / "mine" / "4.txt").write_text(article(4, "Ilse Moor"), encoding="utf-8")
    propose(job, repository)
    comment = run_tables(job)
    assert "### What changes in <code>mine</code>" in comment
    assert "| <code>articles</code> | 2 | 3 | 1 | 0 | 0 |" in comment
    assert "quotes appeared**" in comment
    assert "“We are glad,”" in comment
    assert job.summary == comment


@pytest.mark.slow
def test_a_change_without_effect_is_told_so(job: Job, repository: Path) -> None:
    (repository / "README.md").write_text("Hello")
    propose(job, repository)
    assert run_tables(job) == "The tables are the same as before.\n"


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["head", "base"])
def test_a_side_that_cannot_be_built_is_named_and_nothing_is_said_to_be_gone(
    job: Job, repository: Path, broken: str
) -> None:
    descriptor = repository / "seeds" / "mine" / "collection.toml"
    good = descriptor.read_text()
    descriptor.write_text("nonsense")
    if broken == "base":
        job.contexts["github"]["event"]["pull_request"]["base"]["sha"] = commit(repository, "Broken")
        descriptor.write_text(good)
    propose(job, repository)
    comment = run_tables(job)
    assert comment.startswith(f"> `mine` could not be built on the side of the {broken}, and is not compared.\n")
    assert "vanished" not in comment
    assert "appeared" not in comment


@pytest.mark.slow
def test_a_first_collection_is_all_new(job: Job, repository: Path) -> None:
    shutil.move(repository / "seeds", repository.parent / "aside")
    job.contexts["github"]["event"]["pull_request"]["base"]["sha"] = commit(repository, "Nothing")
    shutil.move(repository.parent / "aside", repository / "seeds")
    propose(job, repository)
    comment = run_tables(job)
    assert "could not be built" not in comment
    assert "| <code>articles</code> | none | 2 | 2 | 0 | 0 |" in comment


@pytest.mark.slow
def test_an_article_that_goes_takes_its_quotes_along(job: Job, repository: Path) -> None:
    (repository / "seeds" / "mine" / "3.txt").unlink()
    propose(job, repository)
    comment = run_tables(job)
    assert "| <code>articles</code> | 2 | 1 | 0 | 1 | " in comment
    assert "quotes vanished**" in comment


@pytest.mark.slow
def test_the_name_of_a_folder_is_no_markdown(job: Job, repository: Path) -> None:
    evil = repository / "seeds" / "[x](https:!) `$(touch pwned)` @all"
    evil.mkdir()
    (evil / "collection.toml").write_text("nonsense")
    propose(job, repository)
    comment = run_tables(job)
    assert comment.startswith("> A dataset could not be built on the side of the head, and is not compared.\n")
    assert not list(job.workspace.rglob("pwned"))


def test_the_pull_request_is_validated_at_its_own_lines(job: Job, repository: Path) -> None:
    (repository / "seeds" / "mine" / "4.txt").write_bytes(b"")
    propose(job, repository)
    job.installed = {"Install onrecord": job.temp / "onrecord" / "bin"}
    assert job.run(steps("validate")) == 1
    assert "::error file=seeds/mine/4.txt," in job.log


GH = """#!/usr/bin/env python3
import json, os, subprocess, sys
from pathlib import Path
args = sys.argv[1:]
here = Path(os.environ["FAKE"])
with (here / "calls").open("a") as file:
    file.write(json.dumps(args) + "\\n")
if args[:2] == ["run", "download"]:
    if not (here / "comment.md").exists():
        sys.exit("no artifact")
    target = Path(args[args.index("--dir") + 1])
    target.mkdir()
    (target / "comment.md").write_bytes((here / "comment.md").read_bytes())
elif "--input" in args:
    (here / "posted").write_text(Path(args[args.index("--input") + 1]).read_text())
else:
    name = "pulls" if any(each.endswith("/pulls") for each in args) else "comments"
    jq = args[args.index("--jq") + 1]
    done = subprocess.run(["jq", "--raw-output", jq, str(here / f"{name}.json")], capture_output=True, text=True)
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    sys.exit(done.returncode)
"""


@pytest.fixture
def commenting(tmp_path: Path) -> Job:
    """The job that comments, with a `gh` that answers from files and notes what it is asked."""
    fake, work, temp = tmp_path / "fake", tmp_path / "work", tmp_path / "temp"
    for folder in (fake, work, temp):
        folder.mkdir()
    (fake / "gh").write_text(GH)
    (fake / "gh").chmod(0o755)
    (fake / "comment.md").write_text("The tables are the same as before.\n")
    pulls = [{"number": 6, "head": {"sha": "older"}}, {"number": 7, "head": {"sha": "abc"}}]
    (fake / "pulls.json").write_text(json.dumps(pulls))
    (fake / "comments.json").write_text("[]")
    event = {
        "workflow_run": {
            "id": 1,
            "head_sha": "abc",
            "head_branch": "a&b;$(touch pwned)",
            "head_repository": {"owner": {"login": "someone"}},
        }
    }
    github = {"event": event, "repository": "owner/name", "token": "none"}
    env = {"FAKE": str(fake), "PATH": f"{fake}{os.pathsep}{os.environ['PATH']}"}
    return Job(work, temp, {"github": github}, env=env)


def calls(job: Job) -> list[list[str]]:
    return [json.loads(line) for line in (Path(job.env["FAKE"]) / "calls").read_text().splitlines()]


needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="jq stands in for gh's own --jq")


@needs_jq
def test_a_comment_is_written_on_the_pull_request_that_was_validated(commenting: Job) -> None:
    assert commenting.run(COMMENT["jobs"]["comment"]["steps"]) == 0, commenting.log
    last = calls(commenting)[-1]
    assert last[:4] == ["api", "--method", "POST", "repos/owner/name/issues/7/comments"]
    posted = json.loads((Path(commenting.env["FAKE"]) / "posted").read_text())
    assert posted["body"] == "<!-- onrecord: what changes in the tables -->\nThe tables are the same as before.\n"
    assert any("head=someone:a&b;$(touch pwned)" in call for call in calls(commenting))
    assert not (commenting.workspace / "pwned").exists()


@needs_jq
def test_the_comment_of_an_earlier_push_is_replaced_but_nobody_elses(commenting: Job) -> None:
    mark = "<!-- onrecord: what changes in the tables -->"
    comments = [
        {"id": 1, "user": {"login": "mallory"}, "body": mark},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "other"},
        {"id": 3, "user": {"login": "github-actions[bot]"}, "body": mark + " old"},
    ]
    (Path(commenting.env["FAKE"]) / "comments.json").write_text(json.dumps(comments))
    assert commenting.run(COMMENT["jobs"]["comment"]["steps"]) == 0, commenting.log
    assert calls(commenting)[-1][:4] == ["api", "--method", "PATCH", "repos/owner/name/issues/comments/3"]


@needs_jq
@pytest.mark.slow
@pytest.mark.parametrize("missing", ["comment.md", "pulls.json"])
def test_nothing_to_say_or_nobody_to_tell_is_no_failure(commenting: Job, missing: str) -> None:
    path = Path(commenting.env["FAKE"]) / missing
    path.unlink() if missing == "comment.md" else path.write_text("[]")
    assert commenting.run(COMMENT["jobs"]["comment"]["steps"]) == 0, commenting.log
    assert not (Path(commenting.env["FAKE"]) / "posted").exists()


@needs_jq
@pytest.mark.slow
def test_a_comment_fits_what_github_takes(commenting: Job) -> None:
    (Path(commenting.env["FAKE"]) / "comment.md").write_bytes(b"\xff" + "漢".encode() * 100_000)
    assert commenting.run(COMMENT["jobs"]["comment"]["steps"]) == 0, commenting.log
    posted = json.loads((Path(commenting.env["FAKE"]) / "posted").read_text())
    assert len(posted["body"]) < 65_536


def test_only_the_job_that_runs_nothing_may_write() -> None:
    assert VALIDATE["permissions"] == {"contents": "read"}
    assert COMMENT["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert all("uses" not in step for step in COMMENT["jobs"]["comment"]["steps"])


FILES = {path.name: load(f".github/workflows/{path.name}") for path in (ROOT / ".github/workflows").iterdir()}
EVERY = [
    *((name, step) for name, file in FILES.items() for job in file["jobs"].values() for step in job["steps"]),
    *(("action.yml", step) for step in load("action.yml")["runs"]["steps"]),
]


def test_nothing_that_others_choose_enters_a_script() -> None:
    scripts = [(where, step["run"]) for where, step in EVERY if "run" in step]
    assert len(scripts) > 8
    assert [where for where, script in scripts if "${{" in script] == []


def test_no_checkout_leaves_a_token_behind() -> None:
    checkouts = [(where, step) for where, step in EVERY if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) >= 4
    assert [where for where, step in checkouts if step["with"].get("persist-credentials") is not False] == []


def test_nobody_elses_code_runs_but_that_of_github() -> None:
    uses = {step["uses"] for _, step in EVERY if "uses" in step}
    assert {each.partition("/")[0] for each in uses} <= {"actions", "."}
    assert all(each == "./" or "@v" in each for each in uses)


@pytest.mark.parametrize("name", FILES)
def test_a_workflow_says_what_it_may_and_runs_no_strangers_code_with_more(name: str) -> None:
    triggers = FILES[name][True]  # YAML takes the key `on` for a boolean
    assert "pull_request_target" not in triggers
    if "pull_request" in triggers:
        assert FILES[name]["permissions"] == {"contents": "read"}
        assert all("permissions" not in job for job in FILES[name]["jobs"].values())
    assert FILES[name]["permissions"].get("contents", "read") == "read"
