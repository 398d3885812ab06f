"""Constructions in which somebody speaks: relative clauses, passives, nouns of saying, shared subjects, adjuncts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Line = tuple[str, str | None, str | None, list[str]]
Lines = Callable[[str], list[Line]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quay prepares for what Tom Moss called “the loudest party.”",
            ("mixed", "Tom Moss", "called", ["what", "the loudest party."]),
        ),
        (
            "The harbour has rules, which Moss described as “like an open net.”",
            ("mixed", "Moss", "described", ["which", "as", "like an open net."]),
        ),
        (
            "The talk was about what Moss said was a lie.",
            ("indirect", "Moss", "said", ["what", "was a lie"]),
        ),
        (
            "The talk was of what officials said would be a “storm.”",
            ("mixed", "officials", "said", ["what", "would be a", "storm."]),
        ),
    ],
)
def test_a_relative_clause_is_said_with_the_word_that_opens_it(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dell Roff is accused of burning two boats.",
            ("indirect", None, "is accused", ["Dell Roff", "burning two boats"]),
        ),
        (
            "He was accused by the harbour board of burning a boat.",
            ("indirect", "the harbour board", "was accused", ["He", "burning a boat"]),
        ),
        ("Mr. Moss was declared the winner.", ("indirect", None, "was declared", ["Mr. Moss", "the winner"])),
        (
            "Two pilots are said to be leaving the town.",
            ("indirect", None, "are said", ["Two pilots", "to be leaving the town"]),
        ),
        (
            "The pact has been called “a trap” by Tom Quill, a lawyer at Elm, and it failed.",
            ("mixed", "Tom Quill, a lawyer at Elm", "has been called", ["The pact", "a trap"]),
        ),
    ],
)
def test_the_subject_of_a_passive_is_said(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    "text",
    [
        "The pilot, who was declared the victor in May, left.",
        "She was called to the stage.",
        "It was said that the bridge was new.",
    ],
)
def test_the_subject_of_a_passive_is_not_said(lines: Lines, text: str) -> None:
    assert all(len(said) == 1 for _, _, _, said in lines(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moss made no mention of the harbour.", ("indirect", "Moss", "made no mention", ["the harbour"])),
        (
            "Moss has made favorable comments about the plan.",
            ("indirect", "Moss", "has made favorable comments", ["the plan"]),
        ),
        (
            "Quill offered a promise that she would not leave.",
            ("indirect", "Quill", "offered a promise", ["that she would not leave"]),
        ),
        (
            "She gained votes with her promise to dredge the harbour.",
            ("indirect", "her", "promise", ["to dredge the harbour"]),
        ),
        (
            "Nobody checked his claim in November that the dam would burst.",
            ("indirect", "his", "claim", ["that the dam would burst"]),
        ),
        (
            "The board read complaints from the fishermen that the quay was closed.",
            ("indirect", "the fishermen", "complaints", ["that the quay was closed"]),
        ),
    ],
)
def test_a_noun_of_saying(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    "text", ["Moss issued a statement that was printed on blue paper.", "They read his plan to build a wall."]
)
def test_a_noun_that_says_nothing(lines: Lines, text: str) -> None:
    assert lines(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "She rails against its “grand pier” and pledges to stand against it.",
            ("indirect", "She", "pledges", ["to stand against it"]),
        ),
        (
            "Moss went to the harbour and said she would mend it.",
            ("indirect", "Moss", "said", ["she would mend it"]),
        ),
        (
            "Nobody thanked Roff, who is old and is saying he will retire.",
            ("indirect", "who", "is saying", ["he will retire"]),
        ),
        (
            "Quill then went on to explain what the pump does at night.",
            ("indirect", "Quill", "then went on to explain", ["what the pump does at night"]),
        ),
    ],
)
def test_a_verb_that_shares_its_subject(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Moderator Tom Quill asked Moss about her ties to the firm.",
            ("indirect", "Moderator Tom Quill", "asked", ["her ties to the firm"]),
        ),
        (
            "Moss spoke to reporters on Monday about the flood.",
            ("indirect", "Moss", "spoke", ["the flood"]),
        ),
        (
            "Asked during the May fair why she left, Moss smiled.",
            ("indirect", None, "Asked", ["why she left"]),
        ),
        (
            "Moss accused Quill of being influenced by lobbyists.",
            ("indirect", "Moss", "accused", ["Quill of being influenced by lobbyists"]),
        ),
        (
            "The quay was not closed when the storm came, a harbour official said, adding that the boats were safe.",
            ("indirect", "a harbour official", "said", ["The quay was not closed when the storm came"]),
        ),
        (
            "Moss warned the owners not to leave the quay.",
            ("indirect", "Moss", "warned", ["the owners not to leave the quay"]),
        ),
        ("Moss promised never to leave.", ("indirect", "Moss", "promised", ["never to leave"])),
        ("Moss admitted several mistakes.", ("indirect", "Moss", "admitted", ["several mistakes"])),
        (
            "The board asked the owners to abandon the quay.",
            ("indirect", "The board", "asked", ["the owners to abandon the quay"]),
        ),
    ],
)
def test_content_across_an_adjunct_or_an_addressee(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


def test_a_noun_phrase_before_and_is_no_clause(lines: Lines) -> None:
    assert lines("The firm denied a link and countersued her.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The effects are hard to predict, Moss said, because the dam is old.",
            ("indirect", "Moss", "said", ["The effects are hard to predict", "because the dam is old"]),
        ),
        (
            "The dam will hold, Moss said, unless the rain goes on.",
            ("indirect", "Moss", "said", ["The dam will hold", "unless the rain goes on"]),
        ),
        (
            "As the dam broke, Moss said, “I watched the quay.”",
            ("mixed", "Moss", "said", ["As the dam broke", "I watched the quay."]),
        ),
        (
            "Asked whether the dam would hold, half of the members said yes, but Moss left.",
            ("indirect", "half of the members", "said", ["yes"]),
        ),
        ("Quill reportedly left the town.", ("indirect", None, "reportedly", ["Quill", "left the town"])),
        (
            "Reportedly, the dam was old.",
            ("indirect", None, "Reportedly", ["the dam was old"]),
        ),
    ],
)
def test_what_goes_on_around_a_cue(lines: Lines, text: str, expected: Line) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The dam will hold, Moss said, as she left the hall.", ["The dam will hold"]),
        ("As for the dam, Moss said, “It will hold.”", ["It will hold."]),
        ("When asked about it, Moss said, “It will hold.”", ["It will hold."]),
    ],
)
def test_what_is_the_narrators_around_a_cue(lines: Lines, text: str, said: list[str]) -> None:
    assert lines(text)[-1][3] == said
