"""What stands before a cue that follows its content, and what the statement is called."""

from __future__ import annotations

from onrecord.extract.drafts import Reading
from onrecord.extract.tokens import Sentence, Tokens


def prior(reading: Reading, left: int, floor: int) -> Tokens | None:
    """Return the content that ends just before token `left`."""
    s = reading.s
    tags = s.tags
    floor = max(floor, min(s.lead, left))
    while floor < left and tags[floor] in ",;&-)b." and floor > 0:
        floor += 1
    last = left
    bracket = tags.rfind("(", floor, last)
    if bracket >= 0 and ")" not in tags[bracket:last]:
        floor = bracket + 1
    if tags[last - 1] == "Q" and (
        last - 1 == floor or (opens_sentence(s, last - 1, floor) and not s.regions[last - 1].lower)
    ):
        first = last - 1
        while first - 1 >= floor and tags[first - 1] == "Q":
            first -= 1
        if _conditional(s, floor, first):
            first = floor
    else:
        first = floor
    if first >= last:
        return None
    if tags[last - 1] == "Q" and first == last - 1 and not reading.free(first, last):
        return None
    return first, last


def _conditional(s: Sentence, floor: int, quote: int) -> bool:
    """Tell whether an open clause before a quotation is said as well: "If it passes, "I will go," Smith said."."""
    tags = s.tags
    opens = s.words[floor] in s.lists["conditional"] and tags[quote - 1] == ","
    return opens and floor < quote - 1 and frozenset("VZQ").isdisjoint(tags[floor:quote])


def opens_sentence(s: Sentence, index: int, floor: int) -> bool:
    """Tell whether a quotation stands on its own: it starts with a capital after a comma, a colon or nothing."""
    return index == floor or s.tags[index - 1] in ",:Q-;"


def method(s: Sentence, pieces: list[Tokens], order: str) -> str:
    """Return the name of a rule by what it found before a cue: a quotation or a clause, whole or broken."""
    quote = all(s.tags[i] in "Q,&." for first, last in pieces for i in range(first, last))
    return f"{'quotation' if quote else 'clause'}-{order}" + ("-broken" if len(pieces) > 1 else "")
