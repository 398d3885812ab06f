"""Where content ends: one answer for every rule."""

from __future__ import annotations

import re

from onrecord.extract import clauses
from onrecord.extract.drafts import Reading
from onrecord.extract.tokens import COMMA, Sentence, Tokens, ended, stopped
from onrecord.extract.words import Words

_TURN = re.compile(r"[(),;&bQA-]|s(?=G)")
_LISTED = frozenset({"&Q", "&T", "bQ", "bT"})


def end(s: Sentence, first: int, words: Words) -> int:
    """Return where content that begins at token `first` ends: one answer for every rule."""
    tags = s.tags
    count = len(tags)
    while count > first and tags[count - 1] in ".":
        count -= 1
    depth = 0
    for found in _TURN.finditer(tags, first + 1, count):
        index, tag = found.start(), found[0]
        if tag == "(":
            depth += 1
        elif tag == ")":
            depth -= 1
        elif tag == "A":
            if tags[index - 1] != ",":
                return index
        elif depth > 0:
            continue
        elif tag == "s":
            if s.words[index + 1] in words.cues:
                return index
        elif tag == "Q":
            if s.words[index] == COMMA and _cuts(s, first, index, count, words):
                return index + 1
        elif _cuts(s, first, index, count, words):
            return index
    return count


def end_of_phrase(s: Sentence, first: int, words: Words, *, naming: bool = False) -> int:
    """Return where a noun phrase that is content ends: at a comma, a new clause or, where it names, a quotation."""
    tags = s.tags
    limit = end(s, first, words)
    relative = tags[first] in "wW"
    for index in range(first, limit):
        tag = tags[index]
        if (
            naming
            and index == first
            and (quote := tags.find("Q", first, min(first + 14, limit))) >= 0
            and not any(clauses.finite(s, i) and tags[i] != "e" for i in range(first + 1, quote))
        ):
            listed = _listed(s, quote + 1, limit)
            return listed if s.words[quote] != "\ue001" or listed >= limit else end_of_phrase(s, listed - 1, words)
        if index == first:
            continue
        if tag in "WTw" or (tag == "p" and tags[index - 1] in "nN"):
            relative = True
        elif tag == ",":
            if s.words[index + 1] in words.lists["inclusive"]:
                continue
            if tags[index + 1 : index + 2] in {"n", "&", "Q", "N", "#", "d"} and not any(
                clauses.finite(s, i) for i in range(index + 1, limit)
            ):
                continue
            return index
        elif tag in ";:-" or (tag in "sb" and s.words[index] != "as"):
            return index
        elif (
            tag == "s"
            and any(t in "pPvVaz" for t in tags[index + 1 : index + 5])
            and "p" in tags[index + 1 : index + 4]
        ):
            return index
        elif tag == "&" and tags[index + 1 : index + 2] in {"v", "V", "a"}:
            return index
        elif (
            tag in "vVaz"
            and not relative
            and tags[index - 1] not in "tidHg"
            and s.words[index] not in words.lists["linking"]
            and (tag != "z" or (tags[index - 1] in "nNP" and tags[index + 1 : index + 2] in {"d", "N", "r"}))
        ):
            return index if tags[index - 1] not in "r&" else index - 1
    return limit


def without_adjunct(s: Sentence, first: int, last: int) -> int:
    """Return where a phrase ends without the time or place of saying it: "... on Monday", "... in a statement"."""
    tags = s.tags
    for index in range(last - 1, max(first, last - 9), -1):
        if tags[index] == "Q":
            return last
        if tags[index] == "i" and (
            tags[index + 1 : index + 2] == "D"
            or any(s.words[i] in s.lists["venue"] for i in range(index + 1, min(last, index + 5)))
        ):
            return index - (tags[index - 1] in "rD")
    while last > first + 1 and tags[last - 1] == "D":
        last -= 1
    return last


