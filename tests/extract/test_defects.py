"""What other tools get wrong, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.extract import extract, unaccounted

Lines = Callable[[str], list[tuple[str, str | None, str | None, list[str]]]]


def test_a_quotation_at_the_end_of_the_text_is_kept(lines: Lines) -> None:
    assert lines("Moss said: “It fell”")[0][3] == ["It fell"]


def test_of_two_touching_quotations_both_are_kept(lines: Lines) -> None:
    spans = [
        piece for *_, pieces in lines("“It fell,” Moss said. “We ran.” “We hid in the cellar.”") for piece in pieces
    ]
    assert spans == ["It fell,", "We ran.", "We hid in the cellar."]


@pytest.mark.parametrize(
    "text", ["The dogs' bone lay there.", "A 6'2\" man came.", "She said “no more.", "end,” he said."]
)
def test_odd_marks_neither_raise_nor_swallow_the_page(read: Callable, text: str) -> None:
    page = f"{text}\n\n“It fell,” Moss said."
    said, aside = read(page)
    assert said[-1].source is not None
    assert (said[-1].source.text, said[-1].spans[0].text) == ("Moss", "It fell,")
    assert not unaccounted(page, said, aside)


@pytest.mark.parametrize("odd", ["é", "e\u0301", "\r\n", "\u2028", "\U0001f980", "İ", "ﬁ", "\u00a0", "\ufeff"])
def test_offsets_are_of_the_text_as_given(odd: str) -> None:
    text = f"{odd} In {odd} the harbour. “It {odd} fell,” Moss said."
    for quote in extract(text).quotes:
        for span in quote.spans:
            assert text[span.start : span.end] == span.text
        source = quote.attribution.source
        assert source is not None
        assert text[source.start : source.end] == source.text == "Moss"


def test_a_long_quotation_does_not_vanish(lines: Lines) -> None:
    words = "the bridge and the road and the pier " * 60
    assert lines(f"“It was {words}that fell,” Moss said.")[0][3] == [f"It was {words}that fell,"]


def test_people_of_one_surname_are_kept_apart() -> None:
    text = "“It fell,” Ada Moss said.\n\n“It did not,” Ned Moss said.\n\n“It did,” Ada Moss said."
    names = [quote.attribution.speakers[0].name for quote in extract(text).quotes]
    assert names == ["Ada Moss", "Ned Moss", "Ada Moss"]


def test_a_nickname_is_part_of_the_name(read: Callable) -> None:
    said, aside = read("“It fell,” Ned “Eel” Vane said.")
    assert [s.source.text for s in said if s.source] == ["Ned “Eel” Vane"]
    assert [mark.reason for mark in aside] == ["nickname"]


def test_an_apposition_does_not_break_the_attribution(lines: Lines) -> None:
    text = "“It fell,” Ada Moss, who has run the harbour for years, said."
    assert lines(text)[0][1] == "Ada Moss, who has run the harbour for years"


def test_the_person_told_is_not_the_source(lines: Lines) -> None:
    assert lines("“It fell,” Moss told Ned Vane of The Quay.")[0][1] == "Moss"


def test_the_spokesman_is_not_the_principal() -> None:
    quote = extract("“It fell,” a spokesman for Mayor Ada Moss said.").quotes[0]
    assert quote.attribution.speakers[0].name != "Ada Moss"


def test_a_statement_and_the_quotation_in_it_are_distinct(lines: Lines) -> None:
    said = lines("Moss said Vane had told her “never to come back.”")
    assert said[0][:3] == ("mixed", "Moss", "said")


def test_a_paragraph_left_open_is_taken_back_once(lines: Lines) -> None:
    text = "''Moss\n\n Mr.“ told reporters according to said"
    assert [line[3] for line in lines(text)] == [["Moss", "Mr."], ["Mr.", "told reporters"]]


@pytest.mark.parametrize("text", [" as said that", "Moss responded to", "reported blamed mention : asked responded to"])
def test_a_sentence_may_end_before_what_it_leads_to(text: str, lines: Lines) -> None:
    assert not any("responded" in (line[2] or "") for line in lines(text))
