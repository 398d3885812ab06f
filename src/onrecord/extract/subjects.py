"""Noun phrases that speak, read from the left: a clause's subject, an inverted one, an informant."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import edges
from onrecord.extract.tokens import Sentence, Tokens

NOMINAL: Final = frozenset("NnH#P)(oeMDd")
_OBJECT: Final = frozenset("Ndop")
PROPORTION: Final = 3
"""How much longer than its noun a source with a relative clause may be."""

_NAMED: Final = re.compile("N+,")


def rightwards(s: Sentence, first: int, limit: int) -> int:
    """Return where the noun phrase that begins at `first` ends."""
    tags = s.tags
    index = first
    while index < limit:
        tag = tags[index]
        if tag in "NnHP#d)(oM":
            index += 1
            continue
        if tag in "eyY" and index > first and _takes_over(s, index):
            break
        if (
            tag == "e"
            or (tag in "yzYZ" and index > first and is_noun(s, index))
            or (tag in "gG" and index > first and tags[index - 1] in "dH")
            or (tag in "rvV" and index > first and is_attribute(tags, index + (tag == "r")))
            or (tag in "i&gr" and index > first and index + 1 < limit and tags[index + 1] in "NndH#eogPyQD")
            or (tag == "t" and index > first and tags[index + 1 : index + 2] in {"d", "N", "H"})
            or (tag == "-" and index + 1 < limit and s.start_of(index + 1) - s.ends[index - 1] < 3)
            or (tag == "D" and index > first)
        ):
            index += 1
        else:
            break
    return index


def _takes_over(s: Sentence, index: int) -> bool:
    """Tell whether a form in -ed, or a plain one, is the verb of the noun before it: "senators see it"."""
    tags = s.tags
    before, after = tags[index - 1], tags[index + 1 : index + 2]
    if tags[index] != "e":
        return after in _OBJECT and (before == "P" or (before in "nN" and s.words[index - 1].endswith("s")))
    if before == "r" and tags[index - 2 : index - 1] in {"N", "n", ")"}:
        return True
    return before in "Nn" or (before in "rD" and after not in {"n", "N"})


def is_attribute(tags: str, index: int) -> bool:
    """Tell whether a past form stands before its noun: "her only declared rival", "a long announced plan"."""
    before = tags[index - 1] if tags[index - 1] != "r" else tags[index - 2 : index - 1]
    return (
        tags[index : index + 1] in {"v", "V"}
        and before in {"d", "H"}
        and tags[index + 1 : index + 2] in {"n", "N", "z", "y", "Y"}
    )


def is_noun(s: Sentence, index: int) -> bool:
    """Tell whether a form that may be noun or verb is a noun where it stands."""
    before_ = s.tags[index - 1] if index else ","
    if before_ in ",Q&s" and s.tags[index] in "yY" and _goes_before(s, index + 1):
        return True
    if before_ == "r" and s.words[index - 1] in s.lists["recent"] and s.tags[index - 2 : index - 1] == "d":
        return True
    return before_ in "dHineg#NMPo" and (before_ not in "nN" or s.tags[index] in "yY")


def _goes_before(s: Sentence, index: int) -> bool:
    """Tell whether a noun begins at a token, or a plural that may be a verb before another: "exit | polls say"."""
    return s.tags[index : index + 1] in {"n", "N"} or s.tags[index : index + 2] in {"zV", "zv", "za"}


def main(s: Sentence, floor: int, comma: int) -> Tokens | None:
    """Return the subject of the clause that a comma interrupts just before its verb, with its apposition."""
    tags = s.tags
    floor = max(floor, tags.rfind("Q", floor, comma - 1) + 1, min(s.lead, comma))
    first = _clause_start(s, floor, comma)
    if first is None:
        return None
    if tags[first] in "pWk" and tags[first + 1 : first + 3] not in {"&d", "&N", "&H"}:
        return first, first + 1
    last = rightwards(s, first + 2 * (tags[first] == "p"), comma)
    if last == first:
        return None
    if (last < comma and tags[last] != ",") or "v" in tags[last:comma]:
        while last > first + 1 and tags[last - 1] in "Drig":
            last -= 1
    apposed = False
    short = last - first == 1 or (last - first == 2 and s.words[first].endswith("."))
    while (last < comma and tags[last] == ",") or (last < comma and tags[last] == "W"):
        step = last + (tags[last] == ",")
        if step >= comma or (tags[step] == "e" and apposed) or not _may_appose(s, step):
            break
        close = tags.find(",", step, comma)
        close = comma if close < 0 else close
        if tags[step] == "W" and (short or not in_proportion(s, first, last, close)):
            break
        if tags[step] != "W" and _has_predicate(s, step, close) and "W" not in tags[step:close]:
            break
        last, apposed = close, tags[step] != "#"
    return first, last


def joins_name(s: Sentence, index: int) -> bool:
    """Tell whether "and" with a name begins at a token: "Moss, the baker, | and Ada Quill"."""
    return s.tags[index : index + 2] == "&N"


def fills(s: Sentence, floor: int, comma: int) -> bool:
    """Tell whether a stretch is a subject and what explains it, so that a verb must follow: "The ad, paid by Moss,"."""
    found = main(s, floor, comma)
    if found is not None and found[1] == comma:
        return True
    noun = rightwards(s, floor, comma)
    apart = floor < noun < comma and s.tags[noun] == "," and "," not in s.tags[noun + 1 : comma]
    return apart and s.tags[noun + 1] in "veVM" and s.tags[noun + 2] in "iDrt"


def _may_appose(s: Sentence, step: int) -> bool:
    """Tell whether what begins after a comma may be an apposition: "then 38", "head of the board"."""
    tags = s.tags
    if tags[step] == "i":
        return tags[step - 2] == "#" and s.words[step] in s.lists["inner"]
    if tags[step] in "yY":
        return tags[step + 1] in "nN" or s.words[step + 1] in s.lists["inner"]
    return tags[step] in "dNnW#PeH(" or tags[step : step + 2] == "r#" or joins_name(s, step)


def _has_predicate(s: Sentence, first: int, last: int) -> bool:
    """Tell whether a stretch after a comma has a verb, where a plural noun or a participle before a noun is none."""
    tags = s.tags
    for index in range(first, last):
        if tags[index] == "v" and (tags[index - 1] in "dH" or s.words[index] in s.lists["named"]):
            continue
        if tags[index] in "va" or (tags[index] == "V" and tags[index + 1] not in "nN"):
            return True
        if tags[index] == "z" and (index == first or tags[index - 1] not in "dHNngeo#&yY"):
            return True
    return False


def in_proportion(s: Sentence, first: int, last: int, close: int) -> bool:
    """Tell whether a relative clause is short enough beside the noun it explains to be part of a source."""
    return s.ends[close - 1] - s.start_of(first) <= PROPORTION * max(s.ends[last - 1] - s.start_of(first), 10)


def _clause_start(s: Sentence, floor: int, limit: int) -> int | None:
    tags = s.tags
    first = floor
    while first < limit:
        tag = tags[first]
        if tag in "b&r,-)T" or (s.words[first] in s.lists["as"] and _NAMED.match(tags, first + 1)):
            first += 1
        elif (
            tag in "sigGeMDtVw"
            or edges.leaves_behind(s, first, limit)
            or (tag == "d" and tags[first + 1 : first + 2] == "D")
            or edges.measures(s, first, limit)
        ):
            comma = tags.find(",", first, limit)
            if comma < 0:
                return None
            first = _past_place(s, comma + 1, limit)
        else:
            return first
    return None


def _past_place(s: Sentence, first: int, limit: int) -> int:
    """Step over the rest of a place that an introduction ends with: "At a rally in Elm, Sand County, Smith ..."."""
    tags = s.tags
    last = first
    while last < limit and tags[last] == "N":
        last += 1
    placed = first > 1 and tags[first - 2] == "N"
    more = placed and first < last < limit and tags[last] == "," and tags[last + 1 : last + 2] in {"N", "i", "p", "D"}
    return last + 1 if more else first
