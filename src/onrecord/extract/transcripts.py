"""Interviews and transcripts: turns that begin with a name or a letter and a colon, "Q: ...", "SMITH: ...".

A page of turns is told by at least three of them from two speakers; one capitalised word and a colon is not enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.extract.confidence import confidence
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.model import Statement
from onrecord.records import FieldName, Mention, Source, Span

TURNS = 3
"""Turns from which a text is read as a transcript."""

_NAME = r"[A-Z][A-Z.'’-]+(?:[ \xa0][A-Z][A-Z.'’-]*){0,3}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words: the name, and what follows its colon."""

    name: tuple[int, int]
    content: tuple[int, int]


@lru_cache(maxsize=16)
def _label(lexicon: Lexicon) -> re.Pattern[str]:
    letters = "|".join(map(re.escape, sorted(lexicon.words("transcripts", "letters"), key=len, reverse=True)))
    names = rf"{letters}|{_NAME}" if letters else _NAME
    return re.compile(rf"(?m)^[ \t]{{0,3}}({names}):[ \t\xa0]+(?=[^\s])")


@lru_cache(maxsize=16)
def labels(lexicon: Lexicon) -> dict[str, str]:
    """Return who speaks under a label that is no name: "Q" is the interviewer."""
    return dict(entry.split("=", 1) for entry in lexicon.words("transcripts", "labels"))


def turns(text: str, lexicon: Lexicon) -> list[Turn]:
    """Return the turns of a transcript in order, or nothing where the text is none."""
    counts = Counter(label[1] for label in _labelled(text, lexicon))
    return list(_turns(text, lexicon)) if counts.total() >= TURNS and len(counts) > 1 else []


def _labelled(text: str, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    asides = lexicon.words("transcripts", "not_names")
    return (label for label in _label(lexicon).finditer(text) if label[1] not in asides)


def _turns(text: str, lexicon: Lexicon) -> Iterator[Turn]:
    for label in _labelled(text, lexicon):
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
        sure = confidence("transcript", source.form, 1, "beside")
        yield Statement(field, "direct", [span], source, cue, "transcript", sure, (a, end))
