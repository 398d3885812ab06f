"""Where sentences begin and end in masked text, and which of them need a closer look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from onrecord.extract.capitals import word_before
from onrecord.extract.marks import MASK
from onrecord.extract.words import Words

MAX_SENTENCE: Final = 4000
"""Characters after which a text without a full stop is cut at the next space."""

LONG_QUOTATION: Final = 400
"""Characters from which a quotation is no part of another sentence."""

WRAPPED: Final = 160
"""Characters up to which lines may be those of one paragraph; where one is longer, each line is a paragraph."""

_ENDS: Final = r"(?<=[.!?…])[)\]\"”’']{0,2}\s+|(?<=[\ue002\ue003])\s+|(?<=[:;])[ \t]*\n\s*"
_STOP: Final = re.compile(rf"[.!?…\ue002\ue003:;\n](?:{_ENDS}|(?<=\n)\s*\n\s*)")
_LINE: Final = re.compile(rf"[.!?…\ue002\ue003:;\n](?:{_ENDS}|(?<=\n)\s*)")
_CUE: Final = 24
_NAME: Final = 5
"""Words in which a verb stands after a name."""

_FOLLOWING: Final = 160
"""Characters after a quotation in which its sentence ends, if it goes on."""

_APART: Final = re.compile(r"[\s(\[\"“‘—-]")
_INITIALS: Final = re.compile(r"(?:[a-z]\.)*[a-z]")
_NEXT_WORD: Final = re.compile(r"[^\W_]+")


@lru_cache(maxsize=16)
def _verbs(words: Words) -> frozenset[str]:
    """Return the finite verbs that may follow a quotation."""
    return frozenset(w for w, cue in words.cues.items() if "quote" in cue.frames and words.tags[w] in "VZ")


def _may_attribute(following: str, words: Words) -> bool:
    """Tell quickly whether a verb of saying may be among the next words, after a name at most."""
    verbs = _verbs(words)
    return any(word in verbs or not word.isalpha() for word in following.split(None, _NAME)[:_NAME])


@lru_cache(maxsize=16)
def _attribution(words: Words) -> re.Pattern[str]:
    """Compile what follows a quotation's own full stop when the sentence goes on: "he said", "Smith asked him."."""
    verbs = "|".join(map(re.escape, sorted(_verbs(words), key=len, reverse=True)))
    word = r"[^\W_][\w.’'-]{0,30}"
    apposition = r"(?:,[ \xa0][^,;:?!\n\ue000]{1,60}+,)?"
    name = rf"(?:{word}(?:[ \xa0]{word}){{0,3}}{apposition}[ \xa0])?"
    that = "|".join(map(re.escape, sorted(words.that))) or "(?!)"
    return re.compile(
        rf"{name}(?:{verbs})(?!\s+(?:{that})\b)(?:[.,;:]|\s+(?:[^\W_][\w’'-]{{0,30}}\s+){{0,14}}[^\W_]*[.,;:])"
    )


def split(text: str, masked: str, words: Words) -> Iterator[tuple[int, int, int]]:
    """Yield the range of each sentence and the number of its paragraph."""
    start = paragraph = 0
    wrapped = max(map(len, text.split("\n"))) <= WRAPPED
    for stop in (_STOP if wrapped else _LINE).finditer(masked):
        place, end = stop.span()
        blank = masked.find("\n", place, end) >= 0
        if not blank and (place < start or not _ends(text, masked, (place, end), words)):
            continue
        if end - start > MAX_SENTENCE:
            yield from _cut(masked, start, end, paragraph)
        else:
            yield start, end, paragraph
        start = end
        paragraph += blank
    yield from _cut(masked, start, len(masked), paragraph)


def _cut(masked: str, start: int, end: int, paragraph: int) -> Iterator[tuple[int, int, int]]:
    while end - start > MAX_SENTENCE:
        space = masked.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        middle = space if space > 0 else start + MAX_SENTENCE
        yield start, middle, paragraph
        start = middle
    if end > start:
        yield start, end, paragraph


def _ends(text: str, masked: str, stop: tuple[int, int], words: Words) -> bool:
    place, end = stop
    if masked[end : end + 1].islower():
        return False
    mark = masked[place]
    if mark in "\ue002\ue003":
        return _quotation_ends(text, masked, stop, words)
    if mark != ".":
        return True
    last = text[place - 2 : place] if place > 1 else ""
    if last.isalnum() and last.lower() not in words.shortened:
        return True
    word = text[max(place - 16, 0) : place].rpartition(" ")[2].lower()
    if not word.isalnum():
        word = _APART.split(word)[-1]
    if word in words.title_abbreviations:
        return False
    if word in words.lists["platforms"] and word_before(text, place - len(word)) in words.lists["platform_leads"]:
        return True
    if word in words.other_abbreviations or ((len(word) == 1 or "." in word) and _INITIALS.fullmatch(word)):
        following = _NEXT_WORD.match(masked, end)
        if masked[end : end + 1] == MASK and text[end + 1 : end + 2].isupper():
            return True
        return following is not None and following[0].lower() in words.openers
    return True


def _quotation_ends(text: str, masked: str, stop: tuple[int, int], words: Words) -> bool:
    """Tell whether a sentence ends with the stop of a quotation, or goes on: "It fell?" she asked."""
    place, end = stop
    mark = masked[place]
    if _announced(masked, place, words):
        return True
    following = masked[end : end + _FOLLOWING]
    said = _attribution(words).match(following) if _may_attribute(following, words) else None
    if said is None or (mark == "\ue002" and following[said.end() - 1] in ",:"):
        return True
    if mark == "\ue002" and _holds_clause(said[0], words):
        return True
    return _continues_words(text, masked, place)


def _holds_clause(said: str, words: Words) -> bool:
    """Tell "“It fell.” A source tells me it was old." from "“It fell.” a source tells me."."""
    return any(words.tags.get(word) == "a" for word in _NEXT_WORD.findall(said.lower())[2:])


def _announced(masked: str, place: int, words: Words) -> bool:
    """Tell whether the quotation that ends at `place` follows its cue: "an engineer wrote: ..."."""
    start = masked.rfind(MASK, max(place - LONG_QUOTATION, 0), place)
    before = masked[max(start - _CUE, 0) : start].rstrip() if start > 0 else ""
    if before.endswith(":"):
        return True
    last = before[:-1].rpartition(" ")[2].lower()
    return before.endswith(",") and (last in words.cue_words or last in words.nouns)


def _continues_words(text: str, masked: str, place: int) -> bool:
    """Tell whether the quotation that ends at `place` goes on with a sentence: it calls this "a mess."."""
    start = masked.rfind(MASK, max(place - LONG_QUOTATION, 0), place)
    letter = next(filter(str.isalpha, text[start:place]), "")
    return start > 1 and letter.islower() and text[start - 2].isalnum()
