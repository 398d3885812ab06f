from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import corrections, schemas
from onrecord.corrections import Correction
from onrecord.reports import Severity

ROW = Correction(
    document="a.txt",
    action="change",
    quote="The bridge, is “safe”",
    table="attributions",
    column="source_text",
    old="She",
    new='Mara "Quill"',
    reason="the interview names her",
    evidence="https://example.org/",
)
CELLS = {
    "document": "a.txt",
    "action": "change",
    "quote": "safe",
    "table": "attributions",
    "column": "venue",
    "old": "",
    "new": "a radio interview",
    "reason": "it says so",
    "evidence": "the document",
}


def cells(**changes: str) -> str:
    """Return a file with one row, some cells of it changed."""
    found = io.StringIO()
    writer = csv.writer(found, lineterminator="\n")
    writer.writerow((CELLS | changes).get(name, "") for name in schemas.load("corrections").columns)
    return corrections.header() + found.getvalue()


def test_corrections_are_declared_and_no_published_table() -> None:
    assert "corrections" not in schemas.names()
    assert schemas.load("corrections").columns == tuple(corrections.header().strip().split(","))


@given(
    st.builds(
        replace,
        st.just(ROW),
        quote=st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip),
        reason=st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip),
        new=st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text != "She"),
        prefix=st.none() | st.text(st.characters(codec="utf-8"), min_size=1),
    )
)
def test_a_row_that_is_written_is_read_again(row: Correction) -> None:
    found, issues = corrections.read((corrections.header() + corrections.line(row)).encode())
    assert issues == []
    assert [replace(each, line=0) for each in found] == [row]


@given(st.binary() | st.text().map(lambda text: corrections.header() + text) | st.text())
def test_no_file_whatever_crashes(data: bytes | str) -> None:
    found, issues = corrections.read(data, "c.csv")
    lines = (data.decode("utf-8", "replace") if isinstance(data, bytes) else data).count("\n") + 1
    for issue in issues:
        assert issue.file == "c.csv"
        assert issue.severity is Severity.ERROR
        assert issue.hint
        assert issue.line is not None
        assert issue.column is not None
        assert issue.column >= 1
        if data and isinstance(data, str) and "\n" in data:
            assert 1 <= issue.line <= lines
    assert all(row.document for row in found)


@pytest.mark.parametrize(
    ("changes", "column", "message", "hint"),
    [
        ({"action": "chagne"}, "action", "'chagne' is no action", "did you mean 'change'?"),
        ({"table": "quote"}, "table", "'quote' is no table", "did you mean 'quotes'?"),
        ({"column": "venu"}, "column", "attributions has no 'venu' to put right", "did you mean 'venue'?"),
        ({"field": "bodie"}, "field", "'bodie' is no field", "did you mean 'body'?"),
        ({"document": ""}, "document", "'document' is empty", "write the document"),
        ({"reason": " "}, "reason", "'reason' is blank", "write something"),
        ({"evidence": ""}, "evidence", "'evidence' is empty", "write what shows it"),
        ({"new": ""}, "new", "old and new are the same", "write review"),
        ({"column": "channel", "new": "speach"}, "new", "'speach' is no channel", "did you mean 'speech'?"),
        ({"column": "channel", "old": "speech", "new": ""}, "new", "'channel' cannot be empty", "write statement"),
        ({"column": "said_latest", "new": "20240301"}, "new", "'20240301' is no day", "write one like 2024-03-01"),
        ({"column": "speaker", "old": "She", "new": ""}, "new", "nobody is named", "write remove"),
        ({"speaker": "Mara"}, "speaker", "'speaker' means nothing here", "leave the cell empty"),
        ({"action": "review"}, "new", "'new' means nothing here", "leave the cell empty"),
        ({"action": "add"}, "column", "'venue' cannot be added or removed", "write change"),
        ({"action": "add", "table": "speakers"}, "table", "a speaker comes and goes", "add or remove with"),
        ({"action": "add", "table": "quotes", "new": "quoted"}, "column", "'column' means nothing here", "leave"),
        (
            {"action": "add", "table": "quotes", "column": "", "new": "derect"},
            "new",
            "'derect' is no kind of quote",
            "did you mean 'direct'?",
        ),
        (
            {"action": "remove", "table": "quotes", "column": "", "old": "direct", "new": "nick name"},
            "new",
            "'nick name' is no reason to set marks aside",
            "did you mean 'nickname'?",
        ),
        ({"table": "speakers", "column": "wikidata_id", "new": "42"}, "new", "'42' is no wikidata_id", "its form is"),
    ],
)
def test_a_mistake_is_named_at_its_cell(changes: dict[str, str], column: str, message: str, hint: str) -> None:
    text = cells(**changes)
    found, issues = corrections.read(text)
    assert found == []
    issue = issues[0]
    assert message in issue.message
    assert hint in str(issue.hint)
    assert issue.line == 2
    before = next(csv.reader([text.splitlines()[1]]))[: schemas.load("corrections").columns.index(column)]
    assert issue.column == sum(len(cell) + 1 for cell in before) + 1


