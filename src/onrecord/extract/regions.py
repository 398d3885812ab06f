"""The words around a cue that are neither content nor source: where the article says when, where and to whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.extract.model import Statement
from onrecord.records import FieldName, Mention, Source, Span

_LEAD: Final = 160
_AFTER: Final = 300
_INVERTED: Final = 4


class Region:
    """Pieces of one sentence, in order; each is empty where there is none.

    `lead` runs up to the source or the cue, `middle` from the source to the cue, or through one of several words
    ("made sure on Monday to say"), `after` from the cue (and a source that follows it) to the next content, and
    `tail` follows the last content.
    """

    __slots__ = ("after", "lead", "middle", "tail")

    def __init__(self, lead: str, middle: str, after: str, tail: str) -> None:
        self.lead, self.middle, self.after, self.tail = lead, middle, after, tail


_NONE: Final = Region("", "", "", "")


class Regions:
    """Finds the region of a statement among all statements of an article."""

    def __init__(self, texts: Mapping[FieldName, str], statements: Sequence[Statement]) -> None:
        self._texts = texts
        parts: dict[FieldName, list[Span | Mention | Source]] = {name: [] for name in texts}
        for said in statements:
            some = parts[said.field]
            some += said.spans
            if said.cue is not None:
                some.append(said.cue)
            if said.source is not None:
                some.append(said.source)
        self._starts = {name: sorted([part.start for part in some]) for name, some in parts.items()}
        self._ends = {name: sorted([part.end for part in some]) for name, some in parts.items()}

    def of(self, said: Statement) -> Region:
        """Return the region of a statement; an empty one where it has no cue."""
        cue, source = said.cue, said.source
        if cue is None:
            return _NONE
        field, (low, high) = said.field, said.sentence
        first, after, middle = cue.start, cue.end, ""
        if source is not None and low <= source.start < high:
            if source.start < after:
                first = source.start
                middle = self._middle(field, source.end, cue.end if " " in cue.text else cue.start)
            elif source.start - after <= _INVERTED:
                after = source.end
        lead = self._lead(field, low, first) if low < first else ""
        end = said.spans[-1].end
        tail = self._after(field, end, high) if end >= cue.end and low <= end < high else ""
        return Region(lead, middle, self._after(field, after, high), tail)

    def _middle(self, field: FieldName, start: int, end: int) -> str:
        return self._texts[field][start : min(end, start + _LEAD)] if start < end else ""

    def _lead(self, field: FieldName, start: int, end: int) -> str:
        """Return what stands before a place in its sentence, back to where another piece of a statement ends."""
        ends = self._ends[field]
        at = bisect_right(ends, end)
        if at and ends[at - 1] > start:
            start = ends[at - 1]
        return self._texts[field][max(start, end - _LEAD) : end] if start < end else ""

    def _after(self, field: FieldName, start: int, end: int) -> str:
        """Return what follows a place in its sentence, up to where another piece of a statement starts."""
        starts = self._starts[field]
        at = bisect_left(starts, start)
        end = min(end, start + _AFTER)
        if at < len(starts) and starts[at] < end:
            end = starts[at]
        return self._texts[field][start:end] if end > start else ""
