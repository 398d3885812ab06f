from __future__ import annotations

from pathlib import Path

import pytest
from command import onrecord
from newsroom import collection

from onrecord import corrections
from onrecord.build import build

BECAUSE = ("--reason", "heard it", "--evidence", "recording")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return collection(tmp_path / "seeds", articles=2)


def document(folder: Path) -> str:
    return f"seeds/{folder.name}/0000.txt"


def rows(folder: Path) -> list[corrections.Correction]:
    found, issues = corrections.read((folder / corrections.FILE_NAME).read_bytes())
    assert issues == []
    return found


def test_a_review_from_flags_is_written_and_applies(tmp_path: Path, folder: Path) -> None:
    onrecord("correct", document(folder), "--quote", "every bolt", "--action", "review", *BECAUSE, cwd=tmp_path)
    [row] = rows(folder)
    assert (row.document, row.column, row.old) == ("0000.txt", "speaker", "Mara Quill")
    outcome = build(folder, tmp_path / "out", workers=1)
    assert outcome.published


def test_a_change_from_flags_names_the_old_value_itself(tmp_path: Path, folder: Path) -> None:
    change = ("--action", "change", "--column", "cue_text", "--new", "an engineer")
    onrecord("correct", document(folder), "--quote", "bridge is safe", *change, *BECAUSE, cwd=tmp_path)
    [row] = rows(folder)
    assert (row.table, row.old, row.new) == ("attributions", "said", "an engineer")


def test_what_stands_in_the_file_stays_to_the_byte(tmp_path: Path, folder: Path) -> None:
    onrecord("correct", document(folder), "--quote", "1", "--action", "review", *BECAUSE, cwd=tmp_path)
    path = folder / corrections.FILE_NAME
    path.write_bytes(path.read_bytes().replace(b"heard it", b'"heard it"').replace(b"\n", b"\r\n").rstrip())
    before = path.read_bytes()
    onrecord("correct", document(folder), "--quote", "every bolt", "--action", "review", *BECAUSE, cwd=tmp_path)
    after = path.read_bytes()
    assert after.startswith(before + b"\r\n")
    assert after.count(b"\n") == after.count(b"\r\n") == 3
    assert len(rows(folder)) == 2


def test_questions_and_answers(tmp_path: Path, folder: Path) -> None:
    answers = "change\nevery bolt\nspeaker\nTomas Venn\nit is he\nrecording\n"
    done = onrecord("correct", document(folder), cwd=tmp_path, stdin=answers)
    assert "The bridge is safe" in done.stdout
    [row] = rows(folder)
    assert (row.action, row.column, row.old, row.new) == ("change", "speaker", "Mara Quill", "Tomas Venn")
    assert (row.reason, row.evidence) == ("it is he", "recording")


def test_a_quote_is_added_and_removed(tmp_path: Path, folder: Path) -> None:
    remove = ("--quote", "every bolt", "--action", "remove", "--new", "slogan")
    onrecord("correct", document(folder), *remove, *BECAUSE, cwd=tmp_path)
    add = ("--quote", "We have tested every bolt.", "--action", "add", "--new", "direct")
    onrecord("correct", document(folder), *add, *BECAUSE, cwd=tmp_path)
    assert [row.action for row in rows(folder)] == ["remove", "add"]
    assert build(folder, tmp_path / "out", workers=1).published


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("--quote", "no such words", "--action", "review"), "no quote of the document holds these words"),
        (("--quote", "no such words", "--action", "review"), "give words that stand in one, or its number"),
        (("--quote", "the", "--action", "review"), "give more words of it, or its number"),
        (("--quote", "1", "--action", "change", "--column", "venu", "--new", "x"), "no column 'venu'"),
        (("--quote", "1", "--action", "change", "--column", "venu", "--new", "x"), "did you mean 'venue'?"),
        (
            ("--quote", "1", "--action", "change", "--column", "venue"),
            "--new is missing, and nobody is there to answer",
        ),
        (("--quote", "1", "--action", "review", "--old", "Ada Moss"), "0000.txt; table"),
        (("--quote", "1", "--action", "review", "--old", "Ada Moss"), "expects 'Ada Moss'"),
        (("--quote", "1", "--action", "change", "--column", "cue_text", "--new", "nowhere"), "stands nowhere"),
        (("--quote", "1", "--action", "change", "--column", "channel", "--new", "speach"), "did you mean 'speech'?"),
        (("--quote", "every bolt", "--action", "remove", "--new", ""), "accounted for nowhere"),
    ],
)
def test_what_would_not_apply_is_not_written(tmp_path: Path, folder: Path, flags: tuple[str, ...], says: str) -> None:
    done = onrecord("correct", document(folder), *flags, *BECAUSE, cwd=tmp_path, code=1)
    assert says in done.stderr
    assert not (folder / corrections.FILE_NAME).exists()


def test_a_document_of_no_collection(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    done = onrecord("correct", "a.txt", cwd=tmp_path, code=1)
    assert "no document of a collection" in done.stderr


def test_a_file_with_a_mistake_is_not_written_on(tmp_path: Path, folder: Path) -> None:
    (folder / corrections.FILE_NAME).write_text("nonsense\n")
    done = onrecord("correct", document(folder), "--quote", "1", cwd=tmp_path, code=1)
    assert "corrections.csv:1" in done.stderr
    assert (folder / corrections.FILE_NAME).read_text() == "nonsense\n"
