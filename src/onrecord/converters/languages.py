"""Which language a running text is in, told by its small words; no model, and no answer where the text is short."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any

SAMPLE = 6000
"""Code points that are read."""
SCRIPT_SAMPLE = 600
LEAST = 40
"""Words of a text that shows its language."""
WORD = re.compile(r"[^\W\d_]+")


def guess(text: str) -> str | None:
    """Return the BCP-47 tag of a text's language, or None where the text does not show it clearly.

    Examples
    --------
    >>> guess("The minister said that the talks had been useful, and that he would be back in the spring. " * 3)
    'en'
    >>> guess("Hello") is None
    True
    """
    words = WORD.findall(text[:SAMPLE].lower())
    if (script := _script("".join(words))) is not None:
        return script
    if len(words) < LEAST:
        return None
    counts = Counter(words)
    scores = sorted(((sum(counts[w] for w in small), tag) for tag, small in _small_words().items()), reverse=True)
    (best, tag), (second, _) = scores[0], scores[1]
    is_clear = best >= 0.12 * len(words) and best > 1.05 * second
    return tag if is_clear or (best >= 0.045 * len(words) and best > 1.4 * second) else None


def _script(letters: str) -> str | None:
    letters = letters[:SCRIPT_SAMPLE]
    if len(letters) < LEAST or letters.isascii():
        return None
    for tag, (first, last) in _lexicon()["scripts"].items():
        share = 0.02 if tag == "uk" else 0.15
        if sum(first <= c <= last for c in letters) > share * len(letters) or (tag == "uk" and "ї" in letters):
            return str(tag)
    return None


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files("onrecord.converters").joinpath("data/languages.toml").read_text(encoding="utf-8"))


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {tag: frozenset(words.split()) for tag, words in _lexicon()["words"].items()}
