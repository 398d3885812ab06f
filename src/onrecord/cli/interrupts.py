"""Ctrl-C, at any moment: a command that has not begun ends without a word, one at work stops and says so.

Python raises KeyboardInterrupt wherever the signal finds it, and where that is within a callback it prints the
exception and goes on, or a library makes another of it. So the signal is remembered, and asked for now and then.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any

_asked: list[int] = []


def quiet() -> None:
    """Let Ctrl-C end the process at once: it has done nothing yet, or nothing is left to do."""
    if _may_be_set():
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def heeded() -> Iterator[None]:
    """Let Ctrl-C stop what is at work here."""
    if not _may_be_set():
        yield
        return
    before, printing = signal.signal(signal.SIGINT, _stop), sys.unraisablehook

    def passing(lost: Any) -> None:
        if lost.exc_type is not KeyboardInterrupt:
            printing(lost)

    sys.unraisablehook = passing
    try:
        yield
    finally:
        sys.unraisablehook = printing
        signal.signal(signal.SIGINT, before)
        _asked.clear()


def asked() -> bool:
    """Tell whether somebody pressed Ctrl-C."""
    return bool(_asked)


def check() -> None:
    """Stop if somebody pressed Ctrl-C and that got lost.

    Raises
    ------
    KeyboardInterrupt
        Somebody did.
    """
    if _asked:
        raise KeyboardInterrupt


def _may_be_set() -> bool:
    """Tell whether signals are ours to handle: not in a thread, nor where whoever started us ignores them."""
    return current_thread() is main_thread() and signal.getsignal(signal.SIGINT) != signal.SIG_IGN


def _stop(number: int, frame: FrameType | None) -> None:
    del frame
    _asked.append(number)
    raise KeyboardInterrupt
