"""Articles with statements marked in them: `[1q|It holds]` is content, `[1s|she]` source, `[1c|said]` cue."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from onrecord.extract import speakers
from onrecord.extract.lexicon import load
from onrecord.extract.model import Statement
from onrecord.records import Attribution, Mention, Source, Span

PUBLISHED = datetime(2024, 3, 1, 9, 51, tzinfo=UTC)
"""A Friday in Paris."""

_MARK = re.compile(r"\[(\d)([qsc])\|([^\[\]]*)\]")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!Sen)(?<!Mr)(?<!Mrs)(?<!Gov)(?<!Rep)[.!?][”\"]?\s+(?=[A-Z“\"])|\n+")
_PRONOUNS = {"he", "she", "they", "it", "who", "i", "we"}


def read(marked: str) -> tuple[str, list[Statement]]:
    """Return the plain text and its statements, in the order of their numbers."""
    plain, parts, end = "", {}, 0
    for mark in _MARK.finditer(marked):
        plain += marked[end : mark.start()]
        parts.setdefault(mark[1], []).append((mark[2], len(plain), mark[3]))
        plain += mark[3]
        end = mark.end()
    plain += marked[end:]
    return plain, [_statement(plain, pieces) for _, pieces in sorted(parts.items())]


def attribute(
    marked: str, *, published: datetime | None = PUBLISHED, time_zone: str | None = "Europe/Paris"
) -> list[Attribution]:
    """Return the attributions of a marked article."""
    text, statements = read(marked)
    return speakers.resolve({"body": text}, statements, load("en"), published, time_zone)


def _statement(text: str, pieces: list[tuple[str, int, str]]) -> Statement:
    spans = [Span(at, at + len(said), said, _is_quoted(text, at)) for kind, at, said in pieces if kind == "q"]
    found = {kind: (at, at + len(words), words) for kind, at, words in pieces if kind != "q"}
    source = Source(*found["s"], "pronoun" if found["s"][2].lower() in _PRONOUNS else "named") if "s" in found else None
    cue = Mention(*found["c"]) if "c" in found else None
    sentence = _sentence(text, cue.start if cue else spans[0].start)
    kind = "direct" if spans[0].is_verbatim else "indirect"
    return Statement("body", kind, spans, source, cue, "marked", 0.9, sentence)


def _is_quoted(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] in '“"'


def _sentence(text: str, at: int) -> tuple[int, int]:
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    start = max(end for end in ends if end <= at)
    return start, min(end for end in ends if end > at)
