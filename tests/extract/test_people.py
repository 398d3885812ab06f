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


def test_a_son_is_no_she() -> None:
    text = (
        "Ottoline Greaves, who mapped villages, died at home. She was 93.\n\n"
        "Her son, Zuvi Greaves, confirmed the death. The cause was heart failure, he said.\n\n"
        "“A map is a promise,” she wrote in 1974."
    )
    found = who(text)
    assert found[0] == ("The cause was heart failure", "Zuvi Greaves")
    assert found[1][1] in {None, "Ottoline Greaves"}


def test_reviewers_are_no_name() -> None:
    text = "Reviewers said her book was wet. In 2003 she told students: “Mind the puddles.”"
    quotes = extract(text).quotes
    assert [one.name for one in quotes[0].attribution.speakers] == [None]
    assert not quotes[1].attribution.speakers


def test_a_party_and_a_town_of_two_words() -> None:
    [quote] = extract("Sen. Ada Moss, D-Carrow City, the bill's sponsor, said 41 towns are dry.").quotes
    assert quote.attribution.speakers[0].description == "Sen., D-Carrow City, bill's sponsor"


def test_put_it_this_way() -> None:
    text = "Its president, a retired baker named Vern Ott, put it this way: “It is a broken leg.”"
    [quote] = extract(text).quotes
    assert quote.attribution.source is not None
    assert quote.attribution.cue is not None
    assert quote.attribution.cue.text == "put it"
    assert quote.attribution.source.text.startswith("Its president")


@pytest.mark.parametrize("place", ["NEW SARANPUR", "SARANPUR"])
def test_a_dateline_with_a_colon_says_nothing(place: str) -> None:
    text = f"{place}: Minister Devendra Kapade on Friday ruled out a cut, saying the onus was on others."
    assert [name for _, name in who(text)] == ["Devendra Kapade"]


def test_a_platform_of_one_letter_ends_a_sentence() -> None:
    text = "“It is dear,” she said in a post on X. Ghoshal alleged that the government had lied."
    assert who(text)[-1] == ("that the government had lied", "Ghoshal")


def test_a_participle_beside_a_speaker() -> None:
    text = "“We cannot run it,” the bench, headed by Chief Justice R. K. Mehrun, had remarked."
    [quote] = extract(text).quotes
    assert quote.attribution.source is not None
    assert quote.attribution.source.text.startswith("the bench")


@pytest.mark.parametrize("time", ["last week ", "on Friday ", ""])
def test_a_time_inside_the_verb(time: str) -> None:
    text = f"The High Court, while hearing a plea, had {time}observed that it was “a matter of policy”."
    [quote] = extract(text).quotes
    assert quote.attribution.source is not None
    assert quote.attribution.source.text == "The High Court"


def test_a_quotation_before_a_year_is_a_title() -> None:
    [aside] = extract("She wrote it in the preface to “The Drowned Parishes” (1974).").set_aside
    assert aside.reason == "title"


INTERVIEW = """
Livia Santerre has led the Morrow Philharmonic for nine seasons. She met Edwin Carr in May.

Edwin Carr: The board has said it was hurt.

Livia Santerre: The board is always hurt.

EC: Critics say you drove people away.

LS: Which critics? I had it framed.
"""


def test_an_interview_between_names_and_their_letters() -> None:
    assert who(INTERVIEW) == [
        ("The board has said it was hurt.", "Edwin Carr"),
        ("The board is always hurt.", "Livia Santerre"),
        ("Critics say you drove people away.", "Edwin Carr"),
        ("Which critics? I had it framed.", "Livia Santerre"),
    ]


def test_a_list_of_prizes_is_no_interview() -> None:
    text = (
        "Best Picture: The Long Pier\n\nBest Actor: Una Marsh\n\nBest Song: Mind the Puddles\n\nBest Editor: Rui Bastos"
    )
    assert not extract(text).quotes


def everyone(text: str) -> list[list[str | None]]:
    """Return the names or descriptions of all speakers of each quote."""
    return [[one.name or one.description for one in quote.attribution.speakers] for quote in extract(text).quotes]


def test_an_hour_ends_a_sentence_before_a_quotation() -> None:
    text = "Her husband said he still wakes at 3 a.m. “I count them,” Hamish Cattell said."
    assert [content for content, _ in who(text)] == ["he still wakes at 3 a.m.", "I count them,"]


def test_two_towns_are_one_board() -> None:
    text = "The Dellford Argus wrote. In a joint statement, the Dellford and Upper Strand councils said they agree."
    assert everyone(text) == [["Dellford and Upper Strand councils"]]


def test_a_couple_of_one_surname() -> None:
    text = "Hamish and Rowena Cattell say they had 20 minutes. “I count them,” Hamish Cattell said."
    assert everyone(text)[0] == ["Hamish Cattell", "Rowena Cattell"]


def test_she_and_somebody() -> None:
    text = "Ines Obrador called it a lie. She and her co-counsel, Matt Teague, said they would sue."
    assert everyone(text)[-1] == ["Ines Obrador", "Matt Teague"]
    assert everyone("“No,” Ines Obrador said. She and Matt Teague said it was late.")[-1] == [
        "Ines Obrador",
        "Matt Teague",
    ]


def test_a_state_office_begins_a_sentence() -> None:
    text = "State Rep. Kyle Moss, who is not related to them, said Wednesday on “Daybreak” that he would call hearings."
    assert who(text) == [("that he would call hearings", "Kyle Moss")]


def test_a_heading_in_marks_is_not_the_speaker_before() -> None:
    text = (
        "NorGrid said 41,000 customers were cut off.\n\n‘Like a train going through the house’\n\n"
        "“It was like a train going through the house,” said Mags Redfern, 52."
    )
    assert who(text)[1] == ("It was like a train going through the house,", "Mags Redfern")


