"""What docs/reading.md shows is run against a served release of the repository's own dataset."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Served

from onrecord import releases
from onrecord.reports import Report

ROOT = Path(__file__).parents[2]
EXAMPLE = "https://example.org/releases"
PAGE = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COUNT = "\nprint(len(quotes))\n"


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    output = tmp_path_factory.mktemp("reading") / "releases"
    releases.release(ROOT / "datasets/lemonde-en", version="1.0.0", output=output, check=lambda _: Report())
    server = Served(output)
    yield server
    server.close()


@pytest.fixture(scope="module")
def rows() -> int:
    with (ROOT / "datasets/lemonde-en/data/quotes.csv").open(encoding="utf-8", newline="") as file:
        return len(list(csv.DictReader(file)))


def run(command: list[str], home: Path) -> str:
    env = {
        **os.environ,
        "HOME": str(home),
        "HF_HOME": str(home),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "no_proxy": "127.0.0.1",
    }
    done = subprocess.run(command, cwd=home, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def block(word: str, registry: Served) -> str:
    text = next(text for _, text in BLOCKS if word in text)
    return text.replace(EXAMPLE, registry.url)


def test_every_block_of_the_page_is_run_here() -> None:
    assert [kind for kind, _ in BLOCKS] == ["python", "python", "python", "r", "python", "sh", "python"]


@pytest.mark.slow
@pytest.mark.parametrize("library", ["pandas", "polars", "duckdb", "datasets", "mlcroissant"])
def test_a_library_reads_it_where_it_is(library: str, registry: Served, rows: int, tmp_path: Path) -> None:
    shutil.copytree(registry.folder / "lemonde-en/1.0.0", tmp_path / "lemonde-en")
    program = block(f"import {library}\n", registry) + COUNT
    assert run([sys.executable, "-c", program], tmp_path).splitlines()[-1] == str(rows)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_it_where_it_is(registry: Served, rows: int, tmp_path: Path) -> None:
    program = block("read.csv", registry) + "cat(nrow(quotes), sum(is.na(quotes$text)), class(quotes$start))\n"
    assert run(["Rscript", "-e", program], tmp_path) == f"{rows} 0 integer"


@pytest.mark.skipif(shutil.which("unzip") is None or shutil.which("curl") is None, reason="needs curl and unzip")
def test_it_is_fetched_and_proved_by_hand(registry: Served, tmp_path: Path) -> None:
    program = block("curl", registry)
    run(["sh", "-ec", program], tmp_path)
    harmed = registry.folder / "lemonde-en/1.0.0/README.md"
    assert (tmp_path / "lemonde-en/README.md").read_bytes() == harmed.read_bytes()
    (tmp_path / "lemonde-en/README.md").write_text("x")
    done = subprocess.run(["sha256sum", "--quiet", "--check", "SHA256SUMS"], cwd=tmp_path / "lemonde-en", check=False)
    assert done.returncode == 1
