"""Tables read side by side, and cut into segments: the articles from one cut to the next, with all said in them.

Keys say where a segment begins, the same in every table, so that a segment is made of the same rows, whatever comes
before or after it: what was made of it once holds as long as its rows do.
"""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord import schemas, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow as pa

FIRST = "articles"
TABLES = (FIRST, "quotes", "spans", "attributions", "set_aside")
"""Whose keys begin with the article's."""
MOST = 1 << 9
"""Articles of a segment where no key cuts before: what bounds the memory that its checks take."""


def segments(streams: Mapping[str, Iterable[pa.RecordBatch]]) -> Iterator[dict[str, list[pa.RecordBatch]]]:
    """Yield the rows of each segment, of every table, given the rows of `TABLES`, each sorted by key.

    Rows that came in many small batches are one: what is done with a batch takes time for each of its columns.
    """
    others = {name: _Stream(name, streams[name]) for name in TABLES if name != FIRST}
    for articles, bound in _runs(streams[FIRST]):
        rows = {FIRST: articles} | {name: stream.before(bound) for name, stream in others.items()}
        yield {name: _together(batches) for name, batches in rows.items()}


def _together(batches: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    import pyarrow as pa

    return [pa.concat_batches(batches)] if len(batches) > 1 else batches


def contents(rows: Mapping[str, list[pa.RecordBatch]]) -> dict[str, str]:
    """Return the hash of what each table of a segment says."""
    return {name: tables.content_hash(name, batches) for name, batches in rows.items()}


def key(salt: str, said: Mapping[str, str]) -> str:
    """Return what tells a segment from all others, of which other code or other rows are part."""
    lines = [salt, *(f"{name} {said[name]}" for name in TABLES)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _runs(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[list[pa.RecordBatch], str | None]]:
    """Yield the articles of each segment, and the key of the first one after it."""
    waiting: list[pa.RecordBatch] = []
    count, last = 0, None
    for batch in batches:
        found, last = tables.cuts(batch.column("article_id"), last)
        for start, end in pairwise(sorted({0, *found, batch.num_rows})):
            rest, begins = batch.slice(start, end - start), start in found
            while rest.num_rows:
                if waiting and (begins or count == MOST):
                    yield waiting, rest.column("article_id")[0].as_py()
                    waiting, count = [], 0
                waiting.append(rest.slice(0, MOST - count))
                count += waiting[-1].num_rows
                rest, begins = rest.slice(waiting[-1].num_rows), False
    if waiting:
        yield waiting, None


class _Stream:
    """The rows of one table, taken from the front."""

    def __init__(self, name: str, batches: Iterable[pa.RecordBatch]) -> None:
        self._key = schemas.load(name).primary_key[0]
        self._batches = iter(batches)
        self._rest: pa.RecordBatch | None = None

    def before(self, bound: str | None) -> list[pa.RecordBatch]:
        """Return the rows whose keys are smaller than a bound, or all that are left."""
        import pyarrow.compute as pc

        found = []
        while (batch := next(self._batches, None) if self._rest is None else self._rest) is not None:
            less = None if bound is None else pc.sum(pc.less(batch.column(self._key), bound)).as_py() or 0
            count = batch.num_rows if less is None else less
            if count:
                found.append(batch.slice(0, count))
            self._rest = batch.slice(count) if count < batch.num_rows else None
            if self._rest is not None:
                break
        return found
