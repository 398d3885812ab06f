"""The content of a quote as spans, and the quotation marks around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.records import Span

if TYPE_CHECKING:
    from onrecord.records import QuoteKind

MARKS = frozenset('"“”„‟«»‹›「」『』')
OPENING = frozenset("“„‟«‹「『")
SINGLE = frozenset("'‘’‚")
GUILLEMETS = frozenset("«»‹›")
SPACES = frozenset(" \u00a0\u202f\u2009")
Range = tuple[int, int]


def spans(text: str, pieces: list[Range], kind: QuoteKind) -> tuple[Span, ...]:
    """Return pieces of a text as the spans of a quote; marks and white space at their edges are no content.

    A mixed quote's pieces are parted where quotation marks stand; what is between marks is verbatim.

    Examples
    --------
    >>> [(span.text, span.is_verbatim) for span in spans('it was “far too long” for it', [(0, 28)], "mixed")]
    [('it was', False), ('far too long', True), ('for it', False)]
    """
    if kind == "mixed":
        parts = [part for piece in pieces for part in _alternating(text, piece)]
    else:
        parts = [(piece, kind == "direct") for piece in pieces]
    trimmed = [(trim(text, part), verbatim) for part, verbatim in parts]
    return tuple(Span(*at, text[slice(*at)], verbatim) for at, verbatim in trimmed if _says(text, at))


def trim(text: str, piece: Range) -> Range:
    """Return a piece without the white space and quotation marks at its edges."""
    start, end = piece
    while start < end and (text[start].isspace() or text[start] in MARKS):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in MARKS):
        end -= 1
    return start, end


def _says(text: str, piece: Range) -> bool:
    return any(character.isalnum() for character in text[slice(*piece)])


def _alternating(text: str, piece: Range) -> Iterator[tuple[Range, bool]]:
    start, end = piece
    verbatim = _opened(text, start)
    at = start
    for place in range(start, end):
        if text[place] in MARKS:
            yield (at, place), verbatim
            verbatim = not verbatim
            at = place + 1
    yield (at, end), verbatim


def _opened(text: str, start: int) -> bool:
    """Tell whether a quotation mark opens right before `start`; straight ones open only where they touch it."""
    before = text[:start].rstrip()[-1:] if start else ""
    return before in OPENING or (start > 0 and text[start - 1] in MARKS)


def widened(text: str, start: int, end: int) -> Range:
    """Return a range with the quotation marks that touch it; guillemets may stand a space away.

    >>> widened('so “yes” he', 4, 7), widened('so « oui » he', 5, 8)
    ((3, 8), (3, 10))
    """
    first, last = _spaced(text, start, -1), _spaced(text, end, 1)
    while first > 0 and text[first - 1] in MARKS | SINGLE:
        first -= 1
    while last < len(text) and text[last] in MARKS | SINGLE:
        last += 1
    return first, last


def _spaced(text: str, at: int, step: int) -> int:
    """Return the edge of a guillemet that stands one space away from `at`, or `at`."""
    near, far = (at - 1, at - 2) if step < 0 else (at, at + 1)
    if min(near, far) < 0 or max(near, far) >= len(text) or text[near] not in SPACES or text[far] not in GUILLEMETS:
        return at
    return at + step
