"""Marks that quote nobody: titles, nicknames, terms, scare quotes, inches, apostrophes, and why.

A law holds: every quotation mark of a text lies within a quote, at its edge, or within a region set aside.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import accumulate
from typing import Final, Protocol

from onrecord.extract.marks import Marks, Region, find_marks
from onrecord.extract.words import Words
from onrecord.records import AsideReason, FieldName, SetAside

SHORT: Final = 80
"""Characters up to which a quotation may be a name or a term."""
TERM: Final = 3
"""Words up to which a nickname or a term reaches."""
EDGE: Final = 4
"""Characters (spaces, marks, commas) that may stand between a quote and its outer mark."""

_BITS: Final = 32
_LOW: Final = (1 << _BITS) - 1

_JOINED: Final = frozenset({"empty", "unbalanced"})

_LETTER: Final = re.compile(r"[^\W_]")
_WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_BACKWARDS: Final = re.compile(r"\n?[ \xa0]([\w.’'-]*[^\W\d_])(?:[ \xa0]([\w’'-]*[^\W\d_]))?")
"""Two words, read from the end."""

_BACK: Final = 40
_BY: Final = re.compile(r",? ([^\W\d_]+) ([A-Z]\w*)")
_YEAR: Final = re.compile(r"[ \xa0]\((?:1[5-9]|20)\d\d\)")
_AFTER: Final = re.compile(r"[ \xa0]([^\W\d_][\w’'-]*)")
_MARKS: Final = frozenset("\"“”„‟«»‹›'‘’‚`「」『』")
_BETWEEN: Final = frozenset(",;:.!?—–―-")


class Enveloped(Protocol):
    """What has an envelope: a quote, a statement."""

    @property
    def start(self) -> int:
        """Where it starts."""

    @property
    def end(self) -> int:
        """Where it ends."""


def quotations(text: str, found: Marks, words: Words) -> list[Region]:
    """Return the outermost regions that may quote somebody, in order; the others get their reason."""
    out: list[Region] = []
    last = 0
    for region in found.regions:
        if region.start < last:
            continue
        last = region.end
        region.reason = _reason(text, region, words)
        if region.reason is None:
            out.append(region)
    return out


def _reason(text: str, region: Region, words: Words) -> AsideReason | None:
    if region.size >= SHORT:
        return None
    content = text[region.inner : region.outer]
    if _LETTER.search(content) is None:
        return "empty"
    if text[region.start - 1 : region.start] == "=":
        return "term"
    if _has_author(text, region, words) or _YEAR.match(text, region.end):
        return "title"
    if not content[0].isupper():
        return None
    return _named(text, region, content, words)


def _named(text: str, region: Region, content: str, words: Words) -> AsideReason | None:
    """Return the reason why a short quotation that begins with a capital is a name, or None where it may be said."""
    stops = content[-1] in ".?!…"
    if stops and content[-1] != ".":
        return None
    listed, is_capital = _worded(content, words)
    if stops and not is_capital:
        return None
    bracketed = text[region.start - 1 : region.start] == "(" and text[region.end : region.end + 1] == ")"
    may_be_name = len(listed) <= TERM and content[-1] != ","
    if not is_capital and (bracketed or not may_be_name):
        return "term" if bracketed else None
    maker, preceding = _before(text, region.start)
    named = _names_work(maker, preceding, words)
    if stops and not named and len(listed) <= TERM:
        return None
    if bracketed:
        return "title"
    after = _AFTER.match(text, region.end)
    if may_be_name and _is_name(preceding, words) and _is_name(after[1] if after else "", words):
        return "nickname"
    return "title" if is_capital and (named or _is_title(preceding.lower(), listed, words)) else None


def _before(text: str, start: int) -> tuple[str, str]:
    """Return the two words before a place, as far as there are such."""
    found = _BACKWARDS.match(text[max(start - _BACK, 0) : start][::-1])
    return ((found[2] or "")[::-1], found[1][::-1]) if found else ("", "")


def _has_author(text: str, region: Region, words: Words) -> bool:
    """Tell whether "by" and a name follow, so that the quotation is what somebody wrote: “A Sad Day,” by Ada Moss."""
    after = _BY.match(text, region.end)
    if after is None or after[1] not in words.lists.get("by", ()) or words.tags.get(after[2].lower()) == "D":
        return False
    letter = _LETTER.search(text, region.inner, region.outer)
    return letter is not None and letter[0].isupper()


def _names_work(maker: str, preceding: str, words: Words) -> bool:
    """Tell whether what stands before a quotation names a work by who made it or broadcasts it: "the author of"."""
    made = maker.lower() in words.lists.get("makers", frozenset()) and preceding in words.lists.get("wording", ())
    marks = tuple(words.lists.get("possessive_marks", ()))
    return made or (preceding.endswith(marks) and preceding[: -len("'s")].upper() == preceding[: -len("'s")])


def _is_name(word: str, words: Words) -> bool:
    return word[:1].isupper() and word.lower() not in words.tags


def _is_title(preceding: str, listed: list[str], words: Words) -> bool:
    """Tell whether capitalised words after "the film", "NBC's" or "on" name a work."""
    if preceding in words.lists.get("titled", frozenset()):
        return True
    owned = preceding.endswith(tuple(words.lists.get("possessive_marks", ())))
    return len(listed) > 1 and (owned or words.tags.get(preceding) in {"i", "d"})


def _worded(content: str, words: Words) -> tuple[list[str], bool]:
    """Return the words of a quotation, and whether they are written as a title: all but the small ones capitalised.

    Of what is no title the first words are enough.
    """
    small = words.lists.get("title_words", frozenset())
    listed = content.split(" ", TERM + 1)[: TERM + 1]
    if len(listed) <= TERM or not all(map(str.isalpha, listed)) or _is_capital(listed, small, words):
        listed = _WORD.findall(content)
        return listed, _is_capital(listed, small, words)
    return listed, False


def _is_capital(listed: list[str], small: frozenset[str], words: Words) -> bool:
    return all(word[0].isupper() or word[0].isdigit() or words.tags.get(word.lower(), "n") in small for word in listed)


def set_aside(text: str, field: FieldName, found: Marks, said: Sequence[Enveloped]) -> list[SetAside]:
    """Return the regions and single marks that lie in no quote, in order; touching ones of a kind become one."""
    covered = Cover(text, said)
    runs: list[tuple[int, int, AsideReason]] = []
    last = 0
    for start, end, why in _candidates(found):
        if start < last or covered.holds(start, end):
            continue
        reason = (why.reason or _other(text, why)) if isinstance(why, Region) else why
        joins = bool(runs) and last == start and runs[-1][2] == reason and reason in _JOINED
        first = runs.pop()[0] if joins else start
        runs.append((first, end, reason))
        last = end
    return [SetAside(field, start, end, text[start:end], reason) for start, end, reason in runs]


def _candidates(found: Marks) -> Iterator[tuple[int, int, AsideReason | Region]]:
    """Return regions, and single marks with their reason, in order, outer ones first."""
    regions = ((region.start, region.end, region) for region in found.regions)
    return merge(found.strays, regions, key=lambda one: (one[0], -one[1])) if found.strays else regions


def _other(text: str, region: Region) -> AsideReason:
    if not region.closed:
        return "unbalanced"
    content = text[region.inner : region.outer]
    if _LETTER.search(content) is None:
        return "empty"
    if content.rstrip()[-1] == "!" or content.isupper():
        return "slogan"
    return "scare quote"


class Cover:
    """Where a text is quoted: envelopes, with the marks at their edges."""

    def __init__(self, text: str, quotes: Iterable[Enveloped]) -> None:
        packed = []
        for quote in quotes:
            first, last = _reach(text, quote.start, quote.end)
            packed.append(first << _BITS | last)
        packed.sort()
        self.starts = array("Q", [one >> _BITS for one in packed])
        self.ends = array("Q", list(accumulate([one & _LOW for one in packed], max)))

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a range lies within a quote, its marks included."""
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and self.ends[index] >= end


