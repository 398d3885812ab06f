"""Quotation marks: find them, pair them paragraph by paragraph, and mask what they quote.

One bad pairing spoils every sentence after it, so pairing starts afresh at each paragraph. An opening mark at
the start of a paragraph after an unclosed one continues that quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from onrecord.extract.conventions import APOSTROPHES, Conventions, conventions
from onrecord.extract.lexicon import Lexicon, load
from onrecord.extract.strays import Strays
from onrecord.records import AsideReason

MAX_DEPTH: Final = 8
"""Quotations open at once; a deeper opening mark pushes the outermost out as unbalanced."""

MASK: Final = "\ue000"
FILL: Final = "\ue001"
ENDS: Final = {
    ".": "\ue002",
    "?": "\ue003",
    "!": "\ue003",
    "…": "\ue003",
    ",": "\ue004",
    "—": "\ue005",
    "-": "\ue005",
    "–": "\ue005",
}
MASKED: Final = "\ue000\ue001\ue002\ue003\ue004\ue005"

_OPENING: Final = frozenset("([{<—–―-/|=_*…>")
_CLOSING: Final = frozenset(".,;:!?)]}>—–―-/|=_*…")
_INCHES: Final = re.compile(r"['’](?<=\d.)\s?\d{1,3}(\"|''|”)")
_BREAK: Final = "\n"
TRIPLE: Final = "'''"


class Region:
    """A pair of marks and what stands between: `start:end` with the marks, `inner:outer` without.

    `opening` and `closing` are the marks' lengths. `closed` is false where the closing mark is missing,
    `continues` where the next paragraph reopens the quotation and `continued` where this one reopens it;
    `lower` tells whether it begins with a small letter.
    """

    __slots__ = (
        "closed",
        "closing",
        "continued",
        "continues",
        "end",
        "lower",
        "opening",
        "reason",
        "start",
    )

    def __init__(self, start: int, end: int, opening: int, closing: int) -> None:
        self.start, self.end, self.opening, self.closing = start, end, opening, closing
        self.closed = True
        self.continues = self.continued = self.lower = False
        self.reason: AsideReason | None = None

    @property
    def inner(self) -> int:
        """Where the quoted words begin."""
        return self.start + self.opening

    @property
    def outer(self) -> int:
        """Where the quoted words end."""
        return self.end - self.closing

    @property
    def size(self) -> int:
        """How many characters stand between the marks."""
        return self.end - self.start - self.opening - self.closing


@dataclass(slots=True)
class Marks:
    """All marks of a text: the pairs in order (outermost first), and marks that pair with nothing or quote nothing."""

    regions: list[Region] = field(default_factory=list)
    strays: Strays = field(default_factory=Strays)


class _Open:
    """An opening mark that waits for its closing one; a doubtful apostrophe may be that."""

    __slots__ = ("end", "first", "mark", "start", "weak")

    def __init__(self, start: int, end: int, mark: str) -> None:
        self.start, self.end, self.mark = start, end, mark
        self.weak: tuple[int, int] | None = None
        self.first = False


def find_marks(text: str, lexicon: Lexicon | None = None) -> list[tuple[int, int]]:
    """Return the range of every quotation mark of a text, in order; an apostrophe inside a word is none.

    A law holds of them: each lies within a quote or within a region that is set aside.

    Examples
    --------
    >>> find_marks("It's “so”, 6' tall.")
    [(5, 6), (8, 9), (12, 13)]
    """
    finder = conventions(lexicon or load("und")).finder
    return [found.span() for found in finder.finditer(text) if found[0] != _BREAK]


def pair(text: str, lexicon: Lexicon) -> Marks:
    """Pair the marks of a text; every mark ends in a region or among the strays."""
    return _Pairing(text, conventions(lexicon)).run()


class _Pairing:
    """The state of one pass over a text: what is open, and what the paragraph before left open."""

    def __init__(self, text: str, rules: Conventions) -> None:
        self.text = text
        self.rules = rules
        self.marks = Marks()
        self.stack: list[_Open] = []
        self.pending: Region | None = None
        self.paragraph = 0
        self.latest = -1

    @cached_property
    def inches(self) -> set[int]:
        """Where the marks of feet and inches stand, each after a digit."""
        return {place for m in _INCHES.finditer(self.text) for place in (m.start(), m.start(1))}

    def run(self) -> Marks:
        text, last = self.text, 0
        for found in self.rules.finder.finditer(text):
            (start, end), mark = found.span(), found[0]
            if mark == _BREAK:
                if self.breaks(last, start):
                    if self.stack or self.pending is not None:
                        self.flush(start)
                    self.paragraph = end
                last = end
            elif text[start - 1 : start].isdigit() and start in self.inches:
                self.stray(start, end, "inch")
            elif mark == TRIPLE:
                self.triple(start)
            else:
                self.place(start, end, mark)
        self.flush(len(text))
        self.marks.regions.sort(key=lambda r: (r.start, -r.end))
        return self.marks

    def triple(self, start: int) -> None:
        """Read three typewriter apostrophes as a double mark and a single one, the inner next to the words."""
        middle = start + 1 if self.stack and self.stack[-1].mark in self.rules.single else start + 2
        for a, b in ((start, middle), (middle, start + 3)):
            self.place(a, b, self.text[a:b])

    def breaks(self, line: int, end: int) -> bool:
        """Tell whether a line break ends a paragraph: a blank line, or a line that ends a sentence."""
        text = self.text
        after = text[end + 1 : end + 2]
        if after in {"", "\n", "\r"}:
            return True
        before = text[max(line, end - 8) : end].rstrip()
        return not before or (before[-1] in ".!?:…\"”'’»" and not after.islower())

    def place(self, start: int, end: int, mark: str) -> None:
        """Decide whether a mark opens, closes or does neither."""
        text, rules = self.text, self.rules
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        is_first, is_last = before.isspace(), after.isspace()
        opens = not is_last and (is_first or before in _OPENING or before in rules.closers)
        closes = not is_first and (is_last or after in _CLOSING or after in rules.closing)
        accepted = self.accepted(mark) if self.stack else None
        may_open = mark in rules.closers
        if mark in rules.single or mark == "'":
            self.place_single(start, end, mark, accepted=accepted, opens=opens and may_open, closes=closes)
        elif accepted is not None and (not may_open or not opens or closes or self.spaced(accepted, mark)):
            self.close(accepted, start, end)
        elif may_open and (opens or not closes or mark not in rules.closing) and not self.is_inch(start, mark, opens):
            self.open(start, end, mark)
        elif accepted is not None:
            self.close(accepted, start, end)
        else:
            self.stray(start, end, "inch" if before.isdigit() and mark in {'"', "''"} else "unbalanced")

    def spaced(self, depth: int, mark: str) -> bool:
        """Tell whether a directed mark closes one that has a space inside: « so »."""
        opened = self.stack[depth]
        return opened.mark != mark and self.text[opened.end : opened.end + 1].isspace()

    def is_inch(self, start: int, mark: str, opens: bool) -> bool:
        return mark in {'"', "''"} and not opens and start > 0 and self.text[start - 1].isdigit()

    def place_single(self, start: int, end: int, mark: str, *, accepted: int | None, opens: bool, closes: bool) -> None:
        text = self.text
        if accepted is not None and not (opens and not closes):
            opened = self.stack[accepted]
            plural = text[start - 1 : start] in {"s", "S"} and text[end : end + 1] == " "
            if plural and opened.weak is None:
                opened.weak = (start, end)
            else:
                self.settle_weak(opened)
                self.close(accepted, start, end)
        elif opens and not self.rules.elision.match(text, end):
            self.open(start, end, mark)
        else:
            digit = start > 0 and text[start - 1].isdigit() and mark == "'"
            self.stray(start, end, "inch" if digit else "apostrophe" if mark in APOSTROPHES else "unbalanced")

    def settle_weak(self, opened: _Open) -> None:
        if opened.weak:
            self.stray(*opened.weak, "apostrophe")
            opened.weak = None

    def accepted(self, mark: str) -> int | None:
        """Return the depth of the innermost open quotation that a mark may close."""
        closers, stack = self.rules.closers, self.stack
        for depth in range(len(stack) - 1, -1, -1):
            if mark in closers[stack[depth].mark]:
                return depth
        return None

    def open(self, start: int, end: int, mark: str) -> None:
        first = (
            not self.stack and not self.text[self.paragraph : start].strip() if start - self.paragraph < 9 else False
        )
        if first and self.pending is not None:
            self.pending.continues = True
        if len(self.stack) == MAX_DEPTH:
            lost = self.stack.pop(0)
            self.stray(lost.start, lost.end, "unbalanced")
        opened = _Open(start, end, mark)
        opened.first = first and self.pending is not None
        self.stack.append(opened)
        self.pending = None

    def close(self, depth: int, start: int, end: int) -> None:
        """Close the quotation at `depth`; what is open inside it stays unclosed."""
        while len(self.stack) > depth + 1:
            self.drop(self.stack.pop())
        opened = self.stack.pop()
        self.settle_weak(opened)
        if opened.end == start:
            self.latest = opened.start
            self.stray(opened.start, end, "empty")
        else:
            self.add(opened, start, end)

    def add(self, opened: _Open, start: int, end: int, *, closed: bool = True) -> Region:
        region = Region(opened.start, end, opened.end - opened.start, end - start)
        region.closed, region.continued = closed, opened.first
        region.lower = self.text[opened.end : opened.end + 1].islower()
        self.marks.regions.append(region)
        self.latest = region.start
        return region

    def drop(self, opened: _Open) -> None:
        """Give up an opening mark: a single one may end at a doubtful apostrophe, or is one itself."""
        if opened.weak:
            self.add(opened, *opened.weak)
        elif opened.mark in {"'", "’", "‘"}:
            self.stray(opened.start, opened.end, "apostrophe")
        else:
            self.stray(opened.start, opened.end, "unbalanced")

    def flush(self, end: int) -> None:
        """End a paragraph: its outermost open quotation runs to its end, the others are given up."""
        if self.pending is not None and self.text[self.paragraph : end].strip():
            self.pending = None
        while len(self.stack) > 1:
            self.drop(self.stack.pop())
        if not self.stack:
            return
        opened = self.stack.pop()
        if opened.weak or opened.mark in self.rules.single or opened.mark == "'":
            self.drop(opened)
            return
        last = len(self.text[opened.end : end].rstrip()) + opened.end
        if last <= opened.end or self.latest > opened.start:
            self.stray(opened.start, opened.end, "unbalanced")
            return
        self.pending = self.add(opened, last, last, closed=False)

    def stray(self, start: int, end: int, reason: AsideReason) -> None:
        self.marks.strays.add(start, end, reason)


def mask(text: str, regions: list[Region]) -> str:
    """Return the text with each region's characters replaced, length kept; the last one tells how it ended.

    Regions are top-level ones, in order.
    """
    if any(c in text for c in MASKED):
        text = text.translate(dict.fromkeys(map(ord, MASKED), "\ufffd"))
    parts: list[str] = []
    last = 0
    for region in regions:
        length = region.end - region.start
        ending = ENDS.get(text[region.outer - 1], FILL) if region.outer > region.inner else FILL
        parts += (text[last : region.start], MASK, FILL * (length - 2), ending)
        last = region.end
    parts.append(text[last:])
    return "".join(parts)
