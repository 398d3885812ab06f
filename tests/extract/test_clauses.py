"""Sentences of several clauses: each statement goes to whoever made it, and ends where the narrator goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Line = tuple[str, str | None, str | None, list[str]]

SAID: list[tuple[str, list[tuple[str | None, str]]]] = [
    ("She now says that she misspoke.", [("She", "that she misspoke")]),
    ("He says that who jaywalks pays.", [("He", "that who jaywalks pays")]),
    (
        "The agency said Monday it would review the rule, and Ms. Tarrow, who chairs the committee, said she was glad.",
        [("The agency", "it would review the rule"), ("Ms. Tarrow", "she was glad")],
    ),
    (
        "The two sides met, and Ms. Tarrow, the head of the committee, said she was glad.",
        [("Ms. Tarrow, the head of the committee", "she was glad")],
    ),
    (
        "Pell said the talks had failed, but Venn, who leads the union, which has 900 members, said that was not so.",
        [
            ("Pell", "the talks had failed"),
            ("Venn", "that was not so"),
        ],
    ),
    (
        "They are wary of the plan, which they say would cost the counties money they do not have.",
        [("they", "which … would cost the counties money they do not have")],
    ),
    (
        "The memo describes the merger as certain and urges managers to prepare.",
        [("The memo", "the merger as certain"), ("The memo", "managers to prepare")],
    ),
    (
        "Ms. Tarrow, who has said often that she would not debate unless all rivals were invited, appeared on stage.",
        [("who", "that she would not debate unless all rivals were invited")],
    ),
    ("Voters here say they are tired of it.", [("Voters", "they are tired of it")]),
    ("That, said Ms. Tarrow, is why she is running.", [("Ms. Tarrow", "That … is why she is running")]),
    ("It is not, said Ms. Tarrow, a matter of money.", [("Ms. Tarrow", "It is not … a matter of money")]),
    (
        "It was, said Ms. Tarrow, the head of the board, a matter of money.",
        [("Ms. Tarrow, the head of the board", "It was … a matter of money")],
    ),
    (
        "The plan drew fire, with critics saying it would fail and unions warning that jobs would go.",
        [("critics", "it would fail"), ("unions", "that jobs would go")],
    ),
    (
        "The plan drew fire, with Mr. Pell describing it as a gimmick and the speaker calling it a ruse.",
        [("Mr. Pell", "it as a gimmick"), ("the speaker", "it a ruse")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_each_clause_has_its_own_speaker(
    text: str, expected: list[tuple[str | None, str]], lines: Callable[[str], list[Line]]
) -> None:
    assert [(source, " … ".join(pieces)) for _, source, _, pieces in lines(text)] == expected


def test_regular_verbs_double_and_drop_letters() -> None:
    from onrecord.extract.lexicon import load
    from onrecord.extract.words import compiled

    tags = compiled(load("en")).tags
    forms = {
        "agreeing": "G",
        "vetoes": "z",
        "stripped": "v",
        "tying": "g",
        "stunned": "v",
        "foresaw": "v",
        "taught": "V",
    }
    assert {form: tags.get(form) for form in forms} == forms
