"""The words of a sentence: one letter each, so that patterns run on a sentence as on a string."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import Final

from onrecord.extract.marks import Region
from onrecord.extract.words import PUNCTUATION, Words

MAX_TOKENS: Final = 400
"""Longer sentences are read up to here: no rule looks farther."""

COMMA: Final = "\ue004"
"""The word of a quotation that ends with a comma."""

OPEN: Final = "\ue001"
"""The word of a quotation that ends without a mark of its own."""

Tokens = tuple[int, int]
"""A half-open range of a sentence's tokens."""

HEADLINE: Final = 200
"""Characters up to which a sentence may be a headline, its words capitalised."""

DATELINE: Final = 80
"""Characters up to which a dateline may reach."""

Place = tuple[int, int, int]
"""A sentence: its start and end in the text, and the number of its paragraph."""

Lists = dict[str, frozenset[str]]
"""Lists of words by their names in the lexicon."""

_LONGER: Final = re.compile(r"\b[^\W\d_]{4}")
_DATELINE: Final = re.compile(
    r"\s*[A-Z](?:[A-Z.]{3,}|[^\n]{2,40}\([A-Z][^\n)]{1,20}\))[^\n\ue000]{0,40}? ?(?:--|[-–—―]) {0,2}(?=[A-Z\ue000])"
)
_CITY: Final = re.compile(r"\s*[A-Z]{3,}(?:[ ,/.-]{1,2}[A-Z]{2,}){0,3}: (?=[A-Z\ue000])")
_ALONE: Final = re.compile(r"q(?![NnD#eyYgMq])|u(?![NnD#egMqdZ])")
_NAMED: Final = re.compile("(?:^|(?<=[Q,]))D(?=[VZ])")
"""A short name of a month that speaks: "Jun wrote"."""
_THAT: Final = re.compile(r"^T(?=[nyY])")
_BRACKETS: Final = re.compile(r"(?<=\()[^()Q.;:VZYapkAR]{1,14}(?=\))")
_ATTRIBUTIVE: Final = str.maketrans("qu", "dd")
_ENDED: Final = frozenset("\ue002\ue003\ue004\ue005")
_STOPPED: Final = frozenset("\ue002\ue003")
_STOPS: Final = frozenset(".!?…")
_DASHES: Final = frozenset("-–—―")
_FIGURES: Final = frozenset("$£€#")


class Sentence:
    """One sentence: its tokens' letters, words in lower case, and where they stand in the field's text.

    The word of a quotation is the last character of its mask, which tells how it ended. `lead` is the first
    token after a dateline, and `stops` tells where content ends by where it begins, as far as that has been asked.
    """

    __slots__ = ("end", "ends", "lead", "lengths", "lists", "paragraph", "regions", "start", "stops", "tags", "words")

    def __init__(
        self, place: Place, tags: str, words: list[str], ends: list[int], lengths: tuple[int, ...], lists: Lists
    ) -> None:
        self.start, self.end, self.paragraph = place
        self.tags, self.words, self.ends, self.lengths = tags, words, ends, lengths
        self.lists = lists
        self.regions: dict[int, Region] = {}
        self.stops: dict[int, int] = {}
        self.lead = 0

    def start_of(self, index: int) -> int:
        """Return where a token starts."""
        return self.ends[index] - self.lengths[index]


def read(masked: str, place: Place, words: Words, regions: Mapping[int, Region]) -> Sentence:
    """Cut one sentence of the masked text into words and give each its letter.

    Parameters
    ----------
    regions
        The quotations of the text by where they start.
    """
    start, end, _ = place
    text = masked[start:end].rstrip()
    pieces = _pieces(text, words)
    ends = list(accumulate(map(len, pieces), initial=start))
    del ends[0]
    letters, titles, lower, lengths = zip(*words.known(pieces), strict=True)
    if titles != letters and len(text) < HEADLINE and _is_title(text):
        letters = titles
    tags = "".join(letters)
    if tags[0] != "Q":
        tags = words.opening(pieces[0].lstrip()) + tags[1:]
    sentence = Sentence(place, tags, list(lower), ends, lengths, words.lists)
    if "Q" in tags:
        tags = _quotations(sentence, regions)
    if tags[:1] == "T":
        tags = _THAT.sub("d", tags)
    if tags[:2] == "Ni" and words.suffixes.get(sentence.words[0][-2:]) == "e":
        tags = "e" + tags[1:]
    if tags[:2] == "YN" and sentence.words[0] in words.lists["noun_too"]:
        tags = "N" + tags[1:]
    if "DV" in tags or "DZ" in tags:
        tags = _NAMED.sub("N", tags)
    if "(" in tags:
        tags = _BRACKETS.sub(_together, tags)
    if "q" in tags or "u" in tags:
        tags = _ALONE.sub("P", tags).translate(_ATTRIBUTIVE)
    sentence.tags = tags
    sentence.lead = _dateline(text[:DATELINE], sentence)
    return sentence


