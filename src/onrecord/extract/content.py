"""Where content ends, and its spans: verbatim between marks, paraphrase around them."""

from __future__ import annotations

import re

from onrecord.extract.marks import Region
from onrecord.extract.tokens import Sentence
from onrecord.extract.sources import Tokens
from onrecord.extract.words import Words
from onrecord.records import QuoteKind, Span

COMMON = 100
"""Counts from which a reporting word needs no further sign after "and"."""
COMMA = "\ue004"
_TURN = re.compile(r"[(),;&bQA-]|s(?=G)")
_TRIM = " \t\r\n\xa0,;:-–—"


def has_verb(s: Sentence, first: int, last: int) -> bool:
    """Tell whether a stretch holds a finite verb."""
    tags = s.tags
    for index in range(first, last):
        tag = tags[index]
        if tag in "vaVkQ":
            return True
        if tag in "zZ" and index > first and tags[index - 1] in "NnPpWr)HQ#o":
            return True
        if tag in "yY" and index > first and tags[index - 1] in "pPraWnN" and index + 1 < last:
            return True
        if tag == "e" and index > first and tags[index - 1] in "pNnWr)":
            return True
    return False


def finite(s: Sentence, index: int) -> bool:
    """Tell whether the verb at a token is finite."""
    tags = s.tags
    before = tags[index - 1] if index else "."
    if before == "r" and index > 1:
        before = tags[index - 2]
    tag = tags[index]
    if tag in "vaV":
        return before not in "tidH" and not (tag != "a" and s.words[index + 1 : index + 2] and s.words[index + 1] in s.lists["by"])
    if tag in "zZ":
        return before in "NnpPWrT)HQ#o"
    if tag in "yY":
        return before in "pPWa" or (before in "nN" and s.words[index - 1].endswith("s"))
    return tag == "e" and before in "pNnWr)" and tags[index + 1 : index + 2] != "n"


