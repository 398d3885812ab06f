"""Sources that no verb names: "according to", "her claim that", "issued a statement saying"."""

from __future__ import annotations

from typing import Final

from onrecord.extract import adjuncts, clauses, content, openings, postposed, sources, stops, subjects
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.tokens import Sentence, Tokens

_FURTHER: Final = frozenset({"Tv", "Ta", "Tz", "Ty", "TV", "TZ"})
"""What says more of a noun: "the remarks that angered her"."""

_PHRASE: Final = 12
"""Tokens up to which a phrase may part a noun from what it leads: "his claim in November that"."""


def according(reading: Reading, index: int) -> None:
    """Read "according to SOURCE" before, after or inside its content."""
    s = reading.s
    tags = s.tags
    if tags[index + 1 : index + 2] != "t" or index + 2 >= len(tags):
        return
    source = subjects.informant(s, index + 2)
    verb = (index, index + 2)
    left = index - (index > 0 and tags[index - 1] in ",-")
    floor = reading.floor(_reported(reading, left))
    pieces: list[Tokens] = []
    if _inserted(reading, floor, left):
        return
    if tags[floor:left].strip("rb&s-,"):
        said = postposed.prior(reading, left, floor)
        pieces = [(_informed(s, *said), said[1])] if said else []
    after = source[1]
    open_ = not pieces or not clauses.has_verb(s, *pieces[0]) or tags[after + 1 : after + 2] in {"a", "v", "z"}
    if after < len(tags) and tags[after] == "," and (open_ or clauses.finite(s, left - 1)):
        pieces += _told(reading, after + 1, fronted=not pieces)
    if pieces:
        reading.forget_inside(pieces)
        reading.add(Draft(source, verb, pieces, "according to"))


def _told(reading: Reading, first: int, *, fronted: bool) -> list[Tokens]:
    """Return what follows a source and a comma: where both open the sentence, all the rest of it."""
    told = content.pieces(reading, first, "that")
    if not told or not reading.free(first, told[-1][1]):
        return []
    last = len(reading.s.tags.rstrip("."))
    if fronted and last > told[-1][1] and not any(draft.cue[0] > first for draft in reading.drafts):
        told[-1] = (told[-1][0], last)
    return told


def _reported(reading: Reading, left: int) -> int:
    """Return where a paraphrase begins, with whoever says it, that ends at a token: "Moss said ... |, according to"."""
    for draft in reading.drafts:
        undergone = draft.method.startswith("passive") and sources.before(reading.s, draft.cue[0], 0)
        subject = undergone or draft.source or draft.cue
        if draft.content[-1][1] == left and subject[0] < draft.content[0][0] and not reading.is_verbatim(draft):
            return subject[0]
    return left


def _inserted(reading: Reading, floor: int, left: int) -> bool:
    """Tell whether a source is named inside what another says: "Moss said that, according to ..., CONTENT"."""
    s = reading.s
    before = s.tags[max(left - 2, floor) : left]
    if s.tags[left : left + 1] != "," or before not in {"NV", "nV", "pV", "NZ", "pZ"}:
        return before[-1:] == "T"
    cue = reading.words.cues.get(s.words[left - 1])
    return cue is not None and "that" in cue.frames


def _informed(s: Sentence, first: int, last: int) -> int:
    """Return where the clause begins that a source is given for: after a colon or a subordinate clause."""
    colon = s.tags.rfind(":", first, last)
    if colon > 0 and clauses.is_clause(s, first, colon) and clauses.is_clause(s, colon + 1, last):
        return colon + 1
    opening = first + (s.tags[first] in "b&r")
    if s.tags[opening] != "s" or s.words[opening] in s.lists["conditional"] - s.lists["although"]:
        return first
    start = clauses.next_clause(s, opening)
    return start + 1 if start < last - 1 else first


def worded(reading: Reading) -> None:
    """Read 'in the words of SOURCE, "CONTENT"', before its quotation or after it."""
    s = reading.s
    for index in range(2, len(s.tags) - 2):
        if s.words[index] not in s.lists["worded"] or s.words[index + 1] not in s.lists["wording"]:
            continue
        source = subjects.informant(s, index + 2)
        after = source[1] + (s.tags[source[1] : source[1] + 1] == ",")
        before = index - 3 - (s.tags[index - 3] == ",")
        quote = next((at for at in (after, before) if s.tags[at : at + 1] == "Q" and at not in reading.owned), None)
        if quote is not None:
            reading.add(Draft(source, (index - 2, index + 2), [(quote, quote + 1)], "in the words of"))


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
    last = stops.end(s, stop + 1, reading.words)
    if "Q" in tags[stop + 1 : last] and clauses.is_clause(s, stop + 1, last):
        reading.add(Draft(source, (0, 1), [(stop + 1, last)], "for a source"))


