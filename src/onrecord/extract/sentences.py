"""Sentences of masked text, and their words with one letter each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.extract.marks import Region
from onrecord.extract.words import PUNCTUATION, Words

MAX_TOKENS = 400
"""Longer sentences are read up to here: no rule looks farther."""
MAX_SENTENCE = 4000
"""Characters after which a text without a full stop is cut at the next space."""

_STOP = re.compile(r"(?:[.!?…][)\]]?|[\ue002\ue003])\s+|\n\s*\n\s*|(?<=[:])\n\s*")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘—-]+$")
_NEXT_WORD = re.compile(r"[^\W_]+")
_DATELINE = re.compile(r"\s*[A-Z](?:[A-Z.]{3,}|[^\n]{2,40}\([A-Z][^\n)]{1,20}\))[^\n\ue000]{0,40}? ?(?:--|[-–—]) ?(?=[A-Z\ue000])")
_ALONE = re.compile(r"q(?![NnD#eyYgMq])|u(?![NnD#egMqd])")
_THAT = re.compile(r"^T(?=[nyY])")
_LONGER = re.compile(r"\b[^\W\d_]{4}")
_LOWER = re.compile(r"[a-z]+(?:-[a-z]+)?")
@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its tokens' letters, words in lower case, and where they stand in the field's text."""

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


@lru_cache(maxsize=16)
def _attribution(words: Words) -> re.Pattern[str]:
    """Compile what follows a quotation's own full stop when the sentence goes on: "he said", "Smith asked him."."""
    verbs = "|".join(sorted((re.escape(w) for w, cue in words.cues.items() if "quote" in cue.frames and words.tags[w] in "VZ"), key=len, reverse=True))
    name = r"(?:[^\W_][\w.’'-]{0,30}[ \xa0]){0,4}"
    return re.compile(rf"{name}(?:{verbs})(?:[.,;:]|\s+(?:[^\W_]+\s+){{0,5}}[^\W_]*[.,;:])")


def split(text: str, masked: str, words: Words) -> Iterator[tuple[int, int, int]]:
    """Yield the range of each sentence and the number of its paragraph."""
    start = paragraph = 0
    for stop in _STOP.finditer(masked):
        place, end = stop.span()
        blank = "\n" in stop[0] and (stop[0].count("\n") > 1 or stop[0][0] in ".!?…:\ue002\ue003\n")
        if not blank and (place < start or not _ends(text, masked, stop, words)):
            continue
        yield from _cut(masked, start, end, paragraph)
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


def _ends(text: str, masked: str, stop: re.Match[str], words: Words) -> bool:
    place, end = stop.span()
    after = masked[end : end + 1]
    if after.islower():
        return False
    if masked[place] in "\ue002\ue003":
        said = _attribution(words).match(masked, end, min(end + 160, len(masked)))
        return said is None or (masked[place] == "\ue002" and masked[said.end() - 1] == ",")
    if masked[place] != ".":
        return True
    before = _WORD_BEFORE.search(text[max(place - 16, 0) : place])
    word = before[0].lower() if before else ""
    if word in words.title_abbreviations:
        return False
    if word in words.other_abbreviations or (len(word) == 1 and word.isalpha()):
        following = _NEXT_WORD.match(masked, end)
        return following is not None and following[0].lower() in words.openers
    return True


def has_cue(masked_lower: str, start: int, end: int, words: Words) -> bool:
    """Tell whether a sentence holds a reporting word at all; most need no closer look."""
    return not words.cue_words.isdisjoint(_LOWER.findall(masked_lower, start, end))


def read(text: str, masked: str, span: tuple[int, int, int], words: Words, regions: dict[int, Region]) -> Sentence:
    """Cut one sentence into words and give each its letter."""
    sentence = Sentence(*span, lists=words.lists)
    letters: list[str] = []
    add, starts, ends, lowered = letters.append, sentence.starts.append, sentence.ends.append, sentence.words.append
    tags = words.tags
    count = 0
    title = _is_title(masked[span[0] : min(span[1], span[0] + 300)])
    for token in words.token.finditer(masked, span[0], span[1]):
        start, end = token.span()
        word = masked[start:end]
        if word[0] == "\ue000":
            region = regions.get(start)
            if region is not None:
                sentence.regions[count] = region
            add("Q" if region is not None else "n")
            lowered(word[-1])
        else:
            lower = word.lower()
            add(tags.get(lower) if word[0] == lower[0] and lower in tags else _letter(word, lower, words, first=not count, title=title))
            lowered(lower)
        starts(start)
        ends(end)
        count += 1
        if count == MAX_TOKENS:
            break
    sentence.tags = _ALONE.sub("P", _THAT.sub("d", "".join(letters))).replace("q", "d").replace("u", "d")
    sentence.lead = _dateline(masked[span[0] : span[0] + 80], sentence)
    return sentence


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


def _letter(word: str, lower: str, words: Words, *, first: bool, title: bool) -> str:
    """Return the letter of a word that is capitalised, or that no list holds."""
    head = word[0]
    if not head.isalnum() and len(word) == 1 or head in ".!?…-–—":
        return PUNCTUATION.get(head) or ("." if head in ".!?…" else "-" if head in "-–—" else "n")
    if head.isdigit() or (head in "$£€#" and len(word) > 1):
        return "#"
    stem, mark, ending = lower.replace("’", "'").rpartition("'")
    if mark:
        if lower.replace("’", "'") in words.tags:
            return words.tags[lower.replace("’", "'")]
        if words.tags.get(stem) in set("pPWw") or stem in words.lists["elision_stems"]:
            return "k"
        if ending in {"s", ""}:
            return "H"
    known = words.tags.get(lower)
    if head != lower[0]:
        if known == "D" or lower in {"i"}:
            return known or "p"
        return known if known and (first or title) and known not in "vzyMn" else "N"
    return known or words.suffixes.get(lower[-3:]) or words.suffixes.get(lower[-2:]) or "n"
