"""Clauses: whether a stretch has a finite verb, where one ends, and where another begins."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import subjects
from onrecord.extract.drafts import cue_at
from onrecord.extract.tokens import COMMA, Sentence, Tokens
from onrecord.extract.words import Cue, Words

_VERB: Final = re.compile(
    r"[vaVkQ]|[NnPpWr)HQ#ogGM][zZ]|[pPraWnN][yY](?=.)|p[yY]|[pNnWr)]e|[dHT#][ne]?(?:[yY][zZe]|[zZ][yYe])(?![nN])"
)
"""A finite verb; "plan", "plans" and their like are nouns before another: "the plan works", "the plans failed"."""

_AS_NOUN: Final = re.compile("[dHT#][ne]?$")
_TURN: Final = re.compile("[kQWTwsvaVzZyYe]")
_COMMA: Final = re.compile("[,Q]")

_NARRATES: Final = re.compile("G|[&b][vVe]")

_AFTER_REPLY: Final = frozenset({"", ".", ",", ";", "-", "&", "b", "s", "r"})

COMMON: Final = 100
"""Counts from which a reporting word needs no further sign after "and"."""

CLAUSE: Final = 12
"""Tokens within which a clause that is said has its verb."""

APPOSED: Final = 16
"""Tokens within which an apposition ends."""

_APPOSES: Final = frozenset("WdNnH#")
_GOES_ON: Final = frozenset("VZra")
_OBJECTS: Final = frozenset("odNPH")


def finite(s: Sentence, index: int) -> bool:
    """Tell whether the verb at a token is finite."""
    tags = s.tags
    before = tags[index - 1] if index else "."
    if before == "r" and index > 1:
        before = tags[index - 2]
    tag = tags[index] if index < len(tags) else "."
    if tag in "vaV":
        if before == "P" and index > 1 and tags[index - 2] == "d":
            return False
        return before not in "tidH" and not (
            tag != "a" and s.words[index + 1 : index + 2] and s.words[index + 1] in s.lists["by"]
        )
    if before in "yYzZ" and tag in "yYzZe" and (before in "yY") != (tag in "yY"):
        led = _AS_NOUN.search(tags, max(index - 3, 0), index - 1)
        return led is not None and tags[index + 1 : index + 2] not in {"n", "N"}
    if tag in "zZ":
        return before in "NnpPWrT)HQ#o"
    if tag in "yY":
        return before in "pPWa" or (before in "nN" and s.words[index - 1].endswith("s"))
    return tag == "e" and before in "pNnWr)" and tags[index + 1 : index + 2] != "n"


def has_verb(s: Sentence, first: int, last: int) -> bool:
    """Tell whether a stretch holds a finite verb."""
    return _VERB.search(s.tags, first, last) is not None


def is_clause(s: Sentence, first: int, last: int, *, quoted: bool = True) -> bool:
    """Tell whether a stretch is a clause of its own: it has a finite verb that no relative clause takes."""
    tags = s.tags
    pending = 0
    for found in _TURN.finditer(tags, first, last):
        index, tag = found.start(), found[0]
        if tag == "k" or (tag == "Q" and quoted):
            if not pending:
                return True
            pending -= 1
        elif (tag in "WTw" and index > first) or (tag == "s" and s.words[index] not in s.lists["as"]):
            pending += 1
        elif (
            tag in "vaVzZyYe"
            and (index > first or tag == "a")
            and finite(s, index)
            and (index == first or tags[index - 1] not in "aVv")
        ):
            if not pending:
                return True
            pending -= tag not in "VZY"
    return False


def first_clause(s: Sentence, first: int, last: int) -> int:
    """Return where the first whole clause ends: at a comma, dash or semicolon."""
    for index in range(first + 1, last):
        if s.tags[index] in ",;-" and is_clause(s, first, index):
            return index
    return last


def speaks(s: Sentence, step: int, count: int, words: Words) -> bool:
    """Tell whether a new clause with its own reporting word begins here."""
    tags = s.tags
    while step < count and tags[step] in "ra":
        step += 1
    if step < count and tags[step] in "VZG":
        return reports(s, step, words)
    limit = min(count, step + 8)
    while step < limit and tags[step] in "NnHdP#pi":
        step += 1
    step = _past_apposition(s, step, limit)
    limit = max(limit, min(step + 3, count))
    while step < limit and tags[step] in "ra":
        step += 1
    spoken = step < limit and (
        tags[step] in "VZG" or (tags[step] == "Y" and (tags[step - 1] == "#" or finite(s, step)))
    )
    return spoken and tags[step - 1] not in "di" and reports(s, step, words)


def _past_apposition(s: Sentence, comma: int, limit: int) -> int:
    """Return where a verb goes on after an apposition: "Moss, the mayor, | said"; where there is none, the comma."""
    tags = s.tags
    if comma >= limit or tags[comma] != "," or tags[comma + 1 : comma + 2] not in _APPOSES:
        return comma
    close = tags.find(",", comma + 1, comma + APPOSED)
    if close > 0 and tags[close + 1 : close + 2] == "W":
        close = tags.find(",", close + 1, close + APPOSED)
    return close + 1 if close > 0 and tags[close + 1 : close + 2] in _GOES_ON else comma


def opens_clause(s: Sentence, step: int, count: int) -> bool:
    """Tell whether a pronoun or a name with its verb begins here."""
    tags = s.tags
    if tags[step : step + 1] in {"p", "k"}:
        return True
    start = step
    while step < count and tags[step] == "N":
        step += 1
    return start < step < count and tags[step] in "avz" and finite(s, step)


def reports(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether a word surely reports: a common cue, or one with "that" or a quotation after it."""
    found = cue_at(s, index, words)
    if found is None or not found[0].frames:
        return False
    cue, after = found
    tag = s.tags[after : after + 1]
    if s.tags[index] == "G":
        parallel = s.tags[index - 1] in "&bs" and ("bare" in cue.frames or tag not in {"n", "z", "y"})
        return parallel or bool(cue.frames & {"that", "quote", "naming"})
    if tag == "i" and s.words[after] in cue.frames and "quote" not in cue.frames:
        return True
    if ("inf" in cue.frames and tag == "t") or ("wh" in cue.frames and tag in {"w", "W"}):
        return True
    leads = s.tags[index - 1] in "&brp," and (s.tags[index] == "V" or _agrees(s, index))
    if leads and "to" in cue.frames and "t" in s.tags[after : after + 4]:
        return True
    if leads and ((tag == "i" and s.words[after] in cue.frames) or ("np" in cue.frames and tag in _OBJECTS)):
        return True
    parted = s.tags[index - 2 : index] == ",&"
    if (
        parted
        and leads
        and "bare" in cue.frames
        and tag in {"n", "d", "N", "p", "P", "z"}
        and has_verb(s, after, after + CLAUSE)
    ):
        return True
    if not cue.frames & {"that", "quote", "naming"}:
        return False
    if "naming" in cue.frames and tag in _OBJECTS:
        return True
    return (cue.count >= COMMON and cue.frames >= {"that", "bare"}) or tag in {"T", "Q"}


