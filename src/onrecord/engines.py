"""Map a function over many inputs, in order: in this process, or in several.

An engine is a context manager with one method, `map(function, items)`, that yields results in the order
of the items whatever finishes first, and holds no more than a few of them at a time. What is built is
therefore the same bytes on every engine. `function` and the items must pickle.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from types import TracebackType
from typing import Protocol, Self, TypeVar

from onrecord.errors import BuildError

In = TypeVar("In")
Out = TypeVar("Out")


class Engine(Protocol):
    """What every engine can do."""

    workers: int

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def map(self, function: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
        """Yield `function(item)` for every item, in order."""
        ...


class Serial:
    """The engine of one process, the one that asks.

    >>> with Serial() as engine:
    ...     list(engine.map(abs, [-1, 2]))
    [1, 2]
    """

    workers = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def map(self, function: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
        """Yield `function(item)` for every item, in order."""
        return map(function, items)


class Processes:
    """Several processes of this machine, started afresh (not forked), at most two items a worker in flight."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ignore_interrupt)

    def __enter__(self) -> Self:
        with _interrupts_wait():
            for _ in range(self.workers):
                self._pool.submit(os.getpid)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, function: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
        """Yield `function(item)` for every item, in order.

        Raises
        ------
        BuildError
            A worker died, as when the machine runs out of memory.
        """
        flying: deque[Future[Out]] = deque()
        try:
            for item in items:
                flying.append(self._pool.submit(function, item))
                if len(flying) >= 2 * self.workers:
                    yield flying.popleft().result()
            while flying:
                yield flying.popleft().result()
        except BrokenProcessPool:
            raise BuildError("a worker process died", hint="try fewer workers (--workers 1), or more memory") from None


def _ignore_interrupt() -> None:
    """Leave Ctrl-C to the parent, which shuts its workers down."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Hold Ctrl-C back while workers start, which inherit that: none dies half started."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def create(workers: int | None = None) -> Engine:
    """Return the engine for a number of workers; by default, one for each core this process may use.

    >>> create(1).workers
    1
    """
    count = workers if workers is not None else cores()
    return Serial() if count <= 1 else Processes(count)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
