"""Everything README shows is run as it stands, in a fresh folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import onrecord
from newsroom import article

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as README has it: the seed's collection and its dataset, an article, articles by the line."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "datasets", folder / "datasets")
    (folder / "article.txt").write_text(article(), encoding="utf-8")
    (folder / "articles.jsonl").write_text('{"id": 1, "text": "He said no."}\n', encoding="utf-8")
    return folder


def test_everything_shown_runs(folder: Path) -> None:
    """Blocks in order: commands, and Python with the output shown after it."""
    env = {**os.environ, "ONRECORD_CACHE": str(folder / "cache"), "PYTHONIOENCODING": "utf-8"}
    ran = 0
    for number, (kind, text) in enumerate(BLOCKS):
        if kind == "console":
            for line in text.splitlines():
                assert line.startswith("$ "), line
                command = shlex.split(line.removeprefix("$ "))
                if command[0] == "onrecord":
                    onrecord(*command[1:], cwd=folder, ONRECORD_CACHE=str(folder / "cache"))
                else:
                    subprocess.run(command, cwd=folder, check=True)
                ran += 1
        elif kind == "python":
            done = subprocess.run(
                [sys.executable, "-c", text], cwd=folder, env=env, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, (text, done.stderr)
            assert BLOCKS[number + 1] == ("text", done.stdout)
            ran += 1
    assert ran >= 12


def test_the_first_screen_has_the_two_commands() -> None:
    screen = "\n".join(README.splitlines()[:20])
    targets = set(re.findall(r"^make ([\w-]+)", screen, re.MULTILINE))
    assert targets == {"dataset", "test"}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}: $(STAMP)" in makefile for target in targets)


def test_ci_runs_the_same_test_command() -> None:
    assert "\nmake test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]), ids=lambda p: p.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
