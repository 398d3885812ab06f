"""The words of a sentence: one letter each, so that patterns run on a sentence as on a string."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from onrecord.extract.marks import MASK, Region
from onrecord.extract.words import PUNCTUATION, Words

MAX_TOKENS = 400
"""Longer sentences are read up to here: no rule looks farther."""

COMMA = "\ue004"
"""The word of a quotation that ends with a comma."""

OPEN = "\ue001"
"""The word of a quotation that ends without a mark of its own."""

Tokens = tuple[int, int]
"""A half-open range of a sentence's tokens."""

HEADLINE = 200
"""Characters up to which a sentence may be a headline, its words capitalised."""

Place = tuple[int, int, int]
"""A sentence: its start and end in the text, and the number of its paragraph."""

_LONGER = re.compile(r"\b[^\W\d_]{4}")
_DATELINE = re.compile(
    r"\s*[A-Z](?:[A-Z.]{3,}|[^\n]{2,40}\([A-Z][^\n)]{1,20}\))[^\n\ue000]{0,40}? ?(?:--|[-–—]) ?(?=[A-Z\ue000])"
)
_ALONE = re.compile(r"q(?![NnD#eyYgMq])|u(?![NnD#egMqd])")
_THAT = re.compile(r"^T(?=[nyY])")
_ATTRIBUTIVE = str.maketrans("qu", "dd")
_ENDED = frozenset("\ue002\ue003\ue004\ue005")
_STOPPED = frozenset("\ue002\ue003")
_STOPS = frozenset(".!?…")
_DASHES = frozenset("-–—")
_FIGURES = frozenset("$£€#")


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its tokens' letters, words in lower case, and where they stand in the field's text.

    The word of a quotation is the last character of its mask, which tells how it ended. `lead` is the first
    token after a dateline.
    """

    start: int
    end: int
    paragraph: int
    tags: str = ""
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    regions: dict[int, Region] = field(default_factory=dict)
    lead: int = 0
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read(masked: str, lower: str, place: Place, words: Words, regions: Mapping[int, Region]) -> Sentence:
    """Cut one sentence into words and give each its letter.

    Parameters
    ----------
    masked, lower
        The masked text, and the same in lower case.
    regions
        The quotations of the text by where they start.
    """
    start, end, _ = place
    spans = _spans(masked, start, end, words)
    sentence = Sentence(*place, lists=words.lists)
    sentence.starts = [a for a, _ in spans]
    sentence.ends = [b for _, b in spans]
    sentence.words = [lower[a:b] for a, b in spans]
    letters = [words.tags.get(word) for word in sentence.words]
    title = end - start < HEADLINE and _is_title(masked[start:end])
    inner = words.inner if not title else {}
    for index, (a, b) in enumerate(spans):
        if letters[index] is not None and masked[a] == lower[a]:
            continue
        if index and (known := inner.get(masked[a:b])):
            letters[index] = known
        elif masked[a] == MASK:
            letters[index] = _quotation(sentence, index, regions)
        else:
            letters[index] = words.letter(masked[a:b], first=not index, title=title)
    tags = "".join(letters)  # type: ignore[arg-type]
    sentence.tags = _ALONE.sub("P", _THAT.sub("d", tags)).translate(_ATTRIBUTIVE)
    sentence.lead = _dateline(masked[start : start + 80], sentence)
    return sentence


def _spans(masked: str, start: int, end: int, words: Words) -> list[tuple[int, int]]:
    """Return the range of each token; a full stop joins the abbreviation before it, unless it ends the sentence."""
    found = [token.span(1) for token in islice(words.token.finditer(masked, start, end), MAX_TOKENS)]
    last = end - 1
    while last > start and masked[last].isspace():
        last -= 1
    if masked.find(".", start, last) < 0:
        return found
    out: list[tuple[int, int]] = []
    for a, b in found:
        stop = b == a + 1 and a < last and masked[a] == "." and bool(out) and out[-1][1] == a
        if stop and words.shortens(masked[out[-1][0] : a]):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _quotation(sentence: Sentence, index: int, regions: Mapping[int, Region]) -> str:
    region = regions.get(sentence.starts[index])
    if region is None:
        return "n"
    sentence.regions[index] = region
    sentence.words[index] = sentence.words[index][-1]
    return "Q"


def _dateline(head: str, sentence: Sentence) -> int:
    """Return the first token after a dateline: "PARIS, March 1 (Reuters) - "."""
    found = _DATELINE.match(head)
    if found is None:
        return 0
    place = sentence.start + found.end()
    return next((i for i, start in enumerate(sentence.starts) if start >= place), 0)


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
