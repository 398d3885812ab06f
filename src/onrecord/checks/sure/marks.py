"""Articles in which every quotation mark surely is in a quote, at its edge, or set aside."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from onrecord import schemas
from onrecord.checks.marks import APOSTROPHES, characters
from onrecord.checks.strings import BLOCK, THREE_BYTES
from onrecord.records import FIELDS

if TYPE_CHECKING:
    from onrecord.checks.glances import Glance, Glances
    from onrecord.checks.strings import Bytes, Flags, Places, Strings

SPACE = np.frombuffer(b" \t\n", np.uint8)
BETWEEN = np.frombuffer(b" \t\n,;:.!?-", np.uint8)
"""What may stand between a quote and a mark after it; before it there is space at most."""
NARROW = {2: b"\xc2\xa0", 3: b"\xe2\x80\xaf"}
"""Spaces that do not break a line, by their bytes."""
ROUNDS = 2
"""Marks at one edge of a quote, each perhaps after a space: no more characters than an edge may have."""


class Marks(NamedTuple):
    """Characters of marks in the order of a column's bytes: from where to where, and which ones."""

    starts: Places
    ends: Places
    points: Places


def doubtful(glances: Glances) -> Places | None:
    """Return the articles with a mark that may not be accounted for, or None where nothing can be told."""
    owners = [(name, glances.rows(name, "articles")) for name in ("quotes", "set_aside")]
    if any(articles is None for _, articles in owners):
        return None
    found = [np.empty(0, np.int64)]
    for name in FIELDS:
        texts = glances["articles"].texts(name)
        marks = _marks(texts)
        if len(marks.starts):
            covers = [_covers(glances[table], name, texts, rows) for table, rows in owners if rows is not None]
            found.append(_open(texts, marks, _outward(texts, marks, *covers[0]), covers[1][:2]))
    return np.unique(np.concatenate(found))


def _covers(table: Glance, field: str, texts: Strings, articles: Places) -> tuple[Places, Places, Places]:
    """Return from where to where in bytes the rows of a table reach that count in a field, and their texts."""
    codes = table.codes("field").fill_null(-1).to_numpy(zero_copy_only=False)
    starts, ends = table.numbers("start"), table.numbers("end")
    inside = (starts >= 0) & (ends > starts) & (ends <= texts.sizes[articles])
    rows = np.flatnonzero((codes == schemas.load(table.name)["field"].values.index(field)) & inside)
    of = articles[rows]
    return texts.at(of, starts[rows]), texts.at(of, ends[rows]), of


def _marks(texts: Strings) -> Marks:
    data, seconds = texts.data, texts.continuing
    blocks = [data[at : at + BLOCK] for at in range(0, len(data), BLOCK)]
    ascii_marks = [ord(mark) for mark in characters() if mark.isascii()]
    plain = [np.flatnonzero(np.logical_or.reduce([each == mark for mark in ascii_marks])) for each in blocks]
    ones = np.concatenate([np.empty(0, np.int64), *(each + at * BLOCK for at, each in enumerate(plain))])
    seconds = seconds[_firsts()[texts.window(seconds - 1, 2).view(">u2")[:, 0]]]
    points = texts.points(seconds)
    chosen = _is_mark()[points]
    starts = np.concatenate([ones, seconds[chosen] - 1])
    ends = np.concatenate([ones + 1, (seconds + 1 + (data[seconds - 1] >= THREE_BYTES))[chosen]])
    order = np.argsort(starts, kind="stable")
    return Marks(starts[order], ends[order], np.concatenate([data[ones], points[chosen]])[order])


@cache
def _firsts() -> Flags:
    """Return for each pair of bytes whether a mark beyond ASCII begins with it."""
    found = np.zeros(1 << 16, bool)
    found[[int.from_bytes(mark.encode()[:2], "big") for mark in characters() if not mark.isascii()]] = True
    return found


@cache
def _is_mark() -> Flags:
    found = np.zeros(1 << 16, bool)
    found[[ord(mark) for mark in characters()]] = True
    return found


def _outward(texts: Strings, marks: Marks, begins: Places, ends: Places, rows: Places) -> tuple[Places, Places]:
    """Return ranges with the marks at their edges, none of them of another text."""
    for _ in range(ROUNDS):
        begins = _step(begins, begins - _space(texts.data, begins, back=True), marks.ends, marks.starts)
        ends = _step(ends, ends + _space(texts.data, ends, back=False), marks.starts, marks.ends)
    return np.maximum(begins, texts.bounds[rows]), np.minimum(ends, texts.bounds[rows + 1])


def _step(edges: Places, beyond: Places, near: Places, far: Places) -> Places:
    """Return edges moved over a mark that stands there, or beyond a space."""
    for place in (beyond, edges):
        at = np.minimum(np.searchsorted(near, place), len(near) - 1)
        edges = np.where(near[at] == place, far[at], edges)
    return edges


def _space(data: Bytes, places: Places, *, back: bool) -> Places:
    """Return how many bytes a space takes that ends or begins at each place, or what else may stand there."""
    last = len(data) - 1
    one = data[np.clip(places - 1 if back else places, 0, last)]
    found = np.isin(one, SPACE if back else BETWEEN).astype(np.int64)
    for width, space in NARROW.items():
        first = places - width if back else places
        same = [data[np.clip(first + shift, 0, last)] == byte for shift, byte in enumerate(space)]
        found[np.logical_and.reduce(same)] = width
    return found


def _open(texts: Strings, marks: Marks, quoted: tuple[Places, Places], aside: tuple[Places, Places]) -> Places:
    """Return the texts with a mark that no range covers; of two apostrophes, that cover none."""
    begins, ends = (np.concatenate(each) for each in zip(quoted, aside, strict=True))
    order = np.argsort(begins, kind="stable")
    reached = np.concatenate([[-1], np.maximum.accumulate(ends[order])])
    covered = reached[np.searchsorted(begins[order], marks.starts, side="right")] >= marks.ends
    apostrophes = np.isin(marks.points, [ord(each) for each in APOSTROPHES])
    in_word = apostrophes & _alphanumeric(texts, marks.starts, back=True) & _alphanumeric(texts, marks.ends, back=False)
    twice = apostrophes[1:] & (marks.points[1:] == marks.points[:-1]) & (marks.starts[1:] == marks.ends[:-1])
    doubled = np.concatenate([[False], twice]) | np.concatenate([twice, [False]])
    left = marks.starts[(~covered | doubled) & ~in_word]
    found: Places = np.searchsorted(texts.bounds, left, side="right") - 1
    return found


def _alphanumeric(texts: Strings, places: Places, *, back: bool) -> Flags:
    """Tell of places whether a letter or digit of one or two bytes ends or begins there, in the same text or not."""
    last = len(texts.data) - 1
    one = texts.data[np.clip(places - 1 if back else places, 0, last)]
    first = np.clip(places - 2 if back else places, 0, max(last - 1, 0))
    two = texts.window(first, 2).view(">u2")[:, 0]
    inside = texts.bounds[np.searchsorted(texts.bounds, places)] != places
    found: Flags = (_ascii_letters()[one] | _letters()[two]) & inside
    return found


@cache
def _ascii_letters() -> Flags:
    return np.array([point < 0x80 and chr(point).isalnum() for point in range(1 << 8)])


@cache
def _letters() -> Flags:
    found = np.zeros(1 << 16, bool)
    found[[int.from_bytes(chr(p).encode(), "big") for p in range(0x80, 0x800) if chr(p).isalnum()]] = True
    return found
