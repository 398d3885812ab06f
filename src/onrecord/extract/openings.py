"""What content begins with: "to" and a verb, or a noun phrase that is a clause, a name or the whole of it."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Final

from onrecord.extract import clauses, content, stops, subjects
from onrecord.extract.drafts import Reading
from onrecord.extract.tokens import Sentence
from onrecord.extract.words import Cue, Words

_SUM: Final = re.compile(r"[$£€]\d|\d[\d.,]*%")
_WHEN: Final = 5
"""Tokens that may say when: "late on the previous day"."""

_AUDIENCE: Final = re.compile("[dH]?[nNevgyYzZ#M]+(?:[i&][dH]?[nNevgyYz#D]+)*(?:d?[rD][yYn]?)*T(?=[dpPNHnk#iars])")
_TOLD: Final = re.compile("T(?=[pPdNk])|w|(?<=[nNDrPyz])t(?=[yY])")
"""What somebody is told, after a clause that says who they are."""
_CLAUSE_OF_ITS_OWN: Final = frozenset("vVZzaYpk")
_FAR: Final = 8
"""Tokens up to a "that" after who is told, or when."""

_NEAR: Final = 4
"""Tokens in which the noun of a short phrase stands: "the latest charges"."""


def infinitive(s: Sentence, to: int, words: Words) -> bool:
    """Tell whether a verb follows "to": a form that may be one, or an unknown word with what a verb governs."""
    verb, after = s.tags[to + 1 : to + 2], s.tags[to + 2 : to + 3]
    if verb != "n":
        return verb in {"y", "Y", "a", "r", "v", "V"}
    return after in {"d", "H", "o", "P"} or (
        after in {"r", "N", "#", "n", "i"} and not words.is_plural(s.words[to + 1])
    )


def marked(s: Sentence, to: int, frames: AbstractSet[str]) -> tuple[int, str] | None:
    """Read 'vowed to "mend it"', where the marks hold the verb, and 'referred to "the ruin"'."""
    if "to?" in frames:
        return to + 1, "quote"
    return (to, "inf") if "inf" in frames or s.regions[to + 1].lower else None


def relates(s: Sentence, that: int) -> bool:
    """Tell whether "that" continues the noun before it: "told of a plan that calls for ..."."""
    return s.tags[that - 1] in "nN" and s.tags[that + 1 : that + 2] in {"a", "v", "V", "z", "y"}


def explains(s: Sentence, first: int, that: int) -> bool:
    """Tell whether "that" explains the noun before it, which begins at `first`: "..., a plan | that she made"."""
    listed = "&" in s.tags[first:that]
    return relates(s, that) or (s.tags[first] in "dn" and s.tags[that - 1] in "nN" and not listed)


def someone(s: Sentence, first: int, that: int, words: Words) -> bool:
    """Tell whether people stand before "that" and a clause: "promised the voters | that taxes would fall"."""
    people = 0 < that - first < 4 and not s.tags[first:that].strip("dnN")
    return (
        people and words.is_plural(s.words[that - 1]) and s.tags[that + 1 : that + 2] in {"d", "p", "P", "N", "H", "n"}
    )


def audience(s: Sentence, first: int) -> int:
    """Return the "that" after whoever is told, or 0: "told a crowded hall at a hotel | that the pier would fall"."""
    found = _AUDIENCE.match(s.tags, first)
    return found.end() - 1 if found else 0


def alluded(reading: Reading, first: int, frames: AbstractSet[str]) -> bool:
    """Tell whether what is spoken to or of holds marks: "referred to | the board as “asleep”"."""
    s = reading.s
    return (
        first < len(s.tags)
        and "to?" in frames
        and "Q" in s.tags[first : content.end_of_phrase(s, first, reading.words)]
    )


def past_relative(s: Sentence, relative: int, limit: int, frames: AbstractSet[str]) -> int:
    """Return where content begins after a relative clause of who is told: "told a man who asked | that it fell"."""
    goal = _TOLD.search(s.tags, relative + 2, limit)
    known = goal is not None and (goal[0] in "Tw" or s.tags[relative - 1] == "P")
    if goal is not None and known and s.tags.find(";", relative, goal.start()) < 0:
        return goal.start()
    asks = "wh" in frames and "bare" not in frames
    return relative if asks else s.tags.find(",", relative, limit)


def later_that(s: Sentence, index: int, start: int, words: Words) -> int:
    """Return the "that" after an adjunct or people, with no clause before it, or 0: "promised the voters | that"."""
    that = s.tags.find("T", index, index + _FAR)
    if that <= 0 or not _CLAUSE_OF_ITS_OWN.isdisjoint(s.tags[index:that]):
        return 0
    return that if index > start or someone(s, index, that, words) else 0


def denied(s: Sentence, start: int) -> bool:
    """Tell whether the verb before a token is denied, so that "when" is what nobody says: "did not say when"."""
    endings = tuple(s.lists["negated_endings"])
    before = s.words[max(start - 4, 0) : start]
    return any(word in s.lists["negation"] or word.endswith(endings) for word in before)


def way(s: Sentence, index: int) -> int:
    """Return how many tokens say how it is put, up to a colon, or 0: "put it this way:"."""
    return max(s.tags.find(":", index, index + 4) - index, 0)


def dated(s: Sentence, index: int) -> int:
    """Return how many tokens say when, or 0: "late Tuesday", "Dec. 31", "two days ago", "the previous week"."""
    lists, tags = s.lists, s.tags
    words = [*s.words[index : index + _WHEN], "", "", ""]
    if words[0] in lists["months"] and tags[index + 1 : index + 2] == "#":
        return 2
    first = int(words[0] in lists["day_parts"])
    noun, leads = first, 0
    while noun < _WHEN and (words[noun] in lists["time_leads"] or tags[index + noun : index + noun + 1] in {"d", "#"}):
        leads += words[noun] in lists["time_leads"]
        noun += 1
    is_day, unit = tags[index + noun : index + noun + 1] == "D", words[noun] in lists["time_nouns"]
    if (is_day or unit or words[noun] in lists["units"]) and words[noun + 1] in lists["since"]:
        return noun + 1 + (tags[index + noun + 1] != "i")
    goes_on = tags[index + noun + 1 : index + noun + 2] in {"a", "v", "z"}
    told = (unit and (leads or noun == first)) or (is_day and noun) or (leads and words[noun] in lists["units"])
    return noun + 1 if told and not goes_on else 0


def counts(s: Sentence, index: int) -> bool:
    """Tell whether a number follows a preposition: "said | at least forty had left", "said | about half were lost"."""
    word, after = s.words[index], s.words[index + 1] if index + 1 < len(s.words) else ""
    is_number = s.tags[index + 1 : index + 2] == "#" or after in s.lists["quantities"]
    return after in s.lists["bounds"] or (word in s.lists["topic"] and is_number)


def measured(s: Sentence, index: int, frames: AbstractSet[str]) -> int:
    """Return where "about" follows how much is said, or 0: "talked more | about it", "said nothing | about it"."""
    about = index + 1 + (s.tags[index + 1 : index + 2] == "r")
    if s.words[index] not in s.lists["degree"] or s.tags[about : about + 1] != "i":
        return 0
    return about if s.words[about] in frames and s.words[about] in s.lists["topic"] else 0


def noun(reading: Reading, cue: Cue, index: int, *, whom: bool) -> tuple[int, str] | None:
    """Read a noun phrase after a cue: the start of a clause that is content, a name, content itself, or nothing."""
    s = reading.s
    frames = cue.frames
    if s.words[index] in s.lists["anaphors"] and s.tags[index + 1 : index + 2] in {"i", "D"}:
        return None
    stop = stops.end(s, index, reading.words)
    may_be_bare = "bare" in frames or ("bare?" in frames and "Q" in s.tags[index:stop])
    if may_be_bare and not whom and clauses.bare(s, cue, index, stop):
        return index, "bare"
    if whom:
        return None
    if "naming" in frames:
        return index, "naming"
    asks = "naming?" in frames or "np?" in frames
    quoted = asks and "Q" in s.tags[index : content.end_of_phrase(s, index, reading.words)]
    if "naming?" in frames and quoted:
        return index, "naming"
    if _names_medium(s, index, stop):
        return None
    counted = "np#" in frames and any(_SUM.match(word) for word in s.words[index : index + _NEAR])
    if (
        "np" in frames
        or counted
        or ("np?" in frames and quoted)
        or ("charge" in frames and charged(s, index, reading.words))
    ):
        return index, "np"
    if cue.after and not cue.after.isdisjoint(s.words[index + 1 : content.end_of_phrase(s, index, reading.words)]):
        return index, "np"
    if "to" in frames:
        to = s.tags.find("t", index, stop)
        return (index, "to") if to > 0 and infinitive(s, to, reading.words) else None
    return None


def sided(s: Sentence, index: int, frames: AbstractSet[str]) -> bool:
    """Tell whether a topic follows that somebody is for: "spoke in favour of | the plan", of verbs with "against"."""
    takes = not s.lists["sides"].isdisjoint(s.words[index + 1 : index + 2]) and not frames.isdisjoint(
        s.lists["opposed"]
    )
    return takes and s.tags[index + 2 : index + 3] == "i"


def _names_medium(s: Sentence, index: int, stop: int) -> bool:
    """Tell whether a participle tells what somebody says in what they wrote: "posted a message | saying"."""
    last = subjects.rightwards(s, index, stop)
    return s.tags[last - 1 : last + 1] in {"nG", "NG"} and s.tags[last + 1 : last + 2] not in {"", ",", ".", "i"}


def answered(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether another's words are what somebody responds to, and no alarm: not "a report of a fire"."""
    alarm = next((i for i in range(index, min(index + _NEAR, len(s.words))) if s.words[i] in s.lists["alarms"]), -1)
    raised = alarm >= 0 and s.tags[alarm + 1 : alarm + 2] not in {"T", "t"} and s.tags[alarm - 1] != "H"
    return not raised and charged(s, index, words)


def charged(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether a charge or another's words are named: "denied the charges", "dismissed claims that it fell"."""
    near = s.words[index : index + _NEAR]
    named = not s.lists["charges"].isdisjoint(near) or not words.nouns.keys().isdisjoint(near)
    return named or not s.lists["any"].isdisjoint(near[:1])
