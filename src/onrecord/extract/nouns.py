"""Nouns of saying: "her claim that", "issued a warning that", "calls for", "the answer is that"."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import adjuncts, clauses, content, embedded, openings, sources
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.tokens import Sentence, Tokens

_FURTHER: Final = frozenset({"Tv", "Ta", "Tz", "Ty", "TV", "TZ"})
"""What says more of a noun: "the remarks that angered her"."""

_GOVERNING: Final = frozenset("vVzZyYeigGat")
"""What takes a noun of saying for its object, so that it is spoken of and not said: "mocked | his story about"."""

_LEAD: Final = re.compile("[:T]")
_PHRASE: Final = 12
"""Tokens up to which a phrase may part a noun from what it leads: "his claim in November that"."""


def read(reading: Reading, index: int) -> None:
    """Read what a noun of saying leads, or what somebody calls themselves."""
    if "self" not in reading.words.nouns[reading.s.words[index]]:
        _nominal(reading, index)
    elif reading.s.tags[index + 1 : index + 2] in {"n", "N", "Q", "e", "y"}:
        _described(reading, index)


def _nominal(reading: Reading, index: int) -> None:
    """Read "SUBJECT's claim that CONTENT", "SUBJECT's pledge to CONTENT" and "made no mention of CONTENT"."""
    s = reading.s
    giver, last = _giver(reading, index + 1, reading.words.nouns[s.words[index]])
    last = _leading(reading, last)
    form = _form(reading, index, last)
    start = last + (s.tags[last : last + 1] in {":", "i"})
    if form is None or reading.inside(index) or reading.inside(start) or reading.speaks(index):
        return
    first = _start(s, index)
    owner, cue = giver or possessor(reading, first), (first, index + 1)
    subject = owner[0] if owner and not giver else first
    if form == "topic" and owner and not giver and _is_object(s, owner):
        return
    if owner is None:
        owner, cue = _author(reading, first - (s.tags[first - 1] == "d"), index + 1)
    undergone = owner is None and cue[0] < first - 1
    if owner is None and not undergone:
        stated = last == index + 2 and _is_stated(reading, index + 1)
        if (last > index + 1 and not stated) or not _stands_alone(reading, index, form) or _apposed(s, first):
            return
        owner, cue = by_means_of(reading, first), (first, index + 1)
    pieces = content.pieces(reading, start, form)
    if pieces and form != "topic":
        pieces[0] = (pieces[0][0], clauses.first_clause(s, pieces[0][0], embedded.budget(s, *pieces[0])))
    elif pieces and _opens(s, subject):
        pieces[0] = (pieces[0][0], _main_verb(s, *pieces[0]))
    if pieces and embedded.fronted(s, first):
        pieces[-1] = embedded.before_main(s, pieces[-1])
    if pieces and reading.free(*pieces[0]) and not reading.inside(first):
        reading.add(Draft(owner, cue, pieces, f"noun-{form}"))


def _described(reading: Reading, index: int) -> None:
    """Read "SUBJECT, a self-described CONTENT" and "SUBJECT is a self-described CONTENT"."""
    s = reading.s
    last = index + 1
    while s.tags[last : last + 1] in {"n", "N", "e", "Q", "y"}:
        last += 1
    first = index - (s.tags[index - 1 : index] == "d")
    verb = first - 1
    if verb < 1 or (s.tags[verb] != "," and s.words[verb] not in reading.words.be):
        return
    group = verb + 1 if s.tags[verb] == "," else sources.group(s, verb)
    source = sources.before(s, group, reading.floor(group))
    if source is not None and not reading.inside(index) and reading.free(index + 1, last):
        reading.add(Draft(source, (index, index + 1), [(index + 1, last)], "noun-self"))


def _start(s: Sentence, noun: int) -> int:
    """Return where a noun begins with what describes it: "recent, more dire | warnings"."""
    first = noun
    while first > 0 and (s.tags[first - 1] in "nNegMr" or s.words[first - 1] in s.lists["degree"]):
        first -= 1
    return first


def _is_object(s: Sentence, owner: Tokens) -> bool:
    """Tell whether somebody's saying is spoken of by others: "mocked | his story about", but not "renewed her call"."""
    before = s.tags[owner[0] - 1 : owner[0]]
    own = before in {"v", "V", "z", "Z", "e"} and s.words[owner[0]] in s.lists["possessive"]
    return before in _GOVERNING and not own


