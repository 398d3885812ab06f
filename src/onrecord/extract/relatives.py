"""Relative clauses that quote: "what Moss called a ruin", "a plan that she says failed", where a part stands first."""

from __future__ import annotations

from onrecord.extract.tokens import Sentence, Tokens
from onrecord.extract.words import Cue

_VERBS = frozenset("avzyYZVe")


def gap(s: Sentence, cue: Cue, subject: int, opening: tuple[int, str]) -> Tokens | None:
    """Return the words before the subject that stand for a part of what it says; None where the rest is whole.

    `opening` is where the rest begins, and the form of the complement, as `complements.opening` names it.
    """
    start, form = opening
    if subject == 0 or not _wants(s, cue, start, form):
        return None
    stands = s.tags[subject - 1] == "W" or s.words[subject - 1] in s.lists["what"]
    return (subject - 1, subject) if stands else None


def _wants(s: Sentence, cue: Cue, start: int, form: str) -> bool:
    """Tell whether a complement lacks its subject or its object: "said was lost", "called "a ruin"", "described as"."""
    if form == "bare":
        return s.tags[start] in _VERBS
    if form == "np":
        return s.words[start] in s.lists["as"]
    return form in {"naming", "quote"} and "naming" in cue.frames and s.tags[start] not in "oP"
