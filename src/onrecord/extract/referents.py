"""Whom a document or a relative pronoun leads to: the noun phrase to read in its place."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from onrecord.extract.conjuncts import WORD
from onrecord.extract.phrases import Phrase, Phrases

_BACK: Final = 80
_TO_NOUN: Final = 5
_SHORT: Final = 3


def issuer(phrases: Phrases, phrase: Phrase) -> Phrase | None:
    """Return who stands behind a document: "the union" of "a statement from the union", "Lee" of "Lee's report"."""
    if phrase.thing != "document":
        return None
    start, end = _possessor(phrases, phrase) or _after_issuing(phrases, phrase)
    found = phrases.read(phrase.text[start:end]) if start < end else []
    if len(found) != 1 or found[0].thing == "document":
        return None
    by, at = found[0], phrase.start + start
    return replace(by, start=by.start + at, end=by.end + at, name_start=by.name_start + at, name_end=by.name_end + at)


def antecedent(phrases: Phrases, text: str, position: int) -> Phrase | None:
    """Return the noun phrase of people that ends before a position: "business owners" before ", who said"."""
    words = list(WORD.finditer(text, max(0, position - _BACK), position))[-_TO_NOUN:]
    if not words or text[words[-1].end() : position].strip(" ,"):
        return None
    head = words[-1][0].lower()
    known = head in phrases.roles or phrases.names.is_plural_role(head)
    relative = WORD.match(text, position)
    if not known and (relative is None or relative[0].lower() not in phrases.of_people):
        return None
    start = words[-1].start()
    for word in reversed(words[:-1]):
        between = text[word.end() : start]
        if word[0].lower() in phrases.prepositions or between.strip() or "\n" in between or _ends(phrases, word[0]):
            break
        start = word.start()
        if word[0].lower() in phrases.determiners:
            break
    else:
        start = words[-1].start()
    found = phrases.read(text[start : words[-1].end()])
    if len(found) != 1 or (not known and found[0].thing == "organisation"):
        return None
    thing = "person" if found[0].thing == "thing" else found[0].thing
    return replace(found[0], start=start, end=words[-1].end(), thing=thing)


def _ends(phrases: Phrases, word: str) -> bool:
    """Tell whether a word with a full stop ends its sentence: "court.", and not "Mrs."."""
    return word.endswith(".") and word not in phrases.names.titles and word.count(".") == 1 and len(word) > _SHORT


def _possessor(phrases: Phrases, phrase: Phrase) -> tuple[int, int] | None:
    if phrase.determiner in phrases.possessive:
        return 0, len(phrase.determiner)
    found = next(phrases.names.possessive.finditer(phrase.text, 0, phrase.text.lower().find(phrase.head)), None)
    return (0, found.start()) if found else None


def _after_issuing(phrases: Phrases, phrase: Phrase) -> tuple[int, int]:
    stop = phrases.head_end(phrase.text, 0)
    words = list(WORD.finditer(phrase.text, 0, stop))
    for before, found in pairwise(words):
        if found[0] in phrases.issuing and (before[0].lower() == phrase.head or before[0] in phrases.issued):
            return found.end() + 1, stop
    return 0, 0
