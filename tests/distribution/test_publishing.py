from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord import packages
from onrecord.errors import BuildError
from onrecord.packages import publishing


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "datasets" / "little"
    folder.mkdir(parents=True)
    (folder / "good.txt").write_text("the last good one")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "two renames":
        monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    return request.param


@pytest.mark.usefixtures("way")
def test_a_good_block_replaces_the_folder_whole(target: Path) -> None:
    with packages.writing(target) as staging:
        (staging / "new.txt").write_text("new")
        assert names(target) == ["good.txt"], "not yet"

    assert names(target) == ["new.txt"]
    assert names(target.parent) == [".little.lock", "little"]


def test_a_first_dataset_makes_its_folders(tmp_path: Path) -> None:
    with packages.writing(tmp_path / "a" / "b") as staging:
        (staging / "new.txt").write_text("new")

    assert names(tmp_path / "a" / "b") == ["new.txt"]


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt, OSError])
def test_a_block_that_raises_replaces_nothing(target: Path, stop: Any) -> None:
    def half(folder: Path) -> None:
        (folder / "new.txt").write_text("half")
        raise stop

    with pytest.raises(stop), packages.writing(target) as staging:
        half(staging)

    assert names(target) == ["good.txt"]
    assert names(target.parent) == [".little.lock", "little"]


def test_a_failed_second_rename_puts_the_good_one_back(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    rename = Path.rename

    def failing(self: Path, to: Path) -> Path:
        if self.name == ".little.staging":
            raise OSError(28, "No space left on device")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(BuildError, match="there is no room") as caught, packages.writing(target) as staging:
        (staging / "new.txt").write_text("new")

    assert caught.value.hint
    assert names(target) == ["good.txt"]


def test_a_kill_between_the_renames_is_mended_by_the_next_writer(target: Path) -> None:
    staging = target.parent / ".little.staging"
    staging.mkdir()
    target.rename(target.parent / ".little.previous")

    with packages.locked(target):
        packages.recover(target)

    assert names(target) == ["good.txt"]
    assert names(target.parent) == [".little.lock", "little"]


KILLED = """
import os, signal, sys
from pathlib import Path
from onrecord import packages
from onrecord.packages import publishing

steps = int(sys.argv[2])
def dying(function):
    def call(*args, **kwargs):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    return call
if sys.argv[3] == "two":
    publishing._exchange = lambda *_: False
publishing.sync_folder = dying(publishing.sync_folder)
publishing._exchange = dying(publishing._exchange)
Path.rename = dying(Path.rename)
publishing.shutil.rmtree = dying(publishing.shutil.rmtree)
with packages.writing(Path(sys.argv[1])) as staging:
    (staging / "new.txt").write_text("new")
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process by a signal")
@pytest.mark.parametrize("way", ["one", "two"])
def test_a_kill_at_any_step_leaves_one_whole_folder(target: Path, way: str) -> None:
    outcomes = set()
    for step in range(8):
        command = [sys.executable, "-c", KILLED, str(target), str(step), way]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode in {0, -signal.SIGKILL}, done.stderr
        with packages.locked(target):
            packages.recover(target)
        assert names(target) in (["good.txt"], ["new.txt"])
        assert names(target.parent) == [".little.lock", "little"]
        outcomes.add(names(target)[0])
        if done.returncode == 0:
            break
    assert done.returncode == 0
    assert outcomes == {"good.txt", "new.txt"}


def test_a_second_writer_is_told_who_is_writing(target: Path) -> None:
    with packages.locked(target), pytest.raises(BuildError) as caught, packages.writing(target):
        pass

    assert f"process {os.getpid()}" in caught.value.message
    assert caught.value.hint
    assert names(target) == ["good.txt"]


def test_a_link_is_refused(target: Path, tmp_path: Path) -> None:
    from onrecord.errors import PackageError

    (tmp_path / "secret").write_text("secret")
    with pytest.raises(PackageError, match="not a regular file"), packages.writing(target) as staging:
        (staging / "link").symlink_to(tmp_path / "secret")

    assert names(target) == ["good.txt"]
