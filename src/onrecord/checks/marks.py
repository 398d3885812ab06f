"""The law that every quotation mark is accounted for: in a quote, at its edge, or set aside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS = frozenset('"“”„‟«»‹›「」『』')
_MARK = re.compile("[" + "".join(sorted(MARKS)) + "]")
AROUND = 20
"""Characters to each side of a mark that a finding shows."""


class Range(NamedTuple):
    """A quote's envelope, or what is set aside."""

    start: int
    end: int


def unaccounted(text: str, quotes: Sequence[Any], set_aside: Sequence[Any]) -> list[int]:
    """Return where quotation marks stand that belong to nothing.

    >>> unaccounted('He said "yes" and "no".', [Range(9, 12)], [])
    [18, 21]
    """
    covered = [_widened(text, each.start, each.end) for each in quotes] + [(each.start, each.end) for each in set_aside]
    at = (found.start() for found in _MARK.finditer(text))
    return [place for place in at if not any(start <= place < end for start, end in covered)]


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return an envelope with the marks at its edges, perhaps a space away."""
    start, end = min(start, len(text)), min(end, len(text))
    while start > 0 and (text[start - 1] in MARKS or text[start - 1].isspace()):
        start -= 1
    while end < len(text) and (text[end] in MARKS or text[end].isspace()):
        end += 1
    return start, end
