"""Functions that worker processes of tests import by name."""

from __future__ import annotations

import os
import signal
import time


def slow_first(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0)
    return number * 2


def die(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def fail(number: int) -> int:
    raise ValueError(number)
