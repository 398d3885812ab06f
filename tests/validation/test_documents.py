"""Kinds of findings about documents that no other test plants."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from command import onrecord
from newsroom import article, collection
from workflows import commit, git

from onrecord.errors import OnrecordError
from onrecord.validation import validate

PUBLISHED = "Published on March 1, 2024, at 10:51 am (Paris)"
LONG = "The engineers say that the bridge has been tested for two years and that it will hold. " * 4


@pytest.mark.parametrize(
    ("code", "old", "new", "line"),
    [
        ("date-ambiguous", PUBLISHED, "Published on 03/04/2024", 7),
        ("date-conflict", PUBLISHED, f"{PUBLISHED}\n\n{PUBLISHED.replace('March 1', 'March 2')}", 9),
        (
            "unread-share-invalid",
            "Story number 0.",
            "You have 155% of this article left to read. The rest is for subscribers only.",
            17,
        ),
        ("caption-uncertain", "2 min read\n", f"2 min read\n\nThe bridge was closed on Monday.\n\n{LONG}\n", 11),
    ],
)
def test_a_doubt_is_found_at_its_line(tmp_path: Path, code: str, old: str, new: str, line: int) -> None:
    folder = collection(tmp_path)
    path = next(folder.glob("*.txt"))
    path.write_text(article().replace(old, new, 1), encoding="utf-8")
    found = [issue for issue in validate(folder, today=date(2025, 1, 1)) if issue.code == code]
    assert [(issue.file, issue.line) for issue in found] == [(path.as_posix(), line)]


def test_a_document_that_is_no_file_is_found(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    (folder / "more").mkdir()
    (folder / "linked.txt").symlink_to(folder / "more")
    found = [issue for issue in validate(folder) if issue.code == "seed-unreadable"]
    assert [(issue.file, issue.message) for issue in found] == [
        ((folder / "linked.txt").as_posix(), "the file cannot be read: Is a directory")
    ]


def test_a_release_from_a_clone_without_its_history_says_so(tmp_path: Path) -> None:
    collection(tmp_path / "whole" / "seeds")
    git("init", "--quiet", cwd=tmp_path / "whole")
    commit(tmp_path / "whole", "One")
    (tmp_path / "whole" / "README").write_text("more")
    commit(tmp_path / "whole", "Two")
    git("clone", "--quiet", "--depth", "1", (tmp_path / "whole").as_uri(), "shallow", cwd=tmp_path)
    onrecord("build", cwd=tmp_path / "shallow")
    done = onrecord("release", "invented", "--output", "out", "--dry-run", cwd=tmp_path / "shallow")
    assert "[shallow-clone] git has no full history of " in done.stderr


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_conflict_that_a_merge_left_is_an_error_and_no_text(tmp_path: Path, end: str) -> None:
    folder = collection(tmp_path)
    path = next(folder.glob("*.txt"))
    text = article().replace("2 min read", "<<<<<<< HEAD\n2 min read\n=======\n3 min read\n>>>>>>> other")
    path.write_bytes(text.replace("\n", end).encode())
    found = [(issue.code, issue.file, issue.line) for issue in validate(folder) if issue.severity == "error"]
    assert found == [("merge-conflict", path.as_posix(), line) for line in (9, 11, 13)]
    path.write_bytes(article().replace("2 min read", "<<<<<<< is no mark alone").encode())
    assert "merge-conflict" not in validate(folder).totals


def test_a_document_alone_is_checked_with_its_collection(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    with pytest.raises(OnrecordError) as caught:
        validate(next(folder.glob("*.txt")))
    assert caught.value.hint == f"a document is checked with its collection: onrecord validate {folder}"
