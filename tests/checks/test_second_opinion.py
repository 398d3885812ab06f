"""frictionless, run on the same planted faults, finds none that onrecord misses."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from layout import Layout

from onrecord import checks, schemas

from .test_laws import FAULTS, moves_rows
from .test_planted import PLANTED, published

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Folder

__all__ = ["published"]
GROUPS = 4


def frictionless(folder: Path) -> set[tuple[str, int | None]]:
    """Return the tables and records in which frictionless's own command finds errors; a record counts from 0."""
    resources = [
        {"name": name, "path": f"data/{name}.csv", "type": "table", "schema": dict(schemas.load(name).declaration)}
        for name in schemas.names()
        if (folder / "data" / f"{name}.csv").is_file()
    ]
    if len(resources) == 1:
        resources[0]["schema"] = {**resources[0]["schema"], "foreignKeys": []}
    path = folder / "datapackage.json"
    path.write_text(json.dumps({"name": "a", "resources": resources}))
    command = [sys.executable, "-m", "frictionless", "validate", path.name, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    report: dict[str, Any] = json.loads(done.stdout)
    errors = [(task["name"], error) for task in report["tasks"] for error in task["errors"]]
    assert report["tasks"], done.stderr
    return {(name, error["rowNumber"] - 2 if "rowNumber" in error else None) for name, error in errors}


def ours(folder: Path) -> set[tuple[str | None, int | None]]:
    """Return the tables and lines in which onrecord finds anything."""
    return {(issue.table, issue.line) for issue in checks.check_tables(folder)}


def missed(folder: Path) -> list[tuple[str, int | None]]:
    """Return where frictionless finds something and onrecord nothing."""
    known = ours(folder)
    layouts = {
        path.stem: Layout.of(path.read_bytes().decode().removeprefix("\ufeff").replace("\r\n", "\n"))
        for path in (folder / "data").glob("*.csv")
    }
    return [
        (table, row)
        for table, row in sorted(frictionless(folder), key=str)
        if (table, None if row is None else layouts[table].place(row, None)[0]) not in known
        and not any(
            each == table
            and line is not None
            and row is not None
            and layouts[table].place(row, None)[0] <= line < layouts[table].place(row + 1, None)[0]
            for each, line in known
        )
    ]


@pytest.mark.slow
@pytest.mark.parametrize("table", ["articles", "attributions"])
def test_of_cells(published: dict[str, str], tmp_path: Path, table: str) -> None:
    layout = Layout.of(published[table])
    for row, fault in enumerate(fault for fault in PLANTED if fault.table == table):
        layout.put(row, fault.field, fault.raw)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / f"{table}.csv").write_bytes(layout.text().encode())
    assert frictionless(tmp_path)
    assert missed(tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("group", range(GROUPS))
def test_of_laws(folder: Folder, group: int) -> None:
    for fault in sorted(FAULTS[group::GROUPS], key=moves_rows):
        fault.breaks(folder.rows)
    assert missed(folder.write(formats=("csv",))) == []
