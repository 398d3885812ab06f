"""CSV read strictly, every cell with its place: RFC 4180, where a mistake is a finding and not a guess.

Lines end at LF or CRLF, in a text without LF at CR; columns count code points. Both count from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_PLAIN = re.compile(r'[^",\r\n]*+')
_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and where it starts."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a text is no CSV, what is wrong, and what to do."""

    line: int
    column: int
    message: str
    hint: str


def scan(text: str) -> tuple[list[list[Cell]], Fault | None]:
    r"""Return the records of a CSV text, blank lines left out, up to the first place where it is none.

    Examples
    --------
    >>> records, fault = scan('a,"b\nc"\nd"e,f\n')
    >>> [[cell.text for cell in record] for record in records], records[0][1].column
    ([['a', 'b\nc']], 3)
    >>> fault.line, fault.column
    (3, 2)
    """
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        end = "\n" if "\n" in text else "\r"
        self.lines = [0, *(found.end() for found in re.finditer(end, text))]
        self.records: list[list[Cell]] = []

    def run(self) -> tuple[list[list[Cell]], Fault | None]:
        record: list[Cell] = []
        at = 0
        while at < len(self.text) or record:
            cell, at, fault = self.cell(at)
            if fault is not None:
                return self.records, fault
            record.append(cell)
            if self.text[at : at + 1] == ",":
                at += 1
                continue
            ended = _END.match(self.text, at)
            at = ended.end() if ended else at
            self.keep(record)
            record = []
        return self.records, None

    def keep(self, record: list[Cell]) -> None:
        if len(record) > 1 or record[0].text:
            self.records.append(record)

    def cell(self, at: int) -> tuple[Cell, int, Fault | None]:
        """Return the cell that starts at `at`, where it ends, and what is wrong with it."""
        line, column = self.place(at)
        if not self.text.startswith('"', at):
            found = _PLAIN.match(self.text, at)
            end = found.end() if found else at
            hint = "put the whole cell in quotation marks, and write each one inside it twice"
            return Cell(self.text[at:end], line, column), end, self.stray(end, "a quotation mark inside a cell", hint)
        quoted = _QUOTED.match(self.text, at)
        if quoted is None:
            hint = 'end it with ", and write each quotation mark inside it twice'
            return Cell("", line, column), at, Fault(line, column, "the quoted cell does not end", hint)
        end = quoted.end()
        hint = "write a quotation mark inside a quoted cell twice, and a comma after the cell"
        fault = (
            None
            if end >= len(self.text) or self.text[end] in ",\r\n"
            else self.fault(end, "text after a quoted cell", hint)
        )
        return Cell(quoted[1].replace('""', '"'), line, column), end, fault

    def stray(self, at: int, message: str, hint: str) -> Fault | None:
        return self.fault(at, message, hint) if self.text.startswith('"', at) else None

    def fault(self, at: int, message: str, hint: str) -> Fault:
        return Fault(*self.place(at), message, hint)

    def place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.lines, at)
        return line, at - self.lines[line - 1] + 1
