"""Rows: keys from content, context of quotes, and what is kept of a withheld body."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from onrecord import schemas, tables
from onrecord.derive.strategies import entries
from onrecord.records import Article, Attribution, Entry, Extraction, Quote, Span, Speaker
from onrecord.tables import ids

ADA, BEN = Speaker("Ada Example", "person", "a mayor"), Speaker("Moss", "person")


def entry(body: str, pieces: list[str], *speakers: Speaker, **article: Any) -> Entry:
    """Return an entry that quotes the pieces, each found after the one before."""
    quotes, at = [], 0
    for piece in pieces:
        at = body.index(piece, at)
        said = Attribution(source=None, cue=None, speakers=speakers, method="test", confidence=1.0)
        span = Span(at, at + len(piece), piece, is_verbatim=True)
        quotes.append(Quote(field="body", kind="direct", spans=(span,), language=None, attribution=said))
        at += len(piece)
    made = Article(seed_path="a.txt", seed_sha256="ab" * 32, converter="c/1", body=body, **article)
    return Entry(made, Extraction(tuple(quotes), ()))


def keys(found: Entry, table: str) -> set[str]:
    column = schemas.load(table).primary_key[0]
    return {row[column] for row in tables.rows(found, withhold_body=False)[table]}


def test_keys_outlive_moved_offsets_and_other_quotes() -> None:
    before = entry("“Yes,” he said. “No.”", ["Yes,", "No."], ADA)
    after = entry("New first words. “Maybe.” “Yes,” he said, at last. “No.”", ["Maybe.", "Yes,", "No."], ADA)
    for table in ("quotes", "attributions", "speakers"):
        assert keys(before, table) <= keys(after, table)


def test_keys_outlive_versions_of_a_converter() -> None:
    one = entry("“Yes.”", ["Yes."], BEN)
    other = replace(one, article=replace(one.article, converter="c/2", headline="Added"))
    assert all(keys(one, table) == keys(other, table) for table in ("articles", "quotes", "attributions", "speakers"))


def test_identical_texts_have_keys_of_their_own() -> None:
    assert len(keys(entry("“Yes.” “Yes.” “Yes.”", ["Yes.", "Yes.", "Yes."], ADA), "quotes")) == 3


@pytest.mark.parametrize(
    ("speaker", "shared"),
    [
        (ADA, True),
        (Speaker("Example Union", "organisation"), True),
        (Speaker("NATO", "organisation"), True),
        (BEN, False),
        (Speaker(None, "person", "a diplomat", "anonymous"), False),
        (Speaker("The Residents", "group"), False),
    ],
)
def test_who_is_one_row_a_dataset(speaker: Speaker, shared: bool) -> None:
    one, other = (ids.speaker_id(article, speaker, "she") for article in ("0" * 16, "1" * 16))
    assert (one == other) is shared
    assert schemas.load("speakers")["speaker_id"].pattern is not None


def test_spelling_of_case_space_and_form_makes_no_new_speaker() -> None:
    names = ("Éva  Moss", "ÉVA MOSS", "E\u0301va Moss")
    assert len({ids.speaker_id("0" * 16, Speaker(name, "person"), None) for name in names}) == 1


def test_the_unnamed_are_told_apart_by_description_then_by_source() -> None:
    one, two = (Speaker(None, "person", text) for text in ("a diplomat", "a soldier"))
    assert ids.speaker_id("0" * 16, one, "he") != ids.speaker_id("0" * 16, two, "he")
    nobody = Speaker(None, "unknown")
    assert ids.speaker_id("0" * 16, nobody, "a source") != ids.speaker_id("0" * 16, nobody, "an ally")


def test_a_row_for_every_speaker_and_one_where_there_is_none() -> None:
    both = tables.rows(entry("“Yes.”", ["Yes."], ADA, BEN), withhold_body=False)
    assert len(both["attributions"]) == len(both["speakers"]) == 2
    nobody = tables.rows(entry("“Yes.”", ["Yes."]), withhold_body=False)
    assert [row["speaker_id"] for row in nobody["attributions"]] == [None]
    assert nobody["speakers"] == []


def test_a_withheld_body_leaves_hash_count_and_context() -> None:
    body = f"{'before ' * 10}“Yes.”{' after' * 10}"
    row = (found := tables.rows(entry(body, ["Yes."], ADA), withhold_body=True))["articles"][0]
    assert (row["body"], row["body_rights"], row["word_count"]) == (None, "withheld", 21)
    assert row["body_sha256"] == hashlib.sha256(body.encode()).hexdigest()
    quote = found["quotes"][0]
    assert (len(quote["prefix"]), len(quote["suffix"])) == (32, 32)
    assert quote["prefix"] + quote["text"] + quote["suffix"] in body


def test_instants_are_kept_to_the_second() -> None:
    instant = datetime(2024, 3, 1, 9, 51, 7, 999_999, tzinfo=UTC)
    row = tables.rows(entry("x", [], date_published=instant), withhold_body=False)["articles"][0]
    assert row["date_published"] == datetime(2024, 3, 1, 9, 51, 7, tzinfo=UTC)


@settings(deadline=None, max_examples=50)
@given(entries())
def test_every_offset_holds_and_every_table_is_sorted(drawn: Entry) -> None:
    found = tables.rows(drawn, withhold_body=False)
    for row in found["quotes"]:
        text = found["articles"][0][row["field"]]
        assert text[row["start"] : row["end"]] == row["text"]
        assert (row["prefix"] or "") == text[: row["start"]][-32:]
    for name, each in found.items():
        listed = [tuple(row[column] for column in schemas.load(name).primary_key) for row in each]
        assert listed == sorted(set(listed))
