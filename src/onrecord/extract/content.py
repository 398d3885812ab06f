"""Where content ends: one answer for every rule."""

from __future__ import annotations

import re

from onrecord.extract import clauses, subjects
from onrecord.extract.drafts import Reading
from onrecord.extract.tokens import COMMA, OPEN, Sentence, Tokens, ended, stopped
from onrecord.extract.words import Words

_TURN = re.compile(r"[(),;&bQA-]|s(?=G)")
_PIED_PIPED = frozenset({"iW", "tW", "nT", "nW"})
_PHRASES = frozenset({"np", "topic", "naming", "to"})
_CLAUSES = frozenset({"that", "bare"})
_GOES_ON = frozenset("avVzZe")
_LISTED = frozenset({"&Q", "&T", "bQ", "bT"})


def end(s: Sentence, first: int, words: Words) -> int:
    """Return where content that begins at token `first` ends: one answer for every rule."""
    stop = s.stops.get(first)
    if stop is None:
        stop = s.stops[first] = _end(s, first, words)
    return stop


def _end(s: Sentence, first: int, words: Words) -> int:
    count = len(s.tags)
    while count > first and s.tags[count - 1] == ".":
        count -= 1
    depth = 0
    for found in _TURN.finditer(s.tags, first + 1, count):
        index, tag = found.start(), found[0]
        depth += (tag == "(") - (tag == ")")
        if tag in "()" or (depth > 0 and tag not in "AQ"):
            continue
        if _turns(s, first, index, count, words):
            return index + (tag == "Q")
    return count


def _turns(s: Sentence, first: int, index: int, count: int, words: Words) -> bool:
    """Tell whether content ends at a token that may end it."""
    tag = s.tags[index]
    if tag == "A":
        return s.tags[index - 1] != ","
    if tag == "s":
        return s.words[index + 1] in words.cues
    return (tag != "Q" or s.words[index] == COMMA) and _cuts(s, first, index, count, words)


def end_of_phrase(s: Sentence, first: int, words: Words, *, naming: bool = False) -> int:
    """Return where a noun phrase that is content ends: at a comma, a new clause or, where it names, a quotation."""
    tags = s.tags
    limit = end(s, first, words)
    if naming and (quote := _named(s, first, limit)) >= 0:
        last = _listed(s, quote + 1, limit)
        return last if s.words[quote] != OPEN or last >= limit else end_of_phrase(s, last - 1, words)
    relative = tags[first] in "wW"
    for index in range(first + 1, limit):
        if tags[index] in "WTw" or (tags[index] == "p" and tags[index - 1] in "nN"):
            relative = True
        elif _leaves(s, index, limit, words):
            return index
        elif not relative and _predicate(s, index):
            return index if tags[index - 1] not in "r&" else index - 1
    return limit


def _named(s: Sentence, first: int, limit: int) -> int:
    """Return the quotation by which something is called, if no clause comes before it."""
    quote = s.tags.find("Q", first, min(first + 14, limit))
    clause = any(clauses.finite(s, i) and s.tags[i] != "e" for i in range(first + 1, quote))
    return -1 if clause else quote


def _leaves(s: Sentence, index: int, limit: int, words: Words) -> bool:
    """Tell whether a noun phrase ends at a mark or a conjunction."""
    tag, after = s.tags[index], s.tags[index + 1 : index + 2]
    if tag == ",":
        if after and s.words[index + 1] in words.lists["inclusive"]:
            return False
        listed = after in {"n", "&", "Q", "N", "#", "d"}
        return not listed or any(clauses.finite(s, i) for i in range(index + 1, limit))
    if tag == "s" and s.words[index] in words.lists["as"]:
        return "p" in s.tags[index + 1 : index + 4]
    return tag in ";:-sb" or (tag == "&" and after in {"v", "V", "a"})


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
        if tags[index] == "i" and (
            tags[index + 1 : index + 2] == "D"
            or (index + 2 == last and s.words[index + 1] in s.lists["platforms"])
            or any(s.words[i] in s.lists["venue"] for i in range(index + 1, min(last, index + 5)))
        ):
            return index - (tags[index - 1] in "rD")
    day = last
    while last > first + 1 and tags[last - 1] == "D":
        last -= 1
    while first + 1 < last < day and tags[last - 1] in "rd":
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
    if tags[index] == "-":
        return s.starts[index] > s.ends[index - 1] and _dash_cuts(s, first, index, words)
    if tags[index] == ";" and tags[step : step + 1] in {"#", "N"}:
        return clauses.is_clause(s, first, index)
    if tags[index] == "b" and tags[step : step + 1] in {"p", "V", "Z"}:
        return clauses.is_clause(s, first, index)
    if tags[index] not in ",Q":
        return clauses.speaks(s, step, count, words)
    while step < count and tags[step] == "r":
        step += 1
    if step >= count:
        return False
    if tags[step] in "GA":
        return True
    if tags[step] == "W" or tags[step : step + 2] in _PIED_PIPED:
        return clauses.is_clause(s, first, index) and not _resumes(s, step, count)
    if tags[index] == "Q":
        return _quotation_cuts(s, first, index, step)
    return _comma_cuts(s, (first, index), step, count, words)


