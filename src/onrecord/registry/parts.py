"""A file on its way: what is here of it, hashed as it comes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Self

from onrecord.errors import IntegrityError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from onrecord.archives import Promise

Progress = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes of the whole."""

CHUNK = 1 << 20


class Part:
    """The beginning of a promised file, at `path`; a context manager.

    Attributes
    ----------
    size
        Bytes that are here.
    resumed
        Whether some were here before.
    """

    def __init__(self, path: Path, promise: Promise, told: Progress) -> None:
        self.path = path
        self.promise = promise
        self._told = told
        self._digest = hashlib.sha256()
        self.size = 0
        self.resumed = False

    def __enter__(self) -> Self:
        self._file = self.path.open("ab")
        try:
            if self._file.tell() > self.promise.bytes:
                self.restart()
            self._read_what_is_here()
            self._told(self.size, self.promise.bytes)
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _read_what_is_here(self) -> None:
        with self.path.open("rb") as here:
            while piece := here.read(CHUNK):
                self._digest.update(piece)
                self.size += len(piece)
        self.resumed = self.size > 0

    @property
    def is_full(self) -> bool:
        """True when as many bytes are here as were promised."""
        return self.size == self.promise.bytes

    @property
    def is_promised(self) -> bool:
        """True when the bytes are the promised ones."""
        return self.is_full and self._digest.hexdigest() == self.promise.sha256

    def restart(self) -> None:
        """Throw away what is here."""
        self._file.truncate(0)
        self._digest = hashlib.sha256()
        self.size = 0
        self.resumed = False

    def append(self, pieces: Iterator[bytes], place: str) -> None:
        """Add bytes from `place`, and never more than were promised.

        Raises
        ------
        IntegrityError
            More come; the file is removed.
        """
        try:
            for piece in pieces:
                if self.size + len(piece) > self.promise.bytes:
                    self.path.unlink()
                    raise IntegrityError(
                        "longer than the index promises", hint="nothing was unpacked; do not use it", file=place
                    )
                self._file.write(piece)
                self._digest.update(piece)
                self.size += len(piece)
                self._told(self.size, self.promise.bytes)
        finally:
            self._file.flush()
