"""Every law, broken once: found with its code, table, key, field, and true line and column."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from onrecord import checks, schemas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onrecord.reports import Issue

    from .conftest import Folder

Rows = dict[str, list[dict[str, Any]]]


class Fault(NamedTuple):
    """What to break, and what must be found where."""

    name: str
    code: str
    table: str
    field: str | None
    breaks: Callable[[Rows], dict[str, Any]]


def setting(table: str, number: int, **values: Any) -> Callable[[Rows], dict[str, Any]]:
    def breaks(rows: Rows) -> dict[str, Any]:
        rows[table][number].update(values)
        return rows[table][number]

    return breaks


def shifting(table: str, number: int, *columns: str, by: int = 1) -> Callable[[Rows], dict[str, Any]]:
    def breaks(rows: Rows) -> dict[str, Any]:
        row = rows[table][number]
        row.update({column: row[column] + by for column in columns})
        return row

    return breaks


def find(rows: Rows, table: str, **values: Any) -> dict[str, Any]:
    return next(row for row in rows[table] if all(row[name] == value for name, value in values.items()))


def cue_into_content(rows: Rows) -> dict[str, Any]:
    row = find(rows, "attributions", cue_text="told")
    quote = find(rows, "quotes", quote_id=row["quote_id"])
    start = quote["start"] + quote["text"].index("may")
    row.update(cue_start=start, cue_end=start + 3, cue_text="may")
    return row


def same_address(rows: Rows) -> dict[str, Any]:
    for row in rows["articles"][:2]:
        row["url"] = "https://example.org/bridge"
    return rows["articles"][1]


def overlap(rows: Rows) -> dict[str, Any]:
    row = next(row for row in rows["spans"] if row["position"] == 1)
    before = find(rows, "spans", quote_id=row["quote_id"], position=0)
    quote = find(rows, "quotes", quote_id=row["quote_id"])
    row["start"] = before["end"] - 1
    row["text"] = quote["text"][row["start"] - quote["start"] : row["end"] - quote["start"]]
    return row


def drop(table: str, number: int, blamed: Callable[[Rows, dict[str, Any]], dict[str, Any]]) -> Callable[[Rows], Any]:
    return lambda rows: blamed(rows, rows[table].pop(number))


def attribution_of(rows: Rows, speaker: dict[str, Any]) -> dict[str, Any]:
    return find(rows, "attributions", speaker_id=speaker["speaker_id"])


def first_quote(rows: Rows, article: dict[str, Any]) -> dict[str, Any]:
    return find(rows, "quotes", article_id=article["article_id"])


def quote_of(rows: Rows, row: dict[str, Any]) -> dict[str, Any]:
    return find(rows, "quotes", quote_id=row["quote_id"])


def spans_gone(rows: Rows) -> dict[str, Any]:
    span = find(rows, "spans", text="safe")
    rows["spans"].remove(span)
    return quote_of(rows, span)


def unaccounted(rows: Rows) -> dict[str, Any]:
    aside = rows["set_aside"].pop(1)
    return find(rows, "articles", article_id=aside["article_id"])


def lone_speaker(rows: Rows) -> dict[str, Any]:
    rows["speakers"].append({**rows["speakers"][0], "speaker_id": "f" * 16, "name": "Nobody Known"})
    return rows["speakers"][-1]


def twice(table: str) -> Callable[[Rows], dict[str, Any]]:
    def breaks(rows: Rows) -> dict[str, Any]:
        rows[table].insert(1, dict(rows[table][0]))
        return rows[table][1]

    return breaks


def said_too_late(rows: Rows) -> dict[str, Any]:
    row = find(rows, "attributions", cue_text="said")
    row.update(said_earliest=date(2024, 3, 9), said_latest=date(2024, 3, 9))
    return row


def two_orders(rows: Rows) -> dict[str, Any]:
    rows["articles"].reverse()
    return rows["articles"][1]


def published_too_late(rows: Rows) -> dict[str, Any]:
    late = datetime(2042, 3, 1, tzinfo=UTC)
    rows["articles"][0].update(date_published=late, date_modified=late)
    return rows["articles"][0]


TODAY = date(2024, 4, 1)
LATE = {"said_earliest": date(2024, 4, 3), "said_latest": date(2024, 4, 3)}
TEXT = "text-matches-offsets"
EARLY = datetime(2024, 3, 1, tzinfo=UTC) - timedelta(days=1)
FAULTS = [
    Fault("quote moved", TEXT, "quotes", "text", shifting("quotes", 2, "start", "end")),
    Fault("quote beyond its text", TEXT, "quotes", "text", shifting("quotes", 0, "end", by=10_000)),
    Fault("quote at the largest integer", TEXT, "quotes", "text", setting("quotes", 0, start=2**63 - 2, end=2**63 - 1)),
    Fault("quote of an absent field", TEXT, "quotes", "text", setting("quotes", 1, field="captions")),
    Fault("prefix changed", TEXT, "quotes", "prefix", setting("quotes", 3, prefix="x")),
    Fault("suffix gone", TEXT, "quotes", "suffix", setting("quotes", 3, suffix=None)),
    Fault("span moved", TEXT, "spans", "text", shifting("spans", 1, "start", "end")),
    Fault(
        "source moved", TEXT, "attributions", "source_text", shifting("attributions", 2, "source_start", "source_end")
    ),
    Fault("cue moved", TEXT, "attributions", "cue_text", shifting("attributions", 2, "cue_start", "cue_end", by=-1)),
    Fault("mark set aside elsewhere", TEXT, "set_aside", "text", shifting("set_aside", 0, "start", "end")),
    Fault("spans overlap", "spans-in-order-and-disjoint", "spans", "start", overlap),
    Fault("position skipped", "spans-in-order-and-disjoint", "spans", "start", setting("spans", 0, position=7)),
    Fault("cue inside content", "cue-outside-content", "attributions", "cue_text", cue_into_content),
    Fault("envelope too wide", "envelope-matches-spans", "quotes", "start", shifting("quotes", 1, "start", by=-1)),
    Fault(
        "source in part", "source-complete", "attributions", "source_form", setting("attributions", 2, source_end=None)
    ),
    Fault(
        "form without source",
        "source-complete",
        "attributions",
        "source_form",
        setting("attributions", 0, source_form="none"),
    ),
    Fault("article twice", "primary-key-unique", "articles", "article_id", twice("articles")),
    Fault("span twice", "primary-key-unique", "spans", "quote_id", twice("spans")),
    Fault("path twice", "unique-key", "articles", "seed_path", setting("articles", 1, seed_path="002.txt")),
    Fault("address twice", "address-repeated", "articles", "url", same_address),
    Fault("article gone", "keys-resolve", "quotes", "article_id", drop("articles", 2, first_quote)),
    Fault("speaker gone", "keys-resolve", "attributions", "speaker_id", drop("speakers", 1, attribution_of)),
    Fault("speaker unused", "speaker-unused", "speakers", "speaker_id", lone_speaker),
    Fault("spans gone", "quote-complete", "quotes", "quote_id", spans_gone),
    Fault("attribution gone", "quote-complete", "quotes", "quote_id", drop("attributions", 4, quote_of)),
    Fault(
        "article id of another", "ids-derived", "articles", "article_id", setting("articles", 0, seed_sha256="77" * 32)
    ),
    Fault("quote mended by hand", "ids-derived", "quotes", "quote_id", setting("quotes", 1, text="other")),
    Fault(
        "source mended by hand",
        "ids-derived",
        "attributions",
        "attribution_id",
        setting("attributions", 3, source_text="Bob"),
    ),
    Fault("name mended by hand", "ids-derived", "speakers", "speaker_id", setting("speakers", 0, name="Éva Moss")),
    Fault(
        "description mended by hand",
        "ids-derived",
        "speakers",
        "speaker_id",
        setting("speakers", 2, description="a plumber"),
    ),
    Fault("mark unaccounted", "marks-accounted", "articles", "body", unaccounted),
    Fault("body despite rights", "body-rights", "articles", "body", setting("articles", 1, body_rights="withheld")),
    Fault("quote despite rights", "quote-rights", "quotes", "text", setting("quotes", 0, text_sha256="0" * 64)),
    Fault("body mended", "body-hash", "articles", "body_sha256", setting("articles", 1, body_sha256="0" * 64)),
    Fault(
        "said backwards",
        "said-order",
        "attributions",
        "said_latest",
        setting("attributions", 2, said_earliest=date(2024, 3, 1), said_latest=date(2024, 2, 1)),
    ),
    Fault("said in the future", "said-after-published", "attributions", "said_earliest", said_too_late),
    Fault(
        "changed before published",
        "modified-before-published",
        "articles",
        "date_modified",
        setting("articles", 1, date_modified=EARLY),
    ),
    Fault("rows unsorted", "not-sorted", "articles", None, two_orders),
    Fault("control character", "control-character", "articles", "headline", setting("articles", 1, headline="a\0b")),
    Fault("hidden order", "bidi-control", "articles", "section", setting("articles", 0, section="a\u202eb")),
    Fault("hidden space", "zero-width", "articles", "publisher", setting("articles", 1, publisher="a\u200bb")),
    Fault("garbled", "mojibake", "articles", "publisher", setting("articles", 2, publisher="cafÃ©")),
    Fault("garbled item", "mojibake", "articles", "authors", setting("articles", 2, authors=["Ada", "donâ€™t"])),
    Fault("decomposed", "not-nfc", "articles", "byline", setting("articles", 2, byline="cafe\u0301")),
    Fault("published tomorrow", "future-date", "articles", "date_published", published_too_late),
    Fault("said tomorrow", "future-date", "attributions", "said_earliest", setting("attributions", 4, **LATE)),
    Fault("formula", "formula-cell", "articles", "section", setting("articles", 1, section="@SUM(A1)")),
    Fault("unknown category", "category", "quotes", "kind", setting("quotes", 5, kind="Direct")),
    Fault("empty text", "min-length", "articles", "section", setting("articles", 1, section="")),
    Fault("empty item", "min-length", "articles", "authors", setting("articles", 1, authors=["Ada", ""])),
    Fault("language by name", "pattern", "quotes", "language", setting("quotes", 5, language="english")),
    Fault(
        "language of an item",
        "pattern",
        "articles",
        "translations",
        setting("articles", 1, translations=["en", "Français"]),
    ),
    Fault(
        "trailing line break in a key",
        "pattern",
        "articles",
        "seed_sha256",
        setting("articles", 1, seed_sha256="0c" * 32 + "\n"),
    ),
    Fault("negative", "minimum", "articles", "word_count", setting("articles", 0, word_count=-1)),
    Fault("more than all", "maximum", "attributions", "confidence", setting("attributions", 0, confidence=1.01)),
    Fault("not a number", "finite", "articles", "unread_share", setting("articles", 0, unread_share=float("nan"))),
]


GROUPS = 6


BOTH, CSV, PARQUET = FORMS = (("csv", "parquet"), ("csv",), ("parquet",))


@pytest.mark.slow
@pytest.mark.parametrize("forms", FORMS, ids=" and ".join)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_is_found_alone(folder: Folder, fault: Fault, forms: tuple[str, ...]) -> None:
    prove(folder, [fault], forms)


@pytest.mark.parametrize("forms", [BOTH, PARQUET], ids=" and ".join)
@pytest.mark.parametrize("group", range(GROUPS))
def test_faults_are_found_together(folder: Folder, group: int, forms: tuple[str, ...]) -> None:
    prove(folder, sorted(FAULTS[group::GROUPS], key=moves_rows), forms)


def moves_rows(fault: Fault) -> bool:
    return any(word in fault.name for word in ("gone", "twice", "unsorted"))


def prove(folder: Folder, faults: list[Fault], forms: tuple[str, ...]) -> None:
    rows = [fault.breaks(folder.rows) for fault in faults]
    report = checks.check_tables(folder.write(formats=forms), today=TODAY)
    for fault, row in zip(faults, rows, strict=True):
        key = ",".join(str(row[column]) for column in schemas.load(fault.table).primary_key)
        found = [i for i in report if (i.code, i.table, i.field, i.key) == (fault.code, fault.table, fault.field, key)]
        assert found, (fault.name, [str(issue) for issue in report])
        if forms == PARQUET:
            assert {(i.file, i.line) for i in found} == {(folder.parquet(fault.table).as_posix(), None)}, fault.name
            continue
        number = next(number for number, each in enumerate(folder.rows[fault.table]) if each is row)
        places = {(issue.line, issue.column) for issue in found}
        assert place(folder.csv(fault.table), number, fault.field) in places, fault.name
    assert all(explained(issue) for issue in report)


def explained(issue: Issue) -> bool:
    return bool(issue.hint and issue.message and issue.file and issue.code in checks.RULES)


def place(path: Path, number: int, field: str | None) -> tuple[int, int | None]:
    """Return line and column of a cell by Python's own reader, which has no part in the checks."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        names = next(reader)
        for _ in range(number):
            next(reader)
        line = reader.line_num + 1
    with path.open(encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    if field is None:
        return line, None
    quotes, at, cells = False, (line, 1), names.index(field)
    for shift, text in enumerate(lines[line - 1 :]):
        for column, character in enumerate(text):
            if cells == 0:
                return at
            quotes ^= character == '"'
            if character == "," and not quotes:
                cells, at = cells - 1, (line + shift, column + 2)
    raise AssertionError("no such cell")


def test_every_law_has_a_fault() -> None:
    laws = {code for code in checks.RULES if code not in ELSEWHERE}
    assert laws == {fault.code for fault in FAULTS}


ELSEWHERE = {
    *(
        "cell-form",
        "unreadable",
        "encoding",
        "byte-order-mark",
        "table-missing",
        "dialect",
        "header-missing",
        "merge-conflict",
        "table-unknown",
        "missing-column",
        "unknown-column",
    ),
    *(
        "column-order",
        "column-type",
        "row-length",
        "csv-parquet-equal",
        "type",
        "required",
        "offsets-unchecked",
        "withdrawn",
    ),
}
"""Rules about files, and notes, broken in the tests of files."""
