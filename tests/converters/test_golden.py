from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from onrecord.testing import check_converter

GOLDEN = Path(__file__).parents[1] / "golden"
CONVERTERS = Path(__file__).parents[2] / "src" / "onrecord" / "converters"
NAMES = sorted(path.name for path in GOLDEN.iterdir() if (path.name in {p.stem for p in CONVERTERS.iterdir()}))


@pytest.mark.parametrize("name", NAMES)
def test_golden_folders(name: str) -> None:
    convert = importlib.import_module(f"onrecord.converters.{name}").convert
    assert check_converter(convert, GOLDEN / name) > 0
