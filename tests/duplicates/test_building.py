from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from newsroom import article, collection

from onrecord import checks
from onrecord.build import Build, build, work

OTHER = """\
The ferry stops at noon

Published on March 2, 2024, at 10:51 am (Paris)

The ferry between the islands stops at noon from Monday on, because its engine is worn and a new one is late. \
Passengers may take the bus over the dam, which leaves every half hour from the old market.
"""


def articles(outcome: Build) -> dict[str, dict[str, Any]]:
    found = pq.read_table(outcome.folder / "data" / "articles.parquet").to_pylist()
    return {row["seed_path"]: row for row in found}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_copies_are_linked_reported_and_kept(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", articles=2)
    (folder / "ferry.txt").write_text(OTHER)
    outcome = build(folder, tmp_path / "out", workers=1)
    assert outcome.published, list(outcome.report)
    found = articles(outcome)
    assert len(found) == 3
    assert found["ferry.txt"]["similar_to"] is None
    [copy] = [row for row in found.values() if row["similar_to"]]
    assert copy["similar_to"] in {row["article_id"] for row in found.values()} - {copy["article_id"]}
    assert 0.6 <= copy["similarity"] <= 1
    [issue] = [issue for issue in outcome.report if issue.code == "near-duplicate"]
    assert issue.key == copy["article_id"]
    assert issue.file == f"{folder.as_posix()}/{copy['seed_path']}"
    assert checks.check_tables(outcome.folder).valid
    assert not [path for path in outcome.folder.iterdir() if path.name.startswith(".")]


def test_a_withheld_body_is_compared_all_the_same(tmp_path: Path) -> None:
    outcome = build(collection(tmp_path / "seeds", articles=2, body="withheld"), tmp_path / "out", workers=1)
    assert outcome.report.totals["near-duplicate"] == 1


@pytest.mark.slow
def test_any_number_of_workers_and_any_cache_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "JOB_DOCUMENTS", 4)
    folder = collection(tmp_path / "seeds", articles=12)
    build(folder, tmp_path / "two", workers=2)
    for number in range(12, 16):
        (folder / f"{number:04}.txt").write_text(article(number).replace("bridge", f"bridge {number}"))
    one = build(folder, tmp_path / "one", workers=1)
    two = build(folder, tmp_path / "two", workers=2)
    assert contents(one.folder) == contents(two.folder)
    assert len([row for row in articles(one).values() if row["similar_to"]]) >= 11


def test_a_collection_may_expect_no_copies(tmp_path: Path) -> None:
    folder = collection(tmp_path / "seeds", articles=2, more="\n[expect]\nnear_duplicates = 0\n")
    outcome = build(folder, tmp_path / "out", workers=1)
    assert not outcome.published
    [issue] = [issue for issue in outcome.report if issue.severity == "error"]
    assert (issue.code, issue.value, issue.expected) == ("expected-duplicates", "1", "0")
    assert (folder / "collection.toml").read_text().splitlines()[(issue.line or 0) - 1] == "near_duplicates = 0"
    (folder / "0001.txt").unlink()
    assert build(folder, tmp_path / "out", workers=1).published