def _stands_alone(reading: Reading, index: int, form: str) -> bool:
    """Tell whether a noun of saying leads content where nobody is named: "the claim that", "complaints about"."""
    s, words = reading.s, reading.words
    lead = s.words[index + 1] if form == "topic" else form
    return f"{lead}!" in words.nouns[s.words[index]] and (
        form == "that"
        or words.is_plural(s.words[index])
        or not s.lists["amounts"].isdisjoint(s.words[index - 2 : index])
    )


def _apposed(s: Sentence, first: int) -> bool:
    """Tell whether a noun of saying explains what stands before it: "..., | a charge that she denied"."""
    return s.tags[first - 1 : first] in {",", "-"} or s.tags[max(first - 2, 0) : first] in {",d", "-d"}


def _opens(s: Sentence, first: int) -> bool:
    """Tell whether the noun phrase that begins at a token, or before it with an article, opens a clause."""
    first -= s.tags[first - 1 : first] == "d"
    return first <= 0 or s.tags[first - 1] in ",&b;s"


def _main_verb(s: Sentence, first: int, last: int) -> int:
    """Return where the topic of a subject ends: before the main verb, "her remarks about the pier | angered them"."""
    for index in range(first + 1, last):
        if s.tags[index] in "WTws":
            break
        if s.tags[index] in "evVzZa" and s.tags[index - 1] in "nNPo#D)yY":
            return index
    return last


def _leading(reading: Reading, last: int) -> int:
    """Return where what a noun of saying leads to begins, past days, "is", and whom it is for."""
    tags = reading.s.tags
    while tags[last : last + 1] in {"D", "r"}:
        last += 1
    return max(last + _is_stated(reading, last), _addressed(reading.s, last))


def _addressed(s: Sentence, index: int) -> int:
    """Return where what follows whom a noun of saying is for begins: "her message to Moss | :"."""
    lead = _LEAD.search(s.tags, index, index + 6)
    if lead is None or s.tags[index] != "t" or s.tags[index + 1 : lead.start()].strip("NndH#o"):
        return index
    return lead.start()


def _is_stated(reading: Reading, index: int) -> bool:
    """Tell whether a noun of saying is told by what follows "is": "her answer is | that", "her plea was | :"."""
    s = reading.s
    return s.tags[index : index + 2] in {"aT", "a:"} and s.words[index] in reading.words.be


def by_means_of(reading: Reading, first: int) -> Tokens | None:
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


def _giver(reading: Reading, index: int, frames: frozenset[str]) -> tuple[Tokens | None, int]:
    """Return whom a claim comes from, "a claim by Moss that", or None, and where the phrase after the noun ends."""
    s = reading.s
    dated = s.tags[index : index + 2] == "iD"
    if s.tags[index : index + 1] != "i" or (s.words[index] in frames and not dated):
        return None, index
    end = adjuncts.phrase(s, index, min(index + _PHRASE, len(s.tags)))
    verbal = not frozenset("vVzZ").isdisjoint(s.tags[index:end])
    if end == index + 1 or verbal or not (s.tags[end : end + 1] in {"T", "t"} or _is_stated(reading, end)):
        return None, index
    return ((index + 1, end) if s.words[index] in s.lists["giver"] else None), end


def _form(reading: Reading, index: int, last: int) -> str | None:
    """Return the form of what a noun of saying leads: "that", "inf", "topic"; None for nothing."""
    s, words = reading.s, reading.words
    frames = words.nouns[s.words[index]]
    after = s.tags[last : last + 2]
    if after[:1] in {"T", ":"}:
        further = after in _FURTHER and s.tags[last + 2 : last + 3] not in {"a", "v", "V"}
        return None if further or "that" not in frames else "that"
    if after[:1] == "t":
        return "inf" if "inf" in frames and openings.infinitive(s, last, words) else None
    if after[:1] == "w":
        return "wh" if "wh" in frames else None
    leads = after[:1] == "i" and s.words[last] in frames
    return "topic" if leads and after[1:] not in {"D", "#"} else None


def possessor(reading: Reading, first: int) -> Tokens | None:
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
    if verb < 1 or s.words[verb] not in s.lists["light"] or s.tags[verb - 1] in "dH":
        return None, (first, last)
    group = sources.group(s, verb)
    passive = not reading.words.be.isdisjoint(s.words[group:verb])
    subject = sources.before(s, group, reading.floor(group))
    if subject is None and s.tags[group - 1] in "&b":
        subject = sources.coordinate(s, group)
    return None if passive else subject, (group, last)
