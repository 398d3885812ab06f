"""Row groups: where they begin is said by keys, so that one more row changes one of them."""

from __future__ import annotations

import hashlib
import itertools
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from onrecord import tables
from onrecord.tables import parquets

if TYPE_CHECKING:
    from pathlib import Path

CUTS = "^.{14}0"


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquets, "CUT", CUTS)


def asides(articles: int, each: int = 3) -> list[dict[str, Any]]:
    keys = sorted(hashlib.sha256(str(number).encode()).hexdigest()[:16] for number in range(articles))
    return [
        {"article_id": key, "field": "body", "start": start, "end": start + 1, "text": f"“{key}”", "reason": "term"}
        for key in keys
        for start in range(each)
    ]


def written(path: Path, rows: list[dict[str, Any]], *, size: int = 1000) -> pq.ParquetFile:
    batch = tables.to_batch("set_aside", rows)
    with tables.ParquetWriter(path, "set_aside") as writer:
        for start in range(0, len(rows), size):
            writer.write(batch.slice(start, size))
    return pq.ParquetFile(path)


def groups(file: pq.ParquetFile) -> list[list[str]]:
    found = [file.read_row_group(number, columns=["article_id"]) for number in range(file.num_row_groups)]
    return [group.column(0).to_pylist() for group in found]


def test_groups_begin_with_an_article_and_hold_it_whole(tmp_path: Path) -> None:
    found = groups(written(tmp_path / "a", asides(200)))
    assert len(found) > 5
    assert all(group[0][14] == "0" for group in found[1:])
    assert all(one[-1] != other[0] for one, other in itertools.pairwise(found))


@pytest.mark.parametrize("size", [1, 2, 7, 599])
def test_batches_do_not_show(tmp_path: Path, size: int) -> None:
    rows = asides(200)
    written(tmp_path / "a", rows)
    written(tmp_path / "b", rows, size=size)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_one_more_row_changes_one_group(tmp_path: Path) -> None:
    rows = asides(400)
    one = groups(written(tmp_path / "a", rows))
    rows.insert(301, {**rows[300], "start": 99})
    other = groups(written(tmp_path / "b", sorted(rows, key=lambda row: (row["article_id"], row["start"]))))
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


def test_no_group_is_larger_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquets, "CUT", "^never")
    monkeypatch.setitem(parquets.GROUP_ROWS, "set_aside", 100)
    found = groups(written(tmp_path / "a", asides(100), size=33))
    assert [len(group) for group in found] == [100, 100, 100]
