"""What content begins with: "to" and a verb, or a noun phrase that is a clause, a name or the whole of it."""

from __future__ import annotations

from onrecord.extract import clauses, content, stops
from onrecord.extract.drafts import Reading
from onrecord.extract.tokens import Sentence
from onrecord.extract.words import Cue, Words


def infinitive(s: Sentence, to: int, words: Words) -> bool:
    """Tell whether a verb follows "to": a form that may be one, or an unknown word with what a verb governs."""
    verb, after = s.tags[to + 1 : to + 2], s.tags[to + 2 : to + 3]
    if verb != "n":
        return verb in {"y", "Y", "a", "r", "v", "V"}
    return after in {"d", "H", "o", "P"} or (
        after in {"r", "N", "#", "n", "i"} and not words.is_plural(s.words[to + 1])
    )


def noun(reading: Reading, cue: Cue, index: int, *, whom: bool) -> tuple[int, str] | None:
    """Read a noun phrase after a cue: the start of a clause that is content, a name, content itself, or nothing."""
    s = reading.s
    frames = cue.frames
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
    if "np" in frames or ("np?" in frames and quoted):
        return index, "np"
    if "to" in frames and "t" in s.tags[index:stop]:
        return index, "to"
    return None
