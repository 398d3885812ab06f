"""What passes between the stages of extraction: a statement before its speaker is known."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from onrecord.records import Attribution, FieldName, Mention, QuoteKind, Source, Span


class Statement:
    """One statement of one source in one field, as the rules read it; `speakers` decides who the source is.

    Parameters
    ----------
    field
        The text field that all offsets count in.
    kind, spans, source, cue
        As in `onrecord.records`; spans are in order and disjoint.
    method
        The rule that fired, or why nobody is named ("floating: two candidates").
    confidence
        How often such a statement names the right source, from 0 to 1.
    sentence
        The sentence that holds the cue, or the start of the content where there is no cue: a half-open
        range of the field's text.
    inherits
        The statement whose source this one takes over. `source` is then that statement's own span (it lies
        outside this statement's sentence), so that both have one speaker.
    """

    __slots__ = ("confidence", "cue", "field", "inherits", "kind", "method", "sentence", "source", "spans")

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        field: FieldName,
        kind: QuoteKind,
        spans: list[Span],
        source: Source | None,
        cue: Mention | None,
        method: str,
        confidence: float,
        sentence: tuple[int, int],
        inherits: Statement | None = None,
    ) -> None:
        self.field: FieldName = field
        self.kind: QuoteKind = kind
        self.spans, self.source, self.cue = spans, source, cue
        self.method, self.confidence = method, confidence
        self.sentence = sentence
        self.inherits = inherits

    @property
    def start(self) -> int:
        """Where the envelope starts."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the envelope ends."""
        return self.spans[-1].end


def in_order(said: list[Statement]) -> list[Statement]:
    """Sort statements into reading order, the longer of two that start together first; most come in order."""
    for before, one in pairwise(said):
        if one.start < before.start or (one.start == before.start and one.end > before.end):
            said.sort(key=lambda statement: (statement.start, -statement.end))
            break
    return said


@lru_cache(maxsize=1024)
def nobody(method: str, confidence: float) -> Attribution:
    """Return the attribution of what no words attribute to anybody; the same one for all of a kind.

    >>> nobody("no cue", 0.3) is nobody("no cue", 0.3)
    True
    """
    return Attribution(source=None, cue=None, method=method, confidence=confidence)


@lru_cache(maxsize=1024)
def found_by(rule: str, way: str) -> str:
    """Return the method of a statement whose speaker was found in some way; the same string for all alike.

    >>> found_by("floating", "surname")
    'floating; surname'
    """
    return f"{rule}; {way}"
