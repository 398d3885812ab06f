"""Clean data: nothing but notes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from onrecord import checks
from onrecord.derive.strategies import entries
from onrecord.tables.strategies import tables as datasets

from .conftest import Folder, entry

if TYPE_CHECKING:
    from onrecord.records import Entry

QUIET = {"formula-cell", "offsets-unchecked"}
TEXTS = {"bidi-control", "zero-width", "mojibake", "not-nfc"}
"""What is said, as a warning, of texts that Hypothesis makes of any characters there are."""


def test_the_example_is_valid(folder: Folder) -> None:
    assert set(checks.check_tables(folder.write()).totals) == {"formula-cell"}
    assert list(checks.check_entry(entry())) == []


def test_the_example_is_valid_without_bodies(withheld: Folder) -> None:
    assert set(checks.check_tables(withheld.write()).totals) <= QUIET


@settings(deadline=None, max_examples=8)
@given(datasets())
def test_every_valid_dataset_passes(dataset: dict[str, list[dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as path:
        report = checks.check_tables(Folder(Path(path), dataset).write())
    assert set(report.totals) <= QUIET | TEXTS, [str(issue) for issue in report]
    assert report.valid


@settings(deadline=None, max_examples=50)
@given(entries())
def test_every_valid_entry_passes(drawn: Entry) -> None:
    assert list(checks.check_entry(drawn)) == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_one_format_is_enough(folder: Folder, form: str) -> None:
    assert set(checks.check_tables(folder.write(formats=(form,))).totals) == {"formula-cell"}


def test_a_single_file_is_checked_for_itself(folder: Folder) -> None:
    folder.write()
    assert checks.check_file(folder.csv("spans")).totals == {}
