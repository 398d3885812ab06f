from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import checks, corrections, tables
from onrecord.corrections import Correction
from onrecord.records import (
    Article,
    Attribution,
    Entry,
    Extraction,
    Mention,
    Quote,
    SetAside,
    Source,
    Span,
    Speaker,
)

BODY = (
    "The harbour bridge opens in spring.\n\n"
    "“The bridge is safe,” said Mara Quill, an engineer. “We have tested every bolt.”\n\n"
    "“Yes,” she said. “Yes,” said Tomas Venn, the mayor, who calls it “far too late”.\n\n"
    "The council said the toll would be low. A ship called “Petrel” passed. Venn said nothing else."
)
MARA = Speaker("Mara Quill", "person", "an engineer")
TOMAS = Speaker("Tomas Venn", "person", "the mayor")


def at(words: str, after: str = "") -> tuple[int, int, str]:
    start = BODY.index(words, BODY.index(after) if after else 0)
    return start, start + len(words), words


def quote(words: str, source: str | None, cue: str | None, *speakers: Speaker, after: str = "", **more: Any) -> Quote:
    kind = more.get("kind", "direct")
    attribution = Attribution(
        source=Source(*at(source, after), form="named") if source else None,
        cue=Mention(*at(cue, after)) if cue else None,
        speakers=speakers,
        method="test",
        confidence=0.5,
    )
    span = Span(*at(words, after), is_verbatim=kind == "direct")
    return Quote(field=more.get("field", "body"), kind=kind, spans=(span,), language="en", attribution=attribution)


ARTICLE = Article(
    seed_path="a.txt", seed_sha256="ab" * 32, converter="test 1", language="en", body=BODY, headline="“Yes,” says mayor"
)
QUOTES = (
    quote("The bridge is safe,", "Mara Quill", "said", MARA),
    quote("We have tested every bolt.", "Mara Quill", "said", MARA),
    quote("Yes,", "she", "said", MARA, after="“Yes,” she"),
    quote("Yes,", "Tomas Venn", "said", TOMAS, after="“Yes,” said"),
    quote(
        "the toll would be low", "The council", "said", Speaker("The council", "group"), after="The c", kind="indirect"
    ),
)
ENTRY = Entry(
    ARTICLE,
    Extraction(
        QUOTES,
        (
            SetAside("headline", 0, 6, "“Yes,”", reason="slogan"),
            SetAside("body", *at("“far too late”"), reason="scare quote"),
            SetAside("body", *at("“Petrel”"), reason="title"),
        ),
    ),
)


def row(action: str, words: str, table: str = "attributions", column: str | None = None, **more: Any) -> Correction:
    values: dict[str, Any] = {"document": "a.txt", "reason": "it is so", "evidence": "the document", "line": 2} | more
    return Correction(action=action, quote=words, table=table, column=column, **values)  # type: ignore[arg-type]


def applied(*rows: Correction) -> Entry:
    """Apply rows that must all apply, and check every law of an entry afterwards."""
    checked = [corrections.read(corrections.header() + corrections.line(each))[1] for each in rows]
    assert checked == [[]] * len(rows)
    outcome = corrections.apply(ENTRY, rows)
    assert outcome.issues == ()
    assert [issue for issue in checks.check_entry(outcome.entry) if issue.severity == "error"] == []
    return outcome.entry


def refused(*rows: Correction) -> tuple[str, str, str]:
    outcome = corrections.apply(ENTRY, rows)
    assert corrections.apply(ENTRY, rows[:-1]).entry == outcome.entry
    [issue] = outcome.issues
    assert issue.file == "corrections.csv"
    assert issue.line == 2
    return issue.code, issue.message, issue.hint or ""


def find(entry: Entry, words: str) -> Quote:
    [found] = [each for each in entry.extraction.quotes if any(words in span.text for span in each.spans)]
    return found


def test_the_entry_of_these_tests_keeps_the_laws() -> None:
    assert [issue for issue in checks.check_entry(ENTRY) if issue.severity == "error"] == []


def test_nothing_changes_without_a_correction_of_this_document() -> None:
    other = row("review", "bolt", column="speaker", old="Mara Quill", document="b.txt")
    outcome = corrections.apply(ENTRY, [other])
    assert outcome.entry is ENTRY
    assert outcome.lines == ()


