"""Find words in a text, however its lines are broken."""

from __future__ import annotations

import re

_PIECE = re.compile(r"\s+|\S+")
ELLIPSIS = " […] "
"""Parts the pieces of a content that do not follow each other."""


def flat(text: str) -> str:
    r"""Return a text with each run of white space as one space, and none at its ends.

    >>> flat(" Yes,\n no ")
    'Yes, no'
    """
    return " ".join(text.split())


def same(one: str | None, other: str | None) -> bool:
    """Tell whether two values are the same but for white space; an empty one is none.

    >>> same("Mara  Quill", "Mara Quill"), same("", None), same("Mara", None)
    (True, True, False)
    """
    return flat(one or "") == flat(other or "")


class Text:
    """One text field, in which words are found whatever white space parts them."""

    def __init__(self, text: str) -> None:
        self.text = text
        parts: list[str] = []
        self._at: list[int] = []
        for piece in _PIECE.finditer(text):
            blank = piece[0].isspace()
            parts.append(" " if blank else piece[0])
            self._at += [piece.start()] if blank else range(piece.start(), piece.end())
        self._flat = "".join(parts)

    def find(self, words: str) -> list[tuple[int, int]]:
        r"""Return where words stand, whole words only, as ranges of the text.

        Examples
        --------
        >>> Text("the man said\nhe left").find("said he"), Text("then he").find("he")
        ([(8, 15)], [(5, 7)])
        """
        wanted = flat(words)
        found = []
        at = self._flat.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if self._whole(at, end):
                found.append((self._at[at], self._at[end - 1] + 1))
            at = self._flat.find(wanted, at + 1)
        return found

    def _whole(self, start: int, end: int) -> bool:
        text = self._flat
        inside = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        return not inside and not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
