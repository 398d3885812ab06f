from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from workflows import ROOT, article, commit, git

CONFIG = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks:
      - id: onrecord-validate
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """This checkout as a repository of its own, with its commit."""
    folder = tmp_path_factory.mktemp("published") / "onrecord"
    skipped = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", ".hypothesis", "datasets", "tests")
    shutil.copytree(ROOT, folder, ignore=skipped)
    git("init", "--quiet", cwd=folder)
    return str(folder), commit(folder, "A release")


@pytest.mark.slow
def test_the_hook_stops_a_commit_with_a_fault_and_lets_a_good_one_pass(
    repository: Path, published: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    repo, rev = published
    (repository / ".pre-commit-config.yaml").write_text(CONFIG.format(repo=repo, rev=rev))
    env = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path_factory.getbasetemp() / "pre-commit")}

    def hook() -> subprocess.CompletedProcess[str]:
        git("add", "--all", cwd=repository)
        command = [sys.executable, "-m", "pre_commit", "run", "--verbose", "--color=never"]
        return subprocess.run(command, cwd=repository, env=env, capture_output=True, text=True, check=False)

    (repository / "seeds" / "mine" / "4.txt").write_text(article(4), encoding="utf-8")
    good = hook()
    assert good.returncode == 0, good.stdout
    assert "Passed" in good.stdout
    (repository / "seeds" / "mine" / "5.txt").write_bytes(b"")
    bad = hook()
    assert bad.returncode == 1
    assert "seeds/mine/5.txt" in bad.stdout
    (repository / "seeds" / "mine" / "5.txt").unlink()
    commit(repository, "An article")
    (repository / "README.md").write_text("Hello")
    assert "Skipped" in hook().stdout
