"""The spans of a quote: verbatim between marks, paraphrase around them."""

from __future__ import annotations

import re

from onrecord.extract.marks import Region
from onrecord.extract.tokens import Tokens
from onrecord.records import QuoteKind, Span

_WORD = re.compile(r"[^\W_]")
_TRIM = " \t\r\n\xa0,;:-–—―"


def spans(text: str, ranges: list[Tokens], tops: list[Region]) -> list[Span]:
    """Cut content into verbatim and paraphrased spans, marks left out; `ranges` are character ranges with marks."""
    out: list[Span] = []
    for start, stop in ranges:
        place = start
        for region in tops:
            if region.end <= start or region.start >= stop:
                continue
            _paraphrase(text, place, region.start, out)
            _add(text, region.inner, region.outer, out, verbatim=True)
            place = region.end
        _paraphrase(text, place, stop, out)
    return out


def apart(ranges: list[Tokens], cue: Tokens) -> list[Tokens]:
    """Return character ranges in order and disjoint, with the cue cut out.

    Examples
    --------
    >>> apart([(5, 9), (0, 6)], (2, 3))
    [(0, 2), (3, 6), (6, 9)]
    """
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
    if start >= stop or _WORD.search(text, start, stop) is None:
        return
    piece = text[start:stop]
    left = len(piece) - len(piece.lstrip(_TRIM))
    right = len(piece.rstrip(_TRIM))
    _add(text, start + left, start + right, out, verbatim=False)


def _add(text: str, start: int, stop: int, out: list[Span], *, verbatim: bool) -> None:
    piece = text[start:stop]
    bare = piece.strip()
    if bare:
        start += len(piece) - len(piece.lstrip()) if bare != piece else 0
        out.append(Span(start, start + len(bare), bare, verbatim))


def kind(spans_: list[Span]) -> QuoteKind:
    """Return the kind of a quote by its spans."""
    kinds = {span.is_verbatim for span in spans_}
    return "mixed" if len(kinds) > 1 else "direct" if True in kinds else "indirect"