def is_clause(s: Sentence, first: int, last: int, *, quoted: bool = True) -> bool:
    """Tell whether a stretch is a clause of its own: it has a finite verb that no relative clause takes."""
    tags = s.tags
    pending = 0
    for index in range(first, last):
        tag = tags[index]
        if tag == "k" or (tag == "Q" and quoted):
            return True
        if tag in "WTw" and index > first:
            pending += 1
        elif tag in "vaVzZyYe" and index > first and finite(s, index) and tags[index - 1] not in "aVv":
            if not pending:
                return True
            pending -= 1
    return False


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
        if naming and index == first and (quote := tags.find("Q", first, min(first + 14, limit))) >= 0 and not any(
            finite(s, i) and tags[i] != "e" for i in range(first + 1, quote)
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
            if tags[index + 1 : index + 2] in {"n", "&", "Q", "N", "#", "d"} and not any(finite(s, i) for i in range(index + 1, limit)):
                continue
            return index
        elif tag in ";:-" or (tag in "sb" and s.words[index] != "as"):
            return index
        elif tag == "s" and any(t in "pPvVaz" for t in tags[index + 1 : index + 5]) and "p" in tags[index + 1 : index + 4]:
            return index
        elif tag == "&" and tags[index + 1 : index + 2] in {"v", "V", "a"}:
            return index
        elif tag in "vVaz" and not relative and tags[index - 1] not in "tidHg" and s.words[index] not in words.lists["linking"] and (tag != "z" or (tags[index - 1] in "nNP" and tags[index + 1 : index + 2] in {"d", "N", "r"})):
            return index if tags[index - 1] not in "r&" else index - 1
    return limit


def without_adjunct(s: Sentence, first: int, last: int) -> int:
    """Return where a phrase ends without the time or place of saying it: "... on Monday", "... in a statement"."""
    tags = s.tags
    for index in range(last - 1, max(first, last - 9), -1):
        if tags[index] == "Q":
            return last
        if tags[index] == "i" and (
            tags[index + 1 : index + 2] == "D" or any(s.words[i] in s.lists["venue"] for i in range(index + 1, min(last, index + 5)))
        ):
            return index - (tags[index - 1] in "rD")
    while last > first + 1 and tags[last - 1] == "D":
        last -= 1
    return last


def budget(s: Sentence, first: int, last: int) -> int:
    """Return where content ends that lies inside a subject: before the verb that is one too many."""
    tags = s.tags
    verbs = 1
    for index in range(first + 1, last):
        tag = tags[index]
        if tag in "WTws&bk;":
            verbs += tag != "k"
        elif tag in "az" or (tag in "vV" and tags[index + 1 : index + 2] in {"d", "N", "o", "p"}):
            if not finite(s, index) or tags[index - 1] in "a" or (tags[index - 1] == "r" and tags[index - 2] == "a"):
                continue
            verbs -= 1
            if verbs < 0:
                cut = index
                while cut > first + 1 and tags[cut - 1] in ",r-":
                    cut -= 1
                return cut
    return last


def first_clause(s: Sentence, first: int, last: int) -> int:
    """Return where the first whole clause ends: at a comma, dash or semicolon."""
    for index in range(first + 1, last):
        if s.tags[index] in ",;-" and is_clause(s, first, index):
            return index
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
            return _reports(s, step, words)
        if tags[step] in "GA":
            return True
        if tags[step] == "W" or tags[step : step + 2] in {"iW", "tW", "nT", "nW"}:
            return is_clause(s, first, index)
        if tags[index] == "Q":
            return tags[step] == "g" or (tags[step] == "v" and is_clause(s, first, index)) or tags[step : step + 2] == "&v"
        if tags[step] == "Q" and tags[index - 1] != "Q":
            return False
        if tags[step] in "dg":
            return _tail(s, first, index, step, count)
        if tags[step] == "V" and step == index + 1:
            return is_clause(s, first, index)
        if tags[step] == "b" and tags[step + 1 : step + 2] in {"V", "Z"} and is_clause(s, first, index):
            return True
        if tags[step] == "s" and s.words[step] in words.lists["while"]:
            return is_clause(s, first, index)
        if tags[step] in "&b" and is_clause(s, first, index) and _new_clause(s, step + 1, count):
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
        return is_clause(s, first, index)
    return _speaks(s, step, count, words)


def _tail(s: Sentence, first: int, index: int, step: int, count: int) -> bool:
    """Tell whether an apposition or a participle that closes the sentence is the narrator's: ", a move that ..."."""
    tags = s.tags
    if not is_clause(s, first, index):
        return False
    if tags[step] == "g":
        return tags[step + 1 : step + 2] == "d" and "," not in tags[step:count]
    stop = tags.find(",", step, count)
    if stop > 0 and ("&" in tags[stop : stop + 3] or "," in tags[stop + 1 : count]):
        return False
    verb = next((i for i in range(step + 1, count if stop < 0 else stop) if finite(s, i)), count)
    return verb == count or bool(set("WT") & set(tags[step:verb])) or tags[verb] == "e"


def _new_clause(s: Sentence, step: int, count: int) -> bool:
    """Tell whether a pronoun or a name with its verb begins here."""
    tags = s.tags
    if tags[step : step + 1] in {"p", "k"}:
        return True
    start = step
    while step < count and tags[step] in "N":
        step += 1
    return start < step < count and tags[step] in "avz" and finite(s, step)


def _speaks(s: Sentence, step: int, count: int, words: Words) -> bool:
    """Tell whether a new clause with its own reporting word begins here."""
    tags = s.tags
    while step < count and tags[step] in "ra":
        step += 1
    if step < count and tags[step] in "VZG":
        return _reports(s, step, words)
    limit = min(count, step + 8)
    while step < limit and tags[step] in "NnHdP#pi":
        step += 1
    while step < limit and tags[step] in "ra":
        step += 1
    return step < limit and tags[step] in "VZG" and tags[step - 1] not in "di" and _reports(s, step, words)


def _reports(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether a word surely reports: a common cue, or one with "that" or a quotation after it."""
    cue = words.cues.get(s.words[index])
    if cue is None or not cue.frames:
        return False
    if s.tags[index] == "G":
        return s.tags[index - 1] in "&bs" or bool(cue.frames & {"that", "quote", "naming"})
    if not cue.frames & {"that", "quote", "naming"}:
        return False
    if "naming" in cue.frames and s.tags[index + 1 : index + 2] in {"o", "d", "N", "P"}:
        return True
    return cue.count >= COMMON and "that" in cue.frames or s.tags[index + 1 : index + 2] in {"T", "Q"}


def spans(text: str, ranges: list[Tokens], tops: list[Region]) -> list[Span]:
    """Cut content into verbatim and paraphrased spans, marks left out; `ranges` are character ranges with marks."""
    out: list[Span] = []
    for start, stop in ranges:
        place = start
        for region in tops:
            if region.end <= start or region.start >= stop:
                continue
            _paraphrase(text, place, region.start, out)
            _add(text, region.inner, region.outer, out, verbatim=True)
            place = region.end
        _paraphrase(text, place, stop, out)
    return out


def _paraphrase(text: str, start: int, stop: int, out: list[Span]) -> None:
    piece = text[start:stop]
    left = len(piece) - len(piece.lstrip(_TRIM))
    right = len(piece.rstrip(_TRIM))
    if any(c.isalnum() for c in piece):
        _add(text, start + left, start + right, out, verbatim=False)


def _add(text: str, start: int, stop: int, out: list[Span], *, verbatim: bool) -> None:
    piece = text[start:stop]
    if not piece or piece.isspace():
        return
    start += len(piece) - len(piece.lstrip())
    stop -= len(piece) - len(piece.rstrip())
    out.append(Span(start, stop, text[start:stop], verbatim))


def kind(spans_: list[Span]) -> QuoteKind:
    """Return the kind of a quote by its spans."""
    verbatim = sum(s.is_verbatim for s in spans_)
    return "indirect" if not verbatim else "direct" if verbatim == len(spans_) else "mixed"
