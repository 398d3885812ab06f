"""The words around a cue that are neither content nor source: where the article says when, where and to whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.extract.model import Statement
from onrecord.records import FieldName, Mention, Source, Span

_LEAD = 160
_AFTER = 300
_INVERTED = 4


class Region(NamedTuple):
    """Pieces of one sentence, in order; each is empty where there is none.

    `lead` runs up to the source or the cue, `middle` from the source to the cue, or through one of several words
    ("made sure on Monday to say"), `after` from the cue (and a source that follows it) to the next content, and
    `tail` follows the last content.
    """

    lead: str
    middle: str
    after: str
    tail: str


_NONE = Region("", "", "", "")


class Regions:
    """Finds the region of a statement among all statements of an article."""

    def __init__(self, texts: Mapping[FieldName, str], statements: Sequence[Statement]) -> None:
        self._texts = texts
        self._starts: dict[FieldName, list[int]] = {name: [] for name in texts}
        self._ends: dict[FieldName, list[int]] = {name: [] for name in texts}
        for said in statements:
            parts: list[Span | Mention | Source] = [*said.spans]
            if said.cue is not None:
                parts.append(said.cue)
            if said.source is not None:
                parts.append(said.source)
            self._starts[said.field] += [part.start for part in parts]
            self._ends[said.field] += [part.end for part in parts]
        for places in (*self._starts.values(), *self._ends.values()):
            places.sort()

    def of(self, said: Statement) -> Region:
        """Return the region of a statement; an empty one where it has no cue."""
        cue, source = said.cue, said.source
        if cue is None:
            return _NONE
        low, high = said.sentence
        first, after, middle = cue.start, cue.end, ""
        if source is not None and low <= source.start < high:
            if source.start < after:
                first = source.start
                middle = self._middle(said.field, source.end, cue.end if " " in cue.text else cue.start)
            elif source.start - after <= _INVERTED:
                after = source.end
        return Region(self._lead(said, first), middle, self._after(said, after), self._tail(said))

    def _middle(self, field: FieldName, start: int, end: int) -> str:
        return self._texts[field][start : min(end, start + _LEAD)] if start < end else ""

    def _lead(self, said: Statement, end: int) -> str:
        ends = self._ends[said.field]
        at = bisect_right(ends, end)
        start = said.sentence[0]
        if at and ends[at - 1] > start:
            start = ends[at - 1]
        return self._texts[said.field][max(start, end - _LEAD) : end] if start < end else ""

    def _after(self, said: Statement, start: int) -> str:
        starts = self._starts[said.field]
        at = bisect_left(starts, start)
        end = min(said.sentence[1], start + _AFTER)
        if at < len(starts) and starts[at] < end:
            end = starts[at]
        return self._texts[said.field][start:end] if end > start else ""

    def _tail(self, said: Statement) -> str:
        cue = said.cue
        end = said.spans[-1].end
        if cue is None or end < cue.end or not said.sentence[0] <= end < said.sentence[1]:
            return ""
        return self._after(said, end)
