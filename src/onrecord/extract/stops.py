"""Where a clause that is said ends: where the narrator, or another's words, take over."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import clauses, subjects
from onrecord.extract.tokens import COMMA, Sentence, Tokens
from onrecord.extract.words import Words

_TURNS: Final = frozenset("(),;&bQA-")
_ABSOLUTE: Final = re.compile("[dnN]+G")
"""Somebody saying something else: "with Moss calling it vain and | the mayor calling it dull"."""
_PIED_PIPED: Final = frozenset({"iW", "tW", "nT", "PT"})
_REACH: Final = 16
"""Tokens back to the cue of what is said."""

GOES_ON: Final = frozenset("avVzZeyY")
"""What a clause goes on with after an insertion: its verb."""


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
    for index in range(first + 1, count):
        tag = s.tags[index]
        if tag not in _TURNS:
            continue
        depth += (tag == "(") - (tag == ")")
        if depth < 0:
            return index
        if tag == "(" and depth == 1 and _remarks(s, first, index):
            return index
        if tag in "()" or (depth > 0 and tag not in "AQ"):
            continue
        if _turns(s, first, index, count, words):
            return index + (tag == "Q") - 2 * (s.tags[index - 2 : index] == ",r" and index - 2 > first)
    return count


def _remarks(s: Sentence, first: int, opening: int) -> bool:
    """Tell whether the narrator remarks on what is said in brackets after it: "... 20 bolts | (he took three)."."""
    close = s.tags.find(")", opening)
    ends = close > 0 and s.tags[close + 1 : close + 2] in {"", ".", ",", ";"}
    return ends and clauses.is_clause(s, opening + 1, close, quoted=False) and clauses.is_clause(s, first, opening)


def _turns(s: Sentence, first: int, index: int, count: int, words: Words) -> bool:
    """Tell whether content ends at a token that may end it."""
    tag = s.tags[index]
    if tag == "," and s.tags[first:index] == "T":
        return False
    if tag == "A":
        return s.tags[index - 1] not in ",T"
    return (tag != "Q" or s.words[index] == COMMA) and _cuts(s, first, index, count, words)


def _cuts(s: Sentence, first: int, index: int, count: int, words: Words) -> bool:
    """Tell whether the narrator takes over at a comma, dash, conjunction or the end of a quotation."""
    tags = s.tags
    step = index + 1
    if tags[index] == "-":
        return s.start_of(index) > s.ends[index - 1] and _dash_cuts(s, first, index, words)
    if tags[index] == ";" and tags[step : step + 1] in {"#", "N"}:
        return clauses.is_clause(s, first, index)
    if tags[index] not in ",Q":
        return _joint_cuts(s, first, index, count, words)
    while step < count and tags[step] == "r":
        step += 1
    if step >= count:
        return False
    if tags[step] in "GA":
        return True
    if tags[step] in "WM" or tags[step : step + 2] in _PIED_PIPED:
        return _whole(s, first, index) and not _resumes(s, step, count)
    if tags[index] == "Q":
        return _quotation_cuts(s, first, index, step) or _comma_cuts(s, (first, index + 1), step, count, words)
    return _comma_cuts(s, (first, index), step, count, words)


def _joint_cuts(s: Sentence, first: int, index: int, count: int, words: Words) -> bool:
    """Tell whether the narrator takes over at a conjunction without a comma, or at a semicolon."""
    tags, step = s.tags, index + 1
    declines = tags[step : step + 1] == "v" and s.words[step] in s.lists["withholding"]
    if (declines and tags[index] in "b&") or (tags[index] == "b" and tags[step : step + 1] in {"p", "V", "Z"}):
        return clauses.is_clause(s, first, index)
    if tags[step : step + 1] == "G" and not _after_participle(s, first):
        return False
    joins = tags[index] == "&" and tags[step : step + 1] in {"N", "n", "d", "H"} and not _ABSOLUTE.match(tags, step)
    return clauses.speaks(s, step, count, words) and not (joins and not clauses.has_verb(s, first, index))


def _after_participle(s: Sentence, first: int) -> bool:
    """Tell whether content follows a participle, which another may join: "saying it fell | and calling it a loss"."""
    cue = next((tag for tag in reversed(s.tags[max(first - _REACH, 0) : first]) if tag in "VZYGM"), "")
    return cue == "G"


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
    if after[:1] == "&" and clauses.speaks(s, index + 2, len(s.tags), words):
        return True
    close = after.find("-")
    if after[:1] == "d" and close > 0 and s.tags[index + close + 2 : index + close + 3] in GOES_ON:
        return True
    adjunct = after[:1] == "r" or (after[:1] == "i" and after[1:2] != "#")
    return not adjunct and after[:1] not in {"N", "n", "&", "Q"} and "-" not in after


def _quotation_cuts(s: Sentence, first: int, index: int, step: int) -> bool:
    after = s.tags[step : step + 2]
    if after[:1] == "i" and s.words[step] not in s.lists["inherent"]:
        return after[1:] == "D" or not s.lists["venue"].isdisjoint(s.words[step + 1 : step + 5])
    return (
        after[:1] == "g"
        or after == "&v"
        or s.tags[step : step + 3] == "&rv"
        or (after[:1] == "v" and clauses.is_clause(s, first, index))
    )


def _comma_cuts(s: Sentence, said: Tokens, step: int, count: int, words: Words) -> bool:
    """Tell whether a clause after a comma is the narrator's; what is said so far must be a clause itself."""
    first, index = said
    tag = s.tags[step]
    beside = step == index + 1
    if tag == "Z" and beside and s.tags[index - 1] != "Q" and "W" not in s.tags[first:index]:
        return clauses.reports(s, step, words)
    if tag == "Q" and s.tags[index - 1] != "Q":
        return False
    whole = _whole(s, first, index)
    if tag in "dg":
        return (
            whole
            and (tag == "g" or s.tags[first] != "t" or s.words[step] in s.lists["indefinite"])
            and s.words[step] not in words.lists["inclusive"]
            and clauses.closes(s, step, count)
        )
    if (tag == "V" and (beside or clauses.reports(s, step, words))) or (tag == "s" and _narrates(s, step)):
        return whole
    if tag == "P" and s.words[step] in s.lists["something"]:
        return whole
    if tag in "&b" and whole and (_goes_on(s, step, count) or _shares_auxiliary(s, first, step + 1)):
        return True
    return tag in "&bs" and clauses.speaks(s, step + 1, count, words)


