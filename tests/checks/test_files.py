"""Faults of files: encoding, header, rows of the wrong length, cells of the wrong type, CSV unlike Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord import checks, schemas, tables
from onrecord.checks import wording
from onrecord.checks.wording import EXAMPLES as FORMS
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.reports import Report

    from .conftest import Folder

COLUMNS = schemas.load("spans").columns
HEADER = ",".join(f'"{name}"' for name in COLUMNS) + "\n"
KEY = "0" * 16 + "-" + "0" * 12
POSITION = len(KEY) + 4
"""Where the cell of `position` starts in a row that begins with a quoted key."""


def row(position: object, text: str = '"Hi"', verbatim: str = "true", start: str = "0", key: str = KEY) -> str:
    cells = {
        "quote_id": f'"{key}"',
        "position": position,
        "start": start,
        "end": 9,
        "text": text,
        "is_verbatim": verbatim,
    }
    return ",".join(str(cells.get(name, "")) for name in COLUMNS) + "\n"


def last(line: str) -> int:
    """Return the column of the last cell of a line."""
    return line.rindex(",") + 2


def checked(tmp_path: Path, text: str | bytes, name: str = "spans.csv") -> Report:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return checks.check_file(path)


def places(report: Report, code: str) -> list[tuple[int | None, int | None]]:
    return [(issue.line, issue.column) for issue in report if issue.code == code]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["plain", "bom"])
def test_true_lines_after_cells_of_several_lines(tmp_path: Path, end: str, bom: str) -> None:
    lines = [HEADER, row(0, '"one\ntwo ""2"", \nthree"'), row("x"), row(1, '"é\r🌉"', "yes"), row(2, verbatim="")]
    text = bom + "".join(lines).replace("\n", end)
    report = checked(tmp_path, text)
    assert places(report, "type") == [(5, POSITION), (6, last(lines[3]))]
    assert places(report, "byte-order-mark") == ([(1, None)] if bom else [])
    value = next(issue for issue in report if issue.code == "type")
    assert (value.table, value.field, value.value, value.key) == ("spans", "position", "x", f"{KEY},x")


def test_a_cell_after_a_long_one_has_its_own_line(tmp_path: Path) -> None:
    broken = row(0, '"one\ntwo"', "maybe")
    report = checked(tmp_path, HEADER + broken + row(1))
    assert places(report, "type") == [(3, last(broken.split("\n")[1]))]


@pytest.mark.parametrize(
    ("cells", "code", "wrong", "expected"),
    [
        (row("1.5"), "type", "position", FORMS["integer"]),
        (row("99999999999999999999"), "type", "position", FORMS["integer"]),
        (row("0", verbatim="yes"), "type", "is_verbatim", FORMS["boolean"]),
        (row("0", start='"a"'), "type", "start", FORMS["integer"]),
        (row("0", verbatim="TRUE"), "cell-form", "is_verbatim", "true"),
        (row("0", start=" 5"), "cell-form", "start", "5"),
        (row("0", start="0x1"), "cell-form", "start", "1"),
        (row("0", start="+5"), "cell-form", "start", "5"),
        (row("0", start="05"), "cell-form", "start", "5"),
        (row("-0"), "cell-form", "position", "0"),
    ],
)
def test_cells_of_the_wrong_type(tmp_path: Path, cells: str, code: str, wrong: str, expected: str) -> None:
    report = checked(tmp_path, HEADER + cells)
    found = [(issue.code, issue.field, issue.expected) for issue in report]
    assert found == [(code, wrong, expected)]


def test_cells_of_the_wrong_type_hide_nothing_else(tmp_path: Path) -> None:
    short = f'"{KEY}",0\n'
    lines = [row("x"), short, row(1, start="-5"), row("", verbatim=""), row(2, '"a\u200bb"')]
    report = checked(tmp_path, HEADER + "".join(lines))
    assert report.totals == {"type": 1, "row-length": 1, "minimum": 1, "required": 2, "zero-width": 1}
    assert places(report, "minimum") == [(4, POSITION + 2)]
    assert {line for line, _ in places(report, "required")} == {5}
    assert [line for line, _ in places(report, "zero-width")] == [6]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date_published", "2024-03-01T09:51:00"),
        ("date_published", "yesterday"),
        ("date_published", "2024-03-01 09:51:00Z"),
        ("date_published", "2024-03-01T09:51Z"),
        ("date_published", "2024-03-01T10:51:00+01:00"),
        ("authors", "Ada"),
        ("authors", "[1]"),
    ],
)
def test_instants_and_lists_of_the_wrong_form(folder: Folder, field: str, value: str) -> None:
    folder.write(formats=("csv",))
    path = folder.csv("articles")
    old = {"date_published": '"2024-03-01T09:51:00Z"', "authors": '"[""Ada Example"", ""B. \\""Bob\\"" Moss""]"'}[field]
    assert old in path.read_text(encoding="utf-8")
    text = path.read_bytes().decode().replace(old, f'"{value}"', 1)
    path.write_bytes(text.encode())
    report = checks.check_file(path)
    found = [issue for issue in report if issue.code in {"type", "cell-form"}]
    assert [(issue.field, issue.value, issue.line) for issue in found] == [(field, value, 3)]
    if found[0].code == "cell-form":
        assert found[0].expected == "2024-03-01T09:51:00Z"


def test_rows_of_the_wrong_length_do_not_shift_the_others(tmp_path: Path) -> None:
    short, long = f'"{KEY}",0\n', row(1, '"a","b"')
    report = checked(tmp_path, HEADER + short + row("x") + long + row("y"))
    assert places(report, "row-length") == [(2, None), (4, None)]
    assert places(report, "type") == [(3, POSITION), (5, POSITION)]


def test_rows_of_the_wrong_length_are_all_counted(tmp_path: Path) -> None:
    report = checked(tmp_path, HEADER + f'"{KEY}",0\n' * 5000 + row("x") + "a\n")
    assert report.totals == {"row-length": 5001, "type": 1}
    assert places(report, "type") == [(5002, POSITION)]
    assert len(places(report, "row-length")) == 100


def test_a_quotation_mark_never_closed(tmp_path: Path) -> None:
    report = checked(tmp_path, HEADER + row(0) + f'"{KEY},1,0,9,\n')
    assert places(report, "row-length") == [(3, None)]


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    report = checked(tmp_path, HEADER + "\n\n" + row(0) + "\n" + row("x"))
    assert places(report, "type") == [(6, POSITION)]


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    report = checked(tmp_path, (HEADER + row(0, '"one\ntwo"')).encode() + row(1, '"caf\xe9"').encode("latin-1"))
    assert [(issue.code, issue.line, issue.value) for issue in report] == [("encoding", 4, "byte 0xE9")]
    assert places(report, "encoding") == [(4, row(1, '"caf').index("caf") + 4)]


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        (HEADER.replace(',"text"', ""), {"missing-column"}),
        (HEADER.replace('"text"', '"Text"'), {"missing-column", "unknown-column"}),
        (HEADER.replace('"text"', '"text","remarks"'), {"unknown-column"}),
        (HEADER.replace('"text"', '"text","text"'), {"unknown-column"}),
        (HEADER.replace(",", ";"), {"dialect"}),
        (row(0), {"header-missing"}),
        (HEADER.replace('"quote_id","position"', '"position","quote_id"'), {"column-order"}),
    ],
    ids=["missing", "case", "surplus", "twice", "semicolons", "no header", "order"],
)
def test_headers(tmp_path: Path, header: str, codes: set[str]) -> None:
    report = checked(tmp_path, header)
    assert set(report.totals) == codes
    assert all(issue.line == 1 for issue in report)


def test_a_header_is_marked_where_it_is_wrong(tmp_path: Path) -> None:
    report = checked(tmp_path, "\ufeff" + HEADER.replace('"text"', '"texxt"'))
    found = {issue.code: issue for issue in report}
    assert (found["unknown-column"].column, found["unknown-column"].value) == (HEADER.index('"text"') + 1, "texxt")
    assert found["unknown-column"].hint == "did you mean 'text'?"
    assert found["missing-column"].hint == "rename the column 'texxt'"


@pytest.mark.parametrize(("separator", "word"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
@pytest.mark.parametrize("name", ["spans.csv", "exported.csv"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_another_separator_is_one_finding(tmp_path: Path, separator: str, word: str, name: str, end: str) -> None:
    text = (HEADER + row(0)).replace('"', "").replace(",", separator).replace("\n", end)
    [issue] = checked(tmp_path, text, name)
    assert issue.message == f"cells are parted by {word}, not by commas"
    assert (issue.code, issue.line, issue.column) == ("dialect", 1, len(COLUMNS[0]) + 1)
    assert (issue.value, issue.expected) == (separator, ",")


def test_another_separator_hides_no_other_encoding(tmp_path: Path) -> None:
    text = (HEADER + row(0, '"café"')).replace('"', "").replace(",", ";").encode("cp1252")
    assert checked(tmp_path, text).totals == {"dialect": 1, "encoding": 1}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(tmp_path: Path, encoding: str) -> None:
    [issue] = checked(tmp_path, (HEADER + row(0)).encode(encoding))
    assert (issue.code, issue.message, issue.hint) == ("encoding", "UTF-16, not UTF-8", "save the file as UTF-8")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n", "the file is a PNG picture, not CSV"),
        (b"PK\x03\x04\x14\x00", "the file is a zip archive or an office document, not CSV"),
        (b"PAR1\x15\x04", "the file is Parquet, not CSV"),
        (b"<!DOCTYPE html>\n<html>", "the file is a page of markup, not CSV"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "the file is a pointer of Git LFS, not CSV"),
    ],
)
def test_what_is_no_csv_is_named(tmp_path: Path, data: bytes, message: str) -> None:
    [issue] = checked(tmp_path, data)
    assert (issue.code, issue.message) == ("unreadable", message)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (HEADER.encode(), "the file is not Parquet"),
        (b"PAR1\x15\x04" + bytes(99), "the file is Parquet, but cut short"),
        (b"PAR1", "the file is Parquet, but cut short"),
    ],
)
def test_what_is_no_parquet_is_named(tmp_path: Path, data: bytes, message: str) -> None:
    [issue] = checked(tmp_path, data, "spans.parquet")
    assert (issue.code, issue.message) == ("unreadable", message)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_conflict_that_a_merge_left_is_found_at_its_marks(tmp_path: Path, end: str) -> None:
    lines = [HEADER, row(0, '"a\nb"'), "<<<<<<< HEAD\n", row(1), "=======\n", row(2), ">>>>>>> main\n"]
    report = checked(tmp_path, "".join(lines).replace("\n", end))
    assert report.totals == {"merge-conflict": 3}
    assert places(report, "merge-conflict") == [(4, 1), (6, 1), (8, 1)]


def test_a_file_that_was_cut_is_said_to_be(tmp_path: Path) -> None:
    [issue] = checked(tmp_path, HEADER + row(0) + row(1)[:20])
    assert (issue.line, issue.message) == (3, "the file ends within this row: it was cut short")
    [issue] = checked(tmp_path, HEADER + row(0) + row(1, '"a') + row(2))
    assert (issue.line, issue.code) == (3, "row-length")
    assert issue.message == "a quotation mark opens a cell that is never closed, up to the end of the file"


@pytest.mark.parametrize(
    ("cells", "hint"),
    [
        (row('"1,000"'), "write 1000"),
        (row("1.0"), "write 1"),
        (row("1.5"), None),
        (row(0, verbatim="yes"), "write true"),
        (row(0, verbatim="perhaps"), None),
        (row(0, verbatim="TRUE"), "write true"),
    ],
)
def test_what_is_surely_meant_is_suggested(tmp_path: Path, cells: str, hint: str | None) -> None:
    [issue] = checked(tmp_path, HEADER + cells)
    assert issue.hint == (hint or checks.RULES[issue.code].remedy)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ('"en "', "write en"),
        ('"EN"', "write en"),
        ('""', "leave the cell empty, without quotation marks"),
        ('"e"', None),
    ],
)
def test_a_form_that_is_surely_meant_is_suggested(folder: Folder, value: str, hint: str | None) -> None:
    path = folder.write(formats=("csv",)) and folder.csv("articles")
    path.write_bytes(path.read_bytes().replace(b',"en",', f",{value},".encode(), 1))
    [issue] = [issue for issue in checks.check_file(path) if issue.code == "pattern"]
    assert issue.hint == (hint or checks.RULES["pattern"].remedy)
    assert issue.expected == "a language tag such as en or fr-CA"


def test_every_pattern_is_said_in_words() -> None:
    fields = [field for name in schemas.names() for field in schemas.load(name).fields]
    patterns = {each.pattern for field in fields for each in (field, field.item) if each is not None and each.pattern}
    assert patterns == set(wording.PATTERNS)


def test_a_surplus_column_hides_nothing(tmp_path: Path) -> None:
    header = HEADER.replace('"quote_id"', '"quote_id","remarks"')
    report = checked(tmp_path, header + row(0).replace(",0,0,", ",,-1,0,"))
    assert set(report.totals) >= {"unknown-column", "minimum"}


@pytest.mark.parametrize("name", ["spans.csv", "spans.parquet", "other.csv", "other.parquet"])
def test_empty_files(tmp_path: Path, name: str) -> None:
    report = checked(tmp_path, b"", name)
    assert set(report.totals) == {"unreadable" if name.startswith("spans") else "table-unknown"}


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="no such file"):
        checks.check_file(tmp_path / "spans.csv")
    with pytest.raises(OnrecordError, match="no tables"):
        checks.check_tables(tmp_path)


def test_a_file_of_another_name_is_known_by_its_columns(tmp_path: Path) -> None:
    assert checked(tmp_path, HEADER + row("x"), "draft.csv").totals == {"type": 1}


def test_truncated_parquet(folder: Folder) -> None:
    path = folder.write() / "data" / "quotes.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    report = checks.check_tables(folder.path)
    assert [issue.file for issue in report if issue.code == "unreadable"] == [path.as_posix()]


def test_parquet_of_other_types(tmp_path: Path) -> None:
    table = tables.to_batch("spans", []).to_pylist()
    schema = pa.schema([("quote_id", pa.string()), ("position", pa.string()), ("start", pa.int64())])
    pq.write_table(pa.Table.from_pylist(table, schema), tmp_path / "spans.parquet")
    report = checks.check_file(tmp_path / "spans.parquet")
    assert [(issue.code, issue.field) for issue in report if issue.code == "column-type"] == [
        ("column-type", "position")
    ]
    assert report.totals["missing-column"] == len(COLUMNS) - 3


def test_a_table_without_a_file(folder: Folder) -> None:
    folder.write()
    for form in ("csv", "parquet"):
        (folder.path / "data" / f"speakers.{form}").unlink()
    assert checks.check_tables(folder.path).totals["table-missing"] == 1


def test_a_correction_in_the_csv_only(folder: Folder) -> None:
    path = folder.write() and folder.csv("quotes")
    path.write_bytes(path.read_bytes().replace(b'"mixed"', b'"direct"', 1))
    found = [issue for issue in checks.check_tables(folder.path) if issue.code == "csv-parquet-equal"]
    line = path.read_text(encoding="utf-8").split("\n")[: found[0].line]
    assert [(issue.table, issue.field, issue.value) for issue in found] == [("quotes", "kind", "direct")]
    assert '"mixed"' not in "".join(line)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_row_in_one_format_only(folder: Folder, form: str) -> None:
    folder.write(formats=("csv", "parquet"))
    gone = folder.rows["set_aside"].pop()
    folder.write(formats=(form,))
    found = [issue for issue in checks.check_tables(folder.path) if issue.code == "csv-parquet-equal"]
    assert [issue.key for issue in found] == [f"{gone['article_id']},body,{gone['start']}"]


def test_empty_cells_and_empty_texts(tmp_path: Path) -> None:
    lacking = row(1, verbatim="")
    report = checked(tmp_path, HEADER + row(0) + lacking + row(2, '""'))
    found = {(issue.code, issue.field, issue.line, issue.column) for issue in report}
    wanted = {("required", "is_verbatim", 3, last(lacking)), ("min-length", "text", 4, POSITION + 6)}
    assert {each for each in found if each[0] in {"required", "min-length"}} == wanted


def test_many_faults_are_counted_and_few_are_kept(tmp_path: Path) -> None:
    report = checked(tmp_path, HEADER + "".join(row(number, start="-1") for number in range(1000)))
    assert report.totals["minimum"] == 1000
    assert len(places(report, "minimum")) == 100


def test_what_a_withheld_body_hides_is_said(withheld: Folder) -> None:
    article = withheld.rows["articles"][0]
    for each in withheld.rows["quotes"]:
        if each["field"] == "body":
            each.update(prefix=None, suffix=None)
    report = checks.check_tables(withheld.write())
    assert article["body"] is None
    unchecked = [issue for issue in report if issue.code == "offsets-unchecked"]
    assert report.totals["offsets-unchecked"] == 1
    assert [(issue.table, issue.line) for issue in unchecked] == [("attributions", None)]
    assert unchecked[0].message.startswith("6 sources or cues lie in withheld bodies")
    assert report.valid, [str(issue) for issue in report]


@pytest.mark.parametrize("extreme", [2**63 - 1, -(2**63)])
@pytest.mark.parametrize("kind", ["folder", "withheld"])
def test_extreme_numbers_are_found_and_stop_nothing(kind: str, extreme: int, request: pytest.FixtureRequest) -> None:
    folder: Folder = request.getfixturevalue(kind)
    for name, rows in folder.rows.items():
        for field in schemas.load(name).fields:
            if field.type == "integer":
                rows[0][field.name] = extreme
    report = checks.check_tables(folder.write())
    assert {issue.table for issue in report if issue.code == "text-matches-offsets"} >= {"quotes", "spans"}


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("Direct", "write direct"),
        ("mixd", "write mixed"),
        ("indirect ", "write indirect"),
        ("dirct", "write direct"),
        ("Indrect", "write indirect"),
        ("spoken", None),
    ],
)
def test_a_misspelt_category_is_told_its_spelling(folder: Folder, value: str, hint: str | None) -> None:
    folder.rows["quotes"][2]["kind"] = value
    found = [issue for issue in checks.check_tables(folder.write()) if issue.code == "category"]
    assert [issue.hint for issue in found] == [hint or checks.RULES["category"].remedy]
