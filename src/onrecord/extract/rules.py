"""The rules, in the order in which they decide: which words of a sentence are said, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.extract import content, sources
from onrecord.extract.tokens import Sentence
from onrecord.extract.sources import Tokens
from onrecord.extract.words import Cue, Words

ADJUNCT = 16
"""Tokens that may stand between a cue and its content: "said on Tuesday in an interview with ... that"."""

_VERB = re.compile("[VZY]")
_CUE = re.compile("[VZYGAR]|[nyz](?=[T:])")
FRAGMENT = 30
"""Characters from which a quotation after any verb is taken for something said."""
ENDED = frozenset("\ue002\ue003\ue004\ue005")
COMMA = "\ue004"
LISTED = frozenset({"&Q", "&T", "bQ", "bT"})
STOPPED = frozenset("\ue002\ue003")
WEAK = frozenset({"np", "topic", "naming", "to", "inf", "wh"})
"""Complements that are content only where the cue itself is asserted, not inside another's words."""


@dataclass(slots=True, eq=False)
class Draft:
    """A statement in tokens of its sentence."""

    source: Tokens | None
    cue: Tokens
    content: list[Tokens]
    method: str
    inherits: Draft | None = None


@dataclass(slots=True, eq=False)
class Reading:
    """One sentence being read: what has been found, and which quotations are spoken for."""

    s: Sentence
    words: Words
    drafts: list[Draft] = field(default_factory=list)
    owned: set[int] = field(default_factory=set)

    def add(self, draft: Draft) -> None:
        """Keep a statement and claim its quotations."""
        self.drafts.append(draft)
        for first, last in draft.content:
            self.owned.update(i for i in range(first, last) if self.s.tags[i] == "Q")

    def floor(self, index: int) -> int:
        """Return the token where the clause that holds `index` may begin."""
        floor = 0
        for draft in self.drafts:
            for first, last in [*draft.content, draft.cue]:
                if first <= index < last:
                    floor = max(floor, first)
                elif last <= index and self.s.tags[last : last + 1] in ",&b;-:Q":
                    floor = max(floor, last)
        return floor

    def inside(self, index: int) -> bool:
        """Tell whether a token is part of what somebody says."""
        return any(first <= index < last for draft in self.drafts for first, last in draft.content)

    def free(self, first: int, last: int) -> bool:
        """Tell whether no quotation in a range is spoken for."""
        return self.owned.isdisjoint(range(first, last))


def read(s: Sentence, words: Words) -> Reading:
    """Read every statement whose cue stands in a sentence."""
    reading = Reading(s, words)
    for found in _VERB.finditer(s.tags, 1):
        if _is_verb(s, found.start(), words):
            _after_content(reading, found.start())
    for found in _CUE.finditer(s.tags):
        index, tag = found.start(), found[0]
        if any(draft.cue[0] <= index < draft.cue[1] for draft in reading.drafts):
            continue
        if tag == "V" and index < 2 and _asked(reading, index):
            continue
        if tag in "VZY" and _is_verb(s, index, words):
            _finite(reading, index)
        elif tag == "G" and _is_participle(s, index, words):
            _participle(reading, index)
        elif tag in "nyzYZ" and s.words[index] in words.lists["nominal"]:
            _nominal(reading, index)
        elif tag == "A":
            _according(reading, index)
        elif tag == "R":
            _reportedly(reading, index)
    if "Q" in s.tags and not reading.owned.issuperset(s.regions):
        _adjacent(reading)
        _colon(reading)
        _fragment(reading)
    return reading


