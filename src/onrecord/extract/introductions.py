"""Who is announced before a quotation, by a colon or an inverted cue, or signs the one before after a dash."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import informants, inversion, sources, subjects
from onrecord.extract.drafts import Draft, Reading, cue_at
from onrecord.extract.tokens import Sentence, Tokens

_SIGNED: Final = re.compile("N{2,5}(,[nNd#(][^vVzZaGQs;:]*)?")
SIGNATURE: Final = 16
"""Tokens that a signature after a dash may have."""


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
    return _from(s) or subjects.main(s, 0, len(s.tags) - 1)


def _of_verb(s: Sentence, index: int, reading: Reading) -> Tokens | None:
    if index == 0:
        return inversion.after(s, 1, reading.words.lists["inner"])
    first = sources.group(s, index)
    return sources.before(s, first, 0) or (subjects.main(s, 0, first) if s.tags[index] == "G" else None)


def _from(s: Sentence) -> Tokens | None:
    """Return the noun phrase after a leading preposition, where no verb follows: "From Ada Moss, the mayor:"."""
    if s.tags[:1] != "i" or "N" not in s.tags or set("vVazZ") & set(s.tags):
        return None
    return informants.informant(s, 1)


def signed(s: Sentence) -> Tokens | None:
    """Return the name that signs the quotation before: "— Ada Moss, mayor", "- Elm boss | after defeat"."""
    tags = s.tags
    first = tags.find("-") + 1
    if first == 0 or tags[: first - 1].strip("Q.") or len(tags) - first > SIGNATURE or "N" not in tags[first:]:
        return None
    if set("vVzZaGQ") & set(tags[first:]):
        return None
    occasion = (at for at in range(first + 1, len(tags)) if tags[at] in "is" and s.words[at] not in s.lists["inner"])
    return first, next(occasion, len(tags) - tags.endswith("."))


def below(s: Sentence, *, apart: bool) -> Tokens | None:
    """Return the name that signs the quotation in the line above; where a blank line is between, only with a role."""
    last = len(s.tags.rstrip("."))
    found = _SIGNED.fullmatch(s.tags, 0, last)
    return (0, last) if found and last <= SIGNATURE and (found[1] or not apart) else None


def opening(reading: Reading) -> None:
    """Read a sentence that begins with its cue: 'Said SUBJECT: CONTENT', 'Said SUBJECT, "CONTENT"'."""
    s = reading.s
    found = cue_at(s, 0, reading.words)
    if found is None or "quote" not in found[0].frames:
        return
    stop = found[1]
    subject = inversion.after(s, stop, reading.words.lists["inner"])
    if subject is None:
        return
    mark = s.tags[subject[1] : subject[1] + 1]
    quote = s.tags.find(",Q", subject[1]) if s.tags[subject[1] : subject[1] + 2] == ",W" else -1
    first = quote + 1 if quote > 0 else subject[1] + (mark in {",", ":"})
    last = len(s.tags) if mark == ":" else first + 1
    if first < len(s.tags) and (mark == ":" or s.tags[first] == "Q"):
        reading.add(Draft(subject, (0, stop), [(first, last)], "verb-subject-colon" if mark == ":" else "verb-subject"))