@pytest.mark.parametrize("document", ["a.txt", "ab" * 8])
def test_a_review_is_marked_and_changes_nothing_else(document: str) -> None:
    made = find(applied(row("review", "bolt", column="speaker", old="Mara Quill", document=document)), "bolt")
    assert made.attribution.review == "reviewed"
    assert replace(made, attribution=replace(made.attribution, review="machine")) == QUOTES[1]


def test_a_review_of_what_was_corrected_leaves_it_corrected() -> None:
    change = row("change", "bolt", column="venue", new="a radio interview")
    review = row("review", "bolt", column="speaker", old="Mara Quill")
    assert find(applied(change, review), "bolt").attribution.review == "corrected"
    assert find(applied(review, change), "bolt").attribution.review == "corrected"


def test_a_source_is_found_nearest_to_its_quote() -> None:
    change = row("change", "toll", column="source_text", old="The council", new="Venn")
    attribution = find(applied(change), "toll").attribution
    assert attribution.source is not None
    assert attribution.source.start == BODY.index("Venn said nothing")
    assert attribution.source.form == "named"
    assert (attribution.method, attribution.confidence, attribution.review) == ("correction", 1.0, "corrected")


@pytest.mark.parametrize(
    ("words", "form"), [("she", "pronoun"), ("an engineer", "nominal"), ("Mara Quill, an engineer", "named")]
)
def test_the_form_of_a_new_source_follows_from_its_words(words: str, form: str) -> None:
    attribution = find(
        applied(row("change", "bolt", column="source_text", old="Mara Quill", new=words)), "bolt"
    ).attribution
    assert attribution.source is not None
    assert attribution.source.form == form


def test_no_source_is_nobody() -> None:
    attribution = find(applied(row("change", "bolt", column="source_text", old="Mara Quill")), "bolt").attribution
    assert attribution.source is None
    assert attribution.speakers == ()


def test_days_addressee_and_channel() -> None:
    made = applied(
        row("change", "bolt", column="said_earliest", new="2024-03-01"),
        row("change", "bolt", column="channel", old="unknown", new="interview"),
        row("change", "bolt", column="addressee", new="the town"),
    )
    attribution = find(made, "bolt").attribution
    assert attribution.said_earliest == date(2024, 3, 1)
    assert (attribution.channel, attribution.addressee, attribution.method) == ("interview", "the town", "test")


def test_another_speaker_is_one_whom_the_article_knows() -> None:
    made = applied(row("change", "bolt", column="speaker", old="Mara Quill", new="tomas  venn"))
    assert find(made, "bolt").attribution.speakers == (TOMAS,)
    assert find(made, "bridge").attribution.speakers == (MARA,)


def test_speakers_are_added_and_removed() -> None:
    made = applied(
        row("add", "bolt", column="speaker", new="Ada Moss"),
        row("remove", "bolt", column="speaker", old="Mara Quill"),
    )
    assert find(made, "bolt").attribution.speakers == (Speaker("Ada Moss", "person"),)


def test_a_speaker_is_put_right_in_the_whole_article() -> None:
    made = applied(row("change", "bolt", "speakers", "description", old="an engineer", new="chief engineer"))
    described = [each.attribution.speakers[0].description for each in made.extraction.quotes[:3]]
    assert described == ["chief engineer"] * 3
    assert [each.attribution.review for each in made.extraction.quotes[:3]] == ["machine", "corrected", "machine"]
    [speaker] = [each for each in tables.rows(made, withhold_body=False)["speakers"] if each["name"] == "Mara Quill"]
    assert speaker["description"] == "chief engineer"


def test_which_of_several_speakers_is_meant() -> None:
    add = row("add", "bolt", column="speaker", new="Tomas Venn")
    change = row("change", "bolt", "speakers", "wikidata_id", new="Q42")
    code, message, hint = refused(add, change)
    assert code == "correction-anchor"
    assert "Mara Quill and Tomas Venn" in message + hint
    made = applied(add, replace(change, speaker="Tomas Venn"))
    assert [each.wikidata_id for each in find(made, "bolt").attribution.speakers] == [None, "Q42"]


