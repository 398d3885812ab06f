"""The spans of a quote: verbatim between marks, paraphrase around them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from onrecord.extract.marks import Region
from onrecord.extract.tokens import Tokens
from onrecord.records import QuoteKind, Span

_WORD: Final = re.compile(r"[^\W_]")
_TRIM: Final = " \t\r\n\xa0,;:-–—―"


def spans(text: str, ranges: list[Tokens], tops: Collection[Region]) -> list[Span]:
    """Cut content into verbatim and paraphrased spans, marks left out; `ranges` are character ranges with marks."""
    out: list[Span] = []
    for start, stop in ranges:
        place = start
        for region in tops:
            if region.end <= start or region.start >= stop:
                continue
            if place < region.start:
                _paraphrase(text, place, region.start, out)
            inner = region.start + region.opening
            _add(text[inner : region.end - region.closing], inner, out, verbatim=True)
            place = region.end
        if place < stop:
            _paraphrase(text, place, stop, out)
    return out


def apart(ranges: list[Tokens], cue: Tokens) -> list[Tokens]:
    """Return character ranges in order and disjoint, with the cue cut out.

    Examples
    --------
    >>> apart([(5, 9), (0, 6)], (2, 3))
    [(0, 2), (3, 6), (6, 9)]
    """
    if len(ranges) == 1:
        first, last = ranges[0]
        if cue[1] <= first or cue[0] >= last:
            return ranges
    out: list[Tokens] = []
    last = 0
    for begin, end in sorted(ranges):
        start = max(begin, last)
        for a, b in ((start, min(end, cue[0])), (max(start, cue[1]), end)):
            if a < b:
                out.append((a, b))
        last = max(last, end)
    return out


def _paraphrase(text: str, start: int, stop: int, out: list[Span]) -> None:
    if _WORD.search(text, start, stop) is not None:
        piece = text[start:stop]
        opened = piece.lstrip(_TRIM)
        _add(opened.rstrip(_TRIM), start + len(piece) - len(opened), out, verbatim=False)


def _add(piece: str, start: int, out: list[Span], *, verbatim: bool) -> None:
    """Add a piece that begins at `start`, without the spaces around it."""
    bare = piece.strip()
    if bare:
        length = len(bare)
        if length != len(piece):
            start += len(piece) - len(piece.lstrip())
        out.append(Span(start, start + length, bare, verbatim))


def kind(spans_: list[Span]) -> QuoteKind:
    """Return the kind of a quote by its spans."""
    first = spans_[0].is_verbatim
    for span in spans_[1:] if len(spans_) > 1 else ():
        if span.is_verbatim != first:
            return "mixed"
    return "direct" if first else "indirect"
