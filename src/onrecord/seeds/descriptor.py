"""`collection.toml`: what a collection says of itself, read strictly.

Every key is declared in `keys.KEYS`; anything else is a finding with its line and, where a declared key is
close, a suggestion. The form is described for people in docs/collections.md and by `onrecord new`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from onrecord import converters
from onrecord.errors import CollectionError
from onrecord.records import Defaults
from onrecord.reports import Issue
from onrecord.seeds import strict
from onrecord.seeds.keys import HINTS, KEYS
from onrecord.seeds.rights import Rights, rights_mistakes, rights_of, takedown_mistakes, takedown_of
from onrecord.seeds.strict import Mistake

FILE_NAME = "collection.toml"
CODE = "collection-descriptor"
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
COMMON = (
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-SA-4.0",
    "CC0-1.0",
    "ODbL-1.0",
    "ODC-By-1.0",
    "PDDL-1.0",
    "MIT",
    "Apache-2.0",
)
"""Licences that datasets have, to suggest one for what is misspelt."""
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")


@dataclass(frozen=True, slots=True)
class Expectations:
    """What a build must come out as: rows a table as (least, most), and the languages of its articles."""

    rows: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    languages: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A folder of seeds with its descriptor, read and checked."""

    folder: Path
    name: str
    title: str
    license: str
    rights: Rights
    defaults: Defaults
    description: str | None = None
    homepage: str | None = None
    keywords: tuple[str, ...] = ()
    citation: str | None = None
    contributors: tuple[Mapping[str, str], ...] = ()
    converter: str | None = None
    include: tuple[str, ...] = ("*",)
    takedown: Mapping[str, str | None] = field(default_factory=dict)
    expectations: Expectations = field(default_factory=Expectations)


def load(folder: Path) -> Collection:
    """Read the collection in `folder`.

    Raises
    ------
    CollectionError
        The folder has no descriptor, or the descriptor has a mistake: the first is named with its line.
    """
    path = folder / FILE_NAME
    try:
        collection, issues = check(folder)
    except FileNotFoundError:
        raise CollectionError(
            "no collection here", hint=f"start one with `onrecord new {folder.name}`", file=path
        ) from None
    if collection is None:
        first, more = issues[0], len(issues) - 1
        hint = f"{first.hint} ({more} more: `onrecord validate {folder}`)" if more else first.hint
        raise CollectionError(first.message, hint=hint, file=path, line=first.line)
    return collection


def check(folder: Path) -> tuple[Collection | None, list[Issue]]:
    """Read the descriptor of the collection in `folder`; return the collection, or None and every mistake found.

    Raises
    ------
    OSError
        There is none, or it cannot be read.
    """
    path = folder / FILE_NAME
    text, issues = strict.decoded(path.read_bytes(), path.as_posix(), CODE)
    return (None, issues) if issues else parse(text, folder)


def parse(text: str, folder: Path) -> tuple[Collection | None, list[Issue]]:
    r"""Read a descriptor's text; return the collection, or None and every mistake found.

    Examples
    --------
    >>> _, issues = parse('name = "x"\ntitel = "X"', Path("seeds/x"))
    >>> issues[-1].line, issues[-1].message, issues[-1].hint
    (2, "unknown key 'titel'", "did you mean 'title'?")
    """
    file = (folder / FILE_NAME).as_posix()
    data, issues = strict.read(text, file, CODE)
    issues = issues or strict.issues(text, _mistakes(data, folder), file, CODE)
    return (None, issues) if issues else (_collection(data, folder), [])


def _mistakes(data: dict[str, Any], folder: Path) -> Iterator[Mistake]:
    yield from strict.mistakes(data, KEYS)
    yield from _missing(data)
    yield from _values(data, folder)


def _missing(data: dict[str, Any]) -> Iterator[Mistake]:
    for path in HINTS:
        table: Any = data
        for part in path[:-1]:
            table = table.get(part) if isinstance(table, dict) else None
        if isinstance(table, dict) and path[-1] not in table and path[-1] not in strict.meant(table, KEYS[path[:-1]]):
            is_table = KEYS[path[:-1]][path[-1]] is dict
            where = f" in [{'.'.join(path[:-1])}]" if path[:-1] else ""
            missing = f"table [{path[-1]}]" if is_table else f"key {path[-1]!r}{where}"
            yield path, f"missing {missing}", f"add {HINTS[path]}; `onrecord new` writes a commented example"


