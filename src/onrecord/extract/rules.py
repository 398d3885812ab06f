"""The rules, in the order in which they decide: which words of a sentence are said, and by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from onrecord.extract import (
    clauses,
    complements,
    content,
    embedded,
    fragments,
    headlines,
    impersonal,
    informants,
    introductions,
    nouns,
    participles,
    postposed,
    relatives,
    senses,
    sources,
    verbs,
)
from onrecord.extract.drafts import Draft, Reading, cue_at
from onrecord.extract.tokens import Sentence, Tokens
from onrecord.extract.verbs import Verb
from onrecord.extract.words import Cue, Words

WEAK: Final = frozenset({"np", "topic", "naming", "to", "inf", "wh"})
"""Complements that are content only where the cue itself is asserted, not inside another's words."""

BUDGETED: Final = frozenset({"that", "bare", "wh", "quote", "ing", "inf", "np"})
"""Content that ends with its relative clause: "Moss, who said it fell, left"."""

FAR: Final = 60
"""Tokens within which a clause has its verb."""

CLAUSAL: Final = frozenset({"that", "bare", "wh", "inf", "ing"})
"""Content that may run on into the main clause after a subordinate one."""

NEAR: Final = 16
"""Tokens within which the verb stands whose subject another verb shares."""

_ACTS: Final = frozenset("vzeVZa")
_NOUNS: Final = frozenset("Nnp")
_MAIN: Final = re.compile(",(?=[vVazZ])")
_TURN: Final = re.compile("[Q,s-]")
_CUE: Final = re.compile("[VZYGAR]|(?<=[ar])M")
_NOUN: Final = re.compile("[VZYGAR]|(?<=[ar])M|[nyz](?=[T:itDraw])|e(?=[nNQy])|^N(?=[Ti])")


def read(s: Sentence, words: Words) -> Reading:
    """Read every statement of a sentence: cues after their content first, then cues before it, then the rest."""
    reading = Reading(s, words)
    tags = s.tags
    if tags[0] in "VZ":
        introductions.opening(reading)
        if tags[1:2] == "Q":
            impersonal.asked(reading, 0)
    cues = [found.start() for found in (_NOUN if s.saying else _CUE).finditer(tags)]
    after = _after_content(reading, cues)
    for index in cues:
        if tags[index] in "nyzNe" and s.words[index] not in words.nouns:
            continue
        if not reading.is_cue(index):
            _before_content(reading, index, after)
    if len(reading.owned) < len(s.regions):
        informants.worded(reading)
        informants.viewpoint(reading)
        informants.chanted(reading)
        informants.uttered(reading)
        fragments.predicate(reading)
        headlines.read(reading)
        fragments.adjacent(reading)
        fragments.inverted(reading)
        fragments.colon(reading)
        fragments.closed(reading)
        fragments.fragment(reading)
    return reading


def _after_content(reading: Reading, cues: list[int]) -> dict[int, Verb | None]:
    """Read what verbs close that stand after a quotation or a comma; return these verbs by their tokens."""
    s, words = reading.s, reading.words
    turn = _TURN.search(s.tags) if cues else None
    if turn is None:
        return {}
    first = turn.start()
    finite = [i for i in cues if i > first and (s.tags[i] in "VZY" or _was_saying(s, i, words))]
    after = {index: verbs.at(s, index, words) for index in finite}
    for verb in after.values():
        if verb is not None:
            postposed.after_content(reading, verb)
    return after


