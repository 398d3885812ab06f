"""The texts of a column as Arrow holds them: their bytes one after the other, and where each begins.

Offsets count code points, so a place in bytes is found by the bytes that continue a character, which are few.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    import polars as pl
    import pyarrow as pa

    Places = npt.NDArray[np.int64]
    Bytes = npt.NDArray[np.uint8]
    Flags = npt.NDArray[np.bool_]

CONTINUING = -64
"""Bytes that continue a character are smaller than this, as signed numbers."""
THREE_BYTES = 0xE0
"""What the first byte of a character of three bytes is at least."""
BLOCK = 1 << 17
"""Bytes looked at together: as many as stay in a processor's cache."""
INLINE = 12
"""Bytes that a view of Arrow holds itself."""


class Pieces(NamedTuple):
    """Pieces of a column's bytes: where they begin and end."""

    data: Bytes
    begins: Places
    ends: Places


class Strings:
    """A column of texts, nulls among them, which take no bytes.

    Parameters
    ----------
    column
        An array of type `string`, perhaps a slice of one.

    Attributes
    ----------
    data
        The bytes of all texts.
    bounds
        Where each text begins in them, and where the last one ends.

    Examples
    --------
    >>> import pyarrow as pa
    >>> texts = Strings(pa.array(["café", None, "bar"]))
    >>> texts.bounds.tolist(), texts.at(np.array([0, 2]), np.array([4, 1])).tolist()
    ([0, 5, 5, 8], [5, 6])
    """

    def __init__(self, column: pa.Array) -> None:
        self._column = column
        _, bounds, data = column.buffers()
        whole = np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
        found = np.frombuffer(bounds, np.int32) if len(column) else np.zeros(1, np.int32)
        found = found[column.offset : column.offset + len(column) + 1] if len(column) else found
        self.data: Bytes = whole[found[0] : found[-1]]
        self.bounds: Places = found.astype(np.int64) - int(found[0])

    def __len__(self) -> int:
        return len(self._column)

    @property
    def nulls(self) -> int:
        """How many texts are null."""
        return int(self._column.null_count)

    @cached_property
    def present(self) -> Flags:
        """Which texts are not null."""
        return np.asarray(self._column.is_valid().to_numpy(zero_copy_only=False), bool)

    @cached_property
    def lengths(self) -> Places:
        """Bytes of each text."""
        return np.diff(self.bounds)

    @cached_property
    def continuing(self) -> Places:
        """The places of bytes that continue a character."""
        signed = self.data.view(np.int8)
        found = [np.flatnonzero(signed[at : at + BLOCK] < CONTINUING) + at for at in range(0, len(signed), BLOCK)]
        return np.concatenate([np.empty(0, np.int64), *found])

    @cached_property
    def characters(self) -> Places:
        """For each of `bounds` how many characters stand before it."""
        return self.bounds - np.searchsorted(self.continuing, self.bounds)

    @cached_property
    def _before(self) -> Places:
        """For each continuing byte how many characters begin before it."""
        return self.continuing - np.arange(len(self.continuing))

    @cached_property
    def sizes(self) -> Places:
        """Characters of each text."""
        return np.diff(self.characters)

    def at(self, rows: Places, offsets: Places) -> Places:
        """Return where in the bytes the character of an offset begins: beyond the text, where it has fewer."""
        place = self.characters[rows] + offsets
        return place + np.searchsorted(self._before, place, side="right")

    def pieces(self, rows: Places | None = None) -> Pieces:
        """Return whole texts, by default all."""
        if rows is None:
            return Pieces(self.data, self.bounds[:-1], self.bounds[1:])
        return Pieces(self.data, self.bounds[rows], self.bounds[rows + 1])

    def window(self, begins: Places, width: int) -> Bytes:
        """Return some bytes from each of some places on, a row each; beyond the last byte there are zeros."""
        return _window(self.data, begins, width)

    def points(self, seconds: Places) -> Places:
        """Return the code points of characters of two or three bytes, given the place of their second one.

        >>> import pyarrow as pa
        >>> Strings(pa.array(["é“"])).points(np.array([1, 3])).tolist() == [ord("é"), ord("“")]
        True
        """
        first, second = (self.data[at].astype(np.int64) for at in (seconds - 1, seconds))
        third = self.data[np.minimum(seconds + 1, len(self.data) - 1)].astype(np.int64) & 0x3F
        two, three = (first & 0x1F) << 6 | second & 0x3F, (first & 0x0F) << 12 | (second & 0x3F) << 6 | third
        return np.where(first < THREE_BYTES, two, three)

    def key(self, width: int) -> npt.NDArray[np.bytes_] | None:
        """Return the texts as an array of bytes, or None where some are null or not `width` bytes long."""
        if self.nulls or bool((self.lengths != width).any()):
            return None
        return np.frombuffer(self.data, f"S{width}")


def alike(some: Pieces, others: Pieces) -> bool:
    """Tell whether pieces are equal one by one.

    >>> import pyarrow as pa
    >>> one, other = Strings(pa.array(["a bee", "a"])), Strings(pa.array(["bee", "a"]))
    >>> alike(Pieces(one.data, np.array([2, 5]), np.array([5, 6])), other.pieces())
    True
    """
    if not np.array_equal(some.ends - some.begins, others.ends - others.begins):
        return False
    return bool((_views(some) == _views(others)).all())


def _views(pieces: Pieces) -> pl.Series:
    """Return pieces as a column that refers to their bytes: as Arrow's type `binary_view`."""
    import polars as pl
    import pyarrow as pa

    data, begins, ends = pieces
    lengths = ends - begins
    views = np.empty((len(begins), 4), "<i4")
    views[:, 0] = lengths
    is_long = lengths > INLINE
    letters = views.view(np.uint8).reshape(-1, 16)[:, 4:]
    letters[:] = _window(data, begins, INLINE) & _KEPT[np.where(is_long, HEAD, lengths)]
    views[:, 3] = np.where(is_long, begins, views[:, 3])
    buffers = [None, pa.py_buffer(views), pa.py_buffer(data)]
    return pl.Series(pa.Array.from_buffers(pa.binary_view(), len(begins), buffers))


HEAD = 4
"""Bytes of a long piece that its view holds; then come the number of the buffer, which is 0, and the place in it."""
_KEPT = np.where(np.arange(INLINE) < np.arange(INLINE + 1)[:, None], 255, 0).astype(np.uint8)
"""For each length what to keep of the bytes of a view."""


def _window(data: Bytes, begins: Places, width: int) -> Bytes:
    last = len(data) - width
    found = np.zeros((len(begins), width), np.uint8)
    if last >= 0:
        every: npt.NDArray[np.void] = np.ndarray(last + 1, f"V{width}", data, strides=(1,))
        found = every[np.minimum(begins, last)].view(np.uint8).reshape(-1, width)
    for row in np.flatnonzero(begins > last).tolist():
        rest = data[begins[row] : begins[row] + width]
        found[row, : len(rest)], found[row, len(rest) :] = rest, 0
    return found
