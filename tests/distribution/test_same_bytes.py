"""The same documents, lock file and version give the same bytes, wherever, whenever and however they are made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from newsroom import article, collection
from workflows import commit, git

TRAVEL = """
import os
import time_machine
time_machine.travel(os.environ["INVENTED_DAY"], tick=True).start()
"""

MAKE = """
import datetime, os, pathlib, subprocess, sys, time

os.umask(int(sys.argv[1], 8))
workers = sys.argv[2]
from onrecord.cli import main
def run(*args):
    sys.argv = ["onrecord", *args]
    try:
        main()
    except SystemExit as end:
        assert not end.code, args
for tag in ("first", "second"):
    subprocess.run(["git", "checkout", "--quiet", tag], check=True)
    run("build", "--workers", workers)
    run("release", "invented", "--output", "releases")
print("made in", datetime.datetime.now().year, time.strftime("%Z", time.localtime()), pathlib.Path.cwd().name)
"""

SURROUNDINGS = {
    "here": ("022", "1", "2026-02-03T04:05:06Z", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}),
    "elsewhere ü": ("077", "3", "1999-12-01T23:59:59Z", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
    "far": ("002", "2", "2041-07-01T00:00:00Z", {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE"}),
}


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with two tags: a collection, and more of it."""
    root = tmp_path / "origin"
    folder = collection(root / "seeds", articles=12)
    (root / "requirements.lock").write_text("pinned\n", encoding="utf-8")
    git("init", "--quiet", cwd=root)
    commit(root, "Twelve articles")
    git("tag", "first", cwd=root)
    (folder / "0012.txt").write_text(article(12).replace("Mara Quill", "Otto Vane"), encoding="utf-8")
    commit(root, "One more")
    git("tag", "second", cwd=root)
    return root


def made(origin: Path, place: str, tmp_path: Path) -> dict[str, bytes]:
    umask, workers, day, variables = SURROUNDINGS[place]
    git("clone", "--quiet", origin.as_uri(), place, cwd=tmp_path)
    (tmp_path / "travel").mkdir(exist_ok=True)
    (tmp_path / "travel" / "sitecustomize.py").write_text(TRAVEL, encoding="utf-8")
    env = {
        **os.environ,
        **variables,
        "INVENTED_DAY": day,
        "PYTHONPATH": str(tmp_path / "travel"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "advice.detachedHead",
        "GIT_CONFIG_VALUE_0": "false",
    }
    command = [sys.executable, "-c", MAKE, umask, workers]
    done = subprocess.run(command, cwd=tmp_path / place, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"made in {day[:4]}" in done.stdout, "the day is another"
    folder = tmp_path / place / "releases"
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".lock"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.slow
def test_two_releases_are_the_same_on_any_day_in_any_surroundings(origin: Path, tmp_path: Path) -> None:
    releases = {place: made(origin, place, tmp_path) for place in SURROUNDINGS}
    first = releases.pop("here")
    assert {"invented/invented-1.0.0.zip", "invented/1.1.0/data/quotes.parquet"} <= set(first)
    assert {Path(path).suffix for path in first} >= {".zip", ".csv", ".parquet", ".json", ".md", ".cff"}
    for place, other in releases.items():
        assert set(other) == set(first)
        assert [path for path in first if first[path] != other[path]] == [], place
