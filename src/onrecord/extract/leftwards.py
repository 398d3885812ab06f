"""A noun phrase that ends at a token, read to the left: its participles and relative clauses taken in."""

from __future__ import annotations

from typing import Final

from onrecord.extract import edges, subjects
from onrecord.extract.subjects import NOMINAL
from onrecord.extract.tokens import Sentence, Tokens

_JOINS: Final = NOMINAL | {"r", "g"}
"""What always belongs to a noun phrase that it stands before, an article apart."""

FAR: Final = 60
"""Tokens that a subject may stand from its verb."""


def phrase(s: Sentence, last: int, floor: int) -> Tokens | None:
    """Return the noun phrase that ends at token `last`, with what introduces it taken off."""
    tags = s.tags
    first = last
    low = max(floor, last - FAR)
    while first > low:
        step = 1 if tags[first] != "d" and tags[first - 1] in _JOINS else _step(s, first, last, low)
        if not step:
            break
        first -= step
    if first - 3 >= low and tags[first - 2 : first] in {"ty", "tY"} and tags[first - 3] in "gneN" and first - 1 > floor:
        longer = phrase(s, first - 3, floor)
        if longer is not None:
            return longer[0], last + 1
    acts = first == last and tags[last] in "yY" and tags[last - 1 : last] == "t"
    aimed = 2 * (tags[first - 2 : first] in {"ty", "tY"} and first - 3 > floor and tags[first - 4] == "n")
    if (reduced := _reduced(s, first - (acts or aimed), last, floor)) is not None:
        return reduced[0], last + 1
    if first > floor and tags[first - 1] in "vVazZMyY":
        clause = relative(s, first - 1, floor)
        if clause is not None:
            return clause, last + 1
    return edges.counted(s, edges.listed(s, edges.named(s, edges.trim(s, first, last + 1), floor), floor), floor)


def _reduced(s: Sentence, first: int, last: int, floor: int) -> Tokens | None:
    """Return the noun that a participle before a phrase explains: "voters asked | outside", "known | as Moss"."""
    named = s.tags[first - 1 : first] == "s" and s.words[first - 1] in s.lists["as"]
    verb = first - 1 - named
    verbs = "v" if named or "&" in s.tags[first:last] else "vV"
    head = verb - 1 - (s.tags[verb - 1 : verb] == "r" and s.words[verb - 1] in s.lists["negation"])
    noun = head >= floor and (s.tags[head] in "nN" or s.tags[max(head - 1, 0) : head + 1] in {"dY", "dy", "dZ", "dz"})
    explains = noun and s.tags[verb] in verbs and s.tags[last - 1 : last + 1] != "nN"
    tied = s.tags[first] == "t" and (s.tags[first + 1] in "yY" or s.words[verb] in s.lists["tied"])
    led = named or tied or (s.tags[first] == "i" and s.words[first] not in s.lists["absolute"])
    return phrase(s, head, floor) if explains and led else None


def _step(s: Sentence, first: int, last: int, low: int) -> int:
    """Return how many tokens to the left still belong to the noun phrase that begins at `first`."""
    tags = s.tags
    tag, head = tags[first - 1], tags[first]
    if head == "d" and tag in "nNPyzYZ" and first < last:
        return 0
    if head == "&" and tag == "p":
        return 1
    if tag in _JOINS or (tag == "t" and head in "NnodH#DP"):
        return 1
    if tag == "i" and s.words[first - 1] in s.lists["subordinating"]:
        return 0
    if tag in "vV" and s.words[first] in s.lists["by"]:
        return 1
    if (tag in "i&" and head not in "i&") or (tag in "yzYZGM" and subjects.is_noun(s, first - 1)):
        return 1
    if tag in "vV" and head in "nN" and tags[first - 2] in "diH&" and first - 1 > low:
        return 1
    if tag == "," and first > low + 3 and tags[first - 3] == "d" and tags[first - 2] in "eM" and head in "n#e":
        return 2
    joined = tag == "-" and first > low + 1 and tags[first - 2] in "Nn" and head in "Nn"
    return int(joined and s.start_of(first) - s.ends[first - 2] < 3)


def relative(s: Sentence, verb: int, floor: int) -> int | None:
    """Return where the noun phrase begins whose relative clause holds `verb`."""
    tags = s.tags
    for index in range(verb, max(floor, verb - 25) - 1, -1):
        if tags[index] in ";:":
            return None
        if tags[index] == "W" or (tags[index] == "T" and index > floor and tags[index - 1] in "nN"):
            if index == floor:
                return None
            last = index - 1
            if tags[last] == ",":
                last -= 1
            if last < floor or tags[last] not in NOMINAL:
                return None
            found = phrase(s, last, floor)
            return found[0] if found else None
    return None
