"""Who asked not to be named, and why they say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.extract.lexicon import Lexicon
from onrecord.records import Anonymity

_LONGEST = 200


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
        self._triggers = tuple(sorted(lexicon.words("anonymity", "triggers")))
        self._adjectives = lexicon.words("anonymity", "anonymous_adjectives")

    @staticmethod
    @lru_cache(maxsize=16)
    def of(lexicon: Lexicon) -> Anonymities:
        """Return the phrases of a language, made once."""
        return Anonymities(lexicon)

    def occur(self, text: str) -> bool:
        """Tell quickly whether any phrase may be in a text."""
        return any(trigger in text for trigger in self._triggers)

    def reason(self, text: str) -> str | None:
        """Return the words from the phrase to the end of its clause, or None."""
        return next((reason for _, reason in self.reasons(text)), None)

    def reasons(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where each phrase stands, and its words to the end of its clause."""
        for found in self._phrases.finditer(text):
            end = self._ends.search(text, found.end(), found.start() + _LONGEST)
            yield found.start(), text[found.start() : end.start() if end else found.start() + _LONGEST].strip()

    def read(self, text: str) -> tuple[Anonymity, str | None]:
        """Tell whether an unnamed speaker is anonymous by their wish, and the reason as it is worded."""
        reason = self.reason(text)
        if reason or not self._adjectives.isdisjoint(text[:_LONGEST].lower().split()):
            return "anonymous", reason
        return "unnamed", None
