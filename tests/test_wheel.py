"""The wheel, installed in an empty environment elsewhere, does the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from newsroom import collection

from onrecord import schemas

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    [path] = folder.glob("*.whl")
    return path


def test_the_wheel_holds_exactly_the_package_and_the_schemas(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    tracked = subprocess.run(["git", "ls-files", "src/onrecord"], cwd=ROOT, capture_output=True, text=True, check=True)
    sources = {name.removeprefix("src/") for name in tracked.stdout.split()}
    declared = {f"onrecord/_schemas/{schemas.path(name).name}" for name in schemas.names()}
    declared.add("onrecord/_schemas/report.schema.json")
    assert names >= sources | declared
    assert {name for name in names if not name.endswith((".py", ".toml", ".json", ".txt", ".css", "py.typed"))} == set()


@pytest.mark.slow
def test_the_installed_wheel_builds_a_dataset_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    binaries = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    lock = ROOT / "requirements.lock"
    install = [binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", lock, wheel]
    subprocess.run(install, check=True)
    work = tmp_path / "elsewhere"
    work.mkdir()
    collection(work / "seeds", articles=2)
    for args in (
        ["build"],
        ["validate", "datasets"],
        ["describe"],
        ["release", "invented", "--version", "1.0.0", "--output", "out"],
        ["download", "invented", "--registry", "out", "--cache", "cache"],
    ):
        done = subprocess.run([binaries / "onrecord", *args], cwd=work, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (args, done.stderr)
    code = 'import onrecord; print(onrecord.load("invented", registry="out", cache="cache")["quotes"].num_rows)'
    done = subprocess.run([binaries / "python", "-c", code], cwd=work, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 0
