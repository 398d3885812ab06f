"""Content: where a phrase that is said ends, and the pieces of a statement."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import clauses, stops
from onrecord.extract.drafts import Reading
from onrecord.extract.tokens import OPEN, Sentence, Tokens, ended, stopped
from onrecord.extract.words import Words

_PHRASES: Final = frozenset({"np", "topic", "naming", "to"})
_CLAUSES: Final = frozenset({"that", "bare"})
_VERBAL: Final = frozenset("vVzZatgG")
_RESUMED: Final = re.compile(",i[gG]")
_INSERTED: Final = 20
"""Tokens up to which somebody may be explained before what they are accused of: "Moss, who ..., of lying"."""
_JOINED: Final = re.compile("r*[vVa]")
_CLAUSAL: Final = frozenset("wWTpsk")
_NEXT_VERB: Final = re.compile("[b&](?=r*[vVaZ])|&(?=Y[pTk])")
_INFINITIVE: Final = re.compile("t(?:[yY]|n[doHP])")
_TENSED: Final = re.compile(",?[&b]r*(?:[vVazZ]|[pk])|,[&b]d?[nNy]+[avVze]")
_TAIL: Final = re.compile(",(?:W|[&b]r*[pk])")
_LISTED: Final = frozenset({"&Q", "&T", "bQ", "bT"})


def end_of_phrase(s: Sentence, first: int, words: Words, *, naming: bool = False) -> int:
    """Return where a noun phrase that is content ends: at a comma, a new clause or, where it names, a quotation."""
    tags = s.tags
    limit = stops.end(s, first, words)
    if naming and (quote := _named(s, first, limit)) >= 0:
        last = _listed(s, quote + 1, limit)
        if s.tags[last : last + 1] == "s" and s.words[last] in s.lists["conditional"]:
            return limit
        return last if s.words[quote] != OPEN or last >= limit else end_of_phrase(s, last - 1, words)
    relative = tags[first] in "wW"
    for index in range(first + 1, limit):
        if tags[index] == "t" and not relative and _INFINITIVE.match(tags, index):
            return max(_end_of_infinitive(s, index, words), index + 2)
        if _opens_clause(s, index):
            relative = True
        elif _leaves(s, index, limit, words) and not _apposes(s, first, index):
            return index
        elif not relative and _predicate(s, index):
            return _before_subject(s, first, index)
    return limit


def _opens_clause(s: Sentence, index: int) -> bool:
    """Tell whether a clause that belongs to a noun phrase begins here: "a plan that", "a man she", "a loss because"."""
    tag = s.tags[index]
    return (
        tag in "WTw"
        or (tag == "p" and s.tags[index - 1] in "nN")
        or (tag == "d" and s.tags[index - 1] in "nyYD")
        or (tag == "s" and s.words[index] in s.lists["conditional"])
    )


def _before_subject(s: Sentence, first: int, verb: int) -> int:
    """Return where a phrase ends before the clause of the verb at `verb`: "a trial | after she left"."""
    start = verb
    while start > first + 1 and s.tags[start - 1] in "NnPpHd#r":
        start -= 1
    opens = s.tags[start - 1] == "&" or s.words[start - 1] in s.lists["subordinating"]
    if start < verb and opens and start - 1 > first:
        return start - 1 - (s.tags[start - 2] in "rn" and s.words[start - 2] in s.lists["shortly"])
    return verb if s.tags[verb - 1] not in "r&" else verb - 1


def _named(s: Sentence, first: int, limit: int) -> int:
    """Return the quotation by which something is called, if no clause comes before it."""
    quote = s.tags.find("Q", first, min(first + 14, limit))
    clause = any(clauses.finite(s, i) and s.tags[i] != "e" for i in range(first + 1, quote))
    return -1 if clause else quote


def _apposes(s: Sentence, first: int, index: int) -> bool:
    """Tell whether a comma closes an apposition before "of": "accused Moss, his friend|, of lying"."""
    if "," not in s.tags[first:index] or s.tags[index : index + 2] not in {",i", ",t"}:
        return False
    return s.tags[index + 1] == "t" or (
        s.words[index + 1] in s.lists["inner"] and "i" not in s.tags[s.tags.rfind(",", first, index) : index]
    )


def _leaves(s: Sentence, index: int, limit: int, words: Words) -> bool:
    """Tell whether a noun phrase ends at a mark or a conjunction."""
    tag, after = s.tags[index], s.tags[index + 1 : index + 2]
    if tag == ",":
        if after and s.words[index + 1] in words.lists["inclusive"]:
            return False
        if after == "n":
            return s.tags[index + 2 : index + 3] in {"T", "W"} or s.words[index + 1] in words.lists["shortly"]
        listed = after in {"&", "Q", "N", "#", "d"}
        return not listed or any(clauses.finite(s, i) for i in range(index + 1, limit))
    if tag == "s" and s.words[index] in words.lists["as"]:
        return "p" in s.tags[index + 1 : index + 4]
    if tag == "s" and (s.words[index] in words.lists["conditional"] or after in {"e", "M"}):
        return False
    if tag == "-" and after == "i":
        return False
    if tag == "i" and after in {"g", "G"} and s.words[index] in words.lists["subordinating"]:
        return True
    return tag in ";:-sb" or (tag == "&" and _JOINED.match(s.tags, index + 1) is not None)


def _predicate(s: Sentence, index: int) -> bool:
    """Tell whether a verb takes over, so that the noun phrase before it was a subject."""
    tag, before = s.tags[index], s.tags[index - 1]
    linking = s.lists["linking"]
    if tag not in "vVaz" or before in "tidHg" or s.words[index] in linking or s.words[index - 1] in linking:
        return False
    if tag in "vV" and s.tags[index + 1 : index + 2] in {"i", "t"}:
        return False
    return tag != "z" or (before in "nNP" and s.tags[index + 1 : index + 2] in {"d", "N", "r"})


def without_adjunct(s: Sentence, first: int, last: int) -> int:
    """Return where a phrase ends without the time or place of saying it: "... on Monday", "... in a statement"."""
    tags = s.tags
    for index in range(last - 1, max(first, last - 9), -1):
        if tags[index] == "Q":
            return last
        if tags[index] == "i" and s.words[index] not in s.lists["inherent"] and _tells_occasion(s, index, last):
            return index - (tags[index - 1] in "rD")
    if tags[last - 3 : last] == "dnD":
        return last
    day = last
    while last > first + 1 and tags[last - 1] == "D":
        last -= 1
    while first + 1 < last < day and tags[last - 1] in "rd":
        last -= 1
    return last


def _tells_occasion(s: Sentence, index: int, last: int) -> bool:
    """Tell whether a preposition leads when or where something was said: "on Monday", "at a rally", "on Twitter"."""
    within = s.words[index + 1 : min(last, index + 5)]
    return (
        s.tags[index + 1 : index + 2] == "D"
        or (index + 2 == last and s.words[index + 1] in s.lists["platforms"])
        or not s.lists["venue"].isdisjoint(within)
        or (s.words[last - 1] in s.lists["occasion"] and _VERBAL.isdisjoint(s.tags[index + 1 : last]))
    )


def _listed(s: Sentence, index: int, limit: int) -> int:
    """Return where a list of quotations ends: "A" and "B"."""
    tags = s.tags
    while index < limit and tags[index] in ",&" and tags.find("Q", index, min(index + 5, limit)) > 0:
        index = tags.find("Q", index, limit) + 1
    return index


def pieces(reading: Reading, start: int, form: str) -> list[Tokens]:
    """Return the content that begins at a token, and what goes on after it in the same sentence.

    `form` is the complement that begins there, as `complements.opening` names it.
    """
    s, words = reading.s, reading.words
    if start >= len(s.tags):
        return []
    if s.tags[start] == "Q" and form in {"quote", "colon"}:
        return _quoted(reading, start)
    if form == "bare" and clauses.replies(s, start):
        return [(start, start + 1)]
    if form in _PHRASES:
        last = end_of_phrase(s, start, words, naming=form == "naming")
        if form == "np" and "ig" in s.tags[start : last + 1]:
            last = _narrated(s, start, min(stops.end(s, start, words), clauses.next_clause(s, start)))
        if "ty" not in s.tags[start:last]:
            last = without_adjunct(s, start, without_adjunct(s, start, last))
        if form == "np" and (resumed := _resumed(s, last)):
            return [(start, last), (resumed, end_of_phrase(s, resumed, words))]
    else:
        body = verbal(s, start, form)
        last = _end_of_infinitive(s, body, words) if form == "inf" else stops.end(s, body, words)
        if form in _CLAUSES and "-" in s.tags[start : last + 1]:
            return _around_dashes(s, start, last, words)
    return [(start, last)] if last > start else []


def _resumed(s: Sentence, comma: int) -> int:
    """Return where content goes on after an insertion, or 0: "accused Moss, who runs the lock, | of lying"."""
    found = _RESUMED.search(s.tags, comma, comma + _INSERTED) if s.tags[comma : comma + 1] == "," else None
    return found.start() + 1 if found and s.words[found.start() + 1] in s.lists["wording"] else 0


def _narrated(s: Sentence, start: int, last: int) -> int:
    """Return where the narrator goes on with another verb: "accused Moss of lying | but stopped short of ..."."""
    found = _NEXT_VERB.search(s.tags, start, last) or _TAIL.search(s.tags, start, last)
    return found.start() if found and _CLAUSAL.isdisjoint(s.tags[start : found.start()]) else last


def _end_of_infinitive(s: Sentence, first: int, words: Words) -> int:
    """Return where an infinitive ends: before "and" with a verb in another form, "to mend it | and left"."""
    last = stops.end(s, first, words)
    found = _TENSED.search(s.tags, first + 2, last)
    return found.start() if found and _CLAUSAL.isdisjoint(s.tags[first + 1 : found.start()]) else last


def verbal(s: Sentence, start: int, form: str) -> int:
    """Return where the clause of content begins: an infinitive after whoever is to do it, "him | to leave"."""
    return max(s.tags.find("t", start), start) if form == "inf" else start


def _around_dashes(s: Sentence, start: int, last: int, words: Words) -> list[Tokens]:
    """Return content that a long insertion between dashes interrupts, with what goes on after it."""
    dashes = [i for i in range(start, len(s.tags)) if s.tags[i] == "-" and s.start_of(i) > s.ends[i - 1]][:2]
    if len(dashes) < 2 or last != dashes[0] or s.tags[dashes[1] + 1 : dashes[1] + 2] not in stops.GOES_ON:
        return [(start, last)] if last > start else []
    return [(start, last), (dashes[1] + 1, stops.end(s, dashes[1] + 1, words))]


def _quoted(reading: Reading, start: int) -> list[Tokens]:
    """Return a quotation after its cue: alone where it stands on its own, else with the clause around it."""
    s = reading.s
    tags = s.tags
    last = start + 1
    while tags[last : last + 1] == "Q":
        last += 1
    alone = stopped(s, last - 1) or (ended(s, last - 1) and tags[last : last + 2] not in _LISTED)
    if alone or (tags[last : last + 1] == "s" and s.words[last] not in s.lists["conditional"]):
        return [(start, last), *later(reading, last)]
    if tags[start - 1] in ",:" and tags[last : last + 1] not in {"", ".", ","}:
        return [(start, max(without_adjunct(s, last - 1, stops.end(s, start, reading.words)), last))]
    listed = tags[last : last + 2] in {",&", ",b"} and "Q" in tags[last:]
    if tags[last : last + 1] not in {"", ".", ","} or listed:
        last = max(without_adjunct(s, last - 1, stops.end(s, start, reading.words)), last)
    return [(start, last), *([] if last > start + 1 else later(reading, last))]


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
    if tags[place : place + 1] == "," and tags[place - 1] in "VZ" and _follows(tags, place + 1):
        return [(place + 1, stops.end(s, place + 1, reading.words))]
    return []


def _follows(tags: str, index: int) -> bool:
    """Tell whether content goes on after an inserted cue and a comma: "It is a pity," he said, that it fell."""
    return tags[index : index + 1] == "T" or tags[index : index + 2] in {"ty", "tY", "ta"}
