"""Who says it: the whole noun phrase, never the addressee, the topic or a name inside a quotation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Lines = Callable[[str], list[tuple[str, str | None, str | None, list[str]]]]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“It fell,” Ada Moss, the mayor, said.", "Ada Moss, the mayor"),
        ("“It fell,” said Ada Moss, the mayor of Sand Quay.", "Ada Moss, the mayor of Sand Quay"),
        ("“It fell,” said Ada Moss, 42, a diver who lives here.", "Ada Moss, 42, a diver who lives here"),
        ("“It fell,” a spokesman for Mayor Ada Moss told reporters.", "a spokesman for Mayor Ada Moss"),
        ("“It fell,” she told Ned Vane.", "she"),
        ("A former mayor of the town, Ada Moss, said it fell.", "A former mayor of the town, Ada Moss"),
        ("Moss, speaking in the harbour, said it fell.", "Moss"),
        ("Moss, however, said it fell.", "Moss"),
        ("Moss and Vane said it fell.", "Moss and Vane"),
        ("The report says it fell.", "The report"),
        ("Critics of the plan say it fell.", "Critics of the plan"),
        ("Many said it fell.", "Many"),
        ("In a statement on Monday, the harbour board said it fell.", "the harbour board"),
        ("On Monday Moss said it fell.", "Moss"),
        ("SAND QUAY (Wire) - Moss said it fell.", "Moss"),
        ("Moss issued a statement saying it fell.", "Moss"),
        ("Moss was quoted as saying that it fell.", "Moss"),
        ("Three days after Moss said it fell, rain came.", "Moss"),
        ("Vane, who calls Moss a “fool,” said it fell.", "Vane"),
        ("Ned Vane (Quay Party) said it fell.", "Ned Vane (Quay Party)"),
        ("Moss’s plan fell, Vane said.", "Vane"),
        ("Two days earlier, the mayor, Ada Moss, said it fell.", "the mayor, Ada Moss"),
        ("Hours later, Ada Moss, who had left, said it fell.", "Ada Moss, who had left"),
        ("Two and a half years ago, an aide, Ned Vane, said it fell.", "an aide, Ned Vane"),
        ("Three hours after the storm, the mayor, Ada Moss, said it fell.", "the mayor, Ada Moss"),
        ("“It fell,” said Ada Moss (Quay Party, QP, left-leaning).", "Ada Moss (Quay Party, QP, left-leaning)"),
        ("A report obtained by the Quay Press said it fell.", "A report obtained by the Quay Press"),
        ("As Ned Vane left, the mayor, Ada Moss, said it fell.", "the mayor, Ada Moss"),
        ("As Ada Moss, the mayor, put it: “It fell.”", "Ada Moss, the mayor"),
        ("Said Ada Moss, who grew up here, “It fell.”", "Ada Moss, who grew up here"),
        ("Said Ada Moss: It fell.", "Ada Moss"),
        ("“Did it fall?” Moss asked reporters quietly during a walk along the quay last month.", "Moss"),
        ("In time, according to the harbour board, the rise in debt “is lasting.”", "the harbour board"),
        ("Reached by phone, Moss, the mayor, replied that it fell.", "Moss, the mayor"),
        ("“It fell,” confided one of her aides, on condition of anonymity.", "one of her aides"),
        ("“It fell,” exclaimified Ada Moss.", "Ada Moss"),
        ("According to the head of the union, Ada Moss, the bridge fell.", "the head of the union, Ada Moss"),
        ("For the head of the union, Ada Moss, the bridge is “lost.”", "the head of the union, Ada Moss"),
        ("Moss, author of Sand (“On Sand”), speaks of a “loss.”", "Moss, author of Sand (“On Sand”)"),
        ("“It fell,” said Ada Moss, 63, and Ned Vane, 58, who bake.", "Ada Moss, 63, and Ned Vane, 58, who bake"),
        ("“It fell,” said Ada Moss, 63, and Ned Vane left.", "Ada Moss, 63"),
        ("Ada Moss, a baker, and Ned Vane, a clerk, said it fell.", "Ada Moss, a baker, and Ned Vane, a clerk"),
        ("“Ned Vane told me,” she said, “it fell.”", "she"),
        ("“It fell,” said Ada Moss, Vane’s 2008 campaign manager.", "Ada Moss, Vane’s 2008 campaign manager"),
        ("“It fell,” said Ada Moss, host of the show.", "Ada Moss, host of the show"),
        ("“It fell,” said Ada Moss, 32, of Sand Quay.", "Ada Moss, 32, of Sand Quay"),
        ("“It fell,” said A.B. Moss, a diver.", "A.B. Moss, a diver"),
        ("“It fell,” said Ada Moss, a D.C.-based strategist.", "Ada Moss, a D.C.-based strategist"),
        ("Ada Moss, a friend of the groups and rallies, said it fell.", "Ada Moss, a friend of the groups and rallies"),
        ("Ada Moss, then 38, said it fell.", "Ada Moss, then 38"),
        ("Ada Moss — a diver from Sand Quay — says it fell.", "Ada Moss — a diver from Sand Quay"),
        ("SAND QUAY ― The board said it fell.", "The board"),
        ("But more than six in ten voters said it fell.", "more than six in ten voters"),
        ("At least a dozen members said it fell.", "At least a dozen members"),
        ("Almost half said it fell.", "Almost half"),
        ("Ten percent of registered voters say it fell.", "Ten percent of registered voters"),
        ("It is something many divers say that they fear.", "many divers"),
        ("A Moss ally told reporters that it fell.", "A Moss ally"),
        ("Moss’s friends have in the past said it fell.", "Moss’s friends"),
        ("Moss and Vane have both argued that it fell.", "Moss and Vane"),
        ("The town cheered when Vane spotted the boat and said it fell.", "Vane"),
        ("Moss - who had been in a long row with the board of the harbour for weeks - said it fell.", "Moss"),
        ("The bridge of Sand Quay falls - Ada Moss: “It fell in the night, and nobody was hurt.”", "Ada Moss"),
        ("“It fell,” said the head\nAda Moss.", "Ada Moss"),
    ],
)
def test_the_source_is_the_whole_noun_phrase(lines: Lines, text: str, source: str) -> None:
    assert lines(text)[-1][1] == source


@pytest.mark.parametrize(
    "text",
    ["For years, the bridge has been “lost.”", "For Moss, the bridge is lost.", "For now, it is “lost.”"],
)
def test_for_is_no_source_without_a_name_and_a_quotation(lines: Lines, text: str) -> None:
    assert [source for _, source, _, _ in lines(text)] == []


def test_a_belief_is_said_where_it_is_quoted(lines: Lines) -> None:
    said = lines("She believes that it “will fall,” and points out that it is old. She believes that it fell.")
    assert said == [
        ("mixed", "She", "believes", ["that it", "will fall,"]),
        ("indirect", "She", "points out", ["that it is old"]),
    ]


def test_where_it_was_posted_is_not_what_was_said(lines: Lines) -> None:
    assert lines("Moss denounced “a gift” on X.") == [("direct", "Moss", "denounced", ["a gift"])]


def test_a_shared_subject_speaks_twice(lines: Lines) -> None:
    said = lines("Moss said that the bridge was safe and added that the road was not.")
    assert [(source, spans) for _, source, _, spans in said] == [
        ("Moss", ["that the bridge was safe"]),
        ("Moss", ["that the road was not"]),
    ]


def test_participles_take_the_subject_of_their_clause(lines: Lines) -> None:
    said = lines("Moss closed the bridge, saying that it was old.")
    assert said == [("indirect", "Moss", "saying", ["that it was old"])]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The senior diver emailed supporters on Monday, saying that it fell.", "The senior diver"),
        ("Moss on Monday ratcheted up his attacks, saying that it fell.", "Moss"),
        ("Some see Vane as weak, arguing that it fell.", "Some"),
        ("Ada Moss, head of the board, mailed voters, telling them that it fell.", "Ada Moss, head of the board"),
        ("At a rally in Elm, Sand County, on Sunday, Mrs. Moss tried, saying that it fell.", "Mrs. Moss"),
        ("Speaking in Elm, Sand County, Moss went after Vane, saying that it fell.", "Moss"),
        ("Moss repeatedly invoked Vane on Monday, saying that it fell.", "Moss"),
        ("Ada Moss mended it on “Harbour Hour,” calling it a “gem.”", "Ada Moss"),
        ("Vane is glad, with three in ten saying that it fell.", "three in ten"),
    ],
)
def test_the_subject_of_a_participle_ends_before_its_verb(lines: Lines, text: str, source: str) -> None:
    assert lines(text)[-1][1] == source


def test_being_asked_names_nobody(lines: Lines) -> None:
    said = lines("Asked whether the bridge was safe, Moss walked away.")
    assert said == [("indirect", None, "Asked", ["whether the bridge was safe"])]


def test_confidence_falls_with_distance(read: Callable) -> None:
    near, floating = read("“It fell,” Moss said.\n\n“It did fall in the night, we all heard it.”")[0]
    open_ = read("“It did fall in the night, we all heard it.”")[0][0]
    assert near.confidence >= 0.95
    assert open_.confidence < floating.confidence < near.confidence
    assert floating.inherits is near


@pytest.mark.parametrize(
    "text",
    [
        "Time will tell.",
        "The five states vote on Monday.",
        "His claims of ownership were weak.",
        "She called the harbour.",
        "The stated aim was peace.",
    ],
)
def test_words_that_report_nothing(lines: Lines, text: str) -> None:
    assert not [line for line in lines(text) if line[0] != "indirect" or "tell" in (line[2] or "")]


@pytest.mark.parametrize(
    "text",
    ["“The bridge fell in the night.” — Ada Moss, mayor", "“The bridge fell in the night.”\n\n— Ada Moss, mayor"],
)
def test_a_signature_after_a_dash(lines: Lines, text: str) -> None:
    assert [(source, spans) for _, source, _, spans in lines(text)] == [
        ("Ada Moss, mayor", ["The bridge fell in the night."])
    ]


def test_from_somebody(lines: Lines) -> None:
    said = lines("From Ada Moss, the mayor:\n\n“The bridge fell in the night, and nobody was hurt.”")
    assert said[0][1] == "Ada Moss, the mayor"
