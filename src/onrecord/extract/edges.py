"""Where the phrase of a source begins and ends: quantities and roles taken in, the place of saying left out."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract.tokens import Sentence, Tokens

_JOINED: Final = re.compile("N+&N")
_NOMINAL: Final = frozenset("NnPH#odeMyzYZgD")
"""What a subject holds one of."""

_TO_UNIT: Final = 5
"""Tokens up to the unit of a measure of time: "two and a half years"."""


def without_venue(s: Sentence, found: Tokens | None) -> Tokens | None:
    """Leave out where something is said: "The army | in a statement"."""
    if found is None or "i" not in s.tags[found[0] + 1 : found[1]]:
        return found
    for index in range(found[0] + 1, found[1]):
        venue = s.words[index + 1 : min(index + 5, found[1])]
        if s.tags[index] == "i" and s.words[index] in s.lists["stating"] and not s.lists["venue"].isdisjoint(venue):
            return found[0], index
    return found


def counted(s: Sentence, found: Tokens | None, floor: int) -> Tokens | None:
    """Take in what qualifies a number or a quantity: "more than six in ten", "almost half", "not everyone"."""
    if found is None:
        return found
    if s.tags[max(found[0] - 3, floor) : found[0] + 1] == "#ii#":
        found = found[0] - 3, found[1]
    if found[0] <= floor or s.words[found[0] - 1] not in s.lists["approximate"]:
        return found
    first = found[0]
    if "#" not in s.tags[first : first + 2] and s.words[first] not in s.lists["quantities"]:
        return found
    while first > floor and s.words[first - 1] in s.lists["approximate"]:
        first -= 1
    return first, found[1]


def named(s: Sentence, found: Tokens | None, floor: int) -> Tokens | None:
    """Take in the role before a name: "A former head of the harbour, Ada Moss, ..."."""
    tags = s.tags
    if found is None or tags[found[1] + 1 : found[1] + 2] == ",":
        return found
    if found[0] - 2 <= floor or tags[found[0] - 1] != "," or set(tags[found[0] : found[1]]) != {"N"}:
        return found
    first = found[0] - 1
    while (first > floor and tags[first - 1] in "NnH#edy") or (
        first > floor and tags[first - 1] == "i" and tags[first] in "dNnH"
    ):
        first -= 1
    opens = first == floor or tags[first - 1] in ("&b,Q" if tags[first] in "dH" else ",Q")
    return (
        (first, found[1])
        if opens and first < found[0] - 1 and tags[first] in "dnH" and "n" in tags[first : found[0]]
        else found
    )


def listed(s: Sentence, found: Tokens | None, floor: int) -> Tokens | None:
    """Take in the names before "and", where they open the clause: "Moss, | Quill and Roff"."""
    if found is None or s.tags.find("&N", found[0], found[1]) < 0 or not _JOINED.match(s.tags, *found):
        return found
    first = found[0]
    while first - 2 >= floor and s.tags[first - 2 : first] == "N,":
        first -= 1
        while first > floor and s.tags[first - 1] == "N":
            first -= 1
    return (first, found[1]) if first == floor or s.tags[first - 1] in "&b;Q" else found


def trim(s: Sentence, first: int, last: int) -> Tokens | None:
    """Strip what introduces a subject: conjunctions, adverbs, times and a prepositional phrase without comma."""
    tags = s.tags
    while first < last - 1 and tags[first] in "&rbD)-":
        first += 1
    if first > 1 and "&" in tags[first:last] and tags[first - 1] in "vVz":
        first = _after_and(s, first, last)
    if tags[first] in "ige" and not (last - first == 2 and s.words[first] in s.lists["adjectival"]):
        first = _after_phrase(s, first, last)
    while first < last - 1 and tags[first] in "&rD":
        first += 1
    return None if _NOMINAL.isdisjoint(tags[first:last]) else (first, last)


def _after_and(s: Sentence, first: int, last: int) -> int:
    """Return where a subject begins after an object of the clause before: "won it in May and | Moss said"."""
    join = s.tags.rfind("&", first, last)
    return join + 1 if s.tags[join + 1 : join + 2] in {"N", "d"} else first


def _after_phrase(s: Sentence, first: int, last: int) -> int:
    tags = s.tags
    for index in range(last - 1, first, -1):
        if tags[index] in "pP" or (tags[index] == "d" and tags[index - 1] in "nN#DH)"):
            return index
        if tags[index] == "N" and tags[index - 1] in "nD#":
            return index
    if tags[first] in "ge":
        return first
    if s.words[first] in s.lists["absolute"]:
        return first + 1
    if tags[last - 1] == "N" and all(t == "N" for t in tags[first + 1 : last]) and last - first > 2:
        return last - 1
    return first + 1


def leaves_behind(s: Sentence, first: int, limit: int) -> bool:
    """Tell "A few rows behind, Moss said" from a subject: a preposition ends what stands before the comma."""
    comma = s.tags.find(",", first + 1, limit)
    return comma > 0 and s.tags[comma - 1] == "i" and s.tags[comma + 1] in "NdnHp"


def measures(s: Sentence, first: int, limit: int) -> bool:
    """Tell "Two days earlier, Moss said" from a subject: a measure of time and what it is counted from."""
    for index in range(first, min(first + _TO_UNIT, limit - 1)):
        if s.words[index] in s.lists["units"]:
            return s.words[index + 1] in s.lists["since"]
        if s.tags[index] not in "#dnr&":
            return False
    return False
