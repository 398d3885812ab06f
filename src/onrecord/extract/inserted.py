"""Cues between the parts of what is said: "Instead, Moss told CNN, it fell", 'It fell, Moss said: "It was old."'."""

from __future__ import annotations

from typing import Final

from onrecord.extract import adjuncts, clauses, content, stops
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.preceding import prior
from onrecord.extract.tokens import Sentence, Tokens, ended
from onrecord.extract.words import Cue

_INSERTED: Final = 12
"""Tokens up to which whom and when may be told between the commas that set a cue apart."""


def set_apart(s: Sentence, cue: Cue, said: Tokens, verb: Tokens) -> Tokens:
    """Return a cue with whom it tells and when, set apart by commas: "Instead, Moss | told CNN on Monday |, it"."""
    tags, (first, left), stop = s.tags, said, verb[1]
    if tags[left : left + 1] != "," or tags[first] not in "rbs&NndHp" or "t" in tags[verb[0] : stop]:
        return verb
    limit = min(stop + _INSERTED, len(tags))
    index = adjuncts.person(s, stop, limit, cue.frames) if "whom" in cue.frames else stop
    while index < limit and tags[index] in "rDi":
        index = adjuncts.phrase(s, index, limit) if tags[index] == "i" else index + 1
    return (verb[0], index) if index > stop and tags[index : index + 1] == "," else verb


def continued(reading: Reading, said: Tokens, verb: Tokens) -> list[Tokens]:
    """Return the content that goes on after an inserted cue: a quotation, or the rest of the clause."""
    s = reading.s
    tags = s.tags
    later = content.later(reading, verb[1])
    step = verb[1] + 1
    if later or tags[said[1] - 1] == "Q" or tags[verb[1] : step] != ",":
        return later
    goes_on = tags[said[0]] == "s" or (s.words[step : step + 1] and s.words[step] in s.lists["resuming"])
    dated = not s.lists["units"].isdisjoint(s.words[step : step + 3])
    leaves = tags[step : step + 1] in {"g", "G", "W", "i", "s", "r"} or dated
    if leaves and not goes_on and clauses.has_verb(s, *said):
        return []
    stop = stops.end(s, step, reading.words)
    return [(step, stop)] if stop > step else []


def announced(reading: Reading, subject: Tokens, verb: Tokens, said: Tokens, quote: int) -> bool:
    """Read CLAUSE, SUBJECT said: "CONTENT"."""
    s = reading.s
    if s.tags[quote : quote + 1] != "Q" or s.tags[said[1]] != "," or not clauses.is_clause(s, *said):
        return False
    part = prior(reading, said[1], said[0])
    if part is None or s.tags[part[0]] in "isgGeDV":
        return False
    reading.add(Draft(subject, verb, [part, (quote, quote + 1)], "clause-subject-verb-broken"))
    return True


def resumed(reading: Reading, subject: Tokens, cue: tuple[Tokens, Tokens], said: Tokens, quote: int) -> bool:
    """Read PART, SUBJECT said, "REST": a quotation that goes on in the middle of a sentence."""
    s, (said_so, verb) = reading.s, cue
    region = s.regions[quote]
    begun = region.lower or (
        s.tags[said[0]] == "s" and s.tags[said[0] + 1] != "i" and not set("VZGQ") & set(s.tags[said[0] : said[1]])
    )
    if s.tags[verb[1]] != "," or quote != verb[1] + 1 or not begun or not reading.free(*said):
        return False
    part = prior(reading, said[1], said[0])
    if part is None:
        return False
    last = quote + 1
    if last < len(s.tags) and not ended(s, quote):
        last = max(stops.end(s, quote, reading.words), last)
    reading.add(Draft(subject, said_so, [part, (quote, last)], "clause-subject-verb-broken"))
    return True