def _agrees(s: Sentence, index: int) -> bool:
    """Tell whether a third person shares its subject with one before it: "describes it as vain and | urges them to"."""
    other = s.tags.find("Z", 0, index)
    return s.tags[index] == "Z" and other > 0 and finite(s, other)


def closes(s: Sentence, step: int, count: int) -> bool:
    """Tell whether an apposition or a participle that closes the sentence is the narrator's: ", a move that ..."."""
    tags = s.tags
    if tags[step] == "g":
        return tags[step + 1 : step + 2] == "d" and "," not in tags[step:count]
    if tags[step + 1 : step + 2] in {"D", "Q"}:
        return False
    stop = tags.find(",", step, count)
    if stop > 0 and ("&" in tags[stop : stop + 3] or "," in tags[stop + 1 : count] or finite(s, stop + 1)):
        return False
    if stop < 0 and s.words[step] in s.lists["indefinite"]:
        return True
    verb = next((i for i in range(step + 1, count if stop < 0 else stop) if finite(s, i)), count)
    contact = tags[verb - 1] in "pP" and tags[verb - 2] in "nNyY"
    return verb == count or contact or bool(set("WT") & set(tags[step:verb])) or tags[verb : verb + 1] == "e"


def next_clause(s: Sentence, first: int) -> int:
    """Return where a main clause takes over after a subordinate one: a comma, a noun phrase and a verb."""
    tags = s.tags
    for found in _COMMA.finditer(tags, first):
        place, quoted = found.start(), found[0] == "Q"
        if quoted and s.words[place] != COMMA:
            continue
        step = place + 1
        pronoun = tags[step : step + 1] in {"p", "k"} or tags[step : step + 2] in {"Ta", "za"}
        if pronoun or (tags[step : step + 1] == "Q" and not quoted):
            return step if quoted else place
        last = subjects.rightwards(s, step, min(len(tags), step + 14))
        named = (tags[step : step + 1] == "N" and tags[last : last + 1] == ",") or tags[last : last + 1] == "-"
        while last < len(tags) and tags[last] == "r":
            last += 1
        verbal = tags[last : last + 1] in {"v", "V", "a", "z", "Z", "e"} or _plain_verb(s, last)
        if named or (last > step and verbal):
            return step if quoted else place
    return len(tags)