def _resumes(s: Sentence, step: int, count: int) -> bool:
    """Tell whether a verb follows the clause of a relative pronoun: "a port, which they planned, | could close"."""
    close = s.tags.find(",", step + 1, count)
    return close > 0 and s.tags[close + 1 : close + 2] in {"a", "v"}


def _dash_cuts(s: Sentence, first: int, index: int, words: Words) -> bool:
    """Tell whether what follows a dash is the narrator's: after a quotation, or a tail that no dash closes."""
    after = s.tags[index + 1 : index + 15]
    if s.tags[index - 1] == "Q":
        return True
    if s.tags.count("-", first, index) % 2:
        return after[:1] == "W" or clauses.speaks(s, index + 1, len(s.tags), words)
    return after[:1] not in {"N", "n", "&", "Q"} and "-" not in after


def _quotation_cuts(s: Sentence, first: int, index: int, step: int) -> bool:
    after = s.tags[step : step + 2]
    return after[:1] == "g" or after == "&v" or (after[:1] == "v" and clauses.is_clause(s, first, index))


def _comma_cuts(s: Sentence, said: Tokens, step: int, count: int, words: Words) -> bool:
    """Tell whether a clause after a comma is the narrator's; what is said so far must be a clause itself."""
    first, index = said
    tag = s.tags[step]
    beside = step == index + 1
    if tag == "Z" and beside and s.tags[index - 1] != "Q" and "W" not in s.tags[first:index]:
        return clauses.reports(s, step, words)
    if tag == "Q" and s.tags[index - 1] != "Q":
        return False
    whole = clauses.is_clause(s, first, index)
    if tag in "dg":
        return whole and s.words[step] not in words.lists["inclusive"] and clauses.closes(s, step, count)
    if (tag == "V" and beside) or (tag == "s" and s.words[step] in words.lists["while"]):
        return whole
    if tag in "&b" and whole and (clauses.opens_clause(s, step + 1, count) or (tag == "b" and _counters(s, step + 1))):
        return True
    return tag in "&bs" and clauses.speaks(s, step + 1, count, words)


def _counters(s: Sentence, step: int) -> bool:
    """Tell whether the narrator goes on after "but": with a reporting verb, "did not", or a noun and its verb."""
    tags = s.tags
    if tags[step : step + 1] in {"V", "Z", "a"}:
        return True
    if tags[step : step + 1] not in {"d", "n", "H", "P"}:
        return False
    last = subjects.rightwards(s, step, min(len(tags), step + 10))
    while tags[last : last + 1] == "r":
        last += 1
    return last > step and tags[last : last + 1] in {"a", "v", "V", "z", "Z", "e", "y", "Y"}


def pieces(reading: Reading, start: int, form: str) -> list[Tokens]:
    """Return the content that begins at a token, and what goes on after it in the same sentence.

    `form` is the complement that begins there, as `complements.opening` names it.
    """
    s, words = reading.s, reading.words
    if start >= len(s.tags):
        return []
    if s.tags[start] == "Q" and form in {"quote", "colon"}:
        return _quoted(reading, start)
    if form == "bare" and s.words[start] in s.lists["replies"] and s.tags[start + 1 : start + 2] != "t":
        return [(start, start + 1)]
    if form in _PHRASES:
        last = end_of_phrase(s, start, words, naming=form == "naming")
        if form == "np" and "ig" in s.tags[start : last + 1]:
            last = min(end(s, start, words), clauses.next_clause(s, start))
        last = without_adjunct(s, start, last)
    else:
        last = end(s, start, words)
        if form in _CLAUSES and "-" in s.tags[start : last + 1]:
            return _around_dashes(s, start, last, words)
    return [(start, last)] if last > start else []


def _around_dashes(s: Sentence, start: int, last: int, words: Words) -> list[Tokens]:
    """Return content that a long insertion between dashes interrupts, with what goes on after it."""
    dashes = [i for i in range(start, len(s.tags)) if s.tags[i] == "-" and s.starts[i] > s.ends[i - 1]][:2]
    if len(dashes) < 2 or last != dashes[0] or s.tags[dashes[1] + 1 : dashes[1] + 2] not in _GOES_ON:
        return [(start, last)] if last > start else []
    return [(start, last), (dashes[1] + 1, end(s, dashes[1] + 1, words))]


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
        return [(start, max(without_adjunct(s, last - 1, end(s, start, reading.words)), last))]
    listed = tags[last : last + 2] in {",&", ",b"} and "Q" in tags[last:]
    if tags[last : last + 1] not in {"", ".", ","} or listed:
        last = max(without_adjunct(s, last - 1, end(s, start, reading.words)), last)
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
        return [(place + 1, end(s, place + 1, reading.words))]
    return []


def _follows(tags: str, index: int) -> bool:
    """Tell whether content goes on after an inserted cue and a comma: "It is a pity," he said, that it fell."""
    return tags[index : index + 1] == "T" or tags[index : index + 2] in {"ty", "tY", "ta"}
