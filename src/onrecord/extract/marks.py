"""Quotation marks: find them, and mask what they quote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from onrecord.extract.conventions import conventions
from onrecord.extract.lexicon import Lexicon, load
from onrecord.extract.strays import Strays
from onrecord.records import AsideReason

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

BREAK: Final = "\n"


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


def find_marks(text: str, lexicon: Lexicon | None = None) -> list[tuple[int, int]]:
    """Return the range of every quotation mark of a text, in order; an apostrophe inside a word is none.

    A law holds of them: each lies within a quote or within a region that is set aside.

    Examples
    --------
    >>> find_marks("It's “so”, 6' tall.")
    [(5, 6), (8, 9), (12, 13)]
    """
    finder = conventions(lexicon or load("und")).finder
    return [found.span() for found in finder.finditer(text) if found[0] != BREAK]


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
