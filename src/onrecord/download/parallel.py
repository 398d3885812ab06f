"""Several files at once, and one sum of what came of all of them."""

from __future__ import annotations

from concurrent.futures import CancelledError
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onrecord.registry import Progress

AT_ONCE = 4
"""Connections to a registry at one time: more gain little, and are unkind."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def at_once(
    work: Callable[[Item], Result], items: Iterable[Item], *, stop: Callable[[], object] = lambda: None
) -> list[Result]:
    """Return the work's results, in order, of a few items at a time.

    The first error, or a Ctrl-C, ends it and is raised; `stop` is called then, and may tell what still runs to end.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="onrecord") as pool:
        running = [pool.submit(work, item) for item in items]
        try:
            return [one.result() for one in running]
        except BaseException:
            stop()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


class Tally:
    """Adds up the progress of several files.

    Examples
    --------
    >>> tally = Tally(print, 10)
    >>> tally.of("a")(3, 4); tally.of("b")(5, 6)
    3 10
    8 10
    """

    def __init__(self, told: Progress, total: int) -> None:
        self._told = told
        self._total = total
        self._done: dict[str, int] = {}
        self._lock = Lock()
        self._stopped = False

    def stop(self) -> None:
        """Have whoever tells of a file next end with a `CancelledError`."""
        self._stopped = True

    def of(self, name: str) -> Progress:
        """Return what to tell of one file."""

        def told(done: int, _: int) -> None:
            if self._stopped:
                raise CancelledError
            with self._lock:
                self._done[name] = done
                self._told(sum(self._done.values()), self._total)

        return told
