"""Cues that follow their content or stand inside it: "CONTENT, SUBJECT said", "CONTENT, said SUBJECT"."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import clauses, complements, content, inserted, inversion, sources, stops, verbs
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.preceding import method, opens_sentence, prior
from onrecord.extract.tokens import Sentence, Tokens, ended
from onrecord.extract.verbs import Verb
from onrecord.extract.words import Cue

_CLAUSES: Final = frozenset({"that", "bare", "wh", "inf", "np"})
_PARTED: Final = re.compile(",r*[avz]")
_GERUND: Final = re.compile("[gG][^,;:sWTw]+[nNoyY]r*[avz]")
_GOES_ON: Final = re.compile("r+[vazeyV]")
_HEAD: Final = re.compile("[^it]*[Np]")
_PHRASES: Final = frozenset({"quote", "colon", "topic", "naming"})


def after_content(reading: Reading, verb: Verb) -> None:
    """Read a cue that follows its content, or stands inside it: these decide before all others."""
    s, words = reading.s, reading.words
    cue, first, index, stop = verb
    floor = min(reading.floor(index), first)
    if _inverted(reading, cue, first, stop, floor):
        return
    subject = sources.before(s, first, floor)
    if subject is not None and cue.subjects:
        cue = verbs.limited(s, cue, subject)
    if subject is not None and (said := verbs.quoted(s, index, words)) is not None:
        _postposed(reading, said[0], subject, (first, said[1]), floor)
        return
    if subject is None or verbs.is_reduced(s, cue, subject, first, floor):
        return
    if verbs.is_passive(s, first, index, words):
        if verbs.is_told(s, cue, subject, (first, stop)):
            _postposed(reading, cue, subject, (first, stop), floor, told=True)
        return
    if not _as(reading, cue, subject, (first, stop), floor):
        _postposed(reading, cue, subject, (first, stop), floor)


def _inverted(reading: Reading, cue: Cue, first: int, stop: int, floor: int) -> bool:
    """Read CONTENT, said SUBJECT."""
    s, words = reading.s, reading.words
    tags = s.tags
    if "quote" not in cue.frames or (first and tags[first - 1] not in "Q,-"):
        return False
    if first == 0 or (stop < len(tags) and clauses.replies(s, stop)):
        return False
    subject = inversion.after(s, stop, words.lists["inner"])
    quoted = tags[first - 1] == "Q" or tags[first - 2 : first] == "Q,"
    named = subject is not None and tags[subject[0]] not in "pP"
    if subject is None or (subject[1] < len(tags) and tags[subject[1]] in ("ak" if quoted and named else "vVazZkTt")):
        return False
    left = first - (tags[first - 1] != "Q")
    if left <= floor or (tags[subject[0]] == "p" and _GOES_ON.match(tags, subject[1])):
        return False
    if tags[left - 1] != "Q" and ("whom" in cue.frames or not clauses.stands_before(s, floor, left, subject)):
        return _parted(reading, subject, (first, stop), (floor, left))
    said = prior(reading, left, floor)
    if said is None or (not _is_quotation(s, said) and "strong" not in cue.frames and not _is_named(s, subject)):
        return False
    if clauses.finite(s, left - 1 - (tags[left - 1] == "r")) and (comma := tags.rfind(",", *subject)) > 0:
        subject = subject[0], comma
        return _insert(reading, subject, (first, stop), said)
    pieces = [said, *content.later(reading, max(subject[1], stop))]
    if len(pieces) == 1 and not clauses.has_verb(s, *said) and tags[subject[1] : subject[1] + 2] in {",a", ",v", ",z"}:
        pieces.append((subject[1] + 1, stops.end(s, subject[1] + 1, words)))
    reading.add(Draft(subject, (first, stop), pieces, method(s, pieces, "verb-subject")))
    return True


def _parted(reading: Reading, subject: Tokens, verb: Tokens, said: Tokens) -> bool:
    """Read "The pier, said Moss, | was a ruin": an inverted cue between a noun phrase and its verb."""
    s = reading.s
    whole = _PARTED.match(s.tags, subject[1]) and s.tags[said[0]] in "dNnHpP" and s.tags[subject[0]] in "dN"
    if not whole or clauses.is_clause(s, *said, quoted=False) or "W" in s.tags[slice(*subject)] or said[1] == verb[0]:
        return False
    return _insert(reading, subject, verb, said)


def _insert(reading: Reading, subject: Tokens, verb: Tokens, said: Tokens) -> bool:
    """Read "It was, said Moss, | the worst": what goes on after an inverted cue in a clause that lacks its rest."""
    s = reading.s
    pieces = [said, (subject[1] + 1, stops.end(s, subject[1] + 1, reading.words))]
    reading.add(Draft(subject, verb, pieces, method(s, pieces, "verb-subject")))
    return True


def _is_quotation(s: Sentence, said: Tokens) -> bool:
    return not s.tags[said[0] : said[1]].strip("Q,")


def _is_named(s: Sentence, subject: Tokens) -> bool:
    """Tell whether a noun phrase after a verb may be its subject rather than its object: a name, a pronoun."""
    return _HEAD.match(s.tags, *subject) is not None


def _as(reading: Reading, cue: Cue, subject: Tokens, verb: Tokens, floor: int) -> bool:
    """Read "As SUBJECT noted, CONTENT" and "CONTENT, as SUBJECT noted"."""
    s, words, tags = reading.s, reading.words, reading.s.tags
    place = subject[0] - 1
    if tags[verb[1] : verb[1] + 1] not in {"", ",", ".", "i", "D", "r", ";", "-"} and not cue.frames & {"whom"}:
        return False
    if place < 0 or s.words[place] not in words.lists["as"] or not cue.frames & {"that", "quote"}:
        return False
    if place <= floor or not tags[floor:place].strip("b&r,") or tags[place - 1] in "&b":
        comma = tags.find(",", verb[1], verb[1] + 14)
        if comma < 0 or any(t in "vVaZT" for t in tags[verb[1] : comma]):
            return False
        pieces = content.pieces(reading, comma + 1, "quote" if tags[comma + 1 : comma + 2] == "Q" else "bare")
    else:
        found = complements.opening(reading, cue, verb[1])
        left = place - (tags[place - 1] == ",")
        goes_on = tags[left - 1] == "a" and tags[verb[1] : verb[1] + 1] == ","
        if (found is not None and not goes_on) or left <= floor or tags[place - 1] not in ",-Q":
            return False
        said = prior(reading, left, floor)
        pieces = [said] if said else []
        if said and goes_on:
            pieces += inserted.continued(reading, said, verb)
        if said and tags[verb[1] : verb[1] + 2] in {",a", ",v", ",z"} and not clauses.has_verb(s, *said):
            pieces.append((verb[1] + 1, stops.end(s, verb[1] + 1, words)))
    if not pieces or not reading.free(*pieces[0]):
        return False
    reading.add(Draft(subject, verb, pieces, "as-subject-verb"))
    return True


def _postposed(reading: Reading, cue: Cue, subject: Tokens, verb: Tokens, floor: int, *, told: bool = False) -> bool:
    """Read CONTENT, SUBJECT said, and what goes on after it."""
    s = reading.s
    left = _left(s, subject, verb, floor)
    if left is None:
        return False
    quoted = s.tags[left - 1] == "Q"
    if _transitive(s, cue, verb) and not (quoted and ended(s, left - 1)):
        return False
    said_so = verb
    verb = verb if quoted or s.tags[subject[0]] == "s" else inserted.set_apart(s, cue, (floor, left), verb)
    right = complements.opening(reading, cue, verb[1])
    moved = not quoted and inserted.resumes(s, (floor, left), verb[1], right)
    if right is not None and right[1] in _CLAUSES and not moved and not (quoted and _whole(s, left - 1, floor)):
        return False
    if quoted and s.tags[floor] in "gG" and s.regions[left - 1].lower:
        return False
    if not quoted:
        if "quote" not in cue.frames or not _completes(s, cue, (floor, left), verb):
            return False
        adjoins = right is not None and (right[0] == verb[1] + 1 or s.tags[verb[1] : verb[1] + 1] != ",")
        if right is not None and right[1] in _PHRASES and (adjoins or right[1] != "quote"):
            if right[1] == "colon":
                return inserted.announced(reading, subject, said_so, (floor, left), right[0])
            return right[1] == "quote" and inserted.resumed(reading, subject, (said_so, verb), (floor, left), right[0])
    said = prior(reading, left, floor)
    if said is None or ("quote" not in cue.frames and not _is_quotation(s, said)):
        return False
    pieces = [said, *inserted.continued(reading, (floor, left), verb)]
    told = told or "received" in cue.frames or (verb[1] == len(s.tags) and s.words[verb[1] - 1] in s.lists["told"])
    name = "passive-told" if told else method(s, pieces, "subject-verb")
    reading.add(Draft(None if told else subject, said_so, pieces, name))
    return True


def _left(s: Sentence, subject: Tokens, verb: Tokens, floor: int) -> int | None:
    """Return the token before which the content ends, if anything stands before subject and verb."""
    first = subject[0]
    relative = s.tags[first] == "W"
    if (
        subject[1] > verb[0]
        or relative
        or first <= floor
        or s.tags[first - 1] not in "Q,-"
        or not _adjoining(s, subject, verb)
    ):
        return None
    left = first - (s.tags[first - 1] != "Q")
    return left if left > floor else None


def _transitive(s: Sentence, cue: Cue, verb: Tokens) -> bool:
    """Tell whether the verb has an object of its own, so that it does not close a quotation."""
    after = s.tags[verb[1] : verb[1] + 2]
    return after[:1] in {"d", "n", "N", "#", "H"} and after[1:] != "D" and "whom" not in cue.frames


def _whole(s: Sentence, quote: int, floor: int) -> bool:
    """Tell whether a quotation stands on its own before its cue."""
    alone = quote == floor or (opens_sentence(s, quote, floor) and not s.regions[quote].lower)
    return ended(s, quote) and alone


def _completes(s: Sentence, cue: Cue, said: Tokens, verb: Tokens) -> bool:
    """Tell whether a stretch without a closing quotation may be said by what follows it."""
    tags = s.tags
    floor, left = said
    after = tags[verb[1] : verb[1] + 1]
    if after in {"a", "v", "z"} or (tags[floor] in "VM" and floor <= s.lead):
        return False
    inserted = after == "," and tags[left] == ","
    if inserted:
        return "that" in cue.frames or cue.count >= clauses.COMMON
    final = after in {"", ".", ";", "-", ":"} and tags[floor] not in "isgGeDrb"
    clause = clauses.has_verb(s, floor, left)
    if not clause and not final and after != ",":
        return False
    opens = (tags[floor] == "s" and s.words[floor] not in s.lists["thus"]) or (
        tags[floor] in "gG" and not _GERUND.match(tags, floor, left)
    )
    if (opens and "," not in tags[floor:left]) or not tags[floor:left].strip("rb&s"):
        return False
    return (clause or final) and ("that" in cue.frames or cue.count >= clauses.COMMON)


def _adjoining(s: Sentence, subject: Tokens, verb: Tokens) -> bool:
    return all(t in "rD,)(diN#ny" for t in s.tags[subject[1] : verb[0]])
