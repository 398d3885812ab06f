"""The words of a sentence: one letter each, so that patterns run on a sentence as on a string."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from onrecord.extract import chunks
from onrecord.extract.marks import Region
from onrecord.extract.words import Chunk, Words

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

_INFINITIVE: Final = re.compile("tN")
_LONGER: Final = re.compile(r"\b[^\W\d_]{4}")
_DATELINE: Final = re.compile(
    r"\s*[A-Z](?:[A-Z.]{3,}|[^\n]{2,40}\([A-Z][^\n)]{1,20}\))[^\n\ue000]{0,40}? ?(?:--|[-–—―]) {0,2}(?=[A-Z\ue000])"
)
_CITY: Final = re.compile(r"\s*[A-Z]{3,}(?:[ ,/.-]{1,2}[A-Z]{2,}){0,3}: (?=[A-Z\ue000])")
_ALONE: Final = re.compile(r"q(?![NnD#eyYgMq])|u(?![NnD#egMqdZ])")
_NAMED: Final = re.compile("(?:^|(?<=[Q,]))D(?=[VZ])")
"""A short name of a month that speaks: "Jun wrote"."""
_PREDICATE: Final = re.compile("[pW]r?n(?![&,])")
_THAT: Final = re.compile(r"^T(?=[nyY])")
_PRONOUN: Final = re.compile("^T(?=,[VZ]N+,r?[az])")
"""A pronoun before an inserted cue: "That, said Moss, is why"."""

_BRACKETS: Final = re.compile(r"(?<=\()[^()Q.;:VZYapkAR]{1,14}(?=\))")
_ATTRIBUTIVE: Final = str.maketrans("qu", "dd")
_ENDED: Final = frozenset("\ue002\ue003\ue004\ue005")
_STOPPED: Final = frozenset("\ue002\ue003")


class Sentence:
    """One sentence: its tokens' letters, words in lower case, and where they stand in the field's text.

    The word of a quotation is the last character of its mask, which tells how it ended. `lead` is the first
    token after a dateline, `stops` tells where content ends by where it begins, as far as that has been asked, and
    `saying` whether there may be a noun of saying.
    """

    __slots__ = (
        "end",
        "ends",
        "lead",
        "lengths",
        "lists",
        "paragraph",
        "regions",
        "saying",
        "start",
        "stops",
        "tags",
        "words",
    )

    def __init__(
        self, place: Place, tags: str, words: list[str], ends: list[int], lengths: list[int], lists: Lists
    ) -> None:
        self.start, self.end, self.paragraph = place
        self.tags, self.words, self.ends, self.lengths = tags, words, ends, lengths
        self.lists = lists
        self.regions: dict[int, Region] = {}
        self.stops: dict[int, int] = {}
        self.lead = 0
        self.saying = False

    def start_of(self, index: int) -> int:
        """Return where a token starts."""
        return self.ends[index] - self.lengths[index]


def read(
    masked: str, place: Place, words: Words, regions: Mapping[int, Region], known: list[Chunk] | None = None
) -> Sentence:
    """Cut one sentence of the masked text into words and give each its letter.

    Parameters
    ----------
    regions
        The quotations of the text by where they start.
    known
        The chunks of the sentence, if they have been read.
    """
    start, end, _ = place
    text = masked[start:end].rstrip()
    sentence = _cut(text, place, chunks.read(text, words) if known is None else known, words)
    tags = sentence.tags
    if "Q" in tags:
        tags = _quotations(sentence, regions)
    tags = _opened(tags, sentence.words[0], words)
    if "DV" in tags or "DZ" in tags:
        tags = _NAMED.sub("N", tags)
    if "(" in tags:
        tags = _BRACKETS.sub(_together, tags)
    if "q" in tags or "u" in tags:
        tags = _ALONE.sub("P", tags).translate(_ATTRIBUTIVE)
    if _PREDICATE.search(tags):
        tags = _predicates(tags, sentence.words, words)
    sentence.tags = tags
    sentence.lead = _dateline(text[:DATELINE], sentence)
    return sentence


def _cut(text: str, place: Place, known: list[Chunk], words: Words) -> Sentence:
    """Put the tokens of all chunks together, the first as the one that begins the sentence."""
    if known[-1].joined:
        known[-1] = chunks.closing(text.rpartition(" ")[2], words)
    lower: list[str] = []
    ends: list[int] = []
    lengths: list[int] = []
    start, saying = place[0], False
    for chunk in known:
        if chunk.letters:
            lower.append(chunk.word)
            lengths.append(chunk.length)
            ends.append(start + chunk.end)
            for word, length, end in chunk.rest:
                lower.append(word)
                lengths.append(length)
                ends.append(start + end)
        start += chunk.size + 1
        saying = saying or chunk.saying
    sentence = Sentence(place, _tags(text, known, lower, words), lower, ends, lengths, words.lists)
    sentence.saying = saying
    if len(ends) > MAX_TOKENS:
        del ends[MAX_TOKENS:], lower[MAX_TOKENS:], lengths[MAX_TOKENS:]
    if sentence.tags[0] != "Q":
        first = text[ends[0] - lengths[0] - place[0] : ends[0] - place[0]]
        sentence.tags = chunks.opening(first, words) + sentence.tags[1:]
    return sentence


def _tags(text: str, known: list[Chunk], lower: list[str], words: Words) -> str:
    """Return the letters of all tokens, those that count in a headline where it is one."""
    tags = "".join([chunk.letters for chunk in known])
    if len(text) < HEADLINE:
        titles = "".join([chunk.titles for chunk in known])
        if titles[1:] != tags[1:] and _is_title(text):
            return _INFINITIVE.sub(lambda found: _verb(found, lower, words), titles)
    return tags[:MAX_TOKENS]


def _verb(infinitive: re.Match[str], lower: list[str], words: Words) -> str:
    """Take a capitalised verb after "to" in a headline for a verb: "Moss Vows to Close Pier"."""
    return infinitive[0][:-1] + (words.tags.get(lower[infinitive.end() - 1]) or "N")


def _opened(tags: str, lower: str, words: Words) -> str:
    """Read the first word of a sentence, which is capitalised whatever it is."""
    if tags[0] == "T":
        return _PRONOUN.sub("P", _THAT.sub("d", tags))
    if tags[:2] == "Ni" and words.suffixes.get(lower[-2:]) == "e":
        return "e" + tags[1:]
    if tags[:2] == "YN" and lower in words.lists["noun_too"]:
        return "N" + tags[1:]
    return tags


def _predicates(tags: str, lower: list[str], words: Words) -> str:
    """Take an unknown word after a subject pronoun for its verb: "she chairs", "who never jaywalk"."""
    for found in _PREDICATE.finditer(tags):
        index = found.end() - 1
        if found[0][0] == "W" and lower[found.start()] not in words.lists["subject_relative"]:
            continue
        tags = f"{tags[:index]}{'z' if words.is_plural(lower[index]) else 'v'}{tags[index + 1 :]}"
    return tags


def _together(bracketed: re.Match[str]) -> str:
    """Take all inside brackets for nouns where no verb is: "(Quay Party, left-leaning)" is part of a noun phrase."""
    return "n" * len(bracketed[0])


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


def ended(s: Sentence, index: int) -> bool:
    """Tell whether a quotation ends with a mark of its own: a full stop, a comma, a question."""
    return s.tags[index] == "Q" and s.words[index] in _ENDED


def stopped(s: Sentence, index: int) -> bool:
    """Tell whether a quotation ends its sentence: a full stop, a question, an exclamation."""
    return s.tags[index] == "Q" and s.words[index] in _STOPPED
