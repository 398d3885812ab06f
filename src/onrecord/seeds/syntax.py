"""What is wrong with a text that is no TOML, in words, and what to do."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

EXAMPLE = 'each line is key = value, and text stands between quotation marks: title = "My articles"'
NO_END = "Illegal character '\\n'"
_PLACE = re.compile(r"line (\d+), column (\d+)")
_KEY = re.compile(r"\s*([\w.\-\"']{1,100})\s*([=:])\s*(.{0,200})")
_SLASHED = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}")
_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")


class Fault(NamedTuple):
    """Where a text stops being TOML, why, and what to do; line and column count from 1."""

    line: int
    column: int | None
    message: str
    hint: str


def fault(text: str, error: tomllib.TOMLDecodeError) -> Fault:
    r"""Return a reader's complaint as a person would say it.

    Examples
    --------
    >>> text = 'title = My articles\n'
    >>> try: tomllib.loads(text)
    ... except tomllib.TOMLDecodeError as error: fault(text, error).hint
    'put text between quotation marks: title = "My articles"'
    """
    said = str(error).partition(" (at ")[0]
    place = _PLACE.search(str(error))
    lines = text.split("\n")
    line, column = (int(place[1]), int(place[2])) if place else (max(1, len(text.rstrip("\n").split("\n"))), None)
    here = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    if _CONFLICT.match(here):
        return Fault(line, 1, "a merge left a conflict here", "keep one of the two sides, and remove the marks")
    if said.startswith("Cannot"):
        return Fault(line, _first(here), _twice(here), "keep one of them")
    message = "a text has no end on its line" if said == NO_END else f"not TOML: {said[:1].lower()}{said[1:]}"
    return Fault(line, column, message, _hint(here, said))


def _first(line: str) -> int:
    return len(line) - len(line.lstrip()) + 1


def _twice(line: str) -> str:
    found = _KEY.match(line)
    return f"{found[1] if found else line.strip()[:80]} stands there twice"


def _hint(line: str, said: str) -> str:
    """Return what to do about a line, where its mistake is a known one."""
    found = _KEY.match(line)
    if "array" in said:
        return "close the list with ], and part its items by commas"
    if "inline table" in said:
        return "close the table with }"
    if "Unescaped" in said:
        return r"write a backslash as \\, or put the text between ' and '"
    if found is None:
        return EXAMPLE
    key, sign, value = found[1], found[2], found[3].partition("#")[0].strip()
    if sign == ":":
        return f"write = after the key: {key} = {_quoted(value.strip(chr(34)))}"
    if _SLASHED.match(value):
        return f"write days as {key} = 2024-12-31, and instants as {key} = 2024-12-31T10:51:00+01:00"
    if value[:1] in {'"', "'"}:
        return r'end the text with the mark that it begins with; within it, write " as \"'
    if value[:1] in {"“", "”", "„", "«", "‘"}:
        return f"use straight quotation marks: {key} = {_quoted(value.strip('“”„«»‘’'))}"
    return f"put text between quotation marks: {key} = {_quoted(value)}" if value else f"write a value after {key} ="


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
