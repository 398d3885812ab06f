"""Interviews and transcripts: turns that begin with a name or a letter and a colon, "Q: ...", "SMITH: ...".

A page of turns is told by at least three of them from two speakers; one capitalised word and a colon is not enough.
Names as they are written elsewhere ("Ada Moss: ...", later "AM: ...") begin turns only where two of them come back:
a list of prizes has names and colons too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.extract.capitals import initials
from onrecord.extract.confidence import confidence
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.model import Statement
from onrecord.records import FieldName, Mention, Source, Span

TRANSCRIPT: Final = "transcript"
"""The method of whatever stands in a turn."""

TURNS: Final = 3
"""Turns from which a text is read as a transcript."""

COMES_BACK: Final = 2
"""Turns from which a name in small letters is a speaker's."""

_NAME: Final = r"[A-Z][A-Z.'’-]+(?:[ \xa0][A-Z][A-Z.'’-]*){0,3}"
_WRITTEN: Final = r"[^\W\d_][\w.'’-]*(?:[ \xa0][^\W\d_][\w.'’-]*){1,3}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words: the name, and what follows its colon."""

    name: tuple[int, int]
    content: tuple[int, int]


@lru_cache(maxsize=16)
def _label(lexicon: Lexicon) -> re.Pattern[str]:
    letters = "|".join(map(re.escape, sorted(lexicon.words("transcripts", "letters"), key=len, reverse=True)))
    names = rf"{letters}|{_NAME}" if letters else _NAME
    return re.compile(rf"(?m)^[ \t]{{0,3}}({names}|{_WRITTEN}):[ \t\xa0]+(?=[^\s])")


@lru_cache(maxsize=16)
def labels(lexicon: Lexicon) -> dict[str, str]:
    """Return who speaks under a label that is no name: "Q" is the interviewer."""
    return dict(entry.split("=", 1) for entry in lexicon.words("transcripts", "labels"))


def turns(text: str, lexicon: Lexicon) -> list[Turn]:
    """Return the turns of a transcript in order, or nothing where the text is none."""
    found = _labelled(text, lexicon) if text.count(":") >= TURNS else []
    return list(_turns(text, found)) if len(found) >= TURNS and len({label[1] for label in found}) > 1 else []


def _labelled(text: str, lexicon: Lexicon) -> list[re.Match[str]]:
    asides = lexicon.words("transcripts", "not_names")
    found = [label for label in _label(lexicon).finditer(text) if label[1] not in asides]
    written = [label for label in found if _is_written(label[1])]
    if not written:
        return found
    known = {initials(label[1].split()): label[1] for label in written}
    counts = Counter(known.get(label[1], label[1]) for label in found)
    back = {name for name in known.values() if name.istitle() and counts[name] >= COMES_BACK}
    return [label for label in found if not _is_written(label[1]) or (len(back) > 1 and label[1] in back)]


def _is_written(label: str) -> bool:
    return not label.isupper() and len(label) > 1


def _turns(text: str, found: list[re.Match[str]]) -> Iterator[Turn]:
    for label in found:
        stop = text.find("\n", label.end())
        end = len(text[label.end() : stop if stop >= 0 else len(text)].rstrip()) + label.end()
        if end > label.end():
            yield Turn(label.span(1), (label.end(), end))


def statements(text: str, field: FieldName, found: list[Turn], lexicon: Lexicon) -> Iterator[Statement]:
    """Yield one direct statement a turn, its source the name or the label that begins it."""
    unnamed = labels(lexicon)
    for turn in found:
        (a, b), (start, end) = turn.name, turn.content
        span = Span(start, end, text[start:end], is_verbatim=True)
        source = Source(a, b, text[a:b], "nominal" if text[a:b] in unnamed else "named")
        cue = Mention(b, b + 1, text[b : b + 1])
        sure = confidence(TRANSCRIPT, source.form, 1, "beside")
        yield Statement(field, "direct", [span], source, cue, TRANSCRIPT, sure, (a, end))
