"""A small dataset of two invented tables, and a place to serve one from."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from little import METADATA, ROWS, write_dataset
from served import Served

from onrecord import packages, releases
from onrecord.registry import Patience
from onrecord.reports import Report

Writer = Callable[..., Path]


@pytest.fixture
def make_dataset(tmp_path: Path) -> Writer:
    """Write the little dataset, or one with other rows, into a folder below `tmp_path`."""
    return lambda name="little", rows=None: write_dataset(tmp_path / "datasets" / name, rows)


@pytest.fixture(scope="session")
def little(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little dataset, for copying."""
    return write_dataset(tmp_path_factory.mktemp("session") / "little")


@pytest.fixture
def dataset(little: Path, tmp_path: Path) -> Path:
    shutil.copytree(little, tmp_path / "datasets" / "little")
    return tmp_path / "datasets" / "little"


@pytest.fixture
def rows() -> dict[str, list[dict[str, Any]]]:
    return copy.deepcopy(ROWS)


@pytest.fixture
def metadata() -> packages.Metadata:
    return METADATA


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Served]]:
    """Serve folders until the test ends."""
    running: list[Served] = []

    def start(folder: Path) -> Served:
        running.append(Served(folder))
        return running[-1]

    yield start
    for one in running:
        one.close()


@pytest.fixture(scope="session")
def little_releases(little: Path) -> Path:
    """A registry's folder with one release of the little dataset, for copying."""
    releases.release(little, version="1.0.0", output=little.parent / "releases", check=lambda _: Report())
    return little.parent / "releases"


@pytest.fixture
def output(little_releases: Path, tmp_path: Path) -> Path:
    shutil.copytree(little_releases, tmp_path / "releases")
    return tmp_path / "releases"


@pytest.fixture
def served(output: Path, serve: Callable[[Path], Served]) -> Served:
    return serve(output)


@pytest.fixture
def patience() -> Patience:
    """Three tries, and no waiting."""
    return Patience(tries=3, pause=0, connect=5, silence=5, sleep=lambda _: None)
