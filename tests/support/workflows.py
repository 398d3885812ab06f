"""Runs the steps of actions and workflows as GitHub would: their own shell scripts, in an environment like its.

What a step `uses` is done by a stand-in: a checkout clones the repository made in the test, an upload notes the
file. Expressions are looked up in the contexts; one that is not known fails the test.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
_EXPRESSION = re.compile(r"\$\{\{\s*([\w.\-]+)\s*\}\}")


ARTICLE = """Harbour bridge reopens after {n} weeks
By Ada Invented
Published on March 1, 2024, at 10:51 am (Paris)

The bridge was opened again on Friday. "The bridge is safe," said Mara Quill, an engineer at the harbour office.

"We are glad," said {speaker}, who has lived nearby for {n} years.
"""


def article(n: int, speaker: str = "Otto Vane") -> str:
    """Return an invented article with two quotes."""
    return ARTICLE.format(n=n, speaker=speaker)


def load(path: str) -> dict[str, Any]:
    """Return an action or a workflow."""
    value: dict[str, Any] = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    return value


def git(*args: str, cwd: Path) -> str:
    """Run git as nobody in particular."""
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *args], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(repository: Path, message: str) -> str:
    """Commit everything, and return the commit."""
    git("add", "--all", cwd=repository)
    git("commit", "--quiet", "--allow-empty", "-m", message, cwd=repository)
    return git("rev-parse", "HEAD", cwd=repository)


def stand_in(folder: Path) -> None:
    """Make `onrecord` and `python` in a folder, as an installation would."""
    folder.mkdir(parents=True)
    for name, arguments in (("onrecord", "-m onrecord.cli"), ("python", "")):
        (folder / name).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {arguments} "$@"\n')
        (folder / name).chmod(0o755)


@dataclass
class Job:
    """A job on a runner: its workspace, its contexts, and what its steps said."""

    workspace: Path
    temp: Path
    contexts: dict[str, Any]
    installed: Mapping[str, Path] = field(default_factory=dict)
    origin: Path | None = None
    env: dict[str, str] = field(default_factory=dict)
    log: str = ""
    summary: str = ""
    uploads: dict[str, Path] = field(default_factory=dict)

    def run(self, steps: list[dict[str, Any]]) -> int:
        """Run steps until one fails, and return its exit code."""
        for step in steps:
            if code := self._step(step):
                return code
        return 0

    def _step(self, step: dict[str, Any]) -> int:
        if uses := step.get("uses"):
            return self._use(uses, {key: self._text(value) for key, value in step.get("with", {}).items()})
        if step.get("name", "") in self.installed:
            stand_in(self.installed[step["name"]])
            return 0
        return self._script(step)

    def _use(self, uses: str, given: dict[str, str]) -> int:
        name = uses.partition("@")[0]
        if name == "actions/checkout":
            assert self.origin is not None
            target = self.workspace / given.get("path", ".")
            target.mkdir(exist_ok=True)
            git("init", "--quiet", cwd=target)
            git("remote", "add", "origin", self.origin.as_uri(), cwd=target)
            wanted = given.get("ref") or self.contexts["github"]["sha"]
            depth = ["--depth=1"] if given.get("fetch-depth", "1") == "1" else []
            git("fetch", "--quiet", *depth, "origin", wanted, cwd=target)
            git("checkout", "--quiet", "FETCH_HEAD", cwd=target)
        elif name == "actions/upload-artifact":
            self.uploads[given["name"]] = self.workspace / given["path"]
            assert self.uploads[given["name"]].exists()
        elif name == "actions/download-artifact":
            shutil.copytree(self.uploads[given["name"]], self.workspace / given["path"])
        elif name == "./":
            return self.action(load("action.yml"), given)
        else:
            assert name == "actions/setup-python", uses
        return 0

    def action(self, action: dict[str, Any], given: Mapping[str, str]) -> int:
        """Run a composite action with inputs."""
        inputs = {name: given.get(name, value["default"]) for name, value in action["inputs"].items()}
        assert not set(given) - set(inputs)
        outer = self.contexts
        self.contexts = {**outer, "inputs": inputs, "steps": {}}
        self.contexts["github"] = {**outer["github"], "action_path": str(ROOT)}
        code = self.run(action["runs"]["steps"])
        self.outputs = {
            name: self._text(value["value"]) if not code or self.contexts["steps"] else ""
            for name, value in action["outputs"].items()
        }
        self.contexts = outer
        return code

    def _script(self, step: dict[str, Any]) -> int:
        files = {name: self.temp / f"{name}.txt" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
        script = self.temp / "step.sh"
        script.write_text(step["run"])
        env = {key: self._text(value) for key, value in step.get("env", {}).items()}
        env |= {"RUNNER_TEMP": str(self.temp)} | {name: str(path) for name, path in files.items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env={**os.environ, **self.env, **env},
            capture_output=True,
            text=True,
            check=False,
        )
        self.log += done.stdout + done.stderr
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        pairs = (line.partition("=") for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines())
        outputs = {name: value for name, _, value in pairs}
        if "id" in step:
            self.contexts.setdefault("steps", {})[step["id"]] = {"outputs": outputs}
        return done.returncode

    def _text(self, value: object) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        return _EXPRESSION.sub(lambda found: str(self._look_up(found[1])), str(value))

    def _look_up(self, expression: str) -> object:
        at: Any = self.contexts
        for part in expression.split("."):
            at = at.get(part, "") if isinstance(at, Mapping) else ""
        return at
