"""What holds for all tests."""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, settings

settings.register_profile("here", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
"""No test fails because the machine is busy; the examples are few and drawn anew each time, so that tests are quick."""

settings.register_profile("ci", settings.get_profile("here"), derandomize=True, max_examples=100)
"""The same examples in every run, and more of them, so that a change is judged by what it changes."""

settings.load_profile("ci" if os.environ.get("CI") else "here")

os.environ.setdefault("ONRECORD_COMPILE", "0")
"""Wheels that a test builds or has built are not compiled, which takes minutes; one test is about that alone."""

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # A shell's background jobs ignore Ctrl-C, and so would every command that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