def _whole(s: Sentence, first: int, last: int) -> bool:
    """Tell whether a stretch is said in full: a clause, or an infinitive."""
    return s.tags[first] == "t" or clauses.is_clause(s, first, last)


def _narrates(s: Sentence, step: int) -> bool:
    """Tell whether a subordinate clause compares what is said with something else: ", while ...", ", as did Quill"."""
    as_others = s.words[step] in s.lists["as"] and s.tags[step + 1 : step + 2] == "a"
    return as_others or s.words[step] in s.lists["while"]


def _goes_on(s: Sentence, step: int, count: int) -> bool:
    """Tell whether the narrator goes on after "and" or "but" with a clause."""
    tags = s.tags
    if tags[step] == "b":
        return clauses.opens_clause(s, step + 1, count) or _counters(s, step + 1)
    if tags[step + 1 : step + 2] == "p":
        return not frozenset("VZY").isdisjoint(tags[step + 2 : step + 5])
    return clauses.opens_clause(s, step + 1, count)


def _shares_auxiliary(s: Sentence, first: int, verb: int) -> bool:
    """Tell whether a verb has the auxiliary of the cue: "Moss has said that it fell, and | has dared her to look"."""
    tags = s.tags
    return (
        tags[verb : verb + 1] == "a"
        and "a" in tags[max(first - 4, 0) : first]
        and tags[first - 1] in "VM"
        and (s.words[verb] in s.words[max(first - 4, 0) : first])
    )


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