def _values(data: dict[str, Any], folder: Path) -> Iterator[Mistake]:
    name = data.get("name")
    if isinstance(name, str) and not NAME.fullmatch(name):
        yield ("name",), f"{name!r} is no name", "use lower-case letters, digits, '-', '_' and '.'"
    elif isinstance(name, str) and name != folder.resolve().name:
        yield ("name",), f"name {name!r} differs from the folder {folder.resolve().name!r}", "make them the same"
    documents, rights, expect = (_table(data, key) for key in ("documents", "rights", "expect"))
    yield from _places(documents)
    yield from _dialect(documents)
    for path, value in ((("license",), data.get("license")), (("rights", "license"), rights.get("license"))):
        yield from license_mistakes(path, value)
    yield from rights_mistakes(rights)
    yield from takedown_mistakes(data.get("takedown"))
    for key, value in expect.items():
        if key != "languages" and isinstance(value, dict) and not _range(value):
            yield ("expect", key), f"{key!r} is no range", "write a number, or { min = 1, max = 9 }"


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _places(documents: dict[str, Any]) -> Iterator[Mistake]:
    zone, language = documents.get("time_zone"), documents.get("language")
    yield from zone_mistakes(("documents", "time_zone"), zone)
    if isinstance(language, str) and language and not LANGUAGE.fullmatch(language):
        yield ("documents", "language"), f"{language!r} is no BCP-47 tag", "write one like 'en' or 'fr-CA'"
    for pattern in documents.get("include") or ():
        if isinstance(pattern, str) and (pattern.startswith("/") or ".." in pattern.split("/") or "\\" in pattern):
            yield ("documents", "include"), f"{pattern!r} leaves the collection", "name files below its folder"


def _dialect(documents: dict[str, Any]) -> Iterator[Mistake]:
    """Yield a mistake for a converter that there is not, and for options that it does not know."""
    name, options = documents.get("converter"), documents.get("options")
    if isinstance(name, str) and name and name not in converters.available():
        close = get_close_matches(name, converters.available(), n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(converters.available())}"
        yield ("documents", "converter"), f"no converter {name!r} is installed", hint
    known = converters.options.known(name) if name is None or isinstance(name, str) else None
    if known is None or not isinstance(options, dict):
        return
    for key in options:
        if key not in known:
            close = get_close_matches(key, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"options are: {', '.join(sorted(known))}"
            yield ("documents", "options", key), f"unknown option {key!r}", hint


def zone_mistakes(path: strict.KeyPath, zone: object) -> Iterator[Mistake]:
    """Yield a mistake where a text is no IANA time zone."""
    if not isinstance(zone, str) or not zone:
        return
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        close = get_close_matches(zone, available_timezones(), n=1)
        hint = f"did you mean {close[0]!r}?" if close else "write one like 'Europe/Paris'"
        yield path, f"{zone!r} is no IANA time zone", hint


def license_mistakes(path: strict.KeyPath, value: object) -> Iterator[Mistake]:
    """Yield a mistake where a text is no SPDX licence expression."""
    if not isinstance(value, str) or not value:
        return
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        canonical = canonicalize_license_expression(value)
    except InvalidLicenseExpression:
        close = get_close_matches(value.upper(), COMMON, n=1)
        hint = "see https://spdx.org/licenses, or write LicenseRef-<name>"
        yield path, f"{value!r} is no SPDX licence", f"did you mean {close[0]!r}? {hint}" if close else hint
        return
    if canonical != value:
        yield path, f"{value!r} is not how SPDX writes it", f"did you mean {canonical!r}?"


def _range(value: dict[str, Any]) -> bool:
    return (
        set(value) <= {"min", "max"}
        and all(isinstance(v, int) and not isinstance(v, bool) and v >= 0 for v in value.values())
        and value.get("min", 0) <= value.get("max", value.get("min", 0))
    )


def _collection(data: dict[str, Any], folder: Path) -> Collection:
    documents, rights, expect = (_table(data, key) for key in ("documents", "rights", "expect"))
    return Collection(
        folder=folder,
        name=data["name"],
        title=data["title"],
        license=data["license"],
        description=data.get("description"),
        homepage=data.get("homepage"),
        keywords=tuple(data.get("keywords", ())),
        citation=data.get("citation"),
        contributors=tuple(data.get("contributors", ())),
        converter=documents.get("converter"),
        include=tuple(documents.get("include", ("*",))),
        rights=rights_of(rights),
        defaults=Defaults(
            publisher=documents.get("publisher"),
            language=documents.get("language"),
            time_zone=documents.get("time_zone"),
            license=rights["license"],
            options=documents.get("options", {}),
        ),
        takedown=takedown_of(data.get("takedown")),
        expectations=_expectations(expect),
    )


def _expectations(expect: dict[str, Any]) -> Expectations:
    rows: dict[str, tuple[int, int | None]] = {}
    for table, value in expect.items():
        if table == "languages":
            continue
        rows[table] = (value, value) if isinstance(value, int) else (value.get("min", 0), value.get("max"))
    languages = expect.get("languages")
    return Expectations(rows, None if languages is None else tuple(languages))