def _listed(s: Sentence, index: int, limit: int) -> int:
    """Return where a list of quotations ends: "A" and "B"."""
    tags = s.tags
    while index < limit and tags[index] in ",&" and tags.find("Q", index, min(index + 5, limit)) > 0:
        index = tags.find("Q", index, limit) + 1
    return index


def _cuts(s: Sentence, first: int, index: int, count: int, words: Words) -> bool:
    """Tell whether the narrator takes over at a comma, dash, conjunction or the end of a quotation."""
    tags = s.tags
    step = index + 1
    if tags[index] in ",Q":
        while step < count and tags[step] == "r":
            step += 1
        if step >= count:
            return False
        if tags[step] == "Z" and step == index + 1 and tags[index - 1] != "Q" and "W" not in tags[first:index]:
            return clauses.reports(s, step, words)
        if tags[step] in "GA":
            return True
        if tags[step] == "W" or tags[step : step + 2] in {"iW", "tW", "nT", "nW"}:
            return clauses.is_clause(s, first, index)
        if tags[index] == "Q":
            return (
                tags[step] == "g"
                or (tags[step] == "v" and clauses.is_clause(s, first, index))
                or tags[step : step + 2] == "&v"
            )
        if tags[step] == "Q" and tags[index - 1] != "Q":
            return False
        if tags[step] in "dg":
            return clauses.closes(s, first, index, step, count)
        if tags[step] == "V" and step == index + 1:
            return clauses.is_clause(s, first, index)
        if tags[step] == "b" and tags[step + 1 : step + 2] in {"V", "Z"} and clauses.is_clause(s, first, index):
            return True
        if tags[step] == "s" and s.words[step] in words.lists["while"]:
            return clauses.is_clause(s, first, index)
        if tags[step] in "&b" and clauses.is_clause(s, first, index) and clauses.opens_clause(s, step + 1, count):
            return True
        if tags[step] in "&bs":
            step += 1
        else:
            return False
    elif tags[index] == "-":
        if s.starts[index] == s.ends[index - 1]:
            return False
        if tags[index - 1] == "Q" or (tags[step : step + 1] in {"d", "s", "b"} and "-" not in tags[step : step + 14]):
            return True
    elif tags[index] == "b" and tags[step : step + 1] in {"p", "V", "Z"}:
        return clauses.is_clause(s, first, index)
    return clauses.speaks(s, step, count, words)


def pieces(reading: Reading, start: int, form: str) -> list[Tokens]:
    s, words = reading.s, reading.words
    tags = s.tags
    if start >= len(tags):
        return []
    if tags[start] == "Q" and form in {"quote", "colon"}:
        last = start + 1
        while last < len(tags) and tags[last] == "Q":
            last += 1
        if stopped(s, last - 1) or (ended(s, last - 1) and tags[last : last + 2] not in _LISTED):
            return [(start, last), *later(reading, last)]
        if tags[start - 1] in ",:" or tags[last : last + 1] == "s":
            return [(start, last), *later(reading, last)]
        if (
            last < len(tags)
            and tags[last] not in ".,"
            or (
                last < len(tags)
                and tags[last] == ","
                and tags[last + 1 : last + 2] in {"&", "b"}
                and "Q" in tags[last:]
            )
        ):
            last = max(end(s, start, words), last)
        return [(start, last), *([] if last > start + 1 else later(reading, last))]
    if form in {"np", "topic", "naming", "to"}:
        last = without_adjunct(s, start, end_of_phrase(s, start, words, naming=form == "naming"))
    else:
        last = end(s, start, words)
    return [(start, last)] if last > start else []


def later(reading: Reading, place: int) -> list[Tokens]:
    """Return the content that goes on after an inserted cue: a quotation, or the rest of the clause."""
    s = reading.s
    tags = s.tags
    limit = min(len(tags), place + 30)
    for index in range(place, limit):
        if tags[index] == "Q":
            if index in reading.owned:
                return []
            if index == place or tags[index - 1] in ",:-":
                return [(index, index + 1)]
            return []
        if tags[index] in "VZG" and index > place:
            return []
    return []
