from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest


def onrecord(*args: str, cwd: Path, code: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord.cli", "diff", *args]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def work(tmp_path: Path) -> Path:
    for side, name in (("old", "Mara Quill"), ("new", "Otto \x1b[2JVane")):
        (tmp_path / side / "data").mkdir(parents=True)
        pq.write_table(pa.table({"speaker_id": ["s1"], "name": [name]}), tmp_path / side / "data" / "speakers.parquet")
    return tmp_path


def test_it_exits_with_0_for_the_same_1_for_different_2_for_an_error(work: Path) -> None:
    assert onrecord("old", "old", cwd=work, code=0).stdout == "old: the same\n"
    shown = onrecord("old", "new", cwd=work, code=1).stdout
    assert "changed in speakers: 1" in shown
    assert "\x1b" not in shown
    done = onrecord("old", "gone", cwd=work, code=2)
    assert done.stderr.splitlines()[0] == "error: gone: no such folder"


def test_it_speaks_json_and_markdown(work: Path) -> None:
    form = json.loads(onrecord("old", "new", "--format", "json", cwd=work, code=1).stdout)
    assert form["new"]["tables"][0]["cells"] == {"name": 1}
    assert (
        "### What changes in <code>new</code>"
        in onrecord("old", "new", "--format", "markdown", cwd=work, code=1).stdout
    )