def test_a_quote_is_added_and_what_was_set_aside_there_is_no_more() -> None:
    made = applied(
        row("add", "“far too late”", "quotes", new="direct"),
        row("change", "far too late", column="source_text", new="Tomas Venn"),
        row("change", "far too late", column="cue_text", new="calls"),
        row("add", "far too late", column="speaker", new="Tomas Venn"),
    )
    found = find(made, "far too late")
    assert found.spans == (Span(*at("far too late"), is_verbatim=True),)
    assert found.attribution.review == "corrected"
    assert found.attribution.cue == Mention(*at("calls"))
    assert [aside.text for aside in made.extraction.set_aside] == ["“Yes,”", "“Petrel”"]


def test_a_quote_of_two_pieces_is_added() -> None:
    made = applied(
        row("remove", "bridge is safe", "quotes", old="direct", new="slogan"),
        row("remove", "tested every bolt", "quotes", old="direct", new="slogan"),
        row("add", "The bridge is safe, […] We have tested every bolt.", "quotes", new="direct"),
    )
    assert [span.text for span in find(made, "bolt").spans] == ["The bridge is safe,", "We have tested every bolt."]
    assert all(aside.reason != "slogan" or aside.field == "headline" for aside in made.extraction.set_aside)


def test_a_mixed_quote_is_parted_at_its_marks() -> None:
    made = applied(row("add", "who calls it “far too late”", "quotes", new="mixed"))
    spans = find(made, "far too late").spans
    assert [(span.text, span.is_verbatim) for span in spans] == [("who calls it", False), ("far too late", True)]


def test_a_removed_quote_leaves_its_marks_set_aside() -> None:
    remove = row("remove", "bolt", "quotes", old="direct", new="slogan")
    made = applied(remove)
    assert len(made.extraction.quotes) == len(QUOTES) - 1
    assert SetAside("body", *at("“We have tested every bolt.”"), reason="slogan") in made.extraction.set_aside
    code, message, hint = refused(replace(remove, new=None))
    assert code == "correction-impossible"
    assert "accounted for nowhere" in message
    assert "scare quote" in hint


def test_an_indirect_quote_is_removed_without_a_reason_for_marks() -> None:
    made = applied(row("remove", "toll", "quotes", old="indirect"))
    assert made.extraction.set_aside == ENTRY.extraction.set_aside


def test_content_and_kind_are_changed() -> None:
    made = applied(
        row("change", "toll", "quotes", "text", old="the toll would be low", new="toll would be low"),
        row("change", "toll", "quotes", "kind", old="indirect", new="direct"),
    )
    found = find(made, "toll")
    assert found.spans == (Span(*at("toll would be low"), is_verbatim=True),)
    assert found.attribution.review == "corrected"


def test_ids_of_other_quotes_stay() -> None:
    before = {each["quote_id"] for each in tables.rows(ENTRY, withhold_body=False)["quotes"]}
    made = applied(
        row("add", "“far too late”", "quotes", new="direct"), row("remove", "toll", "quotes", old="indirect")
    )
    after = {each["quote_id"] for each in tables.rows(made, withhold_body=False)["quotes"]}
    assert len(before & after) == len(before) - 1


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (row("review", "bolts", column="speaker", old="Mara Quill"), "correction-anchor", "none of the 5 quotes"),
        (
            row("review", "We have tested ever bolt", column="speaker"),
            "correction-anchor",
            "did you mean “We have tested every",
        ),
        (row("review", "Yes,", column="speaker", old="Mara Quill"), "correction-anchor", "fill prefix or suffix"),
        (row("review", "b", column="speaker"), "correction-anchor", "write the whole text of one"),
        (row("review", "bolt", column="speaker", old="Ada Moss"), "correction-outdated", "the speaker is 'Mara Quill'"),
        (row("change", "bolt", column="cue_text", old="says", new="she"), "correction-outdated", "cue_text is 'said'"),
        (row("change", "bolt", column="venue", old="a pub"), "correction-outdated", "venue is empty"),
        (row("remove", "bolt", "quotes", old="mixed"), "correction-outdated", "kind is 'direct'"),
        (
            row("change", "bolt", column="source_text", old="Mara Quill", new="Rolf Pell"),
            "correction-impossible",
            "nowhere in the body",
        ),
        (
            row("change", "bolt", column="cue_text", old="said", new="tested"),
            "correction-impossible",
            "only inside what is said",
        ),
        (row("add", "The bridge is safe,", "quotes", new="direct"), "correction-impossible", "a quote already"),
        (row("add", "never written", "quotes", new="direct"), "correction-impossible", "do not hold these words"),
        (row("add", "Venn", "quotes", new="indirect"), "correction-anchor", "2 places"),
        (row("add", "“Yes,”", "quotes", new="direct"), "correction-anchor", "fill the cell field: headline or body"),
        (row("add", "”", "quotes", new="direct", field="headline"), "correction-impossible", "nothing but marks"),
        (
            row("add", "bolt", column="speaker", new="Mara Quill"),
            "correction-impossible",
            "a speaker of the quote already",
        ),
        (
            row("change", "bolt", column="source_form", old="named", new="none"),
            "correction-impossible",
            "change source_text",
        ),
        (
            row("change", "bolt", "quotes", "text", old="We have tested every bolt.", new="no"),
            "correction-impossible",
            "hold",
        ),
    ],
)
def test_what_cannot_be_applied_says_what_it_found(change: Correction, code: str, says: str) -> None:
    found, message, hint = refused(change)
    assert found == code
    assert says in f"{message} {hint}"