def _is_verb(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether a reporting word is a finite verb where it stands, or an infinitive."""
    tags = s.tags
    before = tags[index - 1] if index else "."
    if tags[index] == "V" and before in "#igeM" and tags[index + 1 : index + 2] in {"n", "N"}:
        return "strong" in words.cues[s.words[index]].frames if s.words[index] in words.cues else False
    if s.words[index] in words.lists["rarely_verb"] and before not in "pW" and tags[index + 1 : index + 2] not in {"Q", ":"}:
        return False
    if tags[index] == "V" or s.words[index] not in words.lists["noun_too"]:
        return before not in "dH"
    if (s.words[index], s.words[index + 1] if index + 1 < len(s.words) else "") in words.phrases:
        return before not in "dH"
    if tags[index] == "Z":
        leads = tags[index + 1 : index + 2] == "i" and s.words[index + 1] in words.cues[s.words[index]].frames and before in "NpW"
        return before in "NnpWrPk),Q-.#oTD" and (leads or tags[index + 1 : index + 2] not in {"i", "v", "a"})
    if before in "atpW":
        return True
    if before in "rD":
        return index > 1 and tags[index - 2] in "atpWnNP"
    if before == "P":
        return tags[index + 1 : index + 2] not in {"n", "N"}
    plural = s.words[index - 1] in words.lists["plural"] or s.words[index - 1].endswith("s") and not s.words[index - 1].endswith(("ous", "ss", "us", "is"))
    return (before in "nN" and plural and tags[index + 1 : index + 2] not in {"n", "i"}) or (before == ")" and index > 2)


def _is_participle(s: Sentence, index: int, words: Words) -> bool:
    """Tell whether an -ing form of a reporting word is no noun: not "his stern warning", "a writing teacher"."""
    tags = s.tags
    if index == 0:
        return True
    if tags[index - 1] in "dH" or (s.words[index] in words.lists["nominal"] and tags[index - 1] in "ne"):
        return False
    return not (tags[index - 1] in "nN" and tags[index + 1 : index + 2] == "n")


def _cue(s: Sentence, index: int, words: Words) -> tuple[Cue, int] | None:
    following = s.words[index + 1] if index + 1 < len(s.words) else ""
    cue = words.cue(s.words[index], following)
    return None if cue is None else (cue, index + 1 + (cue.particle is not None))


def _after_content(reading: Reading, index: int) -> None:
    """Read a cue that follows its content, or stands inside it: these decide before all others."""
    s, words = reading.s, reading.words
    found = _cue(s, index, words)
    if found is None:
        return
    cue, stop = found
    first = sources.group(s, index)
    floor = min(reading.floor(index), first)
    if _inverted(reading, cue, first, stop, floor):
        return
    subject = sources.before(s, first, floor)
    if subject is None or _reduced(s, cue, subject, first, floor) or _passive(s, first, index, words):
        return
    if not _as(reading, cue, subject, (first, stop), floor):
        _postposed(reading, cue, subject, (first, stop), floor)


def _finite(reading: Reading, index: int) -> None:
    s, words = reading.s, reading.words
    found = _cue(s, index, words)
    if found is None:
        return
    cue, stop = found
    first = sources.group(s, index)
    floor = min(reading.floor(index), first)
    subject = sources.before(s, first, floor)
    if subject is None:
        subject = _shared(reading, first)
        if subject is None:
            if "wh" in cue.frames and first > 0 and s.tags[first - 1] == "s":
                _passive_complement(reading, cue, (first, stop))
            return
    elif _reduced(s, cue, subject, first, floor):
        return
    if _passive(s, first, index, words):
        _passive_complement(reading, cue, (first, stop))
        return
    _complement(reading, cue, subject, (first, stop))


def _passive(s: Sentence, first: int, index: int, words: Words) -> bool:
    if s.words[index + 1 : index + 2] == ["by"]:
        return True
    return s.tags[index] == "V" and any(s.words[i] in words.be for i in range(first, index))


def _passive_complement(reading: Reading, cue: Cue, verb: Tokens) -> None:
    """Read "was asked whether CONTENT": nobody is named unless "by" follows."""
    s, words = reading.s, reading.words
    start, source = verb[1], None
    if s.words[start : start + 1] and s.words[start] in words.lists["by"]:
        source = sources.after(s, start + 1, words.lists["inner"])
        start = source[1] if source else start
    found = _open_complement(reading, cue, start)
    if found is None or found[1] in {"np", "naming", "bare"}:
        return
    pieces = _content(reading, *found)
    if pieces and verb[0] > 0 and s.tags[verb[0] - 1] == "s":
        stop = _next_clause(s, pieces[0][0])
        pieces = [(pieces[0][0], max(min(pieces[0][1], stop), pieces[0][0] + 1))]
    if pieces and reading.free(*pieces[0]):
        reading.add(Draft(source, verb, pieces, f"passive-{found[1]}"))


def _as(reading: Reading, cue: Cue, subject: Tokens, verb: Tokens, floor: int) -> bool:
    """Read "As SUBJECT noted, CONTENT" and "CONTENT, as SUBJECT noted"."""
    s, words = reading.s, reading.words
    tags = s.tags
    place = subject[0] - 1
    if tags[verb[1] : verb[1] + 1] not in {"", ",", ".", "i", "D", "r", ";", "-"} and not cue.frames & {"whom"}:
        return False
    if place < 0 or s.words[place] not in words.lists["as"] or not cue.frames & {"that", "quote"}:
        return False
    if place <= floor or (place == 1 and tags[0] in "b&") or tags[place - 1] in "&b":
        comma = tags.find(",", verb[1], verb[1] + 14)
        if comma < 0 or any(t in "vVaZT" for t in tags[verb[1] : comma]):
            return False
        pieces = _content(reading, comma + 1, "quote" if tags[comma + 1 : comma + 2] == "Q" else "bare")
    else:
        found = _open_complement(reading, cue, verb[1])
        left = place - (tags[place - 1] == ",")
        if found is not None or left <= floor:
            return False
        said = _prior(reading, left, floor)
        pieces = [said] if said else []
    if not pieces or not reading.free(*pieces[0]):
        return False
    reading.add(Draft(subject, verb, pieces, "as-subject-verb"))
    return True


def _reduced(s: Sentence, cue: Cue, subject: Tokens, first: int, floor: int) -> bool:
    """Tell whether a past form is a participle after its noun: "including a firm called X"."""
    tags = s.tags
    if tags[first] == "V" and "naming" in cue.frames and tags[first - 1] == "n" and tags[first + 1 : first + 2] in {"N", "Q"}:
        return True
    return (
        tags[first] == "V"
        and "that" not in cue.frames
        and subject[0] > floor
        and tags[subject[0]] in "dnH"
        and tags[subject[0] - 1] in "ivaz"
    )


def _shared(reading: Reading, first: int) -> Tokens | None:
    """Return the subject of the cue before, for "and added"."""
    tags = reading.s.tags
    if first > 0 and (tags[first - 1] in "&b" or (tags[first - 1] == "," and reading.drafts)):
        for draft in reversed(reading.drafts):
            if draft.source is not None and draft.cue[0] < first:
                return draft.source
        return sources.main(reading.s, 0, first - 1)
    return None


def _inverted(reading: Reading, cue: Cue, first: int, stop: int, floor: int) -> bool:
    """Read CONTENT, said SUBJECT."""
    s, words = reading.s, reading.words
    tags = s.tags
    if "quote" not in cue.frames or (first and tags[first - 1] not in "Q,-"):
        return False
    subject = sources.after(s, stop, words.lists["inner"])
    if first == 0 and subject is not None and s.tags[subject[1] : subject[1] + 1] == ":":
        reading.add(Draft(subject, (first, stop), [(subject[1] + 1, len(tags))], "verb-subject-colon"))
        return True
    if first == 0:
        return False
    if subject is None or subject[1] < len(tags) and tags[subject[1]] in "vVazZkTt":
        return False
    left = first - (tags[first - 1] != "Q")
    if left <= floor:
        return False
    if tags[left - 1] != "Q" and not _main_clause(s, floor, left, subject):
        return False
    said = _prior(reading, left, floor)
    if said is None:
        return False
    pieces = [said, *_later(reading, max(subject[1], stop))]
    if len(pieces) == 1 and tags[subject[1] : subject[1] + 2] in {",a", ",v", ",z"}:
        pieces.append((subject[1] + 1, content.end(s, subject[1] + 1, words)))
    reading.add(Draft(subject, (first, stop), pieces, _name(s, pieces, "verb-subject")))
    return True


def _main_clause(s: Sentence, floor: int, left: int, subject: Tokens) -> bool:
    """Tell whether what stands before a comma is a whole clause rather than a subject with its apposition."""
    tags = s.tags
    if subject[1] < len(tags) and tags[subject[1]] not in ",.;isGgDrQ":
        return False
    if tags[subject[0]] in "pP" and tags[subject[1] : subject[1] + 1] == "Q":
        return False
    noun = sources.main(s, floor, left)
    if noun is not None and noun[1] >= left:
        return False
    return content.has_verb(s, floor, left) and not (subject[1] - subject[0] == 1 and tags[subject[0]] == "n")


def _name(s: Sentence, pieces: list[Tokens], order: str) -> str:
    quote = all(s.tags[i] in "Q,&." for first, last in pieces for i in range(first, last))
    return f"{'quotation' if quote else 'clause'}-{order}" + ("-broken" if len(pieces) > 1 else "")


def _prior(reading: Reading, left: int, floor: int) -> Tokens | None:
    """Return the content that ends just before token `left`."""
    s = reading.s
    tags = s.tags
    while floor < left and tags[floor] in ",;&-)b." and floor > 0:
        floor += 1
    last = left
    bracket = tags.rfind("(", floor, last)
    if bracket >= 0 and ")" not in tags[bracket:last]:
        floor = bracket + 1
    if tags[last - 1] == "Q" and (last - 1 == floor or (_opens_sentence(s, last - 1, floor) and not s.regions[last - 1].lower)):
        first = last - 1
        while first - 1 >= floor and tags[first - 1] == "Q":
            first -= 1
    else:
        first = floor
    if first >= last:
        return None
    if tags[last - 1] == "Q" and first == last - 1 and not reading.free(first, last):
        return None
    return first, last


def _opens_sentence(s: Sentence, index: int, floor: int) -> bool:
    """Tell whether a quotation stands on its own: it starts with a capital after a comma, a colon or nothing."""
    return index == floor or s.tags[index - 1] in ",:Q-;"


def _later(reading: Reading, place: int) -> list[Tokens]:
    """Return the content that goes on after an inserted cue: a quotation, or the rest of the clause."""
    s = reading.s
    tags = s.tags
    limit = min(len(tags), place + 30)
    for index in range(place, limit):
        if tags[index] == "Q":
            if index in reading.owned:
                return []
            if index == place or tags[index - 1] in ",:-":
                return [(index, index + 1)]
            return []
        if tags[index] in "VZG" and index > place:
            return []
    return []


def _postposed(reading: Reading, cue: Cue, subject: Tokens, verb: Tokens, floor: int) -> bool:
    """Read CONTENT, SUBJECT said, and what goes on after it."""
    s, words = reading.s, reading.words
    tags = s.tags
    first = subject[0]
    if subject[1] > verb[0] or first <= floor or tags[first - 1] not in "Q,-" or not _adjoining(s, subject, verb):
        return False
    left = first - (tags[first - 1] != "Q")
    if left <= floor:
        return False
    quoted = tags[left - 1] == "Q"
    if tags[verb[1] : verb[1] + 1] in {"d", "n", "N", "#", "H"} and tags[verb[1] + 1 : verb[1] + 2] != "D" and "whom" not in cue.frames and not (quoted and _ended(s, left - 1)):
        return False
    if not quoted and "quote" not in cue.frames:
        return False
    right = _open_complement(reading, cue, verb[1])
    whole = quoted and _ended(s, left - 1) and (left - 1 == floor or (_opens_sentence(s, left - 1, floor) and not s.regions[left - 1].lower))
    if right is not None and right[1] in {"that", "bare", "wh", "inf", "np"} and not whole:
        return False
    if not quoted and right is not None and right[1] in {"quote", "colon", "topic", "naming"}:
        return right[1] == "quote" and _resumed(reading, subject, verb, (floor, left), right[0])
    clause = content.has_verb(s, floor, left)
    if not quoted and not clause and not (verb[1] < len(tags) and tags[verb[1]] == ","):
        return False
    inserted = verb[1] < len(tags) and tags[verb[1]] == "," and tags[left] == ","
    final = tags[verb[1] : verb[1] + 1] in {"", ".", ";", "-"} and tags[floor] not in "isgGeDrb"
    if not quoted and not clause and not inserted and not final:
        return False
    if not quoted and not inserted and tags[floor] in "sgG" and "," not in tags[floor:left]:
        return False
    if not quoted and "that" not in cue.frames and cue.count < content.COMMON:
        return False
    if not quoted and not inserted and tags[floor:left].strip("rb&s") == "":
        return False
    said = _prior(reading, left, floor)
    if said is None:
        return False
    pieces = [said]
    later = _later(reading, verb[1])
    if not later and not quoted and verb[1] < len(tags) and tags[verb[1]] == "," and not (clause and tags[verb[1] + 1 : verb[1] + 2] in {"g", "G", "W", "i", "s", "r"}):
        stop = content.end(s, verb[1] + 1, words)
        if stop > verb[1] + 1:
            later = [(verb[1] + 1, stop)]
    pieces += later
    reading.add(Draft(subject, verb, pieces, _name(s, pieces, "subject-verb")))
    return True


def _ended(s: Sentence, index: int) -> bool:
    """Tell whether a quotation ends with a mark of its own: a full stop, a comma, a question."""
    return s.tags[index] == "Q" and s.words[index] in ENDED


def _stopped(s: Sentence, index: int) -> bool:
    return s.tags[index] == "Q" and s.words[index] in STOPPED


def _resumed(reading: Reading, subject: Tokens, verb: Tokens, said: Tokens, quote: int) -> bool:
    """Read PART, SUBJECT said, "REST": a quotation that goes on in the middle of a sentence."""
    s = reading.s
    region = s.regions[quote]
    if s.tags[verb[1]] != "," or quote != verb[1] + 1 or not region.lower or not reading.free(*said):
        return False
    prior = _prior(reading, said[1], said[0])
    if prior is None:
        return False
    last = quote + 1
    if last < len(s.tags) and not _ended(s, quote):
        last = max(content.end(s, quote, reading.words), last)
    reading.add(Draft(subject, verb, [prior, (quote, last)], "clause-subject-verb-broken"))
    return True


def _adjoining(s: Sentence, subject: Tokens, verb: Tokens) -> bool:
    return all(t in "rD,)(diN#n" for t in s.tags[subject[1] : verb[0]])


def _open_complement(reading: Reading, cue: Cue, index: int, *, relative: bool = False) -> tuple[int, str] | None:
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
            if (index > start or addressed) and "bare" in frames and tags[step] in "NndpkPH" and content.has_verb(s, step, len(tags)):
                return step, "bare"
            close = tags.find(",", step, step + 12)
            if close > 0 and index > start and tags[close + 1 : close + 2] in {"T", "Q"} and not any(t in "vVZa" for t in tags[step:close]):
                index = close
                continue
            if close > 0 and tags[step] in "isgrdD" and tags[close + 1 : close + 2] in {"T", "Q"}:
                index = close
                continue
            if close > 0 and tags[step] in "isgr" and "bare" in frames and index == start and close + 1 < len(tags) and content.has_verb(s, close + 1, len(tags)):
                return close + 1, "bare"
            return None
        if tag in "w" or (tag == "s" and s.words[index] == "if" and "strong" not in frames) or (tag == "W" and not whom and index > 0):
            if "naming" in frames and tag == "w":
                return index, "naming"
            return (index, "wh") if "wh" in frames or ("that" in frames and (tag == "w" or tags[index + 1 : index + 2] == "p")) else None
        if tag == "t":
            if index + 1 < len(tags) and tags[index + 1] in "yYar":
                return (index, "inf") if "inf" in frames else None
            if "to" in frames and index == start and "inf" not in frames:
                return index + 1, "topic"
            index = start = max(_person(s, index + 1, limit), index + 1)
        elif tag in "rD":
            start += tag == "r" and index == start
            index += 1
        elif tag == "d" and tags[index + 1 : index + 2] == "D":
            index += 2
        elif tag == "s" and index == start and "strong" in frames and s.words[index] in reading.words.lists["conditional"]:
            return index, "bare"
        elif tag == "s" and s.words[index] in reading.words.lists["as"] and tags[index + 1 : index + 2] in {"d", "n"}:
            index = _phrase(s, index, limit)
        elif tag == "s" and index + 1 < len(tags) and tags[index + 1] in "pgN":
            close = tags.find(",", index, limit)
            if close < 0:
                return None
            index = close
        elif tag == "i":
            if index == start and (s.words[index] in frames or (s.words[index] + "?" in frames and "Q" in tags[index : index + 12])):
                return index + 1, "topic"
            index = _phrase(s, index, limit)
        elif tag == "o" and whom:
            index += 1
            whom = False
        elif tag in "NndH#PpokegWG":
            that = tags.find("T", index, index + 8)
            if index > start and that > 0 and "that" in frames and not any(t in "vVZzaYpk" for t in tags[index:that]):
                return that, "that"
            kind = _noun_complement(reading, cue, index, whom=whom)
            if kind is None and whom:
                step = _person(s, index, limit)
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


def _person(s: Sentence, index: int, limit: int) -> int:
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


def _phrase(s: Sentence, index: int, limit: int) -> int:
    """Return where a prepositional phrase ends: its noun phrase, without a clause that follows."""
    tags = s.tags
    index += 1
    start = index
    while index < limit:
        tag = tags[index]
        if tag in "NnHD#" or (tag == "d" and (index == start or tags[index - 1] in "id")) or (tag in "eMgr" and (tag == "g" or (index + 1 < limit and tags[index + 1] in "NnDyYzZ"))):
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
        return stop > index + 3 or content.is_clause(s, index, stop)
    tags = s.tags
    noun = sources.rightwards(s, index, stop)
    if index < noun < stop and tags[noun] == "," and tags[noun + 1 : noun + 2] in {"W", "d", "#", "i"}:
        noun = tags.find(",", noun + 1, stop) + 1
        if noun and tags[noun : noun + 1] in {"a", "v", "z", "V", "Z", "Q", "e"}:
            return True
    comma = s.tags.find(",", index, stop)
    while 0 < comma and s.tags[comma + 1 : comma + 2] in {"W", "d", "#"}:
        comma = s.tags.find(",", comma + 1, stop)
    return content.is_clause(s, index, stop if comma < 0 else comma, quoted=cue.count >= content.COMMON)


def _complement(reading: Reading, cue: Cue, subject: Tokens, verb: Tokens) -> bool:
    """Read SUBJECT said CONTENT."""
    s, words = reading.s, reading.words
    relative = subject[0] > 0 and s.tags[subject[0] - 1] in "WwTnN)"
    found = _open_complement(reading, cue, verb[1], relative=relative)
    if found is None:
        return False
    start, form = found
    if form in WEAK and "t" in s.tags[verb[0] : verb[1]]:
        return False
    pieces = _content(reading, start, form)
    if reading.inside(verb[0]):
        return False
    if relative and pieces and form == "bare" and start == verb[1] and s.tags[subject[0] - 1] == "W":
        pieces.insert(0, (subject[0] - 1, subject[0]))
    if pieces and (s.tags[subject[0]] in "WT" or _restricts(s, subject[0])) and form in {"that", "bare", "wh", "quote"}:
        last = content.budget(s, *pieces[-1])
        pieces[-1] = (pieces[-1][0], last)
    if pieces and _subordinate(s, subject[0]) and form in {"that", "bare", "wh", "inf"}:
        stop = _next_clause(s, pieces[-1][0])
        pieces[-1] = (pieces[-1][0], max(min(pieces[-1][1], stop), pieces[-1][0] + 1))
    if not pieces or not (reading.free(*pieces[0]) or reading.inside(verb[0])):
        return False
    if form in {"quote", "colon"} and "quote" not in cue.frames and "quote?" not in cue.frames and form == "colon":
        return False
    reading.add(Draft(subject, verb, pieces, f"subject-verb-{form}"))
    del words
    return True


def _restricts(s: Sentence, first: int) -> bool:
    """Tell whether the clause whose subject begins at `first` restricts a noun: "the kind of job that economists say"."""
    return first > 1 and s.tags[first - 1] in "WT"


def _subordinate(s: Sentence, first: int) -> bool:
    """Tell whether the clause whose subject begins at `first` depends on another: "After Smith said ..."."""
    return first > 0 and (s.tags[first - 1] in "sw" or s.words[first - 1] in s.lists["subordinating"])


def _content(reading: Reading, start: int, form: str) -> list[Tokens]:
    s, words = reading.s, reading.words
    tags = s.tags
    if start >= len(tags):
        return []
    if tags[start] == "Q" and form in {"quote", "colon"}:
        last = start + 1
        while last < len(tags) and tags[last] == "Q":
            last += 1
        if _stopped(s, last - 1) or (_ended(s, last - 1) and tags[last : last + 2] not in LISTED):
            return [(start, last), *_later(reading, last)]
        if tags[start - 1] in ",:" or tags[last : last + 1] == "s":
            return [(start, last), *_later(reading, last)]
        if last < len(tags) and tags[last] not in ".," or (last < len(tags) and tags[last] == "," and tags[last + 1 : last + 2] in {"&", "b"} and "Q" in tags[last:]):
            last = max(content.end(s, start, words), last)
        return [(start, last), *([] if last > start + 1 else _later(reading, last))]
    if form in {"np", "topic", "naming", "to"}:
        last = content.without_adjunct(s, start, content.end_of_phrase(s, start, words, naming=form == "naming"))
    else:
        last = content.end(s, start, words)
    return [(start, last)] if last > start else []


def _asked(reading: Reading, index: int) -> bool:
    """Read "Asked whether CONTENT, ..." at the start of a sentence."""
    s = reading.s
    found = _cue(s, index, reading.words)
    if index > 1 or found is None or "wh" not in found[0].frames:
        return False
    opened = _open_complement(reading, *found)
    if opened is None or opened[1] not in {"wh", "topic"}:
        return False
    last = min(content.end(s, opened[0], reading.words), _next_clause(s, opened[0]))
    if last > opened[0]:
        reading.add(Draft(None, (index, found[1]), [(opened[0], last)], "passive-asked"))
    return True


def _next_clause(s: Sentence, first: int) -> int:
    """Return where a main clause takes over after a subordinate one: a comma, a noun phrase and a verb."""
    tags = s.tags
    for place in range(first, len(tags)):
        quoted = s.words[place] == COMMA
        if tags[place] != "," and not quoted:
            continue
        step = place + 1
        if tags[step : step + 1] in {"p", "k"} or (tags[step : step + 1] == "Q" and not quoted):
            return step if quoted else place
        last = sources.rightwards(s, step, min(len(tags), step + 14))
        named = tags[step : step + 1] == "N" and tags[last : last + 1] == ","
        while last < len(tags) and tags[last] == "r":
            last += 1
        if named or (last > step and tags[last : last + 1] in {"v", "V", "a", "z", "Z", "e"}):
            return step if quoted else place
    return len(tags)


def _participle(reading: Reading, index: int) -> None:
    """Read ", saying CONTENT" and "Calling CONTENT, SUBJECT ..."."""
    s, words = reading.s, reading.words
    tags = s.tags
    found = _cue(s, index, words)
    if found is None:
        return
    cue, stop = found
    first = sources.group(s, index)
    if first < index and tags[first] == "a":
        _finite(reading, index)
        return
    subject = _participle_subject(reading, first)
    opened = _open_complement(reading, cue, stop)
    if opened is None:
        return
    pieces = _content(reading, *opened)
    if pieces and first > 0 and tags[first - 1] in "nNH)" and opened[1] in {"that", "bare", "wh"}:
        pieces[-1] = (pieces[-1][0], content.budget(s, *pieces[-1]))
    if reading.inside(first):
        return
    if not pieces or not reading.free(*pieces[0]):
        return
    if first == 0 or (tags[first - 1] in "is" and not content.has_verb(s, 0, first)):
        comma = _next_clause(s, pieces[0][0])
        if comma >= len(tags) and first == 0:
            return
        pieces = [(pieces[0][0], max(min(pieces[0][1], comma), pieces[0][0] + 1))]
    reading.add(Draft(subject, (first, stop), pieces, f"participle-{opened[1]}"))


def _participle_subject(reading: Reading, first: int) -> Tokens | None:
    s = reading.s
    tags = s.tags
    if first == 0 or (tags[first - 1] in "is" and not content.has_verb(s, 0, first)):
        comma = _next_clause(s, first)
        return sources.main(s, comma + 1, len(tags)) if comma < len(tags) else None
    if s.words[first - 1] in s.lists["nominal"] or s.words[first - 1] in s.lists["venue"]:
        return _issuer(reading, first)
    if tags[first - 1] in "NnH)":
        return sources.before(s, first, reading.floor(first))
    for draft in reversed(reading.drafts):
        if draft.source is not None and draft.cue[0] < first:
            return draft.source
    return sources.main(s, 0, first - 1)


def _issuer(reading: Reading, first: int) -> Tokens | None:
    """Return who stands behind a medium: in "Smith issued a statement saying", Smith; else the medium itself."""
    s = reading.s
    floor = reading.floor(first)
    for verb in range(first - 2, max(floor, first - 8), -1):
        if s.tags[verb] in "vzeVZ" and content.finite(s, verb):
            issuer = sources.before(s, sources.group(s, verb), floor)
            if issuer is not None:
                return issuer
    return sources.before(s, first, floor)


def _according(reading: Reading, index: int) -> None:
    """Read "according to SOURCE" before, after or inside its content."""
    s, words = reading.s, reading.words
    tags = s.tags
    if tags[index + 1 : index + 2] != "t" or index + 2 >= len(tags):
        return
    source = sources.informant(s, index + 2)
    verb = (index, index + 2)
    floor = reading.floor(index)
    left = index - (index > 0 and tags[index - 1] in ",-")
    pieces: list[Tokens] = []
    turn = next((i for i in range(left - 1, floor, -1) if tags[i] in "&b" and tags[i - 1] == ","), None)
    if turn is not None and content.is_clause(s, turn, left) and content.is_clause(s, floor, turn):
        floor = turn + 1
    if tags[floor:left].strip("rb&s-,"):
        said = _prior(reading, left, floor)
        pieces = [said] if said else []
    after = source[1]
    if after < len(tags) and tags[after] == "," and (not pieces or not content.has_verb(s, *pieces[0])):
        stop = content.end(s, after + 1, words)
        if stop > after + 1 and reading.free(after + 1, stop):
            pieces.append((after + 1, stop))
    if pieces:
        reading.add(Draft(source, verb, pieces, "according to"))


def _nominal(reading: Reading, index: int) -> None:
    """Read "SUBJECT's claim that CONTENT"."""
    s = reading.s
    tags = s.tags
    if tags[index + 1 : index + 2] not in {"T", ":"}:
        return
    first = index
    while first > 0 and tags[first - 1] in "nNegMr":
        first -= 1
    if first == 0 or tags[first - 1] not in "Hd":
        return
    owner: Tokens | None = (first - 1, first)
    if tags[first - 1] == "H":
        start = first - 1
        while start > 0 and tags[start - 1] in "NndH#" and not (tags[start - 1] == "n" and tags[start] == "N"):
            start -= 1
        owner = (start, first)
    elif s.words[first - 1] not in reading.words.lists["possessive"]:
        owner = None
    pieces = _content(reading, index + 1 + (tags[index + 1] == ":"), "that")
    if pieces:
        pieces[0] = (pieces[0][0], content.first_clause(s, pieces[0][0], content.budget(s, *pieces[0])))
    if pieces and reading.free(*pieces[0]) and owner is not None:
        reading.add(Draft(owner, (first, index + 1), pieces, "noun-that"))


def _reportedly(reading: Reading, index: int) -> None:
    """Read "CONTENT has reportedly CONTENT": a report of nobody in particular."""
    s = reading.s
    floor = reading.floor(index)
    stop = content.end(s, index, reading.words)
    if reading.inside(index) or s.tags[index - 1 : index] != "a":
        return
    subject = sources.before(s, sources.group(s, index), floor)
    if subject is None:
        return
    pieces = [(first, last) for first, last in ((subject[0], index), (index + 1, stop)) if first < last]
    if pieces:
        reading.add(Draft(None, (index, index + 1), pieces, "reportedly: nobody is named"))


def _colon(reading: Reading) -> None:
    """Read SUBJECT ...: "CONTENT" where no reporting word stands."""
    s = reading.s
    tags = s.tags
    for index in range(2, len(tags)):
        if tags[index] != "Q" or tags[index - 1] != ":" or index in reading.owned:
            continue
        source = sources.main(s, 0, index - 1) or sources.before(s, index - 1, 0)
        if source is not None and any(t in "Np" for t in tags[source[0] : source[1]]):
            reading.add(Draft(source, (index - 1, index), [(index, index + 1)], "colon"))


def _fragment(reading: Reading) -> None:
    """Read SUBJECT verb "CONTENT" with a verb that no list holds."""
    s = reading.s
    tags = s.tags
    for index in range(1, len(tags)):
        if tags[index] != "Q" or index in reading.owned or s.regions[index].size < FRAGMENT:
            continue
        verb = index - 1
        while verb > 0 and verb > index - 8 and not (tags[verb] in "vzeV" and content.finite(s, verb)):
            verb -= 1
        if tags[verb] not in "vzeV" or not content.finite(s, verb) or any(t in ",;:" for t in tags[verb:index]):
            continue
        source = sources.before(s, sources.group(s, verb), reading.floor(verb))
        if source is not None and source[1] <= verb:
            reading.add(Draft(source, (verb, verb + 1), [(index, index + 1)], "fragment after an unlisted verb"))


def _adjacent(reading: Reading) -> None:
    """Give a quotation beside a subject and a verb that no list holds to them."""
    s = reading.s
    tags = s.tags
    for index in range(len(tags)):
        if tags[index] != "Q" or index in reading.owned:
            continue
        step = index + 1 + (tags[index + 1 : index + 2] == ",")
        last = sources.rightwards(s, step, len(tags)) if step < len(tags) and tags[step] in "NdnH" else step + (tags[step : step + 1] == "p")
        if last > step + 1 and tags[last - 1] == "e":
            last -= 1
        if step < last < len(tags) and tags[last] in "vze" and (index == 0 or tags[index - 1] in ",:Q"):
            reading.add(Draft((step, last), (last, last + 1), [(index, index + 1), *_later(reading, last + 1)], "quotation-subject-unlisted verb"))


def leftover(reading: Reading) -> Iterator[int]:
    """Yield the quotations of a sentence that nobody has been given."""
    for index, tag in enumerate(reading.s.tags):
        if tag == "Q" and index not in reading.owned:
            yield index
