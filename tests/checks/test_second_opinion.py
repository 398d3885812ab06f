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
    from collections.abc import Callable
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


def _line(number: int, text: bytes) -> Callable[[bytes], bytes]:
    """Return what puts a line into a file, before the one of a number."""

    def put(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        return b"".join([*lines[:number], text + b"\n", *lines[number:]])

    return put


FILES: dict[str, Callable[[bytes], bytes]] = {
    "semicolons": lambda data: data.replace(b",", b";"),
    "tabs": lambda data: data.replace(b",", b"\t"),
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "Windows-1252": lambda data: data.replace(b'"Ada', '"Adé'.encode("cp1252"), 1),
    "header missing": lambda data: data.partition(b"\n")[2],
    "column misspelt": lambda data: data.replace(b'"name"', b'"naem"', 1),
    "column twice": lambda data: data.replace(b'"kind"', b'"name"', 1),
    "columns exchanged": lambda data: data.replace(b'"name","kind"', b'"kind","name"', 1),
    "column more": lambda data: data.replace(b"\n", b',"more"\n'),
    "cut within a row": lambda data: data[:-20],
    "cut within a quoted cell": lambda data: data[: data.rindex(b'"')],
    "cell more": lambda data: data.rstrip(b"\n") + b",1\n",
    "conflict": lambda data: _line(1, b"<<<<<<< HEAD")(_line(2, b"=======")(_line(3, b">>>>>>> main")(data))),
    "empty": lambda _: b"",
    "picture": lambda _: b"\x89PNG\r\n\x1a\n\x00\x00",
    "page": lambda _: b"<!DOCTYPE html>\n<html></html>\n",
}
SNIFFED = {"semicolons", "tabs", "UTF-16", "Windows-1252"}
"""What frictionless guesses and reads all the same, so that it has nothing to say."""


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_of_files(folder: Folder, name: str) -> None:
    path = folder.write(formats=("csv",)) and folder.csv("speakers")
    path.write_bytes(FILES[name](path.read_bytes()))
    assert ("speakers" in {table for table, _ in frictionless(folder.path)}) == (name not in SNIFFED)
    assert {issue.table for issue in checks.check_tables(folder.path) if issue.severity == "error"} >= {"speakers"}
