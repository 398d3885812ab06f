"""What is found in the segments of a dataset and across them is what is found in the whole."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from onrecord import checks

from .test_laws import FAULTS, GROUPS, Fault, moves_rows

if TYPE_CHECKING:
    from onrecord.reports import Report

    from .conftest import Folder

Found = Counter[tuple[str | None, ...]]


def said(*reports: Report) -> Found:
    return Counter(
        (issue.code, issue.file, str(issue.line), issue.field, issue.key, issue.value)
        for report in reports
        for issue in report
    )


def apart(folder: Folder) -> Found:
    return said(checks.check_segment(folder.path), checks.check_across(folder.path))


@pytest.mark.parametrize("group", range(GROUPS))
def test_faults_are_found_once_in_a_segment_or_across(folder: Folder, group: int) -> None:
    for fault in sorted(FAULTS[group::GROUPS], key=moves_rows):
        fault.breaks(folder.rows)
    folder.write()
    assert apart(folder) == said(checks.check_tables(folder.path))


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_found_once_in_a_segment_or_across(folder: Folder, fault: Fault) -> None:
    fault.breaks(folder.rows)
    folder.write()
    assert apart(folder) == said(checks.check_tables(folder.path))


def test_a_segment_needs_no_speakers(folder: Folder) -> None:
    folder.write()
    for path in (folder.path / "data").glob("speakers.*"):
        path.unlink()
    assert checks.check_segment(folder.path).valid


@pytest.mark.parametrize(
    ("table", "row", "values", "code"),
    [
        ("attributions", 0, {"speaker_id": "0" * 16}, "keys-resolve"),
        ("articles", 0, {"similar_to": "0" * 16, "similarity": 0.9}, "keys-resolve"),
        ("speakers", 0, {"name": "Somebody Else"}, "ids-derived"),
    ],
)
def test_what_other_articles_decide_is_found_across_alone(
    folder: Folder, table: str, row: int, values: dict[str, object], code: str
) -> None:
    folder.rows[table][row].update(values)
    folder.write()
    assert code in checks.check_across(folder.path).totals
    assert code not in checks.check_segment(folder.path).totals
