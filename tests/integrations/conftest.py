"""A repository of one collection, as a contributor has it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from workflows import article, commit, git


def onrecord(*args: str, cwd: Path) -> None:
    subprocess.run([sys.executable, "-m", "onrecord.cli", *args], cwd=cwd, check=True, capture_output=True)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    onrecord("new", "mine", cwd=folder)
    descriptor = folder / "seeds" / "mine" / "collection.toml"
    text, said = re.subn(
        r"^# *language = .*", 'language = "en"', descriptor.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert said == 1
    descriptor.write_text(text, encoding="utf-8")
    for n in (2, 3):
        (folder / "seeds" / "mine" / f"{n}.txt").write_text(article(n), encoding="utf-8")
    return folder


@pytest.fixture
def repository(template: Path, tmp_path: Path) -> Path:
    """A repository whose first commit holds the collection."""
    folder = Path(shutil.copytree(template, tmp_path / "repository"))
    git("init", "--quiet", cwd=folder)
    commit(folder, "Two articles")
    return folder