@pytest.mark.parametrize(
    ("more", "speaker"),
    [
        ({"suffix": "” she said"}, "Mara Quill"),
        ({"suffix": "said Tomas"}, "Tomas Venn"),
        ({"prefix": "she said."}, "Tomas Venn"),
    ],
)
def test_prefix_and_suffix_tell_equal_words_apart(more: dict[str, str], speaker: str) -> None:
    made = applied(row("review", "Yes,", column="speaker", old=speaker, **more))
    [seen] = [each for each in made.extraction.quotes if each.attribution.review == "reviewed"]
    assert seen.attribution.speakers[0].name == speaker


def test_a_line_that_fails_is_not_in_the_way_of_the_next() -> None:
    bad = row("review", "nothing", column="speaker")
    good = row("review", "bolt", column="speaker", old="Mara Quill", line=3)
    outcome = corrections.apply(ENTRY, [bad, good])
    assert outcome.lines == (2, 3)
    assert len(outcome.issues) == 1
    assert find(outcome.entry, "bolt").attribution.review == "reviewed"


words = st.sampled_from([*BODY.split(), "Yes,", "“Yes,”", "far too late", "Mara Quill", "she", "said", "e", "", "”"])
any_row = st.builds(
    Correction,
    line=st.integers(2, 9),
    document=st.sampled_from(["a.txt", "b.txt", "ab" * 8]),
    action=st.sampled_from(["add", "change", "remove", "review"]),
    quote=words | st.text(min_size=1),
    field=st.sampled_from([None, "body", "headline"]),
    prefix=st.none() | words,
    suffix=st.none() | words,
    table=st.sampled_from(["quotes", "attributions", "speakers"]),
    column=st.none() | st.sampled_from(sum(corrections.COLUMNS.values(), ())),
    speaker=st.none() | words,
    old=st.none() | words | st.sampled_from(["direct", "indirect", "unknown", "person", "named"]),
    new=st.none() | words | st.sampled_from(["direct", "mixed", "slogan", "group", "2024-03-01", "title"]),
    reason=st.just("because"),
    evidence=st.just("the document"),
)


@given(st.lists(any_row, max_size=6))
def test_whatever_is_applied_the_laws_hold(rows: list[Correction]) -> None:
    text = corrections.header() + "".join(corrections.line(each) for each in rows)
    readable, _ = corrections.read(text)
    outcome = corrections.apply(ENTRY, readable)
    broken = [issue for issue in checks.check_entry(outcome.entry) if issue.severity == "error"]
    assert [issue for issue in broken if issue.code != "said-order"] == []
    made = tables.rows(outcome.entry, withhold_body=False)
    keys = [each["quote_id"] for each in made["quotes"]]
    assert len(keys) == len(set(keys))
    assert all(
        quote.attribution.review != "machine"
        for quote in outcome.entry.extraction.quotes
        if quote not in QUOTES and quote.attribution.method == "correction"
    )


def test_a_change_that_would_leave_marks_alone_is_refused() -> None:
    code, message, hint = refused(
        row("change", "bridge is safe", "quotes", "text", old="The bridge is safe,", new="harbour bridge")
    )
    assert code == "correction-impossible"
    assert "accounted for nowhere" in message
    assert "remove the quote" in hint
