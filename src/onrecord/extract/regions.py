"""The words around a cue that are neither content nor source: where the article says when, where and to whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.extract.model import Statement
from onrecord.records import FieldName

_LEAD = 160
_AFTER = 300
_INVERTED = 4


class Region(NamedTuple):
    """Pieces of one sentence, in order; each is empty where there is none.

    `lead` runs up to the source or the cue, `middle` from the source to the cue, `after` from the cue (and
    a source that follows it) to the next content, and `tail` follows the last content.
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
            starts, ends = self._starts.setdefault(said.field, []), self._ends.setdefault(said.field, [])
            starts += [span.start for span in said.spans]
            ends += [span.end for span in said.spans]
            for part in (said.cue, said.source):
                if part is not None:
                    starts.append(part.start)
                    ends.append(part.end)
        for places in (*self._starts.values(), *self._ends.values()):
            places.sort()

    def of(self, said: Statement) -> Region:
        """Return the region of a statement; an empty one where it has no cue."""
        cue, text = said.cue, self._texts[said.field]
        if cue is None:
            return _NONE
        source = said.source
        low, high = said.sentence
        if source is None or not low <= source.start < high:
            return Region(self._lead(said, cue.start), "", self._after(said, cue.end), self._tail(said))
        if source.start >= cue.end:
            after = source.end if source.start - cue.end <= _INVERTED else cue.end
            return Region(self._lead(said, cue.start), "", self._after(said, after), self._tail(said))
        middle = text[source.end : min(cue.start, source.end + _LEAD)] if source.end < cue.start else ""
        return Region(self._lead(said, source.start), middle, self._after(said, cue.end), self._tail(said))

    def _lead(self, said: Statement, end: int) -> str:
        ends = self._ends[said.field]
        at = bisect_right(ends, end) - 1
        start = max(said.sentence[0], end - _LEAD, ends[at] if at >= 0 else 0)
        return self._texts[said.field][start:end]

    def _after(self, said: Statement, start: int) -> str:
        starts = self._starts[said.field]
        at = bisect_left(starts, start)
        end = min(said.sentence[1], start + _AFTER, starts[at] if at < len(starts) else start + _AFTER)
        return self._texts[said.field][start:end] if end > start else ""

    def _tail(self, said: Statement) -> str:
        cue = said.cue
        end = said.spans[-1].end
        if cue is None or end < cue.end or not said.sentence[0] <= end < said.sentence[1]:
            return ""
        return self._after(said, end)
