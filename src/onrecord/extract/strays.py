"""Marks that pair with nothing, or quote nothing: kept in eight bytes each, since a text may hold little else."""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Iterator
from typing import Final, get_args

from onrecord.records import AsideReason

_REASONS: Final[tuple[AsideReason, ...]] = get_args(AsideReason)
_BITS: Final = 4


class Strays:
    """Ranges of a text, each with the reason why it quotes nobody, in order.

    Examples
    --------
    >>> strays = Strays()
    >>> strays.add(7, 8, "inch")
    >>> strays.add(0, 2, "empty")
    >>> list(strays)
    [(0, 2, 'empty'), (7, 8, 'inch')]
    """

    def __init__(self) -> None:
        self._packed = array("Q")

    def add(self, start: int, end: int, reason: AsideReason) -> None:
        """Keep a range of at most 15 characters; most come in order."""
        one = (start << _BITS | end - start) << _BITS | _REASONS.index(reason)
        if self._packed and one < self._packed[-1]:
            insort(self._packed, one)
        else:
            self._packed.append(one)

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self._packed)

    def __iter__(self) -> Iterator[tuple[int, int, AsideReason]]:
        """Yield start, end and reason of each range, in order."""
        low = (1 << _BITS) - 1
        for one in self._packed:
            start = one >> 2 * _BITS
            yield start, start + (one >> _BITS & low), _REASONS[one & low]
