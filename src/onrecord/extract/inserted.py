"""Cues between the parts of what is said: "Instead, Moss told CNN, it fell", 'It fell, Moss said: "It was old."'."""

from __future__ import annotations

from typing import Final

from onrecord.extract import adjuncts, clauses, complements, content, stops
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.preceding import prior
from onrecord.extract.tokens import Sentence, Tokens, ended
from onrecord.extract.words import Cue

_INSERTED: Final = 12
"""Tokens up to which whom and when may be told between the commas that set a cue apart."""

_ASIDES: Final = frozenset({"", "W", "g", "G", "e", "i", "#"})
"""What follows a comma is then more of the narrator's sentence, and no content that goes on."""


def set_apart(s: Sentence, cue: Cue, said: Tokens, verb: Tokens) -> Tokens:
    """Return a cue with whom it tells and when, set apart by commas: "Instead, Moss | told CNN on Monday |, it"."""
    tags, (first, left), stop = s.tags, said, verb[1]
    if tags[left : left + 1] != "," or not tags[first:left].strip("&b,") or "t" in tags[verb[0] : stop]:
        return verb
    limit = min(stop + _INSERTED, len(tags))
    index = adjuncts.person(s, stop, limit, cue.frames) if "whom" in cue.frames else stop
    while index < limit and tags[index] in "rDi" and s.words[index] not in cue.frames:
        index = adjuncts.phrase(s, index, limit) if tags[index] == "i" else index + 1
    closed = index > stop and tags[index : index + 1] == "," and tags[index + 1 : index + 2] not in _ASIDES
    return (verb[0], index) if closed and not _explains(s, said, index + 1) else verb


def _explains(s: Sentence, said: Tokens, step: int) -> bool:
    """Tell whether what follows a comma says more of who was told: "warned the board, | led by Venn, that"."""
    (first, left), tag = said, s.tags[step]
    noun = tag in "dNnHM" or (tag in "vV" and s.tags[first] in "isrb&")
    return noun and s.tags[left - 1] != "a" and not clauses.is_clause(s, step, len(s.tags))


def continued(reading: Reading, said: Tokens, verb: Tokens) -> list[Tokens]:
    """Return the content that goes on after an inserted cue: a quotation, or the rest of the clause."""
    s = reading.s
    tags = s.tags
    later = content.later(reading, verb[1])
    step = verb[1] + 1
    quoted = tags[said[1] - 1] == "Q" and not tags[tags.rfind(":", *said) + 1 or said[0] : said[1]].strip("Q,")
    if later or quoted or tags[verb[1] : step] != ",":
        return later
    goes_on = tags[said[0]] == "s" or (s.words[step : step + 1] and s.words[step] in s.lists["resuming"])
    dated = not s.lists["units"].isdisjoint(s.words[step : step + 3])
    leaves = tags[step : step + 1] in {"g", "G", "W", "i", "s", "r"} or dated
    if leaves and not goes_on and clauses.has_verb(s, *said):
        return []
    stop = stops.end(s, step, reading.words)
    if tags[step : step + 1] in {"d", "n"} and _apposed(s, said, (step, stop)):
        return []
    return [(step, stop)] if stop > step else []


def resumes(s: Sentence, said: Tokens, close: int, opened: complements.Opening | None) -> bool:
    """Tell whether a clause goes on after an inserted cue: "It is so, Moss said, | that", "Here, ..., | it fell"."""
    if opened is None or opened[0] != close + 1 or s.tags[close] != ",":
        return opened is None
    lacking = clauses.has_verb(s, *said) or clauses.finite(s, said[1] - 1)
    return s.tags[opened[0]] != "T" or (s.tags[said[0]] not in "isgGe" and lacking)


def _apposed(s: Sentence, said: Tokens, rest: Tokens) -> bool:
    """Tell whether a noun phrase after an inserted cue is the narrator's: "It leaks, Moss said, | a blow to us"."""
    lacking = s.tags[said[1] - 1] in "aVZY" or not clauses.is_clause(s, *said)
    return not lacking and not clauses.is_clause(s, *rest)


def announced(reading: Reading, subject: Tokens, verb: Tokens, said: Tokens, quote: int) -> bool:
    """Read CLAUSE, SUBJECT said: "CONTENT"."""
    s = reading.s
    if s.tags[said[1]] != "," or not clauses.is_clause(s, *said):
        return False
    part = prior(reading, said[1], said[0])
    if part is None or s.tags[part[0]] in "isgGeDV":
        return False
    reading.add(Draft(subject, verb, [part, *content.pieces(reading, quote, "colon")], "clause-subject-verb-broken"))
    return True


def resumed(reading: Reading, subject: Tokens, cue: tuple[Tokens, Tokens], said: Tokens, quote: int) -> bool:
    """Read PART, SUBJECT said, "REST": a quotation that goes on in the middle of a sentence."""
    s, (said_so, verb) = reading.s, cue
    begun = s.tags[verb[1]] == "," and quote == verb[1] + 1 and _is_begun(s, said, quote)
    if not begun or not reading.free(*said):
        return False
    part = prior(reading, said[1], said[0])
    if part is None:
        return False
    last = quote + 1
    if last < len(s.tags) and not ended(s, quote):
        last = max(stops.end(s, quote, reading.words), last)
    reading.add(Draft(subject, said_so, [part, (quote, last)], "clause-subject-verb-broken"))
    return True


def _is_begun(s: Sentence, said: Tokens, quote: int) -> bool:
    """Tell whether a quotation goes on with a sentence that was begun before its cue, and not with "On Monday, "."""
    tags = s.tags[said[0] : said[1]]
    if s.regions[quote].lower:
        return "D" not in tags or bool(tags.strip("idDr#"))
    if tags in {"b", "&"}:
        return True
    return tags[0] == "s" and tags[1] != "i" and frozenset("VZGQ").isdisjoint(tags)
