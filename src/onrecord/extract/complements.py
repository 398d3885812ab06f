"""What follows a reporting word: where its content begins, across addressee and adjuncts, and what it is."""

from __future__ import annotations

from onrecord.extract import clauses, content, subjects
from onrecord.extract.drafts import Reading
from onrecord.extract.tokens import Sentence
from onrecord.extract.words import Cue

ADJUNCT = 16
"""Tokens that may stand between a cue and its content: "said on Tuesday in an interview with ... that"."""


def opening(reading: Reading, cue: Cue, index: int, *, relative: bool = False) -> tuple[int, str] | None:
    """Return where the content after a cue begins and what it is, across addressee and adjuncts."""
    s = reading.s
    tags = s.tags
    frames = cue.frames
    start = index
    whom, addressed = "whom" in frames, False
    limit = min(len(tags), index + ADJUNCT)
    while index < limit:
        tag = tags[index]
        if tag == ":":
            return (index + 1, "colon") if index + 1 < len(tags) else None
        if tag == "Q":
            return index, "quote"
        if tag == "T" and "naming" in frames and "that" not in frames:
            return index, "naming"
        if tag == "T":
            if "that" in frames:
                return index, "that"
            return (index, "np") if "np" in frames and index == start else None
        if tag == ",":
            step = index + 1
            if step >= len(tags):
                return None
            if tags[step] == "Q":
                return step, "quote"
            if tags[step] == "T" and "that" in frames:
                return step, "that"
            that = tags.find("T", step, step + 10)
            if that > 0 and "that" in frames and not any(t in "vVZapk" for t in tags[step:that]):
                return that, "that"
            if (
                (index > start or addressed)
                and "bare" in frames
                and tags[step] in "NndpkPH"
                and clauses.has_verb(s, step, len(tags))
            ):
                return step, "bare"
            close = tags.find(",", step, step + 12)
            if (
                close > 0
                and index > start
                and tags[close + 1 : close + 2] in {"T", "Q"}
                and not any(t in "vVZa" for t in tags[step:close])
            ):
                index = close
                continue
            if close > 0 and tags[step] in "isgrdD" and tags[close + 1 : close + 2] in {"T", "Q"}:
                index = close
                continue
            if (
                close > 0
                and tags[step] in "isgr"
                and "bare" in frames
                and index == start
                and close + 1 < len(tags)
                and clauses.has_verb(s, close + 1, len(tags))
            ):
                return close + 1, "bare"
            return None
        if (
            tag in "w"
            or (tag == "s" and s.words[index] == "if" and "strong" not in frames)
            or (tag == "W" and not whom and index > 0)
        ):
            if "naming" in frames and tag == "w":
                return index, "naming"
            return (
                (index, "wh")
                if "wh" in frames or ("that" in frames and (tag == "w" or tags[index + 1 : index + 2] == "p"))
                else None
            )
        if tag == "t":
            if index + 1 < len(tags) and tags[index + 1] in "yYar":
                return (index, "inf") if "inf" in frames else None
            if "to" in frames and index == start and "inf" not in frames:
                return index + 1, "topic"
            index = start = max(person(s, index + 1, limit), index + 1)
        elif tag in "rD":
            start += tag == "r" and index == start
            index += 1
        elif tag == "d" and tags[index + 1 : index + 2] == "D":
            index += 2
        elif (
            tag == "s"
            and index == start
            and "strong" in frames
            and s.words[index] in reading.words.lists["conditional"]
        ):
            return index, "bare"
        elif tag == "s" and s.words[index] in reading.words.lists["as"] and tags[index + 1 : index + 2] in {"d", "n"}:
            index = phrase(s, index, limit)
        elif tag == "s" and index + 1 < len(tags) and tags[index + 1] in "pgN":
            close = tags.find(",", index, limit)
            if close < 0:
                return None
            index = close
        elif tag == "i":
            if index == start and (
                s.words[index] in frames or (s.words[index] + "?" in frames and "Q" in tags[index : index + 12])
            ):
                return index + 1, "topic"
            index = phrase(s, index, limit)
        elif tag == "o" and whom:
            index += 1
            whom = False
        elif tag in "NndH#PpokegWG":
            that = tags.find("T", index, index + 8)
            if index > start and that > 0 and "that" in frames and not any(t in "vVZzaYpk" for t in tags[index:that]):
                return that, "that"
            kind = _noun_complement(reading, cue, index, whom=whom)
            if kind is None and whom:
                step = person(s, index, limit)
                if step < limit and tags[step] == "W":
                    step = max(tags.find(",", step, limit), step)
                if step > index:
                    index, start, whom, addressed = step, step, False, True
                    if index < limit and tags[index] in "pk" and "bare" in frames:
                        return index, "bare"
                    continue
            return kind
        elif tag in "avzyY" and index == start and "bare" in frames and relative:
            return index, "bare"
        elif tag in "zZyYv" and "bare" in frames and tags[index + 1 : index + 2] not in {"d", "o", ""}:
            return _noun_complement(reading, cue, index, whom=False)
        else:
            return None
    return None


