"""The lines of a capture, and a ledger that knows what became of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number in the file, from 1, its text without outer white space, and how it stood.

    `starts_block` is true after a blank line or at the top, `indent` counts the white space before the text.
    """

    number: int
    text: str
    starts_block: bool = True
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a line: a field's name, "boilerplate: …" with its kind, or "reported" with an Issue."""

    line: int
    role: str


def split(text: str) -> list[Line]:
    r"""Return the lines of a text that are not blank.

    >>> [(line.number, line.text, line.starts_block) for line in split("a\n b\n\nc")]
    [(1, 'a', True), (2, 'b', False), (4, 'c', True)]
    """
    lines, starts = [], True
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            lines.append(Line(number, stripped, starts, len(raw) - len(raw.lstrip())))
        starts = not stripped
    return lines


def fold(text: str) -> str:
    r"""Return a line in the form that known phrases are written in.

    Lower case, straight apostrophes, single spaces; the text between « » goes, since it often names a lost button.

    >>> fold("Ce message s’affichera :\u00a0« ici »")
    "ce message s'affichera : «»"
    """
    text = re.sub(r"«[^«»]{0,80}»", "«»", text.replace("’", "'").replace("ʼ", "'"))
    return " ".join(text.split()).lower()


class Ledger:
    r"""Every line has one place, and a line without one can be told.

    Examples
    --------
    >>> ledger = Ledger(split("Title\n\nText"))
    >>> ledger.place([ledger.lines[0]], "headline")
    >>> [line.text for line in ledger.open()]
    ['Text']
    """

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self._roles: dict[int, str] = {}

    def place(self, lines: Iterable[Line], role: str) -> None:
        """Say what became of lines."""
        for line in lines:
            self._roles[line.number] = role

    def role(self, line: Line) -> str | None:
        """Return what became of a line, or None while it is open."""
        return self._roles.get(line.number)

    def open(self) -> list[Line]:
        """Return the lines that have no place yet."""
        return [line for line in self.lines if line.number not in self._roles]

    def runs(self) -> list[list[Line]]:
        """Return the lines that have no place yet, in runs that stand together."""
        runs: list[list[Line]] = []
        is_running = False
        for line in self.lines:
            is_open = line.number not in self._roles
            if is_open and is_running:
                runs[-1].append(line)
            elif is_open:
                runs.append([line])
            is_running = is_open
        return runs

    def placements(self) -> tuple[Placement, ...]:
        """Return what became of every line so far, in order."""
        return tuple(Placement(number, role) for number, role in sorted(self._roles.items()))
