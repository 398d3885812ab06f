"""Faults planted cell by cell: in CSV each found with its code at its line and column, alone and all together; in
Parquet each that its types allow at its key, and a column of another type as a whole.

Breaches of laws across rows and tables are planted in `test_laws.py`, faults of whole files in `test_files.py`.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from layout import Layout

from onrecord import checks, schemas
from onrecord.derive import arrow
from onrecord.tables.strategies import dataset

from . import test_files, test_laws
from .conftest import Folder, entry

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.reports import Issue


class Planted(NamedTuple):
    """A raw cell, and what must be found there."""

    name: str
    code: str
    table: str
    field: str
    raw: str


def planted(code: str, table: str, field: str, **raw: str) -> list[Planted]:
    return [Planted(name.replace("_", " "), code, table, field, cell) for name, cell in raw.items()]


PLANTED = [
    *planted("type", "articles", "word_count", word_for_a_number="many", decimals="1.5", too_large="9" * 25),
    *planted("type", "articles", "word_count", thousands='"1,000"', quoted_nothing='""', under_score="1_000"),
    *planted("type", "articles", "unread_share", decimal_comma='"0,5"', percent="55%"),
    *planted("type", "articles", "is_complete", yes="yes", one="1"),
    *planted("type", "articles", "date_published", no_zone='"2024-03-01T09:51:00"', words='"yesterday"'),
    *planted("type", "articles", "date_modified", day_only='"2024-03-01"', month_13='"2024-13-01T09:51:00Z"'),
    *planted("type", "articles", "authors", no_list='"Ada"', list_of_numbers='"[1]"', open_list='"[""Ada"""'),
    *planted("type", "attributions", "said_latest", no_such_day="2024-02-30", day_first="01.03.2024"),
    *planted("cell-form", "articles", "word_count", blank_before=" 5", blank_after="5 ", zero_before="05"),
    *planted("cell-form", "articles", "word_count", hexadecimal="0x1F", plus="+5", minus_zero="-0"),
    *planted("cell-form", "articles", "is_complete", upper_case="TRUE", title_case="False"),
    *planted("cell-form", "articles", "unread_share", no_zero=".5", nothing_after_point="1.", blank_in_number=" 0.5"),
    *planted("cell-form", "articles", "date_published", blank_for_t='"2024-03-01 09:51:00Z"'),
    *planted("cell-form", "articles", "date_published", no_seconds='"2024-03-01T09:51Z"'),
    *planted("cell-form", "articles", "date_published", other_zone='"2024-03-01T10:51:00+01:00"'),
    *planted("cell-form", "attributions", "said_latest", blank_before_a_day=" 2024-03-01"),
    *planted("required", "articles", "seed_path", no_path=""),
    *planted("required", "articles", "access", no_category=""),
    *planted("required", "attributions", "confidence", no_number=""),
    *planted("min-length", "articles", "section", empty_text='""'),
    *planted("min-length", "articles", "authors", empty_item='"[""""]"'),
    *planted("pattern", "articles", "language", language_by_name='"english"', language_with_blank='"en "'),
    *planted("pattern", "articles", "body_sha256", hash_in_capitals='"' + "AB" * 32 + '"', hash_cut='"ab"'),
    *planted("pattern", "articles", "time_zone", zone_with_blanks='"Central European Time"'),
    *planted("pattern", "articles", "translations", language_in_a_list='"[""Français""]"'),
    *planted("category", "articles", "access", unknown_category='"paid"', category_in_capitals='"Free"'),
    *planted("category", "attributions", "channel", category_with_blank='"interview "'),
    *planted("minimum", "articles", "reading_minutes", negative="-1"),
    *planted("minimum", "articles", "unread_share", negative_share="-0.1"),
    *planted("maximum", "attributions", "confidence", more_than_all="1.01", percents="90"),
    *planted("finite", "articles", "similarity", not_a_number="nan", endless="inf"),
    *planted("control-character", "articles", "publisher", escape='"a\x1b[1m"', nul='"a\x00"', delete='"a\x7f"'),
    *planted(
        "bidi-control", "articles", "publisher", override='"a\u202eb"', isolate='"a\u2067b"', embedding='"\u202b"'
    ),
    *planted("zero-width", "articles", "publisher", zero_width_space='"a\u200bb"', joiner_in_latin='"a\u200db"'),
    *planted("zero-width", "articles", "publisher", word_joiner='"a\u2060b"', mark_within='"a\ufeffb"'),
    *planted("mojibake", "articles", "publisher", letter='"cafÃ©"', apostrophe='"don’t donâ€™t"', lost='"caf\ufffd"'),
    *planted("mojibake", "articles", "publisher", sign='"10Â°"', emoji='"ðŸ™‚"', windows='"don\x92t"', bom='"ï»¿a"'),
    *planted("mojibake", "articles", "publisher", cyrillic='"Ð¼Ð¾Ñ€Ðµ"', hard_blank='"aÂ\u00a0b"'),
    *planted("not-nfc", "articles", "publisher", decomposed='"cafe\u0301"', angstrom='"\u212b"'),
    *planted("not-nfc", "articles", "authors", decomposed_item='"[""Ine\u0301s""]"'),
    *planted("formula-cell", "articles", "section", equals='"=1+1"', at='"@SUM(A1)"', tab='"\t=1"', minus='"-1+1"'),
]
FORMS = {
    "lf": {},
    "crlf": {"end": "\r\n"},
    "byte order mark": {"mark": "\ufeff"},
    "both": {"end": "\r\n", "mark": "\ufeff"},
}
EXPECTED_ALONE = {"formula-cell", "byte-order-mark"}
"""The description of every article begins with an equals sign."""


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of CSV files with cells of several lines, tabs, and characters of four bytes."""
    rows = dataset([entry(number) for number in range(len(PLANTED) // 2 * 2)])
    for row in rows["articles"]:
        row["byline"] = "By\tAda Example,\n“the mayor” 🌉\nand others"
    folder = Folder(tmp_path_factory.mktemp("clean"), rows)
    folder.write(formats=("csv",))
    return {name: folder.csv(name).read_bytes().decode() for name in ("articles", "attributions")}


def check(layout: Layout, path: Path) -> list[Issue]:
    path.write_bytes(layout.text().encode())
    return [issue for issue in checks.check_file(path) if issue.field != "description"]


def places(issues: list[Issue]) -> set[tuple[str, str | None, int | None, int | None]]:
    return {(issue.code, issue.field, issue.line, issue.column) for issue in issues}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", ["articles", "attributions"])
def test_all_together(published: dict[str, str], tmp_path: Path, table: str, form: str) -> None:
    layout = Layout(Layout.of(published[table]).records, **FORMS[form])
    faults = [fault for fault in PLANTED if fault.table == table]
    for row, fault in enumerate(faults):
        layout.put(row, fault.field, fault.raw)
    found = places(check(layout, tmp_path / f"{table}.csv"))
    wanted = {(fault.code, fault.field, *layout.place(row, fault.field)) for row, fault in enumerate(faults)}
    assert found - {("byte-order-mark", None, 1, None)} == wanted
    assert (("byte-order-mark", None, 1, None) in found) == ("mark" in FORMS[form])


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.name)
def test_alone(published: dict[str, str], tmp_path: Path, fault: Planted, form: str) -> None:
    layout = Layout(Layout.of(published[fault.table]).records[:6], **FORMS[form])
    layout.put(3, fault.field, fault.raw)
    found = places(check(layout, tmp_path / f"{fault.table}.csv"))
    assert (fault.code, fault.field, *layout.place(3, fault.field)) in found
    first, last = layout.place(3, None)[0], layout.place(4, None)[0] - 1
    others = {each for each in found if each[0] not in EXPECTED_ALONE | {fault.code}}
    assert all(line is not None and first <= line <= last for _, _, line, _ in others), others


TYPED = [fault for fault in PLANTED if fault.code not in {"type", "cell-form"}]
"""Faults of values, which Parquet can hold too."""
UNTYPED = [fault for fault in PLANTED if fault not in TYPED]


def value(fault: Planted) -> Any:
    """Return what a raw cell means, read by Python alone."""
    if not fault.raw:
        return None
    text = next(csv.reader([fault.raw], strict=True))[0]
    kind = schemas.load(fault.table)[fault.field].type
    return {"integer": int, "number": float, "array": json.loads}.get(kind, str)(text)


def as_parquet(path: Path, table: str, faults: list[Planted], rows: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    """Write rows with a fault in each of the first ones, and return what must be found where."""
    wanted = set()
    for row, fault in zip(rows, faults, strict=False):
        row[fault.field] = value(fault)
        key = ",".join(str(row[column]) for column in schemas.load(table).primary_key)
        wanted.add((fault.code, fault.field, key))
    schema = pa.schema([field.with_nullable(nullable=True) for field in arrow.schema(table)])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return wanted


def at_keys(path: Path) -> set[tuple[str, ...]]:
    issues = [issue for issue in checks.check_file(path) if issue.field != "description"]
    assert all((issue.file, issue.line) == (path.as_posix(), None) for issue in issues)
    return {(issue.code, str(issue.field), str(issue.key)) for issue in issues}


@pytest.mark.parametrize("table", ["articles", "attributions"])
def test_all_together_in_parquet(tmp_path: Path, table: str) -> None:
    faults = [fault for fault in TYPED if fault.table == table]
    rows = dataset([entry(number) for number in range(len(faults))])[table]
    path = tmp_path / f"{table}.parquet"
    wanted = as_parquet(path, table, faults, rows)
    hashes = {("body-hash", field, key) for _, field, key in wanted if field == "body_sha256"}
    assert at_keys(path) == wanted | hashes


@pytest.mark.slow
@pytest.mark.parametrize("fault", TYPED, ids=lambda fault: fault.name)
def test_alone_in_parquet(tmp_path: Path, fault: Planted) -> None:
    rows = dataset([entry(number) for number in range(3)])[fault.table]
    path = tmp_path / f"{fault.table}.parquet"
    wanted = as_parquet(path, fault.table, [fault], rows)
    found = at_keys(path)
    assert wanted <= found
    assert {key for _, _, key in found} == {key for _, _, key in wanted}


@pytest.mark.parametrize("fault", UNTYPED, ids=lambda fault: fault.name)
def test_a_cell_that_is_not_of_its_type_makes_the_column_another_in_parquet(tmp_path: Path, fault: Planted) -> None:
    rows = dataset([entry(0)])[fault.table]
    whole = pa.Table.from_pylist(rows, schema=arrow.schema(fault.table))
    place = whole.schema.get_field_index(fault.field)
    texts = pa.array([next(csv.reader([fault.raw]))[0]] * len(rows))
    path = tmp_path / f"{fault.table}.parquet"
    pq.write_table(whole.set_column(place, fault.field, texts), path)
    (issue,) = checks.check_file(path)
    assert (issue.code, issue.field, issue.value, issue.line) == ("column-type", fault.field, "string", None)


def test_at_least_sixty_kinds_are_planted() -> None:
    cells = {(fault.code, fault.name) for fault in PLANTED}
    laws = {(fault.code, fault.name) for fault in test_laws.FAULTS}
    assert len(cells) == len(PLANTED)
    assert len(cells) >= 60
    assert len({(fault.code, fault.name) for fault in TYPED} | laws) >= 60
    assert len(cells | laws) >= 110
    assert {fault.code for fault in PLANTED} | {fault.code for fault in test_laws.FAULTS} | FILES == set(checks.RULES)


FILES = test_laws.ELSEWHERE
"""Codes whose faults `test_files.py` plants."""
assert test_files.HEADER