def _reach(text: str, start: int, end: int) -> tuple[int, int]:
    """Return an envelope with the marks that touch it, and what stands between them and it."""
    if not 0 <= start <= end <= len(text):
        return min(max(start, 0), len(text)), min(max(end, 0), len(text))  # offsets of a table may say anything
    first = place = start
    low = start - EDGE if start > EDGE else 0
    while place > low and ((char := text[place - 1]) in _MARKS or char.isspace()):
        place -= 1
        if char in _MARKS:
            first = place
    last, place = end, end
    high = min(end + EDGE, len(text))
    while place < high and ((char := text[place]) in _MARKS or char in _BETWEEN or char.isspace()):
        place += 1
        if char in _MARKS:
            last = place
    return first, last


def unaccounted(text: str, quotes: Iterable[Enveloped], aside: Iterable[Enveloped]) -> list[int]:
    """Return where quotation marks of a text stand that neither a quote nor a region set aside accounts for.

    Examples
    --------
    >>> unaccounted('A "B" c.', [], [])
    [2, 4]
    """
    quoted = Cover(text, quotes)
    others = sorted((region.start, region.end) for region in aside)
    starts = [start for start, _ in others]

    def explained(place: int) -> bool:
        index = bisect_right(starts, place) - 1
        return (index >= 0 and others[index][1] > place) or quoted.holds(place, place + 1)

    return [start for start, end in find_marks(text) if not all(map(explained, range(start, end)))]
