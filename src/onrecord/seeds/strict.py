"""TOML read strictly: every key is declared, and a mistake is a finding with its line and a suggestion."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from onrecord.reports import Issue, Severity

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


def read(text: str, file: str, code: str) -> tuple[dict[str, Any], list[Issue]]:
    """Return the data of a TOML text, or a finding at the line where it breaks."""
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, None)
        return {}, [issue(code, file, line, f"not TOML: {error}", "mend the line; see https://toml.io", column=column)]


def issues(text: str, mistakes: Iterable[Mistake], file: str, code: str) -> list[Issue]:
    """Return mistakes as findings at their lines, in order."""
    found = [issue(code, file, line_of(text, path), message, hint) for path, message, hint in mistakes]
    return sorted(found, key=lambda one: one.line or 0)


def issue(code: str, file: str, line: int, message: str, hint: str | None, *, column: int | None = None) -> Issue:
    """Return one finding about a TOML file."""
    severity = Severity.ERROR
    return Issue(code=code, severity=severity, message=message, hint=hint, file=file, line=line, column=column)


def line_of(text: str, path: KeyPath) -> int:
    r"""Return the line on which a key of a TOML text stands; the nearest table's, or 1, where it does not.

    >>> line_of('a = 1\n[rights]\nbody = "x"', ("rights", "body"))
    3
    """
    table: KeyPath = ()
    nearest = 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?\s*([\w.\-\"' ]{1,200}?)\s*\]", line):
            table = tuple(part.strip(" \"'") for part in header[1].split("."))
            if table == path:
                return number
            if table == path[:-1]:
                nearest = number
        elif key := re.match(r"\s*[\"']?([\w\-]{1,200})[\"']?\s*=", line):
            here = (*table, key[1])
            if here == path:
                return number
            if here == path[: len(here)]:
                nearest = number
    return nearest


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
            yield (*path, key), f"{key!r} must be {wanted}, not {type_name(type(value))}", f"write {key} as {wanted}"
        elif (*path, key) in keys:
            yield from _tables(value, (*path, key), keys)


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
