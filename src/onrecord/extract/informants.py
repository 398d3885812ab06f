"""Sources that no verb names: "according to", "her claim that", "issued a statement saying"."""

from __future__ import annotations

import re

from onrecord.extract import clauses, content, postposed, sources, subjects
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.tokens import Tokens

_FURTHER = re.compile("T[avVzy]")
"""What says more of a noun: "the remarks that angered her"."""


def according(reading: Reading, index: int) -> None:
    """Read "according to SOURCE" before, after or inside its content."""
    s, words = reading.s, reading.words
    tags = s.tags
    if tags[index + 1 : index + 2] != "t" or index + 2 >= len(tags):
        return
    source = subjects.informant(s, index + 2)
    verb = (index, index + 2)
    floor = reading.floor(index)
    left = index - (index > 0 and tags[index - 1] in ",-")
    pieces: list[Tokens] = []
    if tags[floor:left].strip("rb&s-,"):
        said = postposed.prior(reading, left, floor)
        pieces = [said] if said else []
    after = source[1]
    if after < len(tags) and tags[after] == "," and (not pieces or not clauses.has_verb(s, *pieces[0])):
        stop = content.end(s, after + 1, words)
        if stop > after + 1 and reading.free(after + 1, stop):
            pieces.append((after + 1, stop))
    if pieces:
        reading.add(Draft(source, verb, pieces, "according to"))


def viewpoint(reading: Reading) -> None:
    """Read 'For SOURCE, CONTENT' where a quotation that nobody else says is part of the content."""
    s = reading.s
    tags = s.tags
    if s.words[0] not in s.lists["viewpoint"] or reading.drafts:
        return
    source = subjects.informant(s, 1) if tags[1:2] in {"N", "d", "n", "H"} else (1, 1)
    stop = source[1]
    if "N" not in tags[1:stop] or tags[stop : stop + 1] != ",":
        return
    last = content.end(s, stop + 1, reading.words)
    if "Q" in tags[stop + 1 : last] and clauses.is_clause(s, stop + 1, last):
        reading.add(Draft(source, (0, 1), [(stop + 1, last)], "for a source"))


def nominal(reading: Reading, index: int) -> None:
    """Read "SUBJECT's claim that CONTENT"."""
    s = reading.s
    tags = s.tags
    if tags[index + 1 : index + 2] not in {"T", ":"} or _FURTHER.match(tags, index + 1) or reading.inside(index):
        return
    first = index
    while first > 0 and tags[first - 1] in "nNegMr":
        first -= 1
    if first == 0 or tags[first - 1] not in "Hd":
        return
    owner: Tokens | None = (first - 1, first)
    if tags[first - 1] == "H":
        start = first - 1
        while start > 0 and tags[start - 1] in "NndH#" and not (tags[start - 1] == "n" and tags[start] == "N"):
            start -= 1
        owner = (start, first)
    elif s.words[first - 1] not in reading.words.lists["possessive"]:
        owner = None
    pieces = content.pieces(reading, index + 1 + (tags[index + 1] == ":"), "that")
    if pieces:
        pieces[0] = (pieces[0][0], clauses.first_clause(s, pieces[0][0], clauses.budget(s, *pieces[0])))
    if pieces and reading.free(*pieces[0]) and owner is not None:
        reading.add(Draft(owner, (first, index + 1), pieces, "noun-that"))


def issuer(reading: Reading, first: int) -> Tokens | None:
    """Return who stands behind a medium: in "Smith issued a statement saying", Smith; else the medium itself."""
    s = reading.s
    floor = reading.floor(first)
    for verb in range(first - 2, max(floor, first - 8), -1):
        if s.tags[verb] in "vzeVZ" and clauses.finite(s, verb):
            issuer = sources.before(s, sources.group(s, verb), floor)
            if issuer is not None:
                return issuer
    return sources.before(s, first, floor)