def test_a_company_is_known_by_the_noun_before_it() -> None:
    text = "Ferry company Calsound has cancelled all sailings. “We are sorry,” it posted on X."
    assert who(text) == [("We are sorry,", "Calsound")]
    [quote] = extract(text).quotes
    assert quote.attribution.speakers[0].kind == "organisation"


def test_an_apposition_may_name_its_bearer() -> None:
    text = "Its president, a retired hydrologist named Vern Ott, said that it was late."
    [quote] = extract(text).quotes
    assert quote.attribution.source is not None
    assert quote.attribution.source.text == "Its president, a retired hydrologist named Vern Ott"
    assert [one.name for one in quote.attribution.speakers] == ["Vern Ott"]


def test_a_role_after_an_opening_proves_a_person() -> None:
    text = (
        "Contacted by our newspaper, the hospital's director, Zuvi Dervaux, did not wish to comment. "
        "His office sent a note in which he said he was sorry."
    )
    assert who(text) == [("he was sorry", "Zuvi Dervaux")]


def test_a_quotation_after_its_cue_is_not_given_to_the_next_sentence() -> None:
    text = "She showed an email in which an engineer wrote: “If it gets out we are toast.” A boss replied with a shrug."
    assert who(text) == [("If it gets out we are toast.", "engineer")]
    assert who("The mayor said, “It fell.” A baker replied with a shrug.") == [("It fell.", "mayor")]


@pytest.mark.parametrize(
    ("source", "name", "description"),
    [
        ("Corwin Abbot of Lisle Partners", "Corwin Abbot", "of Lisle Partners"),
        ("Capt. Lou Marchetti of the Lander Fire Department", "Lou Marchetti", "Capt. of the Lander Fire Department"),
        ("Republican Sen. Dale Purvis of Oxbow", "Dale Purvis", "Republican Sen. of Oxbow"),
        ("the Royal Bank of Elm", "Royal Bank of Elm", None),
    ],
)
def test_whom_somebody_belongs_to(source: str, name: str, description: str | None) -> None:
    [quote] = extract(f"“It fell,” said {source}.").quotes
    assert [(one.name, one.description) for one in quote.attribution.speakers] == [(name, description)]


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        (
            "The Centers for Disease Control and Prevention",
            "Centers for Disease Control and Prevention",
            "organisation",
        ),
        ("Co-anchor Zuvi Dervaux", "Zuvi Dervaux", "person"),
        ("EWA Director of Quay Affairs Phil Dervaux", "Phil Dervaux", "person"),
        ("co-host Stu\xa0Moss", "Stu Moss", "person"),
        ("president and CEO of the Elm Restaurant Association", None, "person"),
        ("Supporters of Dervaux", None, "group"),
        ("Police", None, "group"),
        ("Projections", None, "unknown"),
        ("Forecasters", None, "group"),
        ("Current and former officials", None, "group"),
    ],
)
def test_what_kind_of_speaker(source: str, name: str | None, kind: str) -> None:
    [quote] = extract(f"{source} said that the pier fell.").quotes
    assert [(one.name, one.kind) for one in quote.attribution.speakers] == [(name, kind)]


def test_what_is_said_of_somebody_is_no_membership() -> None:
    text = "Rui Dervaux ran. “He is late,” said Elm College professor Ada Moss of Dervaux."
    [quote] = extract(text).quotes
    assert [(one.name, one.description) for one in quote.attribution.speakers] == [
        ("Ada Moss", "Elm College professor")
    ]


def test_a_description_holds_plain_spaces() -> None:
    [quote] = extract("Campaign spokesman\xa0Ada Moss said that it fell.").quotes
    assert quote.attribution.speakers[0].description == "Campaign spokesman"


def test_who_answers_is_not_who_asked() -> None:
    text = (
        "“It is a charge, full stop,” Ada Moss told me. When I asked whether it would ruin the town, she laughed. "
        "“It would cost them less than their lights.”"
    )
    assert who(text)[-1] == ("It would cost them less than their lights.", "Ada Moss")


def test_a_noun_at_the_start_of_a_sentence_names_nothing() -> None:
    [quote] = extract("Opposition rejects “sham” results in Quay").quotes
    assert [(one.name, one.kind) for one in quote.attribution.speakers] == [(None, "organisation")]


@pytest.mark.parametrize(
    ("source", "name", "description"),
    [
        ("Abu Hassan Amer", "Abu Hassan Amer", None),
        ("PM Zuvi", "Zuvi", "PM"),
        ("Defense Minister Khawaja Mohammad Asif", "Khawaja Mohammad Asif", "Defense Minister"),
    ],
)
def test_names_of_many_lands(source: str, name: str, description: str | None) -> None:
    [quote] = extract(f"{source} said that the pier fell.").quotes
    assert [(one.name, one.description) for one in quote.attribution.speakers] == [(name, description)]


def test_a_surname_of_two_words_stands_for_its_bearer() -> None:
    text = (
        "“It is a good choice,” Abu Anas Al Saud said.\n\nBut Al Saud is aware of what Yahya Sinwar may do.\n\n"
        "Rain fell. Sinwar was born in Elm.\n\nAl Saud looked up. “He is wanted,” he said."
    )
    assert who(text)[-1] == ("He is wanted,", "Abu Anas Al Saud")


@pytest.mark.parametrize("where", ["in a statement", "in a news briefing in Elm", "in an interview"])
def test_where_something_is_said_is_no_part_of_the_source(where: str) -> None:
    [quote] = extract(f"The Indian army {where} accused the boats of leaking.").quotes
    assert quote.attribution.source is not None
    assert quote.attribution.source.text == "The Indian army"
