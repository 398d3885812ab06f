"""What passes between the stages of extraction: a statement before its speaker is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onrecord.records import Attribution, FieldName, Mention, QuoteKind, Source, Span


@dataclass(slots=True, eq=False)
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
    outer
        For a quotation inside another statement's content: that statement.
    """

    field: FieldName
    kind: QuoteKind
    spans: list[Span]
    source: Source | None
    cue: Mention | None
    method: str
    confidence: float
    sentence: tuple[int, int]
    inherits: Statement | None = None
    outer: Statement | None = None

    @property
    def start(self) -> int:
        """Where the envelope starts."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the envelope ends."""
        return self.spans[-1].end


@lru_cache(maxsize=1024)
def nobody(method: str, confidence: float) -> Attribution:
    """Return the attribution of what no words attribute to anybody; the same one for all of a kind.

    >>> nobody("no cue", 0.3) is nobody("no cue", 0.3)
    True
    """
    return Attribution(source=None, cue=None, method=method, confidence=confidence)
