"""Who the people of an article are, in articles of our own as several newsrooms write them."""

from __future__ import annotations

import pytest

from onrecord.extract import extract
from onrecord.extract.lexicon import load
from onrecord.extract.names import Names


def who(text: str) -> list[tuple[str, str | None]]:
    """Return each quote's first words, and the name or else the description of who is said to have said it."""
    found = []
    for quote in extract(text).quotes:
        speakers = quote.attribution.speakers
        found.append((quote.spans[0].text, speakers[0].name or speakers[0].description if speakers else None))
    return found


def test_letters_after_a_name_are_no_surname() -> None:
    text = "His barrister, Peder Lunn KC, said he was sorry. “He does not remember it,” Lunn added."
    assert who(text) == [("he was sorry", "Peder Lunn KC"), ("He does not remember it,", "Peder Lunn KC")]


def test_the_bearer_of_letters_is_the_bearer_of_the_name() -> None:
    text = "“It fell,” said Una Marsh MP. “It was old,” Una Marsh said."
    assert [name for _, name in who(text)] == ["Una Marsh MP", "Una Marsh MP"]


@pytest.mark.parametrize("place", ["Port Haverley", "Fort Haverley", "West Haverley", "Mount Haverley"])
def test_a_town_is_nobody(place: str) -> None:
    assert Names.of(load("en")).read(place).kind == "place"
    text = f"Two goals sent rivals {place} top. The coach was glad. “He plays well,” she said."
    assert who(text) == [("He plays well,", None)]


@pytest.mark.parametrize("role", ["counterpart", "manager", "captain", "teenager", "coach"])
def test_a_role_before_a_name_proves_a_person(role: str) -> None:
    text = f"The game was lost. Haverley {role} Zuvi Kellsby was delighted. “He is eighteen,” she said."
    assert who(text) == [("He is eighteen,", "Zuvi Kellsby")]


@pytest.mark.parametrize("after", [", 41,", ", a retired baker,", ", the mayor of Elm,"])
def test_an_age_or_a_role_after_a_name_proves_a_person(after: str) -> None:
    text = f"Zuvi Kellsby{after} came out to watch the ferry leave. “It is old,” she said."
    assert who(text) == [("It is old,", "Zuvi Kellsby")]


def test_somebody_himself_is_the_one_who_was_named() -> None:
    text = "“He is good,” said Ada Moss. Rui Bastos, 18, scored. Bastos himself said it was “a dream”."
    assert who(text)[1] == ("it was", "Rui Bastos")


def test_a_nationality_stands_for_the_person_before() -> None:
    text = (
        "Dunmore manager Lars Eklind, whose side have lost four in a row, refused to blame the referee.\n\n"
        "“It was a penalty,” said the Swede."
    )
    assert who(text) == [("It was a penalty,", "Lars Eklind")]


def test_a_nationality_that_stands_for_nobody_is_no_name() -> None:
    [quote] = extract("“It was a penalty,” said the Swede.").quotes
    assert [(one.name, one.anonymity) for one in quote.attribution.speakers] in ([], [(None, "unnamed")])


@pytest.mark.parametrize("name", ["Danielle Steel", "Emily Post", "Helen Banks", "Frank Church", "Paul Guard"])
def test_a_surname_that_is_also_a_word_of_companies(name: str) -> None:
    assert Names.of(load("en")).read(name).kind == "person"


@pytest.mark.parametrize("name", ["Austin Police", "Charlotte Observer", "Elm Steel", "Norvane Semiconductor"])
def test_a_company_or_an_office_is_no_person(name: str) -> None:
    assert Names.of(load("en")).read(name).kind == "organisation"


def test_the_company_is_the_only_one_named() -> None:
    text = "Shares in Norvane Semiconductor fell 14% on Tuesday after the company warned that demand would be weak."
    assert who(text) == [("that demand would be weak", "Norvane Semiconductor")]


def test_of_two_companies_the_company_is_neither() -> None:
    text = "Norvane Semiconductor sued Kestrion Systems. The company said that demand would be weak."
    assert who(text)[-1][1] not in {"Norvane Semiconductor", "Kestrion Systems"}


