"""Headlines: "MAYOR: the lock 'leaks'", "'We lost it': families tell of flood", "Lock 'safe' – Moss"."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import subjects
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.tokens import Tokens

_LABEL: Final = re.compile("[Nn#]{1,5}:(?=[^.]*Q)")
_QUOTED: Final = re.compile("Q:(?=[Nn])")
_SIGNED: Final = re.compile("[:-](?=[Nn]{1,4}$)")


def read(reading: Reading) -> None:
    """Read a headline whose marks no reporting word explains: its speaker stands before a colon, or at the end."""
    s = reading.s
    if s.paragraph or 0 in reading.owned:
        return
    last = len(s.tags.rstrip("."))
    if reading.drafts and s.tags[0] != "Q":
        return
    if (label := _LABEL.match(s.tags)) and s.lists["labels"].isdisjoint(s.words[: label.end()]):
        _add(reading, (0, label.end() - 1), (label.end(), last), "colon")
    elif _QUOTED.match(s.tags):
        end = subjects.rightwards(s, 2, last)
        if end < last and s.tags[end] in "vVzZyYa":
            _add(reading, (2, end), (0, 1), "colon")
    elif (signature := _SIGNED.search(s.tags)) and "Q" in s.tags[: signature.start()]:
        _add(reading, (signature.end(), last), (0, signature.start()), "colon")


def _add(reading: Reading, source: Tokens, content: Tokens, method: str) -> None:
    mark = content[0] - 1 if source[0] < content[0] else source[0] - 1
    reading.add(Draft(source, (mark, mark + 1), [content], method))
