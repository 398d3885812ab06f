"""Relative clauses that quote: "what Moss called a ruin", "a plan that she says failed", where a part stands first."""

from __future__ import annotations

from typing import Final

from onrecord.extract.tokens import Sentence, Tokens
from onrecord.extract.words import Cue

_NAMED: Final = frozenset({"Qa", "Qv", "Qz"})
_VERBS: Final = frozenset("avzyYZVe")


def gap(s: Sentence, cue: Cue, subject: int, opening: tuple[int, str]) -> Tokens | None:
    """Return the words before the subject that stand for a part of what it says; None where the rest is whole.

    `opening` is where the rest begins, and the form of the complement, as `complements.opening` names it.
    """
    start, form = opening
    place = before(s, subject)
    if place < 0 or s.words[place] in s.lists["relative_owner"]:
        return None
    lacking = _lacks(s, cue, start, form)
    if lacking and form == "bare" and s.tags[place] in "nNyz" and place == subject - 1:
        return _noun(s, place), place + 1
    governed = place > 0 and s.tags[place - 1] == "i"
    relative = s.tags[place] == "W" and (lacking or form == "bare") and not governed
    named = lacking and (s.words[place] in s.lists["what"] or (s.tags[place] == "T" and form == "bare"))
    return (place, place + 1) if relative or named else None


def filled(s: Sentence, gap: Tokens, pieces: list[Tokens]) -> list[Tokens]:
    """Put the words before the subject in front of content, or leave out both they and a copula that begins a sentence.

    "What Moss said would work is new" has "what" and "would work", but "What Moss said was that it fell" only "that it
    fell", and "What Moss did not say is who paid" nothing.
    """
    first, last = pieces[0]
    cleft = s.words[gap[0]] in s.lists["what"] and gap[0] == s.lead and s.tags[first] == "a"
    after = s.tags[first + 1 : first + 2]
    if cleft and after == "T":
        return [(first + 1, last), *pieces[1:]]
    return [] if cleft and after in {"w", "W"} else [gap, *pieces]


def contact(s: Sentence, subject: Tokens, after: int) -> Tokens:
    """Return the subject alone, without a noun that it follows and explains: "a plan | Moss | said failed".

    `after` is the token after the cue, a verb that has no subject of its own.
    """
    first, last = subject
    if s.tags[after : after + 1] not in {"a", "v", "z"} and s.tags[after : after + 2] not in _NAMED:
        return subject
    split = last
    while split > first and s.tags[split - 1] == "N":
        split -= 1
    if split == last:
        split = max(s.tags.rfind("d", first + 1, last - 1), first)
    return (split, last) if first < split and s.tags[split - 1] in "nyz" else subject


def _noun(s: Sentence, last: int) -> int:
    """Return where the noun phrase that ends with a token begins."""
    while last > 0 and s.tags[last - 1] in "nNeH#d" and s.tags[last] != "d":
        last -= 1
    return last


def before(s: Sentence, subject: int) -> int:
    """Return the token before a subject and the adverbs that stand with it: "which | even critics say"."""
    place = subject - 1
    while place > 0 and s.tags[place] == "r":
        place -= 1
    return place


def _lacks(s: Sentence, cue: Cue, start: int, form: str) -> bool:
    """Tell whether a complement lacks its subject or its object: "said was lost", "called "a ruin"", "described as"."""
    if form == "bare":
        return s.tags[start] in _VERBS
    if form == "np":
        return s.words[start] in s.lists["as"]
    return form in {"naming", "quote"} and "naming" in cue.frames and s.tags[start] not in "oP"
