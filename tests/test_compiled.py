"""Extraction that is compiled for a wheel reads what the same source reads; without a compiler a wheel is made too."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hatchling.bridge.app import Application

ROOT = Path(__file__).parents[1]
NO_COMPILER = "compiling needs a C compiler (cc) and the headers of Python (Python.h)"

READ = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[2]]
import onrecord.extract.rules
from articles import article
from extraction import hard
from onrecord.extract import extract
print(Path(onrecord.extract.rules.__file__).suffix)
texts = [article(number) for number in range(40)]
texts += [hard(kind, 2_000) for kind in ("marks", "apostrophes", "capitals", "commas", "line", "cues", "brackets")]
texts += [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[3]).rglob("*.txt"))]
for text in texts:
    print(extract(text))
try:
    extract("Moss", language="xx")
except Exception as error:
    print(repr(error))
"""
"""Prints whether extraction is compiled, and all that it reads in texts of many kinds."""


def hook() -> Any:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def build(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    return subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, check=False)


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_COMPILE", raising=False)
    if not hook().wanted():
        pytest.skip(NO_COMPILER)


@pytest.mark.slow
@pytest.mark.usefixtures("compiler")
def test_compiled_extraction_reads_the_same(tmp_path: Path) -> None:
    done = build(tmp_path, ONRECORD_COMPILE="1")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    [wheel] = tmp_path.glob("*.whl")
    assert f"cp{sys.version_info.major}{sys.version_info.minor}" in wheel.name
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "compiled")
    shown = [
        subprocess.run(
            [sys.executable, "-c", READ, str(place), str(ROOT / "benchmarks"), str(ROOT / "seeds")],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for place in (tmp_path / "compiled", ROOT / "src")
    ]
    suffixes, read = zip(*(each.split("\n", 1) for each in shown), strict=True)
    assert suffixes == (Path(sysconfig.get_config_var("EXT_SUFFIX")).suffix, ".py")
    assert "Quote(" in read[0]
    assert "LexiconError" in read[0]
    assert read[0] == read[1]


def test_where_the_compiler_fails_the_wheel_is_made_without_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    module = hook()

    def fail(*_: object) -> None:
        raise SystemExit("no such header")

    monkeypatch.setattr(module, "compile_into", fail)
    monkeypatch.setattr(module, "wanted", lambda: True)
    compiling = module.CompileHook(str(ROOT), {}, None, None, "", "wheel", Application())
    data: dict[str, object] = {}
    compiling.initialize("standard", data)
    assert data == {}
    assert "extraction is not compiled, and will be slower: no such header" in "".join(capfd.readouterr())
    monkeypatch.setenv("ONRECORD_COMPILE", "1")
    with pytest.raises(SystemExit, match="no such header"):
        compiling.initialize("standard", data)


def test_without_a_compiler_nothing_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ONRECORD_COMPILE")
    monkeypatch.setenv("CC", str(tmp_path / "absent"))
    assert hook().wanted() is (os.name == "nt")
    monkeypatch.setenv("ONRECORD_COMPILE", "1")
    assert hook().wanted()
    monkeypatch.setenv("CC", sys.executable)
    monkeypatch.setenv("ONRECORD_COMPILE", "0")
    assert not hook().wanted()


def test_an_editable_install_is_never_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_COMPILE", "1")
    data: dict[str, object] = {}
    compiling = hook().CompileHook(str(ROOT), {}, None, None, "", "wheel")
    assert compiling.dependencies()
    compiling.initialize("editable", data)
    assert data == {}


def test_the_version_says_whether_extraction_is_compiled() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "onrecord 0.1.0 (extraction not compiled)"
