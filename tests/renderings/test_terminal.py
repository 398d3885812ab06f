from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.renderings import Setting, lines_of, render
from onrecord.renderings.excerpts import MOST, window
from onrecord.reports import Issue, Report, Severity


def one(file: Path | str, line: int, column: int | None = None) -> Report:
    place = {"file": str(file), "line": line, "column": column}
    return Report([Issue(code="a", severity=Severity.ERROR, message="wrong", **place)])  # type: ignore[arg-type]


def shown(path: Path, data: bytes, line: int, column: int | None) -> list[str]:
    path.write_bytes(data)
    text = render("rich", one(path, line, column), Setting(lines=lines_of, width=60))
    return [row.removeprefix("    │ ") for row in text.splitlines() if row.startswith("    │ ")]


@pytest.mark.parametrize(
    ("data", "line", "column", "rows"),
    [
        (b"a,b\nc,d\n", 2, 3, ["c,d", "  ^"]),
        (b"a,b\r\nc,d\r\n", 2, 3, ["c,d", "  ^"]),
        (b"a,b\rc,d\r", 2, 3, ["c,d", "  ^"]),
        (b"\xef\xbb\xbfa,b\n", 1, 3, ["a,b", "  ^"]),
        (b'a,"b\nb",c\n', 2, 4, ['b",c', "   ^"]),
        (b"a\tb\n", 1, 3, ["a␉b", "  ^"]),
        ("漢字,b\n".encode(), 1, 4, ["漢字,b", "     ^"]),
        (b"a\x1b[2Jb\n", 1, 6, ["a␛[2Jb", "     ^"]),
        (b"a,b", 1, 4, ["a,b", "   ^"]),
        (b"a,b\n", 1, None, ["a,b"]),
        (b"a,b\n", 7, 1, []),
        (b"a\0b\n", 1, 1, []),
        (b"\xff,b\n", 1, 3, ["\ufffd,b", "  ^"]),
    ],
)
def test_the_line_is_shown_and_the_column_marked(
    tmp_path: Path, data: bytes, line: int, column: int | None, rows: list[str]
) -> None:
    assert shown(tmp_path / "x.csv", data, line, column) == rows


def test_a_long_line_is_shown_around_the_column_and_read_in_bounded_memory(tmp_path: Path) -> None:
    row, mark = shown(tmp_path / "x.csv", b"x" * 500 + b"!" + b"x" * 500_000 + b"\nsecond", 1, 501)
    assert row[len(mark) - 1] == "!"
    assert len(row) <= 60
    assert len(lines_of(str(tmp_path / "x.csv"), {1, 2})[1]) == MOST
    assert lines_of(str(tmp_path / "x.csv"), {1, 2})[2] == "second"


@given(st.text(min_size=1, max_size=80), st.integers(1, 90), st.integers(5, 40))
def test_a_window_shows_the_character_at_the_column(line: str, column: int, width: int) -> None:
    part, at = window(line, column, width)
    assert len(part) <= max(width, min(len(line), width))
    if column <= len(line):
        assert at is not None
        assert part[at - 1] == line[column - 1]


def test_a_finding_says_everything_it_knows(report: Report) -> None:
    text = render("rich", report)
    for part in (
        "data/quotes.csv",
        "3:9",
        "error[text-matches-offsets]",
        "row q2",
        "The bridge",
        "the bridge",
        "build again",
    ):
        assert part in text
    assert text.splitlines()[-1] == "1 error, 4,000,000 warnings, 1 note"


def test_many_findings_are_counted_instead_of_scrolled_by(report: Report) -> None:
    many = Report((Issue(code="a", severity=Severity.NOTE, message="m", line=n) for n in range(1, 100)), cap=100)
    many.merge(report)
    text = render("rich", many)
    assert "error[text-matches-offsets]" in text
    assert "more of a\n" in text
    assert len(text.splitlines()) < 80


def test_colour_is_only_for_those_who_want_it(report: Report) -> None:
    assert "\x1b[" not in render("rich", report)
    assert "\x1b[1;31m" in render("rich", report, Setting(colour=True))
