"""Bytes to articles: every converter is pure and found by entry point.

A converter is `convert(document, defaults)` and yields `Article`s and `Issue`s: see `base` for the
contract, `choice` for how one is chosen by content, and `onrecord.testing` for testing your own.
"""

from __future__ import annotations

from onrecord.converters import options
from onrecord.converters.base import GROUP, Converter, available, find, never_raises
from onrecord.converters.choice import Choice, choose
from onrecord.converters.rules import RULES

__all__ = ["GROUP", "RULES", "Choice", "Converter", "available", "choose", "find", "never_raises", "options"]