def _plain_verb(s: Sentence, index: int) -> bool:
    """Tell whether a plural noun's verb stands here, with what it governs: "boats still | use it"."""
    noun = index - 1 - (s.tags[index - 1] == "r")
    plural = s.tags[noun] in "nN" and s.words[noun].endswith("s")
    return s.tags[index : index + 1] in {"y", "Y"} and plural and s.tags[index + 1 : index + 2] in _OBJECTS


def replies(s: Sentence, index: int) -> bool:
    """Tell whether a token is all that is said: "said no to it", but not "said no jobs would go"."""
    return s.words[index] in s.lists["replies"] and s.tags[index + 1 : index + 2] in _AFTER_REPLY


def bare(s: Sentence, cue: Cue, index: int, stop: int) -> bool:
    """Tell whether a clause without "that" begins here: its verb must come before any comma, unless "said" leads it."""
    if "strong" in cue.frames:
        if replies(s, index):
            return True
        return stop > index + 2 or is_clause(s, index, stop)
    tags = s.tags
    noun = subjects.rightwards(s, index, stop)
    if index < noun < stop and tags[noun] == "," and tags[noun + 1 : noun + 2] in {"W", "d", "#", "i", "r", "g", "e"}:
        noun = tags.find(",", noun + 1, stop) + 1
        if noun and tags[noun : noun + 1] in {"a", "v", "z", "V", "Z", "Q", "e"}:
            return True
    if _NARRATES.match(tags, noun):
        return False
    comma = s.tags.find(",", index, stop)
    while comma > 0 and s.tags[comma + 1 : comma + 2] in {"W", "d", "#"}:
        comma = s.tags.find(",", comma + 1, stop)
    last = _main_part(s, index, stop if comma < 0 else comma)
    return is_clause(s, index, last, quoted=cue.count >= COMMON)


def _main_part(s: Sentence, first: int, last: int) -> int:
    """Return where a clause's own words end: before a subordinate clause, and before a plural that ends it."""
    tags = s.tags
    if tags[first] in "isgG":
        return last
    for index in range(first + 1, last):
        opens = tags[index] == "s" and s.words[index] not in s.lists["as"]
        if opens or s.words[index] in s.lists["subordinating"]:
            return index
    return last - (tags[last - 1] == "z" and tags[last - 2] == "n")


def stands_before(s: Sentence, floor: int, left: int, subject: Tokens) -> bool:
    """Tell whether what stands before a comma is a whole clause rather than a subject with its apposition."""
    tags = s.tags
    if subject[1] < len(tags) and tags[subject[1]] not in ",.;isGgDrQ":
        return False
    if tags[subject[0]] in "pP" and tags[subject[1] : subject[1] + 1] == "Q":
        return False
    noun = subjects.main(s, floor, left)
    if (noun is not None and noun[1] >= left) or _related(s, floor, left) or _described(s, floor, left):
        return False
    return has_verb(s, floor, left) and not (subject[1] - subject[0] == 1 and tags[subject[0]] == "n")


def _described(s: Sentence, floor: int, comma: int) -> bool:
    """Tell whether a stretch is a noun and what was done to it: "The memo, dated May 2 and signed by Moss,"."""
    tags = s.tags
    noun = subjects.rightwards(s, floor, comma)
    if noun == floor or tags[noun] != "," or tags[noun + 1] not in "veVM" or tags[noun + 2] not in "iDrNt&":
        return False
    return all(tags[i] not in "vVazZ" or tags[i - 1] in ",&r" for i in range(noun + 1, comma))


def _related(s: Sentence, floor: int, left: int) -> bool:
    """Tell whether a stretch is a subject whose relative clause runs to its end: "Smith, who won in May,"."""
    tags = s.tags
    first = floor
    while first < left and tags[first] in ",b&":
        first += 1
    if tags[first] in "sigeDr":
        first = tags.find(",", first, left) + 1
    noun = subjects.rightwards(s, first, left)
    relative = tags.find("W", noun, left)
    if noun == first or relative < 0 or set("vVaz") & set(tags[noun:relative]):
        return False
    return tags[noun] in ",-W" and "," not in tags[relative + 1 : left]
