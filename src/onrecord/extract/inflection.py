"""How the regular verbs and nouns of a lexicon are inflected."""

from __future__ import annotations

import re

from onrecord.extract.lexicon import Lexicon

Inflector = list[tuple[re.Pattern[str], int, tuple[str, ...]]]
"""What a word ends in, how many letters to drop, and the endings to put."""


def inflector(lexicon: Lexicon) -> Inflector:
    """Compile how regular words of a lexicon end; a fault names its line."""
    rules = lexicon.section("inflection").get("rules", [])
    try:
        return [(re.compile(pattern), int(drop), tuple(endings)) for pattern, drop, *endings in rules]
    except (TypeError, ValueError, re.error) as error:
        raise lexicon.error(f"[inflection] rules: {error}", "inflection") from error


def forms(base: str, inflect: Inflector) -> list[str]:
    """Return a base and its regular forms: third person, past, gerund; the third person ends as a plural does."""
    for pattern, drop, endings in inflect:
        if pattern.search(base):
            stem = base[: len(base) - drop] if drop else base
            return [base, *(stem + ending for ending in endings)]
    return [base]


def paradigms(lexicon: Lexicon, inflect: Inflector) -> list[list[str]]:
    """Return the forms of every verb that reports nothing, the irregular ones last."""
    table = lexicon.section("verbs")
    irregular = [line.split() for line in table.get("irregular", "").splitlines() if line.strip()]
    regular = [forms(base, inflect) for base in table.get("regular", "").split()]
    return [*regular, *irregular]