def test_it_is_the_company_that_the_sentence_before_is_about() -> None:
    text = (
        "Shares in Norvane Semiconductor fell 14% on Tuesday.\n\n"
        "Norvane now expects revenue of $410 million. It said that tariffs were to blame."
    )
    assert who(text) == [("that tariffs were to blame", "Norvane Semiconductor")]


def test_it_is_open_where_the_sentence_before_is_about_a_person() -> None:
    text = "Norvane Semiconductor fell. Ada Moss sold her shares in it. It said that tariffs were to blame."
    assert who(text) == [("that tariffs were to blame", None)]


def test_who_is_never_in_the_sentence_before() -> None:
    text = "“It is over,” he said outside court.\n\nThe man's sister, who warned that it was not, left."
    assert [name for _, name in who(text)][-1] != "court"
    assert "court" not in str([quote.attribution.speakers for quote in extract(text).quotes][-1])


def test_a_request_not_to_be_named_is_no_quote_of_its_own() -> None:
    text = "Haddery's sister, who asked not to be named, shouted “That's not justice!” from the gallery."
    assert [content for content, _ in who(text)] == ["That's not justice!"]


def test_where_she_would_not_say_says_nothing() -> None:
    text = "Mayor Ada Moss said she would be moving out of state, but would not say where."
    assert [content for content, _ in who(text)] == ["she would be moving out of state"]


def test_a_score_is_one_word() -> None:
    text = "Ada Moss admitted her side “got what we deserved” after a 3-0 home defeat."
    [quote] = extract(text).quotes
    assert not any(span.text.endswith("3") for span in quote.spans)


def test_a_title_is_kept_beside_a_longer_description() -> None:
    text = "Mayor Ada Moss resigned on Monday. “I am tired,” Moss, a Democrat, said."
    [quote] = extract(text).quotes
    assert quote.attribution.speakers[0].description == "Mayor, Democrat"


def test_a_signature_after_a_dash_ends_before_the_occasion() -> None:
    text = "“We were second best to everything” - Dunmore boss after derby defeat"
    [quote] = extract(text).quotes
    assert quote.attribution.source is not None
    assert quote.attribution.source.text == "Dunmore boss"


def test_a_speaker_of_several_paragraphs_is_still_the_speaker() -> None:
    text = (
        "“It was a penalty,” said Lars Eklind. “I should go home.\n\n“We were second best to everything. Second balls.”"
        "\n\nAsked by a reporter whether he feared for his job, he replied: “Ask me on Monday.”"
    )
    assert who(text)[-1] == ("Ask me on Monday.", "Lars Eklind")


def test_he_is_no_management() -> None:
    text = (
        "The management denounced a “small minority.” The director, Hugues Dervaux, did not wish to comment. "
        "His office sent a letter in which he said he “regretted” the strike."
    )
    assert who(text)[-1] == ("he", "Hugues Dervaux")


def test_the_same_source_is_the_one_before() -> None:
    text = (
        "In the ministry, an adviser pleads for patience: “It was cut.” "
        "The same source acknowledges that “it was not ideal.”"
    )
    assert [name for _, name in who(text)] == ["adviser", "adviser"]


def test_a_role_with_a_comma_proves_a_person() -> None:
    text = "A former director of the firm, Zuvi Fennick, has denied this. “They knew,” he told the Elm Echo in June."
    assert who(text) == [("They knew,", "Zuvi Fennick")]


def test_a_dame_goes_by_her_first_name() -> None:
    text = "The inquiry is chaired by Dame Honor Selwyn. Dame Honor said she would “go on”."
    assert who(text) == [("she would", "Honor Selwyn")]


def test_a_daughter_goes_by_her_first_name() -> None:
    text = "Teun Abelard is 78.\n\nHis daughter Zuvi does not believe him. “He is heartbroken,” she says."
    assert who(text) == [("He is heartbroken,", "Zuvi")]


def test_a_headline_in_which_somebody_was_told() -> None:
    [quote] = extract("Council ‘ignored warnings’ about school roof, inquiry told").quotes
    assert quote.attribution.source is None
    assert quote.attribution.confidence < 0.5


def test_an_office_in_letters_is_no_name() -> None:
    text = "MP Odile Ferrandi (Quay Party) called for calm. “It is late,” Ferrandi said."
    assert who(text)[-1] == ("It is late,", "Odile Ferrandi")
