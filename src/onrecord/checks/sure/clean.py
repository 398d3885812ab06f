"""Texts that surely are clean: told by their bytes, of which few need a second look.

What `hygiene` looks for lies beyond ASCII, or is a control character, or begins a cell.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord.checks.hygiene import SUSPECT, texts_of
from onrecord.checks.strings import BLOCK, Strings

if TYPE_CHECKING:
    from onrecord.checks.glances import Glance
    from onrecord.checks.strings import Bytes, Flags, Places
    from onrecord.schemas import Field

SPACE = 0x20
DELETE = 0x7F
ALLOWED = b"\t\n\r"
"""Control characters that texts may hold."""
FORMULAS = np.frombuffer(b"=+-@\t\r", np.uint8)
"""What begins a formula."""
BEGINNINGS = "ÃÂâðïÐÑ"
"""What begins text that was decoded wrongly, where another character beyond ASCII follows."""
JOINERS = "\u200c\u200d"
"""What is suspect between some letters only."""
ASCII, TWO, LATER = 0x80, 0x800, 0x3000
"""The first character of two and of three bytes, and the first after which all are suspect."""


def unclean(glance: Glance) -> list[str]:
    """Return the columns in which some text may be unclean."""
    return [field.name for field in texts_of(glance.name) if not _clean(glance, field)]


def _clean(glance: Glance, field: Field) -> bool:
    if field.item is not None:
        return is_clean(Strings(glance.rows.column(field.name).flatten()))
    texts = glance.texts(field.name)
    return is_clean(texts) and not _formulas(texts)


def is_clean(texts: Strings) -> bool:
    r"""Tell whether texts surely hold nothing that `hygiene.SUSPECT` finds.

    >>> import pyarrow as pa
    >>> is_clean(Strings(pa.array(["naïve: “€ 5”", None]))), is_clean(Strings(pa.array(["a\u200bb"])))
    (True, False)
    """
    return not _controls(texts.data) and not _suspects(texts)


def _formulas(texts: Strings) -> bool:
    firsts = texts.data[texts.bounds[:-1][texts.lengths > 0]]
    return bool(np.isin(firsts, FORMULAS).any())


def _controls(data: Bytes) -> bool:
    low = deleted = allowed = 0
    for at in range(0, len(data), BLOCK):
        block = data[at : at + BLOCK]
        if some := int(np.count_nonzero(block < SPACE)):
            low += some
            allowed += sum(int(np.count_nonzero(block == each)) for each in ALLOWED)
        deleted += int(np.count_nonzero(block == DELETE))
    return deleted > 0 or low > allowed


def _suspects(texts: Strings) -> bool:
    """Tell whether some character beyond ASCII may be one to find, by its first two bytes or by all three."""
    seconds = texts.continuing
    pairs = texts.window(seconds - 1, 2).view(">u2")[:, 0]
    seen = _verdicts()[pairs]
    if bool((seen == Verdict.SUSPECT).any()):
        return True
    if bool(_suspect()[texts.points(seconds[seen == Verdict.OPEN])].any()):
        return True
    return _followed(texts, seconds[seen == Verdict.BEGINS])


def _followed(texts: Strings, seconds: Places) -> bool:
    """Tell whether a character of two or three bytes is followed by one beyond ASCII in the same text."""
    after = seconds + 1
    after = after[texts.bounds[np.searchsorted(texts.bounds, after)] > after]
    return bool((texts.data[after] >= ASCII).any())


class Verdict(IntEnum):
    """What two bytes, of which the second one continues a character, say of it."""

    CLEAN = 0
    SUSPECT = 1
    OPEN = 2
    BEGINS = 3


@cache
def _suspect() -> Flags:
    """Return for each code point of at most three bytes whether it alone may be one to find."""
    found = np.ones(1 << 16, bool)
    found[:LATER] = [re.search(SUSPECT, chr(point)) is not None or chr(point) in JOINERS for point in range(LATER)]
    return found


@cache
def _verdicts() -> Bytes:
    """Return the verdict for each pair of bytes."""
    found = np.full(1 << 16, Verdict.SUSPECT, np.uint8)
    found[0x8000:0xC000] = Verdict.CLEAN  # the first byte continues a character too, so this is its third
    for point in range(ASCII, TWO):
        begins = Verdict.BEGINS if chr(point) in BEGINNINGS else Verdict.CLEAN
        found[_pair(point)] = Verdict.SUSPECT if _suspect()[point] else begins
    for first in range(TWO, LATER, 64):
        some = _suspect()[first : first + 64]
        found[_pair(first)] = Verdict.OPEN if some.any() and not some.all() else Verdict(int(some.all()))
    return found


def _pair(point: int) -> int:
    """Return the first two bytes of a character as a number."""
    return int.from_bytes(chr(point).encode()[:2], "big")
