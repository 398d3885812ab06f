from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.converters import find
from onrecord.testing import check_converter

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.iterdir() if path.is_dir()))
def test_golden_folders(name: str) -> None:
    assert check_converter(find(name), GOLDEN / name) > 0
