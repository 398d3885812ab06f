from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import checks, schemas, tables
from onrecord.derive.strategies import entries
from onrecord.records import (
    Article,
    Attribution,
    Entry,
    Extraction,
    Mention,
    Permit,
    Quote,
    SetAside,
    Source,
    Span,
    Speaker,
)
from onrecord.tables.withholding import shortened

BODY = (
    "“The bridge is perfectly safe, and it always was,” said the engineer. "
    "A “Petrel” passed. 彼は“安全な橋だ”と言った。"
)
STAND_OFF = Permit("withheld", "stand-off")
Rows = dict[str, list[dict[str, Any]]]


def span(words: str, *, verbatim: bool = True) -> Span:
    start = BODY.index(words)
    return Span(start, start + len(words), words, verbatim)


def entry(permit: Permit | None) -> Entry:
    """Return an article with a long quote of two spans, one without spaces, and a title set aside."""
    start = BODY.index("the engineer")
    attribution = Attribution(
        source=Source(start, start + 12, "the engineer", "nominal"),
        cue=Mention(start - 5, start - 1, "said"),
        speakers=(Speaker(None, "person"),),
        method="test",
        confidence=0.5,
    )
    nobody = Attribution(source=None, cue=None, method="test", confidence=0.5)
    spans = (span("The bridge is perfectly safe,"), span("it always was,"))
    aside = span("“Petrel”")
    article = Article(seed_path="a.txt", seed_sha256="ab" * 32, converter="test 1", body=BODY, permit=permit)
    quotes = (
        Quote(field="body", kind="direct", spans=spans, language="en", attribution=attribution),
        Quote(field="body", kind="direct", spans=(span("安全な橋だ"),), language="ja", attribution=nobody),
    )
    return Entry(article, Extraction(quotes, (SetAside("body", aside.start, aside.end, aside.text, "title"),)))


def rows(permit: Permit | None) -> Rows:
    return tables.rows(entry(permit))


def write(folder: Path, found: Rows) -> Path:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name in schemas.names():
        for form, writer in (("csv", tables.CsvWriter), ("parquet", tables.ParquetWriter)):
            with writer(folder / "data" / f"{name}.{form}", name) as file:
                file.write(tables.to_batch(name, found[name]))
    return folder


def test_without_limits_rows_are_what_they_were() -> None:
    found = rows(None)
    assert found == rows(Permit())
    assert all(row["text_sha256"] is None and (row["prefix"] or row["suffix"]) for row in found["quotes"])
    assert (found["articles"][0]["quote_rights"], found["articles"][0]["quote_words"]) == ("included", None)


def test_stand_off_rows_hold_no_words_of_quotes_and_the_same_keys() -> None:
    found, whole = rows(STAND_OFF), rows(None)
    for name in ("quotes", "attributions", "speakers"):
        key = schemas.load(name).primary_key[0]
        assert [row[key] for row in found[name]] == [row[key] for row in whole[name]]
    for name, columns in (("quotes", ("text", "prefix", "suffix")), ("spans", ("text",)), ("set_aside", ("text",))):
        assert {row[column] for row in found[name] for column in columns} == {None}
    assert {row["source_text"] or row["cue_text"] for row in found["attributions"]} == {None}
    for row, before in zip(found["quotes"], whole["quotes"], strict=True):
        assert (row["start"], row["end"], row["kind"]) == (before["start"], before["end"], before["kind"])
        assert row["text_sha256"] == hashlib.sha256(before["text"].encode()).hexdigest()
    assert BODY[0:9] not in repr(found)


def test_shortened_rows_hold_the_first_words() -> None:
    found = rows(Permit("withheld", "shortened", 4))
    assert sorted(row["text"] for row in found["quotes"]) == ["The bridge is perfectly", "安全な橋"]
    by_place = {(row["start"], row["text"]) for row in found["spans"]}
    assert by_place == {(1, "The bridge is perfectly"), (BODY.index("it always"), None), (BODY.index("安"), "安全な橋")}
    assert all(row["text_sha256"] and not row["prefix"] and not row["suffix"] for row in found["quotes"])
    assert [row["text"] for row in found["set_aside"]] == ["“Petrel”"]


def test_a_quote_that_is_short_enough_is_whole() -> None:
    found = rows(Permit("withheld", "shortened", 9))
    assert {row["text_sha256"] for row in found["quotes"]} == {None}


@pytest.mark.parametrize("permit", [STAND_OFF, Permit("withheld", "shortened", 4), Permit("withheld"), None])
def test_rows_keep_the_laws_whatever_the_rights(tmp_path: Path, permit: Permit | None) -> None:
    report = checks.check_tables(write(tmp_path, rows(permit)))
    assert [str(issue) for issue in report if issue.severity == "error"] == []


FORBIDDEN = [
    *((STAND_OFF, each) for each in ("quotes.text", "quotes.prefix", "spans.text", "set_aside.text")),
    (STAND_OFF, "attributions.source_text"),
    *((Permit("withheld", "shortened", 2), each) for each in ("quotes.text", "quotes.prefix", "spans.text")),
]


@pytest.mark.parametrize(("permit", "place"), FORBIDDEN, ids=str)
def test_words_that_rights_forbid_are_found(tmp_path: Path, permit: Permit, place: str) -> None:
    table, column = place.split(".")
    found, whole = rows(permit), rows(None)
    for row, before in zip(found[table], whole[table], strict=True):
        row[column] = before[column] or "words"
    report = checks.check_tables(write(tmp_path, found))
    assert report.totals["quote-rights"] >= 1
    assert not report.valid
    assert {issue.table for issue in report if issue.code == "quote-rights"} == {table}


def test_words_parted_by_other_spaces_are_counted(tmp_path: Path) -> None:
    found = rows(Permit("withheld", "shortened", 2))
    for row in found["spans"] + found["quotes"]:
        row["text"] = row["text"] and "one\u00a0two\u3000three"
    assert checks.check_tables(write(tmp_path, found)).totals["quote-rights"] >= 2


def test_a_hash_of_other_words_is_found_where_the_body_is_there(tmp_path: Path) -> None:
    found = rows(STAND_OFF)
    found["articles"][0].update(body=BODY, body_rights="included")
    assert checks.check_tables(write(tmp_path / "right", found)).valid
    found["quotes"][0]["text_sha256"] = "0" * 64
    assert checks.check_tables(write(tmp_path / "wrong", found)).totals["text-matches-offsets"] == 1


@given(st.text(), st.integers(0, 9))
def test_shortened_text_is_the_beginning_and_has_so_many_words(text: str, words: int) -> None:
    made = shortened(text, words)
    assert text.startswith(made)
    assert len(made.split()) <= words or made == text
    assert shortened(made, words) == made


@given(entries(), st.sampled_from([STAND_OFF, Permit("withheld", "shortened", 1), Permit("withheld", "shortened", 3)]))
def test_whatever_is_said_rights_hold(drawn: Entry, permit: Permit) -> None:
    limited = Entry(replace(drawn.article, permit=permit), drawn.extraction)
    found, whole = tables.rows(limited), tables.rows(drawn)
    assert [row["quote_id"] for row in found["quotes"]] == [row["quote_id"] for row in whole["quotes"]]
    limit = permit.quote_words or 0
    for table in ("quotes", "spans", "set_aside"):
        for row, before in zip(found[table], whole[table], strict=True):
            assert row["text"] is None or before["text"].startswith(row["text"])
            assert len((row["text"] or "").split()) <= limit
