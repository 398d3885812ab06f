"""Pairing quotation marks, paragraph by paragraph.

One bad pairing spoils every sentence after it, so pairing starts afresh at each paragraph. An opening mark at
the start of a paragraph after an unclosed one continues that quotation.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from onrecord.extract.conventions import APOSTROPHES, Conventions, conventions
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.marks import BREAK, Marks, Region
from onrecord.records import AsideReason

MAX_DEPTH: Final = 8
"""Quotations open at once; a deeper opening mark pushes the outermost out as unbalanced."""

_OPENING: Final = frozenset("([{<—–―-/|=_*…>")
_CLOSING: Final = frozenset(".,;:!?)]}>—–―-/|=_*…")
_CLOSES: Final = frozenset(",;")
_STOPPED: Final = frozenset(".,!?…")
_GOES_ON: Final = re.compile(r"(?<=[\w,;\s])\s{1,8}[a-z]")
_WORDS: Final = 3
_INDENT: Final = 9
_SIGNATURE: Final = re.compile(r"(?:[^\W\d_a-z][\w'’-]*+[ ,.]*+){2,5}[^,.!?]{0,60}\.?")
_NEXT_SENTENCE: Final = re.compile(r"(?<=[.!?…])[ \xa0]+(?=[^\W\d_])")
_INCHES: Final = re.compile(r"['’](?<=\d.)\s?\d{1,3}(\"|''|”)")
TRIPLE: Final = "'''"


class _Open:
    """An opening mark that waits for its closing one; a doubtful apostrophe may be that."""

    __slots__ = ("end", "first", "mark", "start", "weak")

    def __init__(self, start: int, end: int, mark: str) -> None:
        self.start, self.end, self.mark = start, end, mark
        self.weak: tuple[int, int] | None = None
        self.first = False


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
        self.latest = self.lost = -1

    @cached_property
    def inches(self) -> set[int]:
        """Where the marks of feet and inches stand, each after a digit."""
        return {place for m in _INCHES.finditer(self.text) for place in (m.start(), m.start(1))}

    def run(self) -> Marks:
        text, last = self.text, 0
        for found in self.rules.finder.finditer(text):
            (start, end), mark = found.span(), found[0]
            if mark == BREAK:
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
        if self.stack and _GOES_ON.match(text, end) is not None:
            return False
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
        opens = not is_last and (is_first or before in _OPENING or before in rules.closers) and after not in _CLOSES
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
        elif not (mark in rules.closing and before in _STOPPED and self.unopened(start, end)):
            self.stray(start, end, "inch" if before.isdigit() and mark in {'"', "''"} else "unbalanced")

    def spaced(self, depth: int, mark: str) -> bool:
        """Tell whether a directed mark closes one that has a space inside: « so »."""
        opened = self.stack[depth]
        return opened.mark != mark and self.text[opened.end : opened.end + 1].isspace()

    def is_inch(self, start: int, mark: str, opens: bool) -> bool:
        return mark in {'"', "''"} and not opens and start > 0 and self.text[start - 1].isdigit()

    def unopened(self, start: int, end: int) -> bool:
        """Take a closing mark that nothing opened for the end of a quotation whose opening mark is lost.

        It begins with its paragraph where the one before left it open or a cue follows, or with the sentence after
        the quotation before. A name with a role is a signature, and no quotation.
        """
        text, regions, first = self.text, self.marks.regions, self.paragraph
        if self.stack or self.lost > first:
            return False
        if regions and regions[-1].end > first:
            found = _NEXT_SENTENCE.search(text, regions[-1].end, start)
            first = found.end() if found is not None else start
        elif self.pending is None and (text[start - 1] in ".!…" or text.count(" ", first, start) < _WORDS):
            return False
        first += len(text[first:start]) - len(text[first:start].lstrip())
        if first >= start or _SIGNATURE.fullmatch(text, first, start):
            return False
        if self.pending is not None:
            self.pending.continues = True
        opened = _Open(first, first, "")
        opened.first = self.pending is not None
        self.add(opened, start, end)
        self.pending = None
        return True

    def place_single(self, start: int, end: int, mark: str, *, accepted: int | None, opens: bool, closes: bool) -> None:
        text = self.text
        if start and text[start - 1].isspace() and self.rules.elision.match(text, end):
            self.stray(start, end, "apostrophe")
        elif accepted is not None and not (opens and not closes):
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
        near = not self.stack and start - self.paragraph < _INDENT
        first = near and not self.text[self.paragraph : start].strip()
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
        if not self.nests(opened):
            self.latest = region.start
        return region

    def nests(self, inner: _Open) -> bool:
        """Tell whether a quotation in marks of another kind lies inside the one that is open, closed or not."""
        if not self.stack:
            return False
        outer = self.stack[0]
        begins = outer.start - self.paragraph < _INDENT and not self.text[self.paragraph : outer.start].strip()
        return outer.mark != inner.mark and (inner.mark in self.rules.single or inner.mark == "'" or begins)

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
        if reason == "unbalanced":
            self.lost = max(self.lost, end)
        self.marks.strays.add(start, end, reason)
