from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from onrecord.testing import check_converter

GOLDEN = Path(__file__).parents[1] / "golden"
MODULES = {
    "capture": "capture",
    "csv": "delimited",
    "feed": "feed",
    "html": "html",
    "jsonl": "jsonl",
    "parquet": "parquet",
    "warc": "warc",
}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_golden_folders(name: str) -> None:
    if name == "warc":
        pytest.importorskip("fastwarc", reason="needs onrecord[warc]")
    convert = importlib.import_module(f"onrecord.converters.{MODULES[name]}").convert
    assert check_converter(convert, GOLDEN / name) > 0
