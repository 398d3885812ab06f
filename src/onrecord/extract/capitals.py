"""Capitalised runs of words: how they are found, and what one may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

NameKind = Literal["person", "organisation", "place", "group", "role", "other", "unknown"]
Gender = Literal["male", "female", ""]

_UPPER: Final = "".join(c for c in map(chr, range(0x530)) if c.isupper())
_INITIALS: Final = rf"(?:[{_UPPER}]\.)++(?!\w)"
_APART: Final = r"(?<![\w’'].)"
_LONGEST: Final = 8
_WORD_LENGTH: Final = 30
_LONGEST_ACRONYM: Final = 4


class Name:
    """A capitalised run of words: where it stands and its text."""

    __slots__ = ("end", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start, self.end, self.text = start, end, text


class Form:
    """A capitalised run as read by itself: `text[start:end]` is the name, what precedes it the title.

    `is_certain` says that the words alone prove a person: a title, a first name, initials, a suffix.
    `surname` is the key under which people are kept; `is_full` tells "Bill de Roe" from "De Roe".
    """

    __slots__ = ("core", "end", "gender", "is_certain", "is_full", "kind", "start", "surname", "title", "words")

    def __init__(self, kind: NameKind, core: str, start: int, *, title: str = "", gender: Gender = "") -> None:
        self.kind: NameKind = kind
        self.core, self.start, self.end, self.title = core, start, start + len(core), title
        self.gender: Gender = gender
        self.is_certain = self.is_full = False
        self.words: tuple[str, ...] = ()
        self.surname = ""

    def proved(self, *, is_certain: bool) -> Form:
        """Return the same form, certain to be a person's or not."""
        form = Form(self.kind, self.core, self.start, title=self.title, gender=self.gender)
        form.words, form.surname, form.is_full, form.is_certain = self.words, self.surname, self.is_full, is_certain
        return form


def nothing() -> Form:
    """Return the form of a run that is no name."""
    return Form("other", "", 0)


def run_pattern(
    particles: frozenset[str], prefixes: frozenset[str], abbreviations: frozenset[str], possessives: frozenset[str]
) -> re.Pattern[str]:
    """Return the pattern of a capitalised run: a name with its title, particles, initials, nickname and suffix."""
    apart = "".join(rf"(?!{re.escape(ending[1:])}\b)" for ending in sorted(possessives) if ending[1:])
    word_rest = rf"\w*+(?:[-'’&]{apart}\w++)*+"
    capitalised = rf"[{_UPPER}]{word_rest}"
    between = "|".join(map(re.escape, sorted(particles))) or "(?!)"
    prefix = f"(?:{'|'.join(map(re.escape, sorted(prefixes)))})?" if prefixes else ""
    dot = "|".join(rf"(?<=\b{re.escape(word)}\.)" for word in sorted(abbreviations)) or "(?!)"
    word = rf"{prefix}(?:{_INITIALS}|{capitalised}(?:\.(?:{dot}))?)"
    nickname = r"(?:(?:[\"“'‘][\w.]{1,20}[\"”'’]|\([A-Za-z][a-z]{1,3}\.?\)) )?"
    more = rf"[ \xa0](?:(?:{between}) (?:(?:{between}) )?|& )?{nickname}{word}"
    rest = rf"(?:\.(?:[{_UPPER}]\.)*+(?!\w)|{word_rest}(?:\.(?:{dot}))?)"
    first = rf"[{_UPPER}]{_APART}{rest}"
    return re.compile(rf"{first}(?:{more}){{0,{_LONGEST - 1}}}")


def word_before(text: str, start: int) -> str:
    """Return the word that one space parts from a position.

    >>> word_before("his daughter Fenna", 13)
    'daughter'
    """
    return text[text.rfind(" ", max(0, start - _WORD_LENGTH), start - 1) + 1 : start - 1] if start else ""


def initials(words: Iterable[str]) -> str:
    """Return the first letters of the words of a name.

    >>> initials(["Ada", "Moss"])
    'AM'
    """
    return "".join(word[0] for word in words)


def unaccented(word: str) -> str:
    """Return a word in lower case without accents, for comparison.

    >>> unaccented("François")
    'francois'
    """
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word).casefold() if not unicodedata.combining(c))


def plain(word: str) -> str:
    """Return a word in capitals as it is written elsewhere.

    >>> plain("ANN"), plain("Ann"), plain("J.")
    ('Ann', 'Ann', 'J.')
    """
    return word.capitalize() if len(word) > 2 and word.isupper() else word


def is_shouted(words: list[str]) -> bool:
    """Tell whether a run is in capitals for emphasis, and no acronym.

    >>> is_shouted(["LEE", "BEATS", "ROE"]), is_shouted(["FBI"])
    (True, False)
    """
    return all(word.isupper() for word in words) and any(len(word) > _LONGEST_ACRONYM for word in words)
