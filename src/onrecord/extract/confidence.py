"""How often a rule names the right source: weights set by hand after reading what each kind gets wrong."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from onrecord.records import SourceForm

Adjacency = Literal["beside", "apart", "none"]

ORDER: Final = {
    "quotation-subject-verb": 0.97,
    "quotation-verb-subject": 0.95,
    "quotation-subject-unlisted verb": 0.85,
    "quotation-unlisted verb-subject": 0.85,
    "for a source": 0.7,
    "in the words of": 0.9,
    "clause-subject-verb": 0.95,
    "clause-verb-subject": 0.88,
    "subject-verb": 0.94,
    "verb-subject": 0.92,
    "according to": 0.93,
    "as-subject-verb": 0.85,
    "transcript": 0.95,
    "signed after a dash": 0.92,
    "signed in the line below": 0.85,
    "introduced by a colon": 0.88,
    "participle": 0.86,
    "floating: paragraph before": 0.5,
    "floating: subject of the sentence before": 0.6,
    "floating": 0.94,
    "noun-that": 0.6,
    "noun-quote": 0.7,
    "quotation after an unlisted verb": 0.85,
    "passive": 0.6,
    "colon": 0.8,
    "fragment": 0.45,
}
"""Weight by the start of a method's name; the longest that fits counts."""

UNNAMED: Final = 0.3
LONG: Final = 7
"""Words from which a source is long, and more likely to be cut wrongly."""

_NAMES: Final = sorted(ORDER, key=len, reverse=True)


@lru_cache(maxsize=1024)
def confidence(method: str, form: SourceForm, words: int, adjacency: Adjacency, relative: bool = False) -> float:
    """Return the confidence that `method` names the right source.

    Parameters
    ----------
    form, words
        How the source is worded, and in how many words.
    adjacency
        Whether source and cue touch.
    relative
        Whether the source is "who" or "that", which another phrase must explain.

    Examples
    --------
    >>> confidence("quotation-subject-verb", "pronoun", 1, "beside")
    0.98
    >>> confidence("no cue", "none", 0, "none")
    0.3
    """
    if form == "none":
        return UNNAMED
    value = next((ORDER[name] for name in _NAMES if method.startswith(name)), 0.7)
    if relative:
        value -= 0.12
    elif form == "pronoun":
        value += 0.01
    elif form == "nominal" and method.startswith("subject-verb-bare"):
        value -= 0.05
    elif words > LONG:
        value -= 0.07
    if adjacency == "apart":
        value -= 0.1
    return round(max(0.05, min(value, 0.98)), 2)


@lru_cache(maxsize=1024)
def weighed(sure: float, doubt: float) -> float:
    """Return what is left of a confidence.

    >>> weighed(0.9, 0.8)
    0.72
    """
    return round(sure * doubt, 4)
