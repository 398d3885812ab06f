"""Marks are found, paired paragraph by paragraph, and each is accounted for."""

from __future__ import annotations

import pytest

from onrecord.extract import find_marks, unaccounted
from onrecord.extract.lexicon import load
from onrecord.extract.marks import MASK, mask
from onrecord.extract.pairing import pair

EN = load("en")


def regions(text: str) -> list[str]:
    return [text[r.inner : r.outer] for r in pair(text, EN).regions]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"A, b," she said, "c."', ["A, b,", "c."]),
        ("''Typewriter,'' he said.", ["Typewriter,"]),
        ("``TeX,'' he said.", ["TeX,"]),
        ("„Tief“, sagte er.", ["Tief"]),
        ("„Hoch”, mondta.", ["Hoch"]),
        ("»Nein«, sagte er.", ["Nein"]),
        ("«Oui», dit-il.", ["Oui"]),
        ("« Non », dit-elle.", [" Non "]),
        ('“Curly open, straight close," he said.', ["Curly open, straight close,"]),
        ('"Straight open, curly close,” he said.', ["Straight open, curly close,"]),
        ("”Both closing,” she said.", ["Both closing,"]),
        ("“Both opening,“ she said.", ["Both opening,"]),
        ("'Single,' she said.", ["Single,"]),
        ("“He told me ‘no’ twice,” she said.", ["He told me ‘no’ twice,", "no"]),
        ('"He told me "no" twice," she said.', ['He told me "no" twice,', "no"]),
        ("''I used the word 'old,''' he said.", ["I used the word 'old,'", "old,"]),
        ("'''Sir, go,' he told me,'' she said.", ["'Sir, go,' he told me,", "Sir, go,"]),
        ("‘The workers’ pay’ is the slogan.", ["The workers’ pay"]),
        ("「はい」", ["はい"]),
    ],
)
def test_marks_of_every_style_pair(text: str, inside: list[str]) -> None:
    assert regions(text) == inside


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("The dogs' bone.", ["apostrophe"]),
        ("It's the '90s, y'all.", ["apostrophe"]),
        ("A 6'2\" man.", ["inch"]),
        ('A board of 12" is here.', ["inch"]),
        ("rock 'n' roll", ["apostrophe", "apostrophe"]),
        ("end of it,” he said", ["unbalanced"]),
        ("don't, won't, he’s", []),
    ],
)
def test_marks_that_open_nothing_say_why(text: str, reasons: list[str]) -> None:
    found = pair(text, EN)
    assert [reason for _, _, reason in found.strays] == reasons
    assert not found.regions


def test_an_opening_mark_at_a_paragraph_continues_the_quotation() -> None:
    found = pair("“One thing.\n\n“Another thing.”\n\nA “third” one.", EN).regions
    assert [(r.closed, r.continues, r.continued) for r in found] == [
        (False, True, False),
        (True, False, True),
        (True, False, False),
    ]


def test_a_bad_mark_spoils_one_paragraph_only() -> None:
    text = "She said “never.\n\nHe said “always,” twice.\n\nThey “agree.”"
    assert regions(text)[1:] == ["always,", "agree."]


def test_a_mask_keeps_length_and_hides_every_word() -> None:
    text = "Moss said “the bridge, the road” fell."
    masked = mask(text, pair(text, EN).regions)
    assert len(masked) == len(text)
    assert "bridge" not in masked
    assert masked.index(MASK) == text.index("“")


def test_masking_survives_private_characters() -> None:
    text = "A \ue000\ue001 “b” \ue002."
    masked = mask(text, pair(text, EN).regions)
    assert len(masked) == len(text)
    assert masked.count(MASK) == 1


def test_find_marks_skips_apostrophes_inside_words() -> None:
    assert find_marks("It's “so”.") == [(5, 6), (8, 9)]


def test_unaccounted_names_the_mark_that_nothing_explains() -> None:
    assert unaccounted("Say “so” now.", [], []) == [4, 7]
