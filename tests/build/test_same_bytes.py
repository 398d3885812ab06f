from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from newsroom import collection

PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"},
)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_same_bytes_wherever_and_whenever_it_is_built(tmp_path: Path) -> None:
    built = []
    for number, place in enumerate(PLACES):
        home = tmp_path / str(number)
        collection(home / "seeds", articles=100)
        command = [sys.executable, "-m", "onrecord.cli", "build", "--workers", str(number + 1)]
        umask = 0o077 if number else 0o002
        subprocess.run(command, cwd=home, env={**os.environ, **place}, check=True, capture_output=True, umask=umask)
        built.append(contents(home / "datasets" / "invented"))
    assert built[0] == built[1]