def _together(bracketed: re.Match[str]) -> str:
    """Take all inside brackets for nouns where no verb is: "(Quay Party, left-leaning)" is part of a noun phrase."""
    return "n" * len(bracketed[0])


def _pieces(text: str, words: Words) -> list[str]:
    """Return each token with the space before it; a full stop joins an abbreviation, unless it ends the sentence."""
    found = words.token.findall(text)
    stops = found.count(".")
    if not stops or (stops == 1 and found[-1] == "."):
        return found[:MAX_TOKENS]
    pieces = found[:MAX_TOKENS]
    out: list[str] = []
    for index, piece in enumerate(pieces):
        if piece == "." and 0 < index < len(found) - 1 and words.shortens(out[-1].lstrip()):
            out[-1] += piece
        else:
            out.append(piece)
    return out


def _quotations(sentence: Sentence, regions: Mapping[int, Region]) -> str:
    """Return the letters of a sentence where only the quotations that may quote somebody are such."""
    tags = sentence.tags
    index = tags.find("Q")
    while index >= 0:
        region = regions.get(sentence.start_of(index))
        if region is None:
            tags = f"{tags[:index]}n{tags[index + 1 :]}"
        else:
            sentence.regions[index] = region
            sentence.words[index] = sentence.words[index][-1]
        index = tags.find("Q", index + 1)
    return tags


def _dateline(head: str, sentence: Sentence) -> int:
    """Return the first token after a dateline: "PARIS, March 1 (Reuters) - "."""
    found = _DATELINE.match(head) if "-" in head or "–" in head or "—" in head else None
    found = found or (_CITY.match(head) if ":" in head else None)
    if found is None:
        return 0
    place = sentence.start + found.end()
    return next((i for i in range(len(sentence.tags)) if sentence.start_of(i) >= place), 0)


def _is_title(sentence: str) -> bool:
    """Tell whether nearly every longer word is capitalised, as in a headline."""
    longer = _LONGER.findall(sentence)
    return len(longer) > 2 and sum(map(str.islower, longer)) * 5 < len(longer)


def letter(word: str, words: Words, *, first: bool, title: bool) -> str:
    """Return the letter of a token that is capitalised, or that no list holds."""
    head, lower = word[0], word.lower()
    if not head.isalnum():
        return _mark(word)
    if head.isdigit():
        return "#"
    if "'" in word or "’" in word:
        joined = _contraction(lower.replace("’", "'"), words)
        if joined:
            return joined
    known = words.tags.get(lower)
    if head == lower[0]:
        return known or words.suffixes.get(lower[-3:]) or words.suffixes.get(lower[-2:]) or "n"
    if known == "D" and not first and lower in words.lists["lower_times"]:
        return "N"
    if known == "D" or lower in words.lists["capital"]:
        return known or "p"
    return known if known and (first or title) and known not in "vzyMn" else "N"


def _mark(word: str) -> str:
    if len(word) > 1 and word[0] in _FIGURES:
        return "#"
    return PUNCTUATION.get(word) or ("." if word[0] in _STOPS else "-" if word[0] in _DASHES else "n")


def _contraction(lower: str, words: Words) -> str | None:
    """Return the letter of a word with an apostrophe: an auxiliary, a pronoun with one, or a possessive."""
    if lower in words.tags:
        return words.tags[lower]
    stem, _, ending = lower.rpartition("'")
    if words.tags.get(stem, "n") in "pPWw" or stem in words.lists["elision_stems"]:
        return "k"
    return "H" if ending in words.lists["possessive_endings"] or not ending else None


def ended(s: Sentence, index: int) -> bool:
    """Tell whether a quotation ends with a mark of its own: a full stop, a comma, a question."""
    return s.tags[index] == "Q" and s.words[index] in _ENDED


def stopped(s: Sentence, index: int) -> bool:
    """Tell whether a quotation ends its sentence: a full stop, a question, an exclamation."""
    return s.tags[index] == "Q" and s.words[index] in _STOPPED
