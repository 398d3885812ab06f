"""The dataset as the last build left it, from which segments that did not change are taken over."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.build import cache
from onrecord.build.segments import TABLES
from onrecord.tables import PieceReader


class Earlier:
    """The segments of the last dataset by key, and readers of its files; a context manager.

    Where the last build is not known, or one byte of its dataset is not as it left it, there are no segments.

    Parameters
    ----------
    target
        The dataset's folder.
    last
        What is remembered of the build that made it.
    """

    def __init__(self, target: Path, last: cache.State | None) -> None:
        self.segments: dict[str, cache.Segment] = {}
        self.readers: dict[str, PieceReader] = {}
        self._target = target
        self._last = last
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        if self._last is None or not cache.intact(self._last, self._target):
            return self
        with ExitStack() as stack:
            self.readers = {name: stack.enter_context(PieceReader(self._target / "data", name)) for name in TABLES}
            self._stack = stack.pop_all()
        self.segments = {segment.key: segment for segment in self._last.segments}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
