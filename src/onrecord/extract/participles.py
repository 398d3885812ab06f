"""Participles that report: ", saying", "after calling for", "Asked ..., Moss said", and whose they are."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import (
    clauses,
    complements,
    content,
    embedded,
    informants,
    senses,
    sources,
    subjects,
    verbs,
)
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.tokens import Sentence, Tokens
from onrecord.extract.words import Cue

FAR: Final = 60
"""Tokens within which a clause has its verb."""

NEAR: Final = 16
"""Tokens within which the verb stands that quotes somebody."""

SEEN: Final = 5
"""Tokens after "seen" within which it stands what somebody is seen saying."""

_ACTS: Final = frozenset("vzeVZa")
_MAIN: Final = re.compile(",(?=[vVazZ])")
_AGAIN: Final = re.compile(",&r*[vVa]")
"""Where a verb of the main clause goes on after a participle between commas: ", saying it fell, | and left"."""


def read(reading: Reading, cue: Cue, verb: Tokens) -> None:
    """Read ", saying CONTENT" and "Calling CONTENT, SUBJECT ..."; `verb` begins with its "having" or "being"."""
    s = reading.s
    first, stop = verb
    subject = _subject(reading, first)
    opened = complements.opening(reading, _of_medium(reading, cue, first), stop)
    if opened is None:
        return
    pieces = content.pieces(reading, *opened)
    if reading.inside(first) or not pieces or not reading.free(*pieces[0]):
        return
    if opened[1] == "naming" and not senses.calls(s, pieces[0]):
        return
    if first > 0 and s.tags[first - 1] in "nNH)" and opened[1] in {"that", "bare", "wh"}:
        pieces[-1] = (pieces[-1][0], embedded.budget(s, *pieces[-1]))
    if first == 0 and clauses.next_clause(s, pieces[0][0]) >= len(s.tags):
        return
    if main := _inserted(s, first, stop):
        subject = sources.before(s, main, reading.floor(first))
        pieces = [(pieces[0][0], max(min(pieces[0][1], main - 1), pieces[0][0] + 1))]
    elif embedded.fronted(s, first):
        pieces[-1] = embedded.before_main(s, pieces[-1])
    elif s.tags[first - 1] == "," and (again := _AGAIN.search(s.tags, *pieces[-1])):
        pieces[-1] = (pieces[-1][0], again.start())
    reading.add(Draft(subject, verb, pieces, f"participle-{opened[1]}"))


def _of_medium(reading: Reading, cue: Cue, first: int) -> Cue:
    """Return a cue that leads any noun phrase after a medium: "a statement | condemning the attack"."""
    s = reading.s
    written = first > 0 and (s.words[first - 1] in reading.words.nouns or s.words[first - 1] in s.lists["venue"])
    return Cue(cue.lemma, cue.frames | {"np"}, cue.count) if written and "np?" in cue.frames else cue


def has_gerund(s: Sentence, first: int) -> bool:
    """Tell whether a verb group follows "having" or "being": "despite | having said", "after being asked"."""
    return first > 0 and s.words[first - 1] in s.lists["having"]


def _opened(s: Sentence, first: int) -> bool:
    """Tell whether a participle follows the preposition that opens its sentence: "After saying ..., Moss left"."""
    return s.tags[first - 1] in "is" and not clauses.has_verb(s, 0, first)


def _inserted(s: Sentence, first: int, stop: int) -> int:
    """Return the verb before which an insertion ends, or 0: "Moss, after saying it fell, | left"."""
    comma = first - 1 - (s.tags[first - 1] in "is")
    if comma < 1 or s.tags[comma] != "," or clauses.has_verb(s, 0, comma):
        return 0
    main = _MAIN.search(s.tags, stop)
    return main.end() if main else 0


def _subject(reading: Reading, first: int) -> Tokens | None:
    s = reading.s
    tags = s.tags
    if first == 0 or _opened(s, first):
        comma = clauses.next_clause(s, first)
        return subjects.main(s, comma + (tags[comma] == ","), len(tags)) if comma < len(tags) else None
    if s.words[first - 1] in s.lists["as"] and not s.lists["quoting"].isdisjoint(s.words[max(first - NEAR, 0) : first]):
        quoted = _quoted_by(reading, first) or sources.before(s, first - 1, reading.floor(first))
        if quoted is not None:
            return quoted
    if (seen := _witnessed(reading, first)) is not None:
        return seen
    if s.words[first - 1] in reading.words.nouns or s.words[first - 1] in s.lists["venue"]:
        return informants.issuer(reading, first)
    if tags[first - 1] == ")" or (tags[first - 1] in "NnH#P" and s.words[first - 1][0].isalnum()):
        noun = sources.before(s, first, reading.floor(first))
        if noun is not None and verbs.joins_absolute(s, first):
            return tags.rfind("&", 0, first) + 1, first
        return acting(reading, first) if noun is not None and tags[noun[0]] == "t" else noun
    return acting(reading, first) or subjects.main(s, 0, first - 1)


def _witnessed(reading: Reading, first: int) -> Tokens | None:
    """Return whom somebody hears or sees saying it: "Moss can be heard | saying", "was seen on tape | telling"."""
    s = reading.s
    verb = first - 1
    while verb > 1 and s.tags[verb] in "ndi" and first - verb < SEEN:
        verb -= 1
    if s.words[verb] not in s.lists["witnessed"] or s.words[verb - 1] not in reading.words.be:
        return None
    group = sources.group(s, verb)
    return sources.before(s, group, reading.floor(group))


def _quoted_by(reading: Reading, first: int) -> Tokens | None:
    """Return who is quoted by somebody else: "| Moss was quoted by the Gazette as saying"."""
    s = reading.s
    for index in range(first - 3, max(first - NEAR, 0), -1):
        if s.words[index] in s.lists["quoting"]:
            group = sources.group(s, index)
            by = s.words[index + 1] in s.lists["by"]
            return sources.before(s, group, reading.floor(group)) if by else None
    return None


def acting(reading: Reading, first: int) -> Tokens | None:
    """Return who acts in the clause that a participle goes on with: "Moss smiled, | saying"; not in what is said."""
    s = reading.s
    for index in range(first - 1, max(first - FAR, -1), -1):
        draft = next((one for one in reading.drafts if one.cue[0] <= index < one.cue[1]), None)
        if draft is not None and draft.source is not None:
            return draft.source
        if s.tags[index] in _ACTS and not reading.inside(index) and clauses.finite(s, index):
            group = sources.group(s, index)
            subject = sources.before(s, group, reading.floor(group))
            if subject is not None and subject[1] == group and _begins(s, subject):
                return subject
    return None


def _begins(s: Sentence, subject: Tokens) -> bool:
    """Tell whether a subject begins a clause of its own, and is no object or relative pronoun."""
    first, before = subject[0], s.tags[subject[0] - 1] if subject[0] > s.lead else "&"
    return s.tags[first] in "NpdnH" and (before in "&bs;" or (before == "," and s.tags[s.lead] in "sigD"))
