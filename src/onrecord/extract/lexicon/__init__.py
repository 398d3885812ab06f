"""Everything that belongs to one language: words, marks and frames, one TOML file a language.

A reader adds a word by adding it to the file. The engine holds no word of any language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from onrecord.errors import LexiconError

UNKNOWN_LANGUAGE: Final = "und"
"""The lexicon of quotation marks alone, for a language that has no file of its own."""

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}")
_PLACE: Final = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language's words, as read from its file. Equal only to itself, so that it can key a cache."""

    language: str
    file: str
    sections: Mapping[str, Any]
    source: str = field(repr=False, default="")

    def section(self, name: str) -> Mapping[str, Any]:
        """Return one table of the file, or an empty one where the language has none.

        Examples
        --------
        >>> load("en").section("no such table")
        {}
        """
        table = self.sections.get(name, {})
        if not isinstance(table, dict):
            raise self.error(f"[{name}] must be a table", name)
        return table

    def words(self, section: str, key: str) -> frozenset[str]:
        """Return a list of words, written as one string of words parted by white space or as a list."""
        return _words(self, section, key)

    def error(self, message: str, near: str) -> LexiconError:
        """Return an error that names the line of the file where `near` is first a key, a table or a word."""
        pattern = re.compile(rf"(?m)^[ \t]*\[*\"?{re.escape(near)}\b|\b{re.escape(near)}\b")
        found = pattern.search(self.source)
        line = self.source.count("\n", 0, found.start()) + 1 if found else None
        return LexiconError(message, hint="see docs/lexicon.md for the form of a lexicon", file=self.file, line=line)


@lru_cache(maxsize=1024)
def _words(lexicon: Lexicon, section: str, key: str) -> frozenset[str]:
    value = lexicon.section(section).get(key, "")
    if isinstance(value, str):
        return frozenset(value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return frozenset(value)
    raise lexicon.error(f"[{section}] {key} must be a string of words or a list of strings", key)


def parse(source: str, *, language: str, file: str) -> Lexicon:
    """Read a lexicon from TOML.

    Raises
    ------
    LexiconError
        Where the TOML is malformed, with its line.

    Examples
    --------
    >>> parse("tags.noun = 'dog cat'", language="xx", file="xx.toml").words("tags", "noun") == {"dog", "cat"}
    True
    """
    try:
        sections = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        message = _PLACE.sub("", str(error)).strip()
        raise LexiconError(message, file=file, line=int(place[1]) if place else None) from error
    return Lexicon(language, file, sections, source)


@lru_cache(maxsize=16)
def load(language: str) -> Lexicon:
    """Return the lexicon of a language by its BCP-47 tag; only the primary subtag counts.

    Raises
    ------
    LexiconError
        Where the language has no lexicon.

    Examples
    --------
    >>> load("en-GB").language
    'en'
    """
    subtag = _LANGUAGE.match(language)
    primary = subtag[0].lower() if subtag else ""
    folder = resources.files(__package__)
    if not primary or not (file := folder / f"{primary}.toml").is_file():
        known = ", ".join(languages())
        raise LexiconError(f"no lexicon for {language!r}", hint=f"languages with a lexicon: {known}")
    return parse(file.read_text(encoding="utf-8"), language=primary, file=f"{primary}.toml")


def languages() -> list[str]:
    """Return the languages that have a lexicon, sorted.

    >>> "en" in languages()
    True
    """
    names = (entry.name for entry in resources.files(__package__).iterdir())
    return sorted(name[:-5] for name in names if name.endswith(".toml") and name != f"{UNKNOWN_LANGUAGE}.toml")
