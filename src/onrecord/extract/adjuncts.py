"""What stands between a cue and its content: a person addressed, a phrase that tells when and where."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Final

from onrecord.extract.tokens import Sentence

_LISTED: Final = re.compile(",N+(?:,N+)*,?&N")
"""More people told, after a comma: "asked Moss, | Quill and Roff to"."""


def person(s: Sentence, index: int, limit: int, leads: AbstractSet[str] = frozenset()) -> int:
    """Return where an addressee ends, at the latest before a preposition that leads content: "host Moss | about"."""
    tags = s.tags
    first = index
    while index < limit and s.words[index] not in leads:
        tag = tags[index]
        inner = tag in "NnH#eoM)(" or (tag in "yYzZ" and (index == first or tags[index - 1] in "dHnNe#"))
        inner = inner or (tag == "g" and index == first and tags[index + 1 : index + 2] in {"n", "N"})
        plural = index > first and tag == "N" and tags[index - 1] == "n" and s.words[index - 1].endswith("s")
        if (
            (inner and not plural)
            or (tag in "dPq" and (index == first or tags[index - 1] in "i&"))
            or (tag in "i&" and index > first and tags[index + 1 : index + 2] in {"N", "n", "d", "H", "#"})
            or (tag == "," and index > first and _LISTED.match(tags, index))
        ):
            index += 1
        else:
            break
    return index


def _in_month(s: Sentence, index: int) -> bool:
    """Tell whether a day of a month begins at a token: "Dec. 31", "31 December"."""
    names = [word in s.lists["months"] for word in s.words[index : index + 2]]
    return names.count(True) == 1 and "#" in s.tags[index : index + 2]


def phrase(s: Sentence, index: int, limit: int, leads: AbstractSet[str] = frozenset()) -> int:
    """Return where a prepositional phrase ends: its noun phrase, without a clause or a topic that follows."""
    tags = s.tags
    index += 1
    start = index
    while index < limit:
        tag = tags[index]
        if (
            tag in "NnHD#"
            or (tag == "d" and (index == start or tags[index - 1] in "id"))
            or (tag in "eMgr" and (tag == "g" or (index + 1 < limit and tags[index + 1] in "NnDyYzZe")))
        ):
            if tag == "N" and index > start and tags[index - 1] in "nD#" and s.words[index - 1].isalnum():
                break
            index += 1
        elif (
            (tag == "i" and s.words[index] not in leads)
            or (tag == "&" and index + 1 < limit and tags[index + 1] in "NnD")
            or (tag in "yYzZ" and index > start and tags[index - 1] in "dHn#NegrD")
            or (tag in "oPyYzZ" and index == start)
            or (
                tag in "vV" and index > start and (tags[index + 1 : index + 2] in {"i", "D"} or _in_month(s, index + 1))
            )
        ):
            index += 1
        else:
            break
    return max(index, start)
