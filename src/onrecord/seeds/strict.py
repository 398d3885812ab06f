"""TOML read strictly: every key is declared, and a mistake is a finding at its place, with a suggestion."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple

from onrecord.reports import Issue, Severity
from onrecord.seeds import syntax

KeyPath = tuple[str, ...]
Types = type | tuple[type, ...]
Keys = Mapping[KeyPath, Mapping[str, Types]]
"""For each table, by its path, the keys it may have and the types of their values."""
Mistake = tuple[KeyPath, str, str | None]
"""Which key, what is wrong with it, and what to do."""

TYPE_NAMES: Mapping[type, str] = {
    str: "text",
    list: "a list",
    dict: "a table",
    int: "a whole number",
    bool: "true or false",
    float: "a number",
    datetime: "a date with a time",
    date: "a date",
}
FREE = ("options",)
"""Tables whose keys belong to somebody else, such as a converter."""


EXAMPLES: Mapping[type, str] = {
    str: '{} = "…"',
    list: '{} = ["…", "…"]',
    dict: "[{}], with its keys below",
    int: "{} = 15",
    bool: "{} = true",
    float: "{} = 0.5",
    datetime: "{} = 2024-03-01T10:51:00+01:00",
    date: "{} = 2024-03-01",
}
MAX_SHOWN = 200
"""Characters of a value that a finding shows."""


def decoded(data: bytes, file: str, code: str) -> tuple[str, list[Issue]]:
    """Return the text of a file, or a finding at the first byte that is none."""
    if data.startswith(codecs.BOM_UTF8):
        hint = "save the file as UTF-8 without a byte order mark"
        return "", [issue(code, file, Place(1, 1), "starts with a byte order mark, which TOML forbids", hint)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        column = len(before.rpartition("\n")[2]) + 1
        place = Place(before.count("\n") + 1, column, f"byte 0x{data[error.start]:02X}")
        return "", [issue(code, file, place, "not UTF-8", "save the file as UTF-8")]


def read(text: str, file: str, code: str) -> tuple[dict[str, Any], list[Issue]]:
    """Return the data of a TOML text, or a finding where it breaks."""
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        line, column, message, hint = syntax.fault(text, error)
        return {}, [issue(code, file, Place(line, column), message, hint)]


def issues(text: str, mistakes: Iterable[Mistake], file: str, code: str) -> list[Issue]:
    """Return mistakes as findings at their places, in order."""
    found = [
        replace(issue(code, file, place_of(text, path), message, hint), field=".".join(path))
        for path, message, hint in mistakes
    ]
    return sorted(found, key=lambda one: one.line or 0)


class Place(NamedTuple):
    """Where a key stands, and what follows it on its line; without a column it is its table's line."""

    line: int
    column: int | None = None
    value: str | None = None


def issue(code: str, file: str, place: Place, message: str, hint: str | None) -> Issue:
    """Return one finding about a TOML file."""
    severity = Severity.ERROR
    line, column, value = place
    return Issue(
        code=code, severity=severity, message=message, hint=hint, file=file, line=line, column=column, value=value
    )


def line_of(text: str, path: KeyPath) -> int:
    r"""Return the line on which a key of a TOML text stands; the nearest table's, or 1, where it does not.

    >>> line_of('a = 1\n[rights]\nbody = "x"', ("rights", "body"))
    3
    """
    return place_of(text, path).line


def place_of(text: str, path: KeyPath) -> Place:
    r"""Return where a key of a TOML text stands.

    >>> place_of('a = 1\n[rights]\n\tbody = "x"', ("rights", "body"))
    Place(line=3, column=2, value='"x"')
    """
    table: KeyPath = ()
    nearest = 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?\s*([\w.\-\"' ]{1,200}?)\s*\]", line):
            table = tuple(part.strip(" \"'") for part in header[1].split("."))
            if table == path:
                return Place(number, line.index("[") + 1)
            if table == path[:-1]:
                nearest = number
        elif key := re.match(r"\s*[\"']?([\w\-]{1,200})[\"']?\s*=\s*(.*)", line):
            here = (*table, key[1])
            if here == path:
                return Place(number, len(line) - len(line.lstrip()) + 1, key[2].strip()[:MAX_SHOWN] or None)
            if here == path[: len(here)]:
                nearest = number
    return Place(nearest)


def mistakes(data: dict[str, Any], keys: Keys) -> Iterator[Mistake]:
    """Yield unknown keys, values of a wrong type, empty text, and lists that hold anything but text."""
    yield from _unknown(data, (), keys)
    yield from _empty(data, (), keys)


def _unknown(table: dict[str, Any], path: KeyPath, keys: Keys) -> Iterator[Mistake]:
    declared = keys[path]
    for key, value in table.items():
        if key not in declared:
            close = get_close_matches(key, declared, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known keys here: {', '.join(declared)}"
            yield (*path, key), f"unknown key {key!r}", hint
        elif not _is(value, declared[key]):
            wanted = type_name(declared[key])
            yield (*path, key), f"{key!r} must be {wanted}, not {type_name(type(value))}", _example(key, declared[key])
        elif (*path, key) in keys:
            yield from _tables(value, (*path, key), keys)


def _example(key: str, types: Types) -> str:
    kinds = types if isinstance(types, tuple) else (types,)
    return "write it like " + ", or like ".join(EXAMPLES[kind].format(key) for kind in kinds)


def meant(table: Mapping[str, Any], declared: Iterable[str]) -> set[str]:
    """Return the declared keys that a table's unknown keys are close to.

    >>> meant({"titel": "x"}, ["title", "name"])
    {'title'}
    """
    known = list(declared)
    return {close for key in table if key not in known for close in get_close_matches(key, known, n=1)}


def _tables(value: Any, path: KeyPath, keys: Keys) -> Iterator[Mistake]:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            yield from _unknown(part, path, keys)
        else:
            yield path, f"{path[-1]!r} must hold tables", f"write [[{path[-1]}]] above each"


def _is(value: Any, types: Types) -> bool:
    """Whether a value has one of the types; true and false are no numbers, a date with a time is no date."""
    kinds = types if isinstance(types, tuple) else (types,)
    return type(value) in kinds


def type_name(types: Types) -> str:
    """Return types in words.

    >>> type_name((int, dict))
    'a whole number or a table'
    """
    kinds = types if isinstance(types, tuple) else (types,)
    return " or ".join(TYPE_NAMES.get(kind, kind.__name__) for kind in kinds)


def _empty(table: dict[str, Any], path: KeyPath, keys: Keys) -> Iterator[Mistake]:
    for key, value in table.items():
        here = (*path, key)
        if key in FREE:
            continue
        if value == "":
            yield here, f"{key!r} is empty", "write a value or take the line out"
        elif isinstance(value, list) and here not in keys and not all(isinstance(v, str) and v for v in value):
            yield here, f"{key!r} must hold text only", f'write {key} = ["…", "…"]'
        elif isinstance(value, dict):
            yield from _empty(value, here, keys)
