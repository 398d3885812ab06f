from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command import onrecord


def diff(*args: str, cwd: Path, code: int) -> Any:
    return onrecord("diff", *args, cwd=cwd, code=code)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    for side, name in (("old", "Mara Quill"), ("new", "Otto \x1b[2JVane")):
        (tmp_path / side / "data").mkdir(parents=True)
        pq.write_table(pa.table({"speaker_id": ["s1"], "name": [name]}), tmp_path / side / "data" / "speakers.parquet")
    return tmp_path


def test_it_exits_with_0_for_the_same_1_for_different_2_for_an_error(work: Path) -> None:
    assert diff("old", "old", cwd=work, code=0).stdout == "old: the same\n"
    shown = diff("old", "new", cwd=work, code=1).stdout
    assert "changed in speakers: 1" in shown
    assert "\x1b" not in shown
    done = diff("old", "gone", cwd=work, code=2)
    assert done.stderr.splitlines()[0] == "error: gone: no such folder"


def test_it_speaks_json_and_markdown(work: Path) -> None:
    form = json.loads(diff("old", "new", "--format", "json", cwd=work, code=1).stdout)
    assert form["new"]["tables"][0]["cells"] == {"name": 1}
    assert "### What changes in <code>new</code>" in diff("old", "new", "--format", "markdown", cwd=work, code=1).stdout
