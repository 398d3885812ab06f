"""Who speaks after an inverted verb: "said Ada Moss, the mayor,", with title, role and apposition."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import subjects
from onrecord.extract.tokens import Sentence, Tokens

_FINITE: Final = frozenset("vVaZzk")

_GOES_ON: Final = frozenset("NndH#eogPyiY")

_STOP: Final = re.compile("[,;:.Q-]")


def after(s: Sentence, verb_end: int, inner: frozenset[str]) -> Tokens | None:
    """Return the subject to the right of an inverted verb, with title, role and apposition.

    `inner` holds the prepositions that may stand inside it ("of", "for").
    """
    tags = s.tags
    count = len(tags)
    first = verb_end
    if first < count and (
        tags[first] in "pW" or (tags[first] == "P" and tags[first + 1 : first + 2] not in {"N", "n", "i"})
    ):
        return first, first + 1
    if first >= count or (
        tags[first] not in "NndH#eP" and not _is_role(s, first) and tags[first : first + 2] not in {"vn", "vN"}
    ):
        return None
    last = _inverted(s, first, count, inner)
    if last == first:
        return None
    while last < count and tags[last] == "," and last + 1 < count:
        step = last + 1
        close = segment(s, step)
        if tags[step] == "W":
            while close < count and tags[close] == "," and _FINITE.isdisjoint(tags[step:close]):
                close = segment(s, close + 1)
            short = subjects.in_proportion(s, first, last, close)
            if close == step + 1 or s.words[step] in s.lists["things"] or not short:
                break
            if tags[close : close + 1] == "Q" and tags[close - 1] not in ",:":
                break
        elif not _apposes(s, last, step, close, inner):
            break
        last = close
    return first, last


def _is_role(s: Sentence, first: int) -> bool:
    """Tell whether a word that may be a verb begins a name or a role before one: "Judge Moss", "lead author Moss"."""
    return s.tags[first] in "yY" and (
        s.tags[first + 1 : first + 2] == "N" or s.tags[first + 1 : first + 3] in {"nN", "yN"}
    )


def _apposes(s: Sentence, last: int, step: int, close: int, inner: frozenset[str]) -> bool:
    """Tell whether a stretch after a comma says more of the noun before it: a role, an age, a place."""
    tags = s.tags
    after = tags[step + 1 : step + 2]
    if subjects.joins_name(s, step):
        return not _FINITE & set(tags[step:close])
    if tags[step] == "i":
        return tags[last - 1] == "#" and s.words[step] in inner and after in {"N", "d", "n"}
    opens = tags[step] in "dNn#ePrH" or (tags[step] in "zyY" and (after in {"&", "n"} or s.words[step + 1] in inner))
    if not opens or (tags[step] in "d#" and after == "D") or (tags[step] == "e" and after == "T"):
        return False
    verb = next((i for i in range(step, close) if tags[i] in "vaVk" and _governs(s, i)), close)
    return verb == close or bool(set("WTs&") & set(tags[step:verb]))


def _governs(s: Sentence, index: int) -> bool:
    """Tell whether a form is no participle of the noun before it: not "a donor | involved in it", "called Moss"."""
    named = s.words[index] in s.lists["named"] or (s.tags[index] in "vV" and s.tags[index + 1 : index + 2] == "i")
    return s.tags[index - 1] not in "tidH" and not (named and s.tags[index - 1] in "nN")


def _inverted(s: Sentence, first: int, limit: int, inner: frozenset[str]) -> int:
    """Return where the noun phrase after an inverted verb ends."""
    index = first
    while index < limit:
        if s.tags[index] == "W" and index > first:
            return segment(s, index)
        if not _belongs(s, index, first, limit, inner):
            break
        index += 1
    return index


def _belongs(s: Sentence, index: int, first: int, limit: int, inner: frozenset[str]) -> bool:
    """Tell whether a token belongs to the noun phrase that begins at `first`."""
    tags = s.tags
    tag, after = tags[index], tags[index + 1 : index + 2] if index + 1 < limit else ""
    if tag in "NnH#de)(oMP" or index == first:
        return tag in "NnH#de)(oMPyYzZv"
    before = tags[index - 1]
    if tag == "D":
        return before == "d" and after in {"n", "N"}
    if tag == "i":
        allowed = s.words[index] in inner or before in "ev"
        return allowed and after in _GOES_ON and not (before in "ev" and after == "D")
    if tag == "-":
        return bool(after) and s.start_of(index + 1) - s.ends[index - 1] < 3
    return (
        tag in "yzYZG"
        or (tag == "g" and before == "d")
        or (tag == "v" and after == "i")
        or (tag == "&" and after in {"N", "n", "d", "H", "#"})
        or (tag == "t" and after in {"N", "n", "d", "H", "o", "P"})
    )


def segment(s: Sentence, first: int) -> int:
    """Return where the stretch that begins at `first` ends: at a comma, a dash, a quotation or the sentence's end."""
    tags = s.tags
    for found in _STOP.finditer(tags, first):
        index = found.start()
        if (
            tags[index] == "Q"
            and tags[index - 1] not in ",:;"
            and s.regions[index].lower
            and s.words[index] == "\ue001"
        ):
            continue
        if tags[index] != "-" or s.start_of(index) > s.ends[index - 1]:
            return index
    return len(tags)
