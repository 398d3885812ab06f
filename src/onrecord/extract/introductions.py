"""Who is announced by a sentence that ends with a colon, for the quotation in the next paragraph."""

from __future__ import annotations

from onrecord.extract import sources, subjects
from onrecord.extract.drafts import Reading
from onrecord.extract.tokens import Sentence, Tokens


def announced(reading: Reading) -> Tokens | None:
    """Return the source that a sentence announces: "She went on to say:", "Said Smith:", "From Ada Moss:"."""
    s = reading.s
    if not s.tags.endswith(":"):
        return None
    for index in range(len(s.tags) - 2, -1, -1):
        if s.tags[index] in "VZYG":
            found = _of_verb(s, index, reading)
            if found is not None:
                return found
    return subjects.main(s, 0, len(s.tags) - 1) or _from(s)


def _of_verb(s: Sentence, index: int, reading: Reading) -> Tokens | None:
    if index == 0:
        return subjects.after(s, 1, reading.words.lists["inner"])
    first = sources.group(s, index)
    return sources.before(s, first, 0) or (subjects.main(s, 0, first) if s.tags[index] == "G" else None)


def _from(s: Sentence) -> Tokens | None:
    """Return the noun phrase after a leading preposition."""
    last = subjects.rightwards(s, 1, len(s.tags) - 1) if s.tags[:1] == "i" else 1
    return (1, last) if last > 1 and "N" in s.tags[1:last] else None
