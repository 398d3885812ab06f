"""Who asked not to be named, and why they say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from onrecord.extract.lexicon import Lexicon
from onrecord.records import Anonymity

_LONGEST: Final = 200


class Anonymities:
    """The phrases of one language that grant anonymity.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> rules = Anonymities.of(load("en"))
    >>> rules.read("a diplomat, who requested anonymity to speak candidly.")
    ('anonymous', 'requested anonymity to speak candidly')
    >>> rules.read("a diplomat")
    ('unnamed', None)
    """

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.section("anonymity")
        phrases = table.get("phrases", [])
        self._phrases = re.compile(r"\b(?:" + "|".join(phrases) + ")" if phrases else r"(?!)")
        self._ends = re.compile(table.get("ends", r"[.;\n]"))
        triggers = sorted(lexicon.words("anonymity", "triggers"))
        self._triggers = tuple(word for word in triggers if not any(one in word for one in triggers if one != word))
        self._adjectives = lexicon.words("anonymity", "anonymous_adjectives")

    @staticmethod
    @lru_cache(maxsize=16)
    def of(lexicon: Lexicon) -> Anonymities:
        """Return the phrases of a language, made once."""
        return Anonymities(lexicon)

    def places(self, text: str) -> list[int]:
        """Return where the words of a text stand without one of which no phrase is complete."""
        return sorted(place for trigger in self._triggers for place in _places(text, trigger))

    def reason(self, text: str) -> str | None:
        """Return the words from the phrase to the end of its clause, or None."""
        return next((reason for _, reason in self.reasons(text)), None)

    def reasons(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where each phrase stands, and its words to the end of its clause."""
        for first, last in self._windows(text):
            for found in self._phrases.finditer(text, first, last):
                end = self._ends.search(text, found.end(), found.start() + _LONGEST)
                yield found.start(), text[found.start() : end.start() if end else found.start() + _LONGEST].strip()

    def _windows(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a text that a phrase may lie in: as far around a trigger as a phrase is long."""
        first = last = -1
        for place in self.places(text):
            if place - _LONGEST > last:
                if last > 0:
                    yield first, last
                first = max(0, place - _LONGEST)
            last = place + _LONGEST
        if last > 0:
            yield first, last

    def read(self, text: str) -> tuple[Anonymity, str | None]:
        """Tell whether an unnamed speaker is anonymous by their wish, and the reason as it is worded."""
        reason = self.reason(text)
        if reason or not self._adjectives.isdisjoint(text[:_LONGEST].lower().split()):
            return "anonymous", reason
        return "unnamed", None


def _places(text: str, word: str) -> Iterator[int]:
    """Yield where a word stands in a text."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
