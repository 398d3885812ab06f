"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True)
"""The same examples in every run, so that a change is judged by what it changes; elsewhere they are drawn anew."""

if os.environ.get("CI"):
    settings.load_profile("ci")
