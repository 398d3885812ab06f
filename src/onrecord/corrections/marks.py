"""Quotation marks stay accounted for: what a quote no longer holds is set aside, what it now holds is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord import extract
from onrecord.corrections.content import SINGLE, Range, widened
from onrecord.records import SetAside

if TYPE_CHECKING:
    from onrecord.records import AsideReason, FieldName, Quote


class Marks:
    """The marks of one text field, and those that are accounted for nowhere from the start.

    Parameters
    ----------
    field, text
        The field and its text.
    quotes, asides
        All quotes and all that is set aside in the article, before the change.
    """

    def __init__(self, field: FieldName, text: str, quotes: Iterable[Quote], asides: Iterable[SetAside]) -> None:
        self.field = field
        self.text = text
        self._before = set(self._bare(quotes, asides))

    def bare(self, quotes: Iterable[Quote], asides: Iterable[SetAside]) -> list[int]:
        """Return where marks stand that are accounted for no longer."""
        return [place for place in self._bare(quotes, asides) if place not in self._before]

    def _bare(self, quotes: Iterable[Quote], asides: Iterable[SetAside]) -> list[int]:
        return extract.unaccounted(
            self.text,
            [quote for quote in quotes if quote.field == self.field],
            [aside for aside in asides if aside.field == self.field],
        )

    def without_reason(self, bare: Iterable[int], pieces: Sequence[Range]) -> bool:
        """Tell whether marks are but apostrophes: single ones, at no edge of a piece between marks."""
        return all(self.text[place] in SINGLE and not _within(place, pieces) for place in bare)

    def set_aside(
        self, bare: list[int], pieces: Sequence[Range], others: list[Quote], asides: list[SetAside], reason: AsideReason
    ) -> list[SetAside]:
        """Return what to set aside so that marks are accounted for: around pieces, else mark by mark, else as one."""
        around = [piece for piece in pieces if any(_within(place, [piece]) for place in bare)]
        made = [self._aside(piece, reason) for piece in around]
        made += [self._stray(place, reason) for place in bare if not _within(place, around)]
        if self.bare(others, [*asides, *made]):
            return [self._aside((bare[0], bare[-1] + 1), reason)]
        return made

    def kept(self, quote: Quote, quotes: list[Quote], asides: list[SetAside]) -> list[SetAside]:
        """Return what stays set aside beside a quote: all that does not lie within it or its marks, or is needed."""
        start, end = widened(self.text, quote.start, quote.end)
        inside = [each for each in asides if each.field == self.field and start <= each.start and each.end <= end]
        left = [each for each in asides if each not in inside]
        bare = self.bare(quotes, left)
        needed = [each for each in inside if any(each.start <= place < each.end for place in bare)]
        return [each for each in asides if each in left or each in needed]

    def _stray(self, place: int, reason: AsideReason) -> SetAside:
        return self._aside((place, place + 1), "apostrophe" if self.text[place] in SINGLE else reason)

    def _aside(self, piece: Range, reason: AsideReason) -> SetAside:
        return SetAside(self.field, *piece, self.text[slice(*piece)], reason)


def between_marks(text: str, quote: Quote) -> list[Range]:
    """Return the pieces of a quote that stand between marks, with their marks."""
    return [widened(text, span.start, span.end) for span in quote.spans if span.is_verbatim]


def _within(place: int, pieces: Iterable[Range]) -> bool:
    return any(start <= place < end for start, end in pieces)