def _was_saying(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether an -ing form after a quotation is its verb: "“It fell,” Moss was | saying"."""
    return s.tags[index] == "G" and s.words[index - 1] in words.be and "Q" in s.tags[:index]


def _before_content(reading: Reading, index: int, known: Mapping[int, Verb | None]) -> None:
    """Read what the cue at a token introduces; `known` holds verbs that were read before."""
    s, words = reading.s, reading.words
    tag = s.tags[index]
    if tag == "V" and index < 2 and impersonal.asked(reading, index):
        return
    verb = (known[index] if index in known else verbs.at(s, index, words)) if tag in "VZYM" else None
    if verb is not None and participles.has_gerund(s, verb[1]):
        _participle(reading, index)
    elif verb is not None and (index or tag == "V" or s.words[index] not in words.nouns):
        _finite(reading, verb)
    elif tag == "G" and verbs.is_participle(s, index, words):
        _participle(reading, index)
    elif s.words[index] in words.nouns:
        nouns.read(reading, index)
    elif tag == "A":
        informants.according(reading, index)
    elif tag == "R":
        impersonal.reportedly(reading, index)


def _finite(reading: Reading, verb: Verb) -> None:
    s, words = reading.s, reading.words
    cue, first, index, stop = verb
    floor = min(reading.floor(index), first)
    subject, named = sources.before(s, first, floor), verbs.is_named(s, cue, (first, stop))
    if subject is None:
        subject = _shared(reading, first) or _purpose(reading, first, stop)
        if subject is None:
            before = s.words[first - 1] if first > 0 else ""
            opens = first > 0 and s.tags[first - 1] == "s" and ("wh" in cue.frames or before in s.lists["as"])
            if opens or (s.regions and before in s.lists["what"] and verbs.is_passive(s, first, index, words)):
                impersonal.passive(reading, cue, (first, stop))
            return
    elif not named and verbs.is_reduced(s, cue, subject, first, floor):
        return
    elif not named and verbs.is_inserted(s, cue, subject, (first, index)):
        impersonal.asked(reading, index, inserted=True)
        return
    cue = verbs.limited(s, cue, subject)
    passive = named or "received" in cue.frames or verbs.is_passive(s, first, index, words)
    if passive or verbs.shares_passive(s, cue, first, stop, words):
        impersonal.passive(reading, cue, (first, stop))
        return
    _complement(reading, cue, subject, (first, stop))


def _shared(reading: Reading, first: int) -> Tokens | None:
    """Return the subject of the cue before, for "and added"."""
    tags = reading.s.tags
    while first > 1 and tags[first - 1] == "r" and reading.drafts:
        first -= 1
    goes_on = tags[first - 1] == "," or tags[first - 1 : first + 1] == "Qr"
    if first > 0 and (tags[first - 1] in "&b" or (goes_on and reading.drafts)):
        for draft in reversed(reading.drafts):
            if draft.source is not None and draft.cue[0] < first and not draft.method.startswith("passive"):
                relates = tags[first - 1] == "," and tags[slice(*draft.source)] == "W"
                return (relates and sources.antecedent(reading.s, draft.source[0])) or draft.source
        return _nearest(reading, first - 1) or sources.coordinate(reading.s, first)
    return None


def _purpose(reading: Reading, first: int, stop: int) -> Tokens | None:
    """Return who does something in order to say it: "went on air to say | that ..."."""
    tags = reading.s.tags
    aims = first > 1 and tags[first - 1] == "t" and tags[first - 2] in "nNoD,"
    return participles.acting(reading, first - 1) if aims and tags[stop : stop + 1] in {"T", "p"} else None


def _nearest(reading: Reading, limit: int) -> Tokens | None:
    """Return the subject of a verb in a clause of its own before a token: "when Moss saw her and | asked"."""
    s = reading.s
    for index in range(limit - 1, max(limit - NEAR, 0), -1):
        if s.tags[index] in "vzeV" and clauses.finite(s, index) and not reading.inside(index):
            subject = sources.before(s, sources.group(s, index), 0)
            if subject is not None and s.tags[subject[0] - 1] == "s":
                return subject
    return None


def _complement(reading: Reading, cue: Cue, subject: Tokens, verb: Tokens) -> bool:
    """Read SUBJECT said CONTENT."""
    s = reading.s
    subject = relatives.contact(s, subject, verb[1])
    relative = subject[0] > 0 and s.tags[relatives.before(s, subject[0])] in "WwTnN)yz"
    first = not relative and _opens(s, subject, verb)
    found = complements.opening(reading, cue, verb[1], relative=relative, first=first)
    if found is None:
        return False
    start, form = found
    if form in WEAK and not senses.stands(s, subject, verb):
        return False
    named = relative and form == "quote" and s.tags[start + 1 : start + 2] in {"a", "v", "z"}
    pieces = [(start, start + 1)] if named else content.pieces(reading, start, form)
    said = (pieces[0][0], pieces[-1][1]) if pieces else verb
    if pieces and not (
        senses.asserts(s, verb, form, said) and senses.tells(s, subject) and senses.names(s, subject, form, said)
    ):
        return False
    if reading.inside(verb[0]):
        return False
    if pieces and not reading.inside(subject[0]) and (gap := relatives.gap(s, cue, subject[0], found)) is not None:
        pieces = relatives.filled(s, gap, pieces)
    contact = len(pieces) > 1 and pieces[0][1] == subject[0]
    if pieces and (contact or s.tags[subject[0]] in "WT" or _restricts(s, subject[0])) and form in BUDGETED:
        last = embedded.budget(s, content.verbal(s, pieces[-1][0], form), pieces[-1][1])
        main = _MAIN.search(s.tags, pieces[-1][0], last) if form in {"ing", "inf", "np"} else None
        pieces[-1] = (pieces[-1][0], main.start() if main else last)
    depends = form in CLAUSAL and embedded.subordinate(s, subject[0])
    opens = s.tags[subject[0] - 1] not in ",-" and embedded.fronted(s, subject[0], "sgGeMt")
    if pieces and (depends or opens):
        pieces[-1] = embedded.before_main(s, pieces[-1])
    if not pieces or not (reading.free(*pieces[0]) or reading.inside(verb[0])):
        return False
    if form == "colon" and cue.frames.isdisjoint({"quote", "quote?"}):
        return False
    reading.add(Draft(subject, verb, pieces, f"subject-verb-{form}"))
    return True


def _opens(s: Sentence, subject: Tokens, verb: Tokens) -> bool:
    """Tell whether subject and verb open their sentence: "So, Moss said, ...", but not "That said, ..."."""
    named = not _NOUNS.isdisjoint(s.tags[subject[0] : subject[1]]) and s.tags[verb[0] - 1] != ","
    return named and not s.tags[: subject[0]].strip("r&bsd,D")


def _restricts(s: Sentence, first: int) -> bool:
    """Tell whether the clause whose subject begins at `first` restricts a noun: "the job that economists say"."""
    return first > 1 and s.tags[first - 1] in "WT"


def _participle(reading: Reading, index: int) -> None:
    """Read a participle, or an -ing form that is finite with its auxiliary: "Moss is saying"."""
    s = reading.s
    found = cue_at(s, index, reading.words)
    if found is None:
        return
    cue, stop = found
    group = sources.group(s, index)
    first = group - participles.has_gerund(s, group)
    if (first < index and s.tags[first] == "a") or (first > 0 and s.tags[first - 1] == "k"):
        _finite(reading, (cue, first, index, stop))
        return
    if not reading.words.be.isdisjoint(s.words[first:index]) and s.tags[index] == "V":
        if first == 0 or s.tags[first - 1] in "is,":
            impersonal.passive(reading, cue, (first, stop))
        return
    participles.read(reading, verbs.limited(s, cue, (first - 1, first)) if first else cue, (first, stop))
