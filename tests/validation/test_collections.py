"""A contributor who validates a collection hears all that a build would say, at the line that is to be mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from newsroom import article, collection

from onrecord.reports import Issue
from onrecord.validation import validate

TODAY = date(2025, 1, 1)
PUBLISHED = "Published on March 1, 2024, at 10:51 am (Paris)"


def found(folder: Path, code: str) -> list[Issue]:
    return [issue for issue in validate(folder, today=TODAY) if issue.code == code]


def place(folder: Path, issue: Issue) -> tuple[str, int | None, int | None]:
    return Path(issue.file or "").relative_to(folder).as_posix(), issue.line, issue.column


def test_nothing_is_found_in_a_good_collection(tmp_path: Path) -> None:
    assert [
        issue for issue in validate(collection(tmp_path, articles=2), today=TODAY) if issue.severity != "note"
    ] == []


@pytest.mark.parametrize(
    ("code", "old", "new", "at"),
    [
        ("mojibake", "every bolt", "every cafÃ©", (11, "Ã©")),
        ("zero-width", "Tomas Venn", "Tomas\u200b Venn", (13, "\u200b")),
        ("bidi-control", "Tomas Venn", "Tomas \u202eVenn", (13, "\u202e")),
        ("not-nfc", "Tomas Venn", "Tome\u0301 Venn", (13, "e\u0301")),
        ("mojibake", "By Lena Harrow", "By LÃ©na Harrow", (5, "Ã©")),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_unclean_text_is_found_at_its_line_of_the_document(
    tmp_path: Path, code: str, old: str, new: str, at: tuple[int, str], end: str
) -> None:
    folder = collection(tmp_path)
    path = next(folder.glob("*.txt"))
    path.write_bytes(article().replace(old, new, 1).replace("\n", end).encode())
    issues = found(folder, code)
    assert issues
    for issue in issues:
        name, line, column = place(folder, issue)
        assert (name, line) == (path.name, at[0])
        assert column is not None
        assert path.read_text(encoding="utf-8").split("\n")[at[0] - 1][column - 1 :].startswith(at[1])
        assert code != "mojibake" or (issue.hint or "").startswith("this is é, read as Ã©: ")


def test_a_fault_on_several_lines_has_no_line_rather_than_a_wrong_one(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    path = next(folder.glob("*.txt"))
    path.write_text(f"{article()}\ncafÃ©\n\ncafÃ©\n", encoding="utf-8")
    assert {place(folder, issue) for issue in found(folder, "mojibake")} == {(path.name, None, None)}


@pytest.mark.parametrize(
    ("code", "date_line", "line"),
    [
        ("future-date", "Published on March 1, 2034, at 10:51 am (Paris)", 7),
        ("modified-before-published", f"{PUBLISHED}, updated on February 1, 2024, at 9:00 am (Paris)", None),
    ],
)
def test_a_day_that_cannot_be_is_found_in_the_document(
    tmp_path: Path, code: str, date_line: str, line: int | None
) -> None:
    folder = collection(tmp_path)
    path = next(folder.glob("*.txt"))
    path.write_text(article().replace(PUBLISHED, date_line), encoding="utf-8")
    issues = found(folder, code)
    assert issues
    assert issues[0].file == path.as_posix()
    assert line in {issue.line for issue in issues}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("future-date", "date_published = 2034-03-01T10:51:00+01:00"),
        ("modified-before-published", "date_modified = 2024-02-01T10:51:00+01:00"),
        ("mojibake", 'headline = "The cafÃ©"'),
    ],
)
def test_what_a_sidecar_says_is_found_in_the_sidecar(tmp_path: Path, code: str, told: str) -> None:
    folder = collection(tmp_path)
    path = next(folder.glob("*.txt"))
    (folder / f"{path.name}.toml").write_text(f'# told\n\n\t{told}\nsection = "a"\n', encoding="utf-8")
    assert [place(folder, issue) for issue in found(folder, code)] == [(f"{path.name}.toml", 3, 2)]


def test_two_articles_with_one_address_are_found(tmp_path: Path) -> None:
    folder = collection(tmp_path, articles=2)
    for path in folder.glob("*.txt"):
        (folder / f"{path.name}.toml").write_text('url = "https://example.org/bridge"\n')
    [issue] = found(folder, "address-repeated")
    name, line, column = place(folder, issue)
    assert (name.endswith(".txt.toml"), line, column) == (True, 1, 1)
    assert " has the same address" in issue.message


def test_an_address_that_is_none_is_found(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    path = next(folder.glob("*.txt"))
    (folder / f"{path.name}.toml").write_text('url = "www.example.org/bridge"\n')
    [issue] = found(folder, "sidecar")
    assert issue.message == "'www.example.org/bridge' is no address of a page"


def test_documents_that_are_missing_or_twice_are_found(tmp_path: Path) -> None:
    folder = collection(tmp_path, articles=1)
    [path] = folder.glob("*.txt")
    (folder / "z.txt").write_bytes(path.read_bytes())
    [issue] = found(folder, "duplicate-document")
    assert place(folder, issue) == ("z.txt", None, None)
    for each in folder.glob("*.txt"):
        each.unlink()
    [issue] = found(folder, "no-documents")
    assert place(folder, issue) == ("collection.toml", None, None)


def test_expectations_that_are_missed_are_found_at_their_line(tmp_path: Path) -> None:
    folder = collection(
        tmp_path, more='\n[expect]\narticles = 2\nquotes = { min = 90 }\nspeakers = 99\nlanguages = ["fr"]\n'
    )
    start = (folder / "collection.toml").read_text().split("\n").index("[expect]") + 1
    issues = [issue for issue in validate(folder, today=TODAY) if issue.code.startswith("expected-")]
    assert [(issue.code, issue.line) for issue in issues] == [
        ("expected-rows", start + 1),
        ("expected-rows", start + 2),
        ("expected-languages", start + 4),
    ]


def test_bytes_that_are_no_text_are_a_finding(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    path = folder / "collection.toml"
    path.write_bytes(path.read_bytes().replace(b"Invented articles", b"Invent\xe9"))
    [issue] = validate(folder, today=TODAY)
    assert (issue.code, *place(folder, issue)) == ("collection-descriptor", "collection.toml", 2, 16)