def test_lines_are_those_of_the_file_though_cells_have_several() -> None:
    first = corrections.line(replace(ROW, quote="One\n\nTwo", reason="because\nof\nthis"))
    text = corrections.header() + first + "\n" + corrections.line(replace(ROW, action="chagne"))  # type: ignore[arg-type]
    found, [issue] = corrections.read(text)
    assert [row.line for row in found] == [2]
    assert issue.line == text[: text.index("chagne")].count("\n") + 1


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "the header is missing"),
        ("document;action\n", 1, 9, "cells are parted by semicolons, not by commas"),
        (corrections.header() + 'a.txt,change,"never\nends', 2, 14, "the quoted cell does not end"),
        (corrections.header() + 'a.txt,a "b" c', 2, 9, "a quotation mark inside a cell"),
        (corrections.header() + 'a.txt,"b" c', 2, 10, "text after a quoted cell"),
        (corrections.header() + "a.txt,change\n", 2, 1, "the row has 2 cells, not 13"),
        (corrections.header().replace("evidence", "evidense"), 1, 79, "unknown column 'evidense'"),
    ],
)
def test_a_file_that_is_no_csv_of_corrections(text: str, line: int, column: int, message: str) -> None:
    _, issues = corrections.read(text)
    assert (issues[0].line, issues[0].column) == (line, column)
    assert message in issues[0].message


def test_bytes_that_are_not_utf_8_are_found() -> None:
    _, [issue] = corrections.read(corrections.header().encode() + b"a.txt,\xe9")
    assert (issue.line, issue.column, issue.message) == (2, 7, "byte 0xE9 is not UTF-8")


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    data = b"\xef\xbb\xbf" + (corrections.header() + corrections.line(ROW)).replace("\n", "\r\n").encode()
    found, issues = corrections.read(data)
    assert issues == []
    assert found[0].line == 2


def test_frictionless_reads_the_file_by_its_declaration(tmp_path: Path) -> None:
    from frictionless import Resource, Schema

    written = replace(ROW, quote="One,\n\n“two”", prefix="before")
    text = corrections.header() + corrections.line(written) + corrections.line(ROW)
    (tmp_path / "corrections.csv").write_text(text, encoding="utf-8", newline="")
    schema = Schema.from_descriptor(dict(schemas.load("corrections").declaration))
    report = Resource(path="corrections.csv", basepath=str(tmp_path), schema=schema).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


LINE = "a.txt,review,Yes,,,,quotes,kind,,direct,,heard it,recording\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        (
            corrections.header().replace(",", ";") + LINE.replace(",", ";"),
            1,
            9,
            "cells are parted by semicolons, not by commas",
        ),
        (
            corrections.header().replace(",", "\t") + LINE.replace(",", "\t"),
            1,
            9,
            "cells are parted by tabs, not by commas",
        ),
        (LINE, 1, 1, "the header is missing"),
        (corrections.header() + LINE + "<<<<<<< HEAD\n", 3, 1, "a merge left a conflict here"),
        (corrections.header() + "=======\n", 2, 1, "a merge left a conflict here"),
        (corrections.header() + "a.txt\n", 2, 1, "the row has 1 cell, not 13"),
    ],
)
def test_a_file_that_is_none_is_one_finding(text: str, line: int, column: int, message: str) -> None:
    _, [issue] = corrections.read(text)
    assert (issue.line, issue.column, issue.message) == (line, column, message)
