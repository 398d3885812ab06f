"""What is said: direct, broken, mixed, indirect, continued, floating, and where it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Lines = Callable[[str], list[tuple[str, str | None, str | None, list[str]]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The bridge is safe,” Moss said.", ("direct", "Moss", "said", ["The bridge is safe,"])),
        ("“The bridge is safe,” said Ada Moss.", ("direct", "Ada Moss", "said", ["The bridge is safe,"])),
        ("Moss said, “The bridge is safe.”", ("direct", "Moss", "said", ["The bridge is safe."])),
        ("Moss said: “The bridge is safe.”", ("direct", "Moss", "said", ["The bridge is safe."])),
        (
            "Moss told Radio Quay's Morning Desk on Tuesday: “The bridge is safe.”",
            ("direct", "Moss", "told", ["The bridge is safe."]),
        ),
        ("“Why now?” Moss asked.", ("direct", "Moss", "asked", ["Why now?"])),
        ("“The bridge,” Moss said, “is safe.”", ("direct", "Moss", "said", ["The bridge,", "is safe."])),
        (
            "Moss said the bridge was “safe” and “sound.”",
            ("mixed", "Moss", "said", ["the bridge was", "safe", "and", "sound."]),
        ),
        ("Moss said that the bridge was safe.", ("indirect", "Moss", "said", ["that the bridge was safe"])),
        ("Moss said the bridge was safe.", ("indirect", "Moss", "said", ["the bridge was safe"])),
        ("The bridge was safe, Moss said.", ("indirect", "Moss", "said", ["The bridge was safe"])),
        ("The bridge, Moss said, was safe.", ("indirect", "Moss", "said", ["The bridge", "was safe"])),
        ("The bridge was safe, said Ada Moss.", ("indirect", "Ada Moss", "said", ["The bridge was safe"])),
        (
            "According to Ada Moss, the bridge was safe.",
            ("indirect", "Ada Moss", "According to", ["the bridge was safe"]),
        ),
        (
            "The bridge was safe, according to Ada Moss.",
            ("indirect", "Ada Moss", "according to", ["The bridge was safe"]),
        ),
        (
            "As Moss noted, the bridge was safe.",
            ("indirect", "Moss", "noted", ["the bridge was safe"]),
        ),
        (
            "Moss asked whether the bridge was safe.",
            ("indirect", "Moss", "asked", ["whether the bridge was safe"]),
        ),
        ("Moss promised to mend the bridge.", ("indirect", "Moss", "promised", ["to mend the bridge"])),
        ("Moss called the bridge “a ruin.”", ("mixed", "Moss", "called", ["the bridge", "a ruin."])),
        (
            "Moss told reporters on Monday that the bridge was safe.",
            ("indirect", "Moss", "told", ["that the bridge was safe"]),
        ),
        (
            "Moss, the mayor, said in an interview with The Quay that the bridge was safe.",
            ("indirect", "Moss, the mayor", "said", ["that the bridge was safe"]),
        ),
    ],
)
def test_one_statement(lines: Lines, text: str, expected: tuple[str, str, str, list[str]]) -> None:
    assert lines(text) == [expected]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Moss said the bridge was safe, adding that it was new.", "the bridge was safe"),
        ("Moss said the bridge was safe, but she did not say why.", "the bridge was safe"),
        ("Moss said the bridge was safe, according to The Quay.", "Moss said the bridge was safe"),
        ("Moss said the bridge was safe, a claim that nobody checked.", "the bridge was safe"),
        ("When Moss said the bridge was safe, the crowd laughed.", "the bridge was safe"),
        ("After Moss said the bridge was safe, officials closed it.", "the bridge was safe"),
        ("Moss said the bridge was safe and that it was new.", "the bridge was safe and that it was new"),
    ],
)
def test_content_ends_where_the_narrator_takes_over(lines: Lines, text: str, content: str) -> None:
    assert lines(text)[0][3] == [content]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "A paper filed Thursday says that the bridge was safe.",
            "A paper filed Thursday",
            ["that the bridge was safe"],
        ),
        ("Moss has since said that the bridge was safe.", "Moss", ["that the bridge was safe"]),
        ("Moss argued — and many believe — that the bridge was safe.", "Moss", ["that the bridge was safe"]),
        ("As reported by The Quay, the bridge was safe.", "The Quay", ["the bridge was safe"]),
        ("Moss told Poe to close the bridge.", "Moss", ["Poe to close the bridge"]),
        ("Moss said people misread maps.", "Moss", ["people misread maps"]),
        ("If the bridge shuts, “I will walk,” Moss said.", "Moss", ["If the bridge shuts", "I will walk,"]),
        ("Moss said the bridge was safe; Poe keeps the keys.", "Moss", ["the bridge was safe"]),
        ("Moss said the bridge was safe - she works beside it.", "Moss", ["the bridge was safe"]),
    ],
)
def test_what_stands_between_is_not_said(lines: Lines, text: str, source: str, content: list[str]) -> None:
    assert [(one[1], one[3]) for one in lines(text)] == [(source, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moss, who won the seat in the spring of a wet year, told her neighbours about it.",
        "He then led the board, which wrote and adopted the rules of the town.",
        "Ada Moss, who mended the bridge for the town in the wet spring, said she always liked it.",
    ],
)
def test_a_subject_is_not_said(lines: Lines, text: str) -> None:
    assert not any(text.startswith(content[0]) for *_, content in lines(text) if content)


def test_a_quotation_over_paragraphs_is_one(lines: Lines) -> None:
    text = "Moss said: “The bridge is safe.\n\n“The road is not.\n\n“Stay at home.”\n\nRain fell."
    assert lines(text) == [("direct", "Moss", "said", ["The bridge is safe.", "The road is not.", "Stay at home."])]


def test_floating_quotations_keep_the_voice(lines: Lines) -> None:
    text = "“The bridge is safe,” Moss said. “The road is not.”\n\n“Stay,” Vane said. “Please stay at home.”"
    assert [(source, spans) for _, source, _, spans in lines(text)] == [
        ("Moss", ["The bridge is safe,"]),
        ("Moss", ["The road is not."]),
        ("Vane", ["Stay,"]),
        ("Vane", ["Please stay at home."]),
    ]


def test_a_colon_announces_the_next_paragraph(lines: Lines) -> None:
    text = "“It fell,” Moss said.\n\nVane went on to say:\n\n“Nobody was hurt in the fall of the bridge.”"
    assert lines(text)[-1][1] == "Vane"


def test_a_quotation_of_nobody_is_left_open(lines: Lines) -> None:
    said = lines("Rain fell all night.\n\n“The bridge is closed until further notice, sadly.”")
    assert said == [("direct", None, None, ["The bridge is closed until further notice, sadly."])]


def test_turns_of_an_interview(lines: Lines) -> None:
    text = "Q: Is it safe?\n\nA: It is, I “think.”\n\nQ: Why?\n\nA: It is new."
    assert [(kind, source, spans) for kind, source, _, spans in lines(text)] == [
        ("direct", "Q", ["Is it safe?"]),
        ("direct", "A", ["It is, I “think.”"]),
        ("direct", "Q", ["Why?"]),
        ("direct", "A", ["It is new."]),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ned “The Eel” Vane swam on.", "nickname"),
        ("She appeared on “Good Morning Harbour” in May.", "title"),
        ("They met for the so-called “tea hour” again.", "scare quote"),
        ("A pair of empty “ ” marks.", "empty"),
        ("They marched under the sign “NO!” again.", "slogan"),
    ],
)
def test_marks_that_quote_nobody_are_set_aside(read: Callable, text: str, reason: str) -> None:
    said, aside = read(text)
    assert not said
    assert [mark.reason for mark in aside] == [reason]
