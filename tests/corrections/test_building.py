from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from newsroom import collection

from onrecord import checks, corrections
from onrecord.build import Build, build, work
from onrecord.corrections import Correction
from onrecord.validation import validate

BOLT = {"quote": "tested every bolt", "reason": "heard it", "evidence": "recording"}


def row(document: str, action: str, table: str = "attributions", **more: Any) -> Correction:
    return Correction(document=document, action=action, table=table, **(BOLT | more))  # type: ignore[arg-type]


def write(folder: Path, *rows: Correction) -> Path:
    text = corrections.header() + "".join(map(corrections.line, rows))
    (folder / corrections.FILE_NAME).write_text(text, encoding="utf-8", newline="")
    return folder


def table(outcome: Build, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(outcome.folder / "data" / f"{name}.parquet").to_pylist()
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_applies_corrections(tmp_path: Path) -> None:
    folder = write(
        collection(tmp_path / "seeds", articles=2),
        row("0000.txt", "change", column="speaker", old="Mara Quill", new="Tomas Venn"),
        row("0001.txt", "review", column="speaker", old="Mara Quill"),
    )
    outcome = build(folder, tmp_path / "out", workers=1)
    assert outcome.published, list(outcome.report)
    assert sorted(each["review"] for each in table(outcome, "attributions"))[:1] == ["corrected"]
    assert {each["review"] for each in table(outcome, "attributions")} == {"corrected", "machine", "reviewed"}
    assert checks.check_tables(outcome.folder).valid


def test_a_corrected_speaker_wins_over_what_other_articles_say(tmp_path: Path) -> None:
    before = build(collection(tmp_path / "seeds", articles=3), tmp_path / "before", workers=1)
    [known] = [one for one in table(before, "speakers") if one["name"] == "Mara Quill"]
    for each in ("0000.txt", "0001.txt", "0002.txt"):
        change = row(each, "change", "speakers", column="description", old=known["description"], new="chief engineer")
        folder = write(collection(tmp_path / each / "seeds", articles=3), change)
        outcome = build(folder, tmp_path / each / "out", workers=1)
        assert outcome.published, list(outcome.report)
        [speaker] = [one for one in table(outcome, "speakers") if one["name"] == "Mara Quill"]
        assert speaker["description"] == change.new


def test_what_does_not_hold_stops_the_build_and_is_named_by_line(tmp_path: Path) -> None:
    folder = write(
        collection(tmp_path / "seeds", articles=2),
        row("0000.txt", "review", column="speaker", old="Mara Quill"),
        row("0009.txt", "review", column="speaker", old="Mara Quill"),
        row("0001.txt", "review", column="speaker", old="Ada Moss"),
        row("0001.txt", "review", column="speaker", old="Mara Quill", quote="no such words"),
    )
    outcome = build(folder, tmp_path / "out", workers=1)
    assert not outcome.published
    found = {(issue.line, issue.code) for issue in outcome.report if issue.severity == "error"}
    assert found == {(3, "correction-document"), (4, "correction-outdated"), (5, "correction-anchor")}
    assert {issue.file for issue in outcome.report if issue.line in (3, 4, 5)} == {
        f"{folder.as_posix()}/corrections.csv"
    }
    assert {(issue.line, issue.code) for issue in validate(folder) if issue.severity == "error"} == found
    file = folder / corrections.FILE_NAME
    assert {(issue.line, issue.code) for issue in validate(file) if issue.severity == "error"} == found


def test_a_misspelt_row_stops_the_build(tmp_path: Path) -> None:
    folder = write(collection(tmp_path / "seeds"), row("0000.txt", "revew", column="speaker", old="Mara Quill"))
    outcome = build(folder, tmp_path / "out", workers=1)
    assert not outcome.published
    assert outcome.report.totals["corrections-file"] == 1


@pytest.mark.slow
@pytest.mark.slow
def test_any_number_of_workers_and_any_cache_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "JOB_DOCUMENTS", 4)
    folder = collection(tmp_path / "seeds", articles=15)
    build(folder, tmp_path / "two", workers=2)
    rows = [row(f"{n:04}.txt", "review", column="speaker", old="Mara Quill") for n in range(0, 15, 5)]
    write(folder, *rows, row("0003.txt", "change", column="speaker", old="Mara Quill", new="Ada Moss"))
    one = build(folder, tmp_path / "one", workers=1)
    two = build(folder, tmp_path / "two", workers=2)
    again = build(folder, tmp_path / "two", workers=2)
    assert one.published, list(one.report)
    assert contents(one.folder) == contents(two.folder) == contents(again.folder)
    reviews = [each["review"] for each in table(two, "attributions")]
    assert (reviews.count("reviewed"), reviews.count("corrected")) == (len(rows), 1)


@pytest.mark.parametrize("by", ["path", "key"])
def test_a_document_is_named_by_path_or_key(tmp_path: Path, by: str) -> None:
    folder = collection(tmp_path / "seeds")
    [article] = table(build(folder, tmp_path / "out", workers=1), "articles")
    name = "0000.txt" if by == "path" else article["article_id"]
    write(folder, row(name, "review", column="speaker", old="Mara Quill"))
    assert build(folder, tmp_path / "out", workers=1).published