def person(s: Sentence, index: int, limit: int) -> int:
    """Return where an addressee ends: "a crowd in Miami", "host Sean Hannity"."""
    tags = s.tags
    first = index
    while index < limit:
        tag = tags[index]
        inner = tag in "NnH#eoM)(" or (tag in "yYzZ" and index > first and tags[index - 1] in "dHnNe#")
        plural = index > first and tag == "N" and tags[index - 1] == "n" and s.words[index - 1].endswith("s")
        if (inner and not plural) or (tag in "dPq" and (index == first or tags[index - 1] in "i&")):
            index += 1
        elif tag in "i&" and index > first and tags[index + 1 : index + 2] in {"N", "n", "d", "H", "#"}:
            index += 1
        else:
            break
    return index


def phrase(s: Sentence, index: int, limit: int) -> int:
    """Return where a prepositional phrase ends: its noun phrase, without a clause that follows."""
    tags = s.tags
    index += 1
    start = index
    while index < limit:
        tag = tags[index]
        if (
            tag in "NnHD#"
            or (tag == "d" and (index == start or tags[index - 1] in "id"))
            or (tag in "eMgr" and (tag == "g" or (index + 1 < limit and tags[index + 1] in "NnDyYzZ")))
        ):
            if tag == "N" and index > start and tags[index - 1] in "nD#":
                break
            index += 1
        elif tag == "i" or (tag == "&" and index + 1 < limit and tags[index + 1] in "NnD"):
            index += 1
        elif tag in "yYzZ" and index > start and tags[index - 1] in "dHn#Negr":
            index += 1
        elif tag in "oPyY" and index == start:
            index += 1
        else:
            break
    return max(index, start)


def _noun_complement(reading: Reading, cue: Cue, index: int, *, whom: bool) -> tuple[int, str] | None:
    s = reading.s
    frames = cue.frames
    stop = content.end(s, index, reading.words)
    if "bare" in frames and not whom and _bare(s, cue, index, stop):
        return index, "bare"
    if whom:
        return None
    if "naming" in frames:
        return index, "naming"
    quoted = "Q" in s.tags[index : content.end_of_phrase(s, index, reading.words)]
    if "naming?" in frames and quoted:
        return index, "naming"
    if "np" in frames or ("np?" in frames and quoted):
        return index, "np"
    if "to" in frames and "t" in s.tags[index:stop]:
        return index, "to"
    return None


def _bare(s: Sentence, cue: Cue, index: int, stop: int) -> bool:
    """Tell whether a clause without "that" begins here: its verb must come before any comma, unless "said" leads it."""
    if "strong" in cue.frames:
        return stop > index + 3 or clauses.is_clause(s, index, stop)
    tags = s.tags
    noun = subjects.rightwards(s, index, stop)
    if index < noun < stop and tags[noun] == "," and tags[noun + 1 : noun + 2] in {"W", "d", "#", "i"}:
        noun = tags.find(",", noun + 1, stop) + 1
        if noun and tags[noun : noun + 1] in {"a", "v", "z", "V", "Z", "Q", "e"}:
            return True
    comma = s.tags.find(",", index, stop)
    while 0 < comma and s.tags[comma + 1 : comma + 2] in {"W", "d", "#"}:
        comma = s.tags.find(",", comma + 1, stop)
    return clauses.is_clause(s, index, stop if comma < 0 else comma, quoted=cue.count >= clauses.COMMON)
