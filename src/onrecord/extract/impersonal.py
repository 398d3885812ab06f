"""Content that is given to nobody: passives, and "reportedly"."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import clauses, complements, content, embedded, inversion, sources, stops, subjects
from onrecord.extract.drafts import Draft, Reading, cue_at
from onrecord.extract.tokens import Sentence, Tokens
from onrecord.extract.words import Cue

_CALLED: Final = frozenset({"quote", "np", "naming"})
_NAMING: Final = frozenset({"naming", "naming?", "np", "np?", "as", "passive"})
_MARKED: Final = re.compile("[ds]?d?[nNe]{0,2}Q")
_ASKED: Final = frozenset({"wh", "topic", "that", "bare", "inf"})
_VERBS: Final = frozenset("avzeVZg")


def passive(reading: Reading, cue: Cue, verb: Tokens) -> None:
    """Read "was asked whether CONTENT": nobody is named unless "by" follows."""
    s = reading.s
    source, start = _agent(reading, cue, verb[1])
    if source and _reported(reading, cue, source, verb):
        return
    found = _named(reading, cue, start) or complements.opening(reading, cue, start, passive=True)
    if found is not None and _undergone(reading, cue, found, source, verb):
        return
    if found is None or not _told(cue, found, start):
        if (source or "passive" in cue.frames) and _made_known(reading, cue, verb):
            _subject(reading, source, verb)
        return
    if reading.inside(verb[0]):
        return
    pieces = content.pieces(reading, *found)
    subject = sources.before(s, verb[0], 0)
    if pieces and embedded.subordinate(s, subject[0] if subject else verb[0]):
        pieces = [embedded.before_main(s, pieces[0])]
    if pieces and reading.free(*pieces[0]):
        reading.add(Draft(source, verb, pieces, f"passive-{found[1]}"))


def _named(reading: Reading, cue: Cue, start: int) -> complements.Opening | None:
    """Return where what somebody is called in marks begins: "described by Moss | as “rude”"."""
    s = reading.s
    fits = s.words[start : start + 1] and s.words[start] in s.lists["as"] and not _NAMING.isdisjoint(cue.frames)
    return (start, "np") if fits and _MARKED.match(s.tags, start + 1) else None


def _told(cue: Cue, found: complements.Opening, start: int) -> bool:
    """Tell whether what follows is told in the passive: a clause to somebody, or what a cue leads after a colon."""
    if found[1] == "bare":
        return "whom" in cue.frames and found[0] == start
    if found[1] in {"np", "naming"}:
        return False
    return found[1] != "colon" or not cue.frames.isdisjoint({"quote", "quote?"})


def _subject(reading: Reading, source: Tokens | None, verb: Tokens) -> None:
    """Read "CONTENT was first reported by SOURCE" and "CONTENT was announced on Monday"."""
    subject = sources.before(reading.s, verb[0], reading.floor(verb[0]))
    if subject is not None and reading.free(*subject):
        reading.add(Draft(source, verb, [subject], "passive-subject"))


def _made_known(reading: Reading, cue: Cue, verb: Tokens) -> bool:
    """Tell whether a passive with its agent tells who said what its subject names: "was first reported by Moss"."""
    s = reading.s
    is_passive = any(s.words[i] in reading.words.be for i in range(*verb))
    apposed = s.tags[: verb[0]].rstrip("r").endswith((",", "-"))
    return (is_passive or apposed) and "agent" in cue.frames and not reading.inside(verb[0])


def _undergone(reading: Reading, cue: Cue, found: complements.Opening, source: Tokens | None, verb: Tokens) -> bool:
    """Read "PART was called PART" and "PART is accused of PART": the subject is part of what is said."""
    s = reading.s
    start, form = found
    marked = form in _CALLED and not _NAMING.isdisjoint(cue.frames) and _MARKED.match(s.tags, start) is not None
    whole = form in {"that", "wh"} or ("naming" in cue.frames and form in {"topic", "inf"})
    whole = whole or (form == "bare" and start != verb[1])
    be = any(s.words[i] in reading.words.be for i in range(*verb))
    if whole or not (marked or ("passive" in cue.frames and be)):
        return False
    subject = (_whatever(s, verb[0]) if marked else None) or sources.before(s, verb[0], reading.floor(verb[0]))
    relative = subject is not None and s.tags[subject[0]] in "WT"
    if subject is None or (relative and not marked) or reading.inside(verb[0]):
        return False
    pieces = content.pieces(reading, start, "np" if marked else form)
    if not pieces or not reading.free(*pieces[0]):
        return False
    first, last = pieces[0]
    agent = next((i for i in range(first + 1, last) if s.words[i] in s.lists["by"]), last)
    if source is None and agent < last:
        by = inversion.after(s, agent + 1, s.lists["inner"])
        if s.tags[agent - 1] == "Q" or (s.words[first] in s.lists["as"] and by is not None and by[1] >= last):
            source, pieces[0] = by, (first, agent)
    whole = be and (source is not None or not relative)
    reading.add(Draft(source, verb, [subject, *pieces] if whole else pieces, f"passive-{form}"))
    return True


def _whatever(s: Sentence, verb: int) -> Tokens | None:
    """Return the "what" that a passive leaves unnamed: "what | was called a ruin"."""
    return (verb - 1, verb) if verb > 0 and s.words[verb - 1] in s.lists["what"] else None


def _reported(reading: Reading, cue: Cue, source: Tokens, verb: Tokens) -> bool:
    """Read "As reported by SOURCE, CONTENT" at the start of a sentence."""
    s = reading.s
    place, comma = verb[0] - 1, source[1]
    opens = place == 0 or (place == 1 and s.tags[0] in "&b")
    if not opens or s.words[place] not in s.lists["as"] or "that" not in cue.frames or s.tags[comma : comma + 1] != ",":
        return False
    pieces = content.pieces(reading, comma + 1, "bare")
    if pieces and reading.free(*pieces[0]):
        reading.add(Draft(source, verb, pieces, "as-subject-verb"))
    return True


def asked(reading: Reading, index: int, *, inserted: bool = False) -> bool:
    """Read "Asked whether CONTENT, ..." at the start of a sentence, or inserted: "Moss, asked whether CONTENT, ..."."""
    s = reading.s
    found = cue_at(s, index, reading.words)
    if (index and s.tags[0] != "s" and not inserted) or found is None or not found[0].frames & {"wh", "whom"}:
        return False
    source, start = _agent(reading, *found)
    opened = complements.opening(reading, found[0], start, passive=True)
    if opened is not None and opened[1] == "quote" and opened[0] == 1:
        reading.add(Draft(source, (index, found[1]), [(1, 2)], "passive-asked"))
        return True
    if opened is None or opened[1] not in _ASKED:
        return False
    if opened[1] == "bare" and opened[0] > start and not index:
        return False
    close = s.tags.find(",", opened[0]) if inserted else len(s.tags)
    last = min(stops.end(s, opened[0], reading.words), clauses.next_clause(s, opened[0]), close)
    if last > opened[0]:
        reading.add(Draft(source, (index, found[1]), [(opened[0], last)], "passive-asked"))
    return True


def _agent(reading: Reading, cue: Cue, start: int) -> tuple[Tokens | None, int]:
    """Return who asks or says it in the passive, "asked by Moss", or None, and the token after."""
    s = reading.s
    if s.words[start : start + 1] and s.words[start] in s.lists["by"]:
        source = inversion.after(s, start + 1, frozenset(s.lists["inner"] - cue.frames))
        if source is not None:
            last = _employed(s, source[1])
            return (source[0], last), last
    return None, start


def _employed(s: Sentence, last: int) -> int:
    """Return where a person ends with whom they work for: "a reporter | for the Post whether"."""
    if s.tags[last : last + 1] != "i" or s.words[last] not in s.lists["inner"]:
        return last
    close = subjects.rightwards(s, last + 1, len(s.tags))
    asks = s.tags[close : close + 1] == "w" or (close < len(s.tags) and s.words[close] in s.lists["if"])
    return close if asks else last


def reportedly(reading: Reading, index: int) -> None:
    """Read "CONTENT has reportedly CONTENT": a report of nobody in particular."""
    s = reading.s
    floor = reading.floor(index)
    stop = stops.end(s, index, reading.words)
    if reading.inside(index):
        return
    if index == 0 and s.tags[1:2] == ",":
        reading.add(Draft(None, (0, 1), [(2, stop)], "reportedly: nobody is named"))
    if index == 0 or not (
        s.tags[index - 1] == "a" or (s.tags[index - 1] in "nNz" and s.tags[index + 1 : index + 2] in _VERBS)
    ):
        return
    group = sources.group(s, index)
    subject = sources.before(s, group, floor)
    shared = sources.coordinate(s, group) if subject is None and s.tags[group - 1] in "&b" else None
    if subject is None and shared is None:
        return
    parts = ((subject[0], index),) if subject else (shared or (0, 0), (group, index))
    pieces = [(first, last) for first, last in (*parts, (index + 1, stop)) if first < last]
    if pieces:
        reading.add(Draft(None, (index, index + 1), pieces, "reportedly: nobody is named"))
