"""Ctrl-C: quiet while nothing is done, found where it got lost, and told as what it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli import interrupts, terminal


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


class Lossy:
    """Whose end is interrupted: Python prints what is raised there, and goes on."""

    def __del__(self) -> None:
        press()


def test_a_ctrl_c_stops_what_is_at_work() -> None:
    with pytest.raises(KeyboardInterrupt), interrupts.heeded():
        press()
    assert not interrupts.asked()


def test_a_ctrl_c_that_got_lost_is_found_by_the_next_sign_of_progress(capfd: pytest.CaptureFixture[str]) -> None:
    with interrupts.heeded():
        lossy = Lossy()
        del lossy
        assert interrupts.asked()
        with terminal.progress("Building", "documents") as progress, pytest.raises(KeyboardInterrupt):
            progress(1, 2)
    assert capfd.readouterr().err == ""


RUN = """
import os, signal
from onrecord.cli import interrupts
{before}
os.kill(os.getpid(), signal.SIGINT)
print("went on")
"""


def run(before: str, tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    code = [sys.executable, "-c", RUN.format(before=before)]
    return subprocess.run([*command, *code], cwd=tmp_path, capture_output=True, text=True, check=False)


def test_a_command_that_has_not_begun_ends_without_a_word(tmp_path: Path) -> None:
    done = run("interrupts.quiet()", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_a_ctrl_c_that_whoever_started_us_ignores_stays_ignored(tmp_path: Path) -> None:
    done = run("interrupts.quiet()", tmp_path, "sh", "-c", "trap '' INT; exec \"$@\"", "sh")
    assert (done.returncode, done.stdout) == (0, "went on\n")


def test_a_library_that_makes_another_error_of_it_is_seen_through(tmp_path: Path) -> None:
    code = """
import os, signal, sys
from onrecord.cli import app
from onrecord import seeds
def find(*_):
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt:
        raise RuntimeError("Query interrupted") from None
seeds.find = find
app.app(["build"])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "error: interrupted"
