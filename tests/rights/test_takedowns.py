from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from newsroom import article, collection

from onrecord import checks, releases
from onrecord.build import Build, build, work
from onrecord.errors import ReleaseError
from onrecord.validation import validate

URL = "https://example.org/bridge"


def taking(folder: Path, line: str) -> Path:
    path = folder / "collection.toml"
    path.write_text(f"{line}\n{path.read_text()}")
    return folder


def articles(outcome: Build) -> dict[str, dict[str, Any]]:
    found = pq.read_table(outcome.folder / "data" / "articles.parquet").to_pylist()
    return {row["seed_path"]: row for row in found}


def tombstones(outcome: Build) -> list[dict[str, str]]:
    says = json.loads((outcome.folder / "datapackage.json").read_text())
    return list(says.get("onrecord:tombstones", ()))


KEY = hashlib.sha256(article(0).encode()).hexdigest()[:16]
"""The key of the first of the invented articles."""


@pytest.mark.parametrize("by", ["path", "key", "address"])
def test_a_takedown_is_one_line_and_leaves_a_tombstone(tmp_path: Path, by: str) -> None:
    gone = KEY
    name = {"path": "0000.txt", "key": gone, "address": URL}[by]
    folder = taking(collection(tmp_path / "seeds", articles=3), f'takedown = ["{name}"]')
    (folder / "0000.txt.toml").write_text(f'url = "{URL}"\n')
    outcome = build(folder, tmp_path / "out", workers=1)
    assert outcome.published, list(outcome.report)
    assert set(articles(outcome)) == {"0001.txt", "0002.txt"}
    assert tombstones(outcome) == [{"article_id": gone}]
    for name in ("quotes", "set_aside"):
        assert gone not in pq.read_table(outcome.folder / "data" / f"{name}.parquet")["article_id"].to_pylist()
    assert gone in (outcome.folder / "README.md").read_text()
    again = build(folder, tmp_path / "out", workers=2)
    assert tombstones(again) == tombstones(outcome)


def test_a_reason_is_kept(tmp_path: Path) -> None:
    folder = taking(collection(tmp_path / "seeds", articles=2), 'takedown = { "0000.txt" = "asked by the publisher" }')
    [stone] = tombstones(build(folder, tmp_path / "out", workers=1))
    assert stone["reason"] == "asked by the publisher"


def test_a_key_stays_when_its_document_is_gone(tmp_path: Path) -> None:
    gone = KEY
    folder = taking(collection(tmp_path / "seeds", articles=3), f'takedown = ["{gone}"]')
    (folder / "0000.txt").unlink()
    outcome = build(folder, tmp_path / "out", workers=1)
    assert outcome.published
    assert tombstones(outcome) == [{"article_id": gone}]


def test_nothing_is_said_of_what_was_taken_down(tmp_path: Path) -> None:
    folder = taking(collection(tmp_path / "seeds", articles=2), 'takedown = ["0000.txt"]')
    (folder / "0000.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "corrections.csv").write_text(
        "document,action,quote,field,prefix,suffix,table,column,speaker,old,new,reason,evidence\n"
        "0000.txt,review,bolt,,,,attributions,speaker,,Mara Quill,,heard it,recording\n"
    )
    outcome = build(folder, tmp_path / "out", workers=1)
    assert outcome.published, list(outcome.report)
    assert not [issue for issue in outcome.report if "0000.txt" in str(issue)]
    assert len(tombstones(outcome)) == 1
    assert validate(folder).valid


@pytest.mark.parametrize("name", ["0009.txt", "https://example.org/other"])
def test_a_name_that_takes_nothing_down_stops_the_build(tmp_path: Path, name: str) -> None:
    folder = taking(collection(tmp_path / "seeds"), f'takedown = ["{name}"]')
    outcome = build(folder, tmp_path / "out", workers=1)
    assert not outcome.published
    [issue] = [issue for issue in outcome.report if issue.code == "takedown-unmatched"]
    assert (issue.line, issue.value) == (1, name)
    assert [each.code for each in validate(folder) if each.severity == "error"] == ["takedown-unmatched"]


def test_a_release_of_what_was_taken_down_cannot_be_made(tmp_path: Path) -> None:
    outcome = build(collection(tmp_path / "seeds"), tmp_path / "out", workers=1)
    path = outcome.folder / "datapackage.json"
    says = json.loads(path.read_text())
    gone = articles(outcome)["0000.txt"]["article_id"]
    path.write_text(json.dumps(says | {"onrecord:tombstones": [{"article_id": gone}]}))
    [issue] = [issue for issue in checks.check_tables(outcome.folder) if issue.code == "withdrawn"]
    assert (issue.line, issue.key) == (2, gone)
    with pytest.raises(ReleaseError):
        releases.release(outcome.folder, version="1.0.0", output=tmp_path / "registry")


@pytest.mark.slow
def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "JOB_DOCUMENTS", 4)
    folder = taking(collection(tmp_path / "seeds", articles=15), 'takedown = ["0003.txt", "0012.txt"]')
    one = build(folder, tmp_path / "one", workers=1)
    two = build(folder, tmp_path / "two", workers=2)
    assert len(tombstones(one)) == 2
    for path in one.folder.rglob("*"):
        assert path.is_dir() or path.read_bytes() == (two.folder / path.relative_to(one.folder)).read_bytes()


@pytest.mark.parametrize(("name", "hint"), [("000.txt", "did you mean '0000.txt'?"), ("nothing like it", "tombstones")])
def test_a_name_that_takes_nothing_down_comes_with_what_to_do(tmp_path: Path, name: str, hint: str) -> None:
    folder = taking(collection(tmp_path / "seeds", articles=1), f'takedown = ["{name}"]')
    for report in (build(folder, tmp_path / "out", workers=1).report, validate(folder)):
        [issue] = [issue for issue in report if issue.code == "takedown-unmatched"]
        assert hint in (issue.hint or "")
