"""What publishers say around an article, one file a profile: whole lines, folded, as patterns."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.converters.lines import fold

MAX_LENGTH = 400
"""Code points of a line that may be a known phrase; what is longer is text."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one profile: what can be read from a line, and what is boilerplate, by kind."""

    patterns: dict[str, re.Pattern[str]]
    boilerplate: dict[str, re.Pattern[str]]
    words: dict[str, frozenset[str]]

    def reads(self, name: str, text: str) -> str | None:
        """Return what a phrase called `name` says where a whole line is that phrase: its number, or the line."""
        match = self.patterns[name].fullmatch(fold(text)) if len(text) <= MAX_LENGTH else None
        return next((group for group in match.groups() if group), match[0]) if match else None

    def kind(self, text: str) -> str | None:
        """Return which kind of boilerplate a whole line is, or None where it is none."""
        if len(text) > MAX_LENGTH:
            return None
        folded = fold(text)
        return next((kind for kind, pattern in self.boilerplate.items() if pattern.fullmatch(folded)), None)


@cache
def load(profile: str) -> Lexicon:
    """Read the lexicon of a profile.

    >>> load("lemonde").kind("Lecture restreinte")
    'restricted-reading'
    >>> load("lemonde").reads("reading_time", "Temps de Lecture 4 min.")
    '4'
    """
    data = tomllib.loads(files("onrecord.converters").joinpath(f"data/{profile}.toml").read_text(encoding="utf-8"))
    return Lexicon(
        _compiled(data["read"]), _compiled(data["boilerplate"]), {k: frozenset(v) for k, v in data["words"].items()}
    )


def _compiled(patterns: dict[str, Any]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(f"(?:{pattern})" for pattern in some)) for name, some in patterns.items()}
