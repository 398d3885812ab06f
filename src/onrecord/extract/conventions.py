"""A language's quotation marks, compiled: which mark opens, which may close it, and where a text holds one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.extract.lexicon import Lexicon

APOSTROPHES: Final = "'’‘"
"""Marks that inside a word are none."""


@dataclass(frozen=True, slots=True, eq=False)
class Conventions:
    """A language's marks, compiled."""

    finder: re.Pattern[str]
    closers: dict[str, frozenset[str]]
    closing: frozenset[str]
    single: frozenset[str]
    elision: re.Pattern[str]


@lru_cache(maxsize=16)
def conventions(lexicon: Lexicon) -> Conventions:
    """Compile the `[marks]` of a lexicon."""
    table = lexicon.section("marks")
    closers: dict[str, frozenset[str]] = {}
    for row in [*table.get("double", ()), *table.get("single", ())]:
        opening, *rest = row.split()
        closers[opening] = closers.get(opening, frozenset()) | frozenset(rest)
    single = {mark for row in table.get("single", ()) for mark in row.split()}
    known = sorted({*closers, *(c for some in closers.values() for c in some)}, key=len, reverse=True)
    elisions = "|".join(sorted(lexicon.words("marks", "elisions"), key=len, reverse=True))
    elision = re.compile(rf"\d|(?:{elisions})\b" if elisions else r"\d", re.IGNORECASE)
    doubles = frozenset(known) - single | {'"'}
    closing = frozenset(c for some in closers.values() for c in some)
    return Conventions(_finder(known), closers, closing, frozenset(single - doubles), elision)


def _finder(known: list[str]) -> re.Pattern[str]:
    """Compile what finds marks and line breaks: one set of first characters, then what makes each a mark."""
    plain = "".join(mark for mark in known if len(mark) == 1 and mark not in APOSTROPHES)
    firsts = "".join(sorted({mark[0] for mark in known} | set(APOSTROPHES)))
    ways = [r"(?<=\n)", r"(?<=')''(?!')"]
    ways += [rf"(?<={re.escape(mark[0])}){re.escape(mark[1:])}" for mark in known if len(mark) > 1]
    ways += [rf"(?<=[{re.escape(plain)}])"] if plain else []
    ways.append(rf"(?<=[{APOSTROPHES}])(?:(?<![^\W_].)|(?![^\W_]))")
    return re.compile(rf"[\n{re.escape(firsts)}](?:{'|'.join(ways)})", re.DOTALL)
