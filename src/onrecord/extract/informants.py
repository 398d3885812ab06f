"""Sources that no verb names: "according to", "in the words of", "issued a statement saying"."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import clauses, content, inversion, nouns, preceding, sources, stops
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.tokens import Sentence, Tokens

_LISTED: Final = re.compile("Q(?:,?&?Q)*")
_CLAUSE: Final = re.compile("(?<=[nNyYzZP])(?=[pd]|[ri]#)")
"""Where a subject begins right after a noun."""
_UTTERED: Final = 5
"""Tokens between a verb and the noun of what is uttered: "used the same old phrase"."""
_WORDS: Final = "in the words of"
_PHRASE: Final = 10
"""Tokens up to which whose words they are may be said: "in the mayor of Elm's own words"."""


def according(reading: Reading, index: int) -> None:
    """Read "according to SOURCE" before, after or inside its content."""
    s = reading.s
    tags = s.tags
    if tags[index + 1 : index + 2] != "t" or index + 2 >= len(tags):
        return
    source = informant(s, index + 2)
    verb = (index, index + 2)
    left = index - (index > 0 and tags[index - 1] in ",-")
    floor = reading.floor(_reported(reading, left))
    pieces: list[Tokens] = []
    if _inserted(reading, floor, left):
        return
    if tags[floor:left].strip("rb&s-,"):
        said = preceding.prior(reading, left, floor)
        pieces = [(_informed(s, *said), said[1])] if said else []
    lacks = clauses.finite(s, left - 1 - (tags[left - 1] == "r"))
    copula = tags[left - 1] == "a" or tags[left - 2 : left] == "ar"
    if copula and pieces and tags[source[1] : source[1] + 1] in {"", "."} and (comma := tags.rfind(",", *source)) > 0:
        source = source[0], comma
    if not pieces and (told := _unparted(s, source)) is not None:
        source, pieces = (source[0], told), [(told, stops.end(s, told, reading.words))]
    after = source[1]
    open_ = not pieces or not clauses.has_verb(s, *pieces[0]) or tags[after + 1 : after + 2] in {"a", "v", "z"}
    if after < len(tags) and tags[after] == "," and (open_ or lacks):
        pieces += _told(reading, after + 1, fronted=not pieces)
    if pieces:
        reading.forget_inside(pieces)
        reading.add(Draft(source, verb, pieces, "according to"))


def _unparted(s: Sentence, source: Tokens) -> int | None:
    """Return where a clause begins that no comma parts from who informs: "According to the mayor | the bridge fell"."""
    first, last = source
    if s.tags[last : last + 1] not in {"", "."}:
        return None
    found = _CLAUSE.search(s.tags, first + 1, last)
    return found.end() if found is not None and clauses.is_clause(s, found.end(), last) else None


def informant(s: Sentence, first: int) -> Tokens:
    """Return the source after "according to": the noun phrase with all that restricts it, and its apposition."""
    tags = s.tags
    last = inversion.segment(s, first)
    opens, count = "A" in tags[s.lead : first - 1] and not tags[s.lead : first].strip("At&br"), len(tags.rstrip("."))
    while last + 1 < len(tags) and tags[last] == ",":
        step = last + 1
        close = inversion.segment(s, step)
        if opens and close >= count:
            break
        named = set(tags[step:close]) == {"N"} and tags[close : close + 1] == "," and "n" in tags[first:last]
        verb = next((i for i in range(step, close) if tags[i] in "vaVk"), close)
        plain = verb == close or "W" in tags[step:verb]
        bare = tags[step] in "dn" and plain and tags[close : close + 1] != "Q"
        apposed = named or tags[step] == "W" or bare
        if not apposed:
            break
        last = close
    return first, max(last, first + 1)


def _told(reading: Reading, first: int, *, fronted: bool) -> list[Tokens]:
    """Return what follows a source and a comma: where both open the sentence, all the rest of it."""
    told = content.pieces(reading, first, "that")
    if not told or not reading.free(first, told[-1][1]):
        return []
    last = len(reading.s.tags.rstrip("."))
    if fronted and last > told[-1][1] and not any(draft.cue[0] > first for draft in reading.drafts):
        told[-1] = (told[-1][0], last)
    return told


def _reported(reading: Reading, left: int) -> int:
    """Return where a paraphrase begins, with whoever says it, that ends at a token: "Moss said ... |, according to"."""
    for draft in reading.drafts:
        undergone = draft.method.startswith("passive") and sources.before(reading.s, draft.cue[0], 0)
        subject = undergone or draft.source or draft.cue
        if draft.content[-1][1] == left and subject[0] < draft.content[0][0] and not reading.is_verbatim(draft):
            return subject[0]
    return left


def _inserted(reading: Reading, floor: int, left: int) -> bool:
    """Tell whether a source is named inside what another says: "Moss said that, according to ..., CONTENT"."""
    s = reading.s
    before = s.tags[max(left - 2, floor) : left]
    if s.tags[left : left + 1] != "," or before not in {"NV", "nV", "pV", "NZ", "pZ"}:
        return before[-1:] == "T"
    cue = reading.words.cues.get(s.words[left - 1])
    return cue is not None and "that" in cue.frames


def _informed(s: Sentence, first: int, last: int) -> int:
    """Return where the clause begins that a source is given for: after a colon or a subordinate clause."""
    colon = s.tags.rfind(":", first, last)
    if colon > 0 and clauses.is_clause(s, first, colon) and clauses.is_clause(s, colon + 1, last):
        return colon + 1
    opening = first + (s.tags[first] in "b&r")
    if s.tags[opening] != "s" or s.words[opening] in s.lists["conditional"] - s.lists["although"]:
        return first
    start = clauses.next_clause(s, opening)
    return start + 1 if start < last - 1 else first


def worded(reading: Reading) -> None:
    """Read 'in the words of SOURCE, "CONTENT"' and "in SOURCE's words", before a quotation or after it."""
    s = reading.s
    for index in range(1, len(s.tags) - 1):
        if s.words[index] not in s.lists["worded"]:
            continue
        found = _words_of(s, index)
        if found is None:
            continue
        source, cue, (first, last) = found
        comma = s.tags[last : last + 1] == ","
        quote = next((at for at in (last + comma, first - 1, first - 2) if _is_free(reading, at)), None)
        if quote is None and comma and first == s.lead and "Q" in s.tags[last:]:
            reading.add(Draft(source, cue, [(last + 1, stops.end(s, last + 1, reading.words))], _WORDS))
        elif quote is not None:
            reading.add(Draft(source, cue, [(quote, quote + 1)], _WORDS))


def _is_free(reading: Reading, at: int) -> bool:
    """Tell whether a quotation that nobody has been given stands at a token."""
    return at >= 0 and reading.s.tags[at : at + 1] == "Q" and at not in reading.owned


def _words_of(s: Sentence, index: int) -> tuple[Tokens, Tokens, Tokens] | None:
    """Return whose words a phrase means, its cue, and where it stands: "in the words of Moss", "in her own words"."""
    if s.words[index + 1] in s.lists["wording"] and index > 1:
        source = informant(s, index + 2)
        return source, (index - 2, index + 2), (index - 2, source[1])
    last = index - (s.tags[index - 1] in "ny")
    first = s.tags.rfind("i", max(index - _PHRASE, 0), last) + 1
    owned = s.tags[last - 1] == "H" or s.words[last - 1] in s.lists["possessive"]
    return ((first, last), (last, index + 1), (first - 1, index + 1)) if owned and 0 < first < last else None


def viewpoint(reading: Reading) -> None:
    """Read 'For SOURCE, CONTENT' where a quotation that nobody else says is part of the content."""
    s = reading.s
    tags = s.tags
    if s.words[0] not in s.lists["viewpoint"] or reading.drafts:
        return
    source = informant(s, 1) if tags[1:2] in {"N", "d", "n", "H"} else (1, 1)
    stop = source[1]
    if "N" not in tags[1:stop] or tags[stop : stop + 1] != ",":
        return
    last = stops.end(s, stop + 1, reading.words)
    if "Q" in tags[stop + 1 : last] and clauses.is_clause(s, stop + 1, last):
        reading.add(Draft(source, (0, 1), [(stop + 1, last)], "for a source"))


def chanted(reading: Reading) -> None:
    """Read 'SUBJECT's slogan "CONTENT"' and 'chants of "CONTENT"', where no verb says it."""
    s = reading.s
    for index in range(1, len(s.tags)):
        if s.tags[index] != "Q" or index in reading.owned:
            continue
        noun = index - 1 - (s.words[index - 1] in s.lists["inner"])
        if noun < 0 or s.words[noun] not in s.lists["chants"]:
            continue
        first = noun
        while first > 0 and s.tags[first - 1] in "nr":
            first -= 1
        source = nouns.possessor(reading, first) or nouns.by_means_of(reading, first)
        last = _LISTED.match(s.tags, index)
        reading.add(Draft(source, (first, index), [(index, last.end() if last else index + 1)], "noun-quote"))


