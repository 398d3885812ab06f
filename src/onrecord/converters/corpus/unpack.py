"""A document's bytes as a stream, out of gzip or zstd, that stops at a bomb."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

MAX_RATIO = 100
"""How many times its packed size a document may unpack to; text packs to about a fifth."""
BUFFER = 1 << 16
LEAST = 100_000_000
"""Bytes that any document may unpack to."""
MAX_RECORD = 16_000_000
"""Bytes of a line; what is longer is left out."""


class BombError(ValueError):
    """The document unpacks to more than any corpus would."""


class Unpacked(io.RawIOBase):
    """A stream of unpacked bytes that raises `BombError` when there are far too many.

    `tail` holds the last four bytes that were read: whether a format that ends in a certain way is whole.
    """

    def __init__(self, source: BinaryIO, packed: int) -> None:
        self._read = getattr(source, "read1", source.read)  # one step at a time: damage costs no byte before it
        self.tail = b""
        self._limit = self._left = max(LEAST, MAX_RATIO * packed)

    def readable(self) -> bool:
        """Tell that the stream can be read."""
        return True

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._limit - self._left

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer."""
        part = self._read(len(buffer))
        self._left -= len(part)
        self.tail = (self.tail + part[-4:])[-4:]
        if self._left < 0:
            raise BombError("it unpacks to more than any corpus would")
        buffer[: len(part)] = part
        return len(part)


DAMAGE = (OSError, EOFError, zlib.error, BombError)
"""What reading a damaged or hostile stream raises."""


def _opened(data: bytes) -> BinaryIO:
    if data.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=io.BytesIO(data))  # type: ignore[return-value]
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        import pyarrow as pa

        return pa.CompressedInputStream(pa.BufferReader(data), "zstd")  # type: ignore[no-any-return]
    return io.BytesIO(data)


def stream(data: bytes) -> io.BufferedReader:
    """Return a buffered stream of a document's unpacked bytes.

    >>> stream(gzip.compress(b"one")).read()
    b'one'
    """
    return io.BufferedReader(Unpacked(_opened(data), len(data)), BUFFER)


def member(source: BinaryIO, packed: int) -> io.BufferedReader:
    """Return a buffered stream of a member of an archive, out of gzip where it is in it, without reading it whole."""
    raw: io.BufferedReader = io.BufferedReader(Unpacked(source, packed), BUFFER)
    if not raw.peek(2).startswith(b"\x1f\x8b"):
        return raw
    return io.BufferedReader(Unpacked(gzip.GzipFile(fileobj=raw), packed), BUFFER)  # type: ignore[arg-type]


def lines(data: bytes) -> Iterator[tuple[int, bytes | None]]:
    r"""Yield the lines of a document with their numbers, without line ends; None for one that is far too long.

    >>> list(lines(b"a\r\nb"))
    [(1, b'a'), (2, b'b')]
    """
    source = stream(data)
    number = 0
    while line := source.readline(MAX_RECORD + 1):
        number += 1
        if len(line) <= MAX_RECORD:
            yield number, line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(MAX_RECORD)
        yield number, None