def nominal(reading: Reading, index: int) -> None:
    """Read "SUBJECT's claim that CONTENT", "SUBJECT's pledge to CONTENT" and "made no mention of CONTENT"."""
    s = reading.s
    giver, last = _giver(s, index + 1)
    last = _leading(reading, last)
    form = _nominal_form(reading, index, last)
    if form is None or reading.inside(index):
        return
    first = index
    while first > 0 and (s.tags[first - 1] in "nNegMr" or s.words[first - 1] in s.lists["degree"]):
        first -= 1
    owner, cue = giver or _owner(reading, first), (first, index + 1)
    if owner is None or form == "topic":
        owner, cue = _author(reading, first - (s.tags[first - 1] == "d"), index + 1)
    if owner is None:
        if form == "topic" or last > index + 1 or s.words[index] not in s.lists["nominal_plural"]:
            return
        owner, cue = _by_means_of(reading, first), (first, index + 1)
    start = last + (s.tags[last] in ":i")
    if reading.inside(start):
        return
    pieces = content.pieces(reading, start, form)
    if pieces and form != "topic":
        pieces[0] = (pieces[0][0], clauses.first_clause(s, pieces[0][0], clauses.budget(s, *pieces[0])))
    if pieces and reading.free(*pieces[0]) and not reading.inside(first):
        reading.add(Draft(owner, cue, pieces, f"noun-{form}"))


def _leading(reading: Reading, last: int) -> int:
    """Return where what a noun of saying leads to begins, past days, "is", and whom it is for."""
    tags = reading.s.tags
    while tags[last : last + 1] in {"D", "r"}:
        last += 1
    return max(last + _is_stated(reading, last), _addressed(reading.s, last))


def _addressed(s: Sentence, index: int) -> int:
    """Return where the colon stands after whom a noun of saying is for: "her message to Moss | :"."""
    colon = s.tags.find(":", index, index + 6)
    return colon if s.tags[index : index + 1] == "t" and not s.tags[index + 1 : colon].strip("NndH#") else index


def _is_stated(reading: Reading, index: int) -> bool:
    """Tell whether a noun of saying is told by what follows "is": "her answer is | that", "her plea was | :"."""
    s = reading.s
    return s.tags[index : index + 2] in {"aT", "a:"} and s.words[index] in reading.words.be


def _by_means_of(reading: Reading, first: int) -> Tokens | None:
    """Return who acts with a noun of saying, "Moss won them over with | promises to": the subject of the verb."""
    s = reading.s
    place = first - 1 - (s.tags[first - 1] == "d")
    if place < 1 or s.words[place] not in s.lists["means_of"]:
        return None
    for verb in range(place - 1, max(place - _PHRASE, 0), -1):
        if s.tags[verb] in "vzyeVZY" and clauses.finite(s, verb):
            group = sources.group(s, verb)
            passive = any(s.words[i] in reading.words.be for i in range(group, verb))
            return None if passive else sources.before(s, group, reading.floor(group))
    return None


def chanted(reading: Reading) -> None:
    """Read 'SUBJECT's slogan "CONTENT"' and 'chants of "CONTENT"', where no verb says it."""
    s = reading.s
    for index in range(1, len(s.tags)):
        if s.tags[index] != "Q" or index in reading.owned:
            continue
        noun = index - 1 - (s.words[index - 1] in s.lists["inner"])
        if noun < 0 or s.words[noun] not in s.lists["chants"]:
            continue
        first = noun
        while first > 0 and s.tags[first - 1] in "nr":
            first -= 1
        source = _owner(reading, first) or _by_means_of(reading, first)
        reading.add(Draft(source, (first, index), [(index, index + 1)], "noun-quote"))


def _giver(s: Sentence, index: int) -> tuple[Tokens | None, int]:
    """Return whom a claim comes from, "a claim by Moss that", or None, and where the phrase after the noun ends."""
    dated = s.tags[index : index + 2] == "iD"
    if s.tags[index : index + 1] != "i" or (s.words[index] in s.lists["nominal_topic"] and not dated):
        return None, index
    end = adjuncts.phrase(s, index, min(index + _PHRASE, len(s.tags)))
    verbal = not frozenset("vVzZ").isdisjoint(s.tags[index:end])
    if end == index + 1 or verbal or s.tags[end : end + 1] not in {"T", "t"}:
        return None, index
    return ((index + 1, end) if s.words[index] in s.lists["giver"] else None), end


def _nominal_form(reading: Reading, index: int, last: int) -> str | None:
    """Return the form of what a noun of saying leads: "that", "inf", "topic"; None for nothing."""
    s = reading.s
    after = s.tags[last : last + 2]
    if after[:1] in {"T", ":"}:
        return None if after in _FURTHER else "that"
    if after[:1] == "t":
        leads = s.words[index] in s.lists["nominal_to"] and openings.infinitive(s, last, reading.words)
        return "inf" if leads else None
    leads = after[:1] == "i" and s.words[last] in s.lists["nominal_topic"]
    return "topic" if leads and after[1:] not in {"D", "#"} else None


def _owner(reading: Reading, first: int) -> Tokens | None:
    """Return whose claim it is: "Ada Moss's", "her"."""
    tags = reading.s.tags
    if first == 0:
        return None
    if tags[first - 1] == "H":
        start = first - 1
        while start > 0 and tags[start - 1] in "NndH#" and not (tags[start - 1] == "n" and tags[start] == "N"):
            start -= 1
        return start, first
    return (first - 1, first) if reading.s.words[first - 1] in reading.words.lists["possessive"] else None


def _author(reading: Reading, first: int, last: int) -> tuple[Tokens | None, Tokens]:
    """Return who says it with a light verb and a noun, and that cue: "Moss made | no mention of"."""
    s = reading.s
    verb = first - 1
    if verb < 1 or s.words[verb] not in s.lists["light"]:
        return None, (first, last)
    group = sources.group(s, verb)
    return sources.before(s, group, reading.floor(group)), (group, last)


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