def uttered(reading: Reading) -> None:
    """Read 'SUBJECT used the word "CONTENT"' and 'SUBJECT used terms such as "CONTENT" and "CONTENT"'."""
    s = reading.s
    for index in range(2, len(s.tags)):
        noun = index - 1
        while noun > 0 and (s.tags[noun] in "is," or s.words[noun] in s.lists["inclusive"]):
            noun -= 1
        if s.tags[index] != "Q" or index in reading.owned or s.words[noun] not in s.lists["terms"]:
            continue
        verb = next((at for at in range(noun - 1, max(noun - _UTTERED, 0), -1) if s.words[at] in s.lists["using"]), 0)
        group = sources.group(s, verb)
        source = sources.before(s, group, reading.floor(group)) if verb else None
        if source is not None:
            last = _LISTED.match(s.tags, index)
            reading.add(Draft(source, (group, noun + 1), [(index, last.end() if last else index + 1)], "noun-quote"))


def issuer(reading: Reading, first: int) -> Tokens | None:
    """Return who stands behind a medium: in "Smith issued a statement saying", Smith; else the medium itself."""
    s = reading.s
    floor = reading.floor(first)
    for verb in range(first - 2, max(floor, first - 8), -1):
        if s.tags[verb] in "vzeVZ" and clauses.finite(s, verb):
            issuer = sources.before(s, sources.group(s, verb), floor)
            if issuer is not None:
                return issuer
    return sources.before(s, first, floor)
