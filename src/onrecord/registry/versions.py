"""Versions of datasets: Semantic Versioning 2.0.0 without build metadata, and what a reader may ask for.

MAJOR rises when a column, key or row goes, MINOR when rows or columns come, PATCH when values are corrected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.errors import RegistryError

NUMBER = r"(0|[1-9][0-9]{0,8})"
WORD = "[0-9A-Za-z-]{1,20}"
VERSION = re.compile(rf"{NUMBER}\.{NUMBER}\.{NUMBER}(?:-({WORD}(?:\.{WORD}){{0,9}}))?")
RANGE = re.compile(rf"\^{NUMBER}(?:\.{NUMBER})?(?:\.{NUMBER})?")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")

Key = tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]


@dataclass(frozen=True, slots=True)
class Spec:
    """What a reader asks for: a dataset's name, and maybe a version or a range of versions.

    Examples
    --------
    >>> Spec.parse("lemonde-en@1.2.0")
    Spec(name='lemonde-en', wanted='1.2.0')
    >>> str(Spec.parse("lemonde-en"))
    'lemonde-en'
    """

    name: str
    wanted: str | None = None

    @classmethod
    def parse(cls, text: str) -> Spec:
        """Read NAME, NAME@1.2.0, NAME@^1.2 or NAME@latest.

        Raises
        ------
        RegistryError
            The text is none of these.
        """
        name, at, wanted = text.partition("@")
        if not NAME.fullmatch(name):
            raise RegistryError(f"{text!r} names no dataset", hint="write NAME, NAME@1.2.0 or NAME@^1.2")
        if not at or wanted == "latest":
            return cls(name)
        if not VERSION.fullmatch(wanted) and not RANGE.fullmatch(wanted):
            raise RegistryError(f"{wanted!r} is no version", hint="write NAME@1.2.0 or NAME@^1.2")
        return cls(name, wanted)

    @property
    def is_exact(self) -> bool:
        """True when one version is asked for."""
        return self.wanted is not None and not self.wanted.startswith("^")

    def admits(self, version: str) -> bool:
        """Tell whether a version is what was asked for; one before its release only when asked for by name.

        >>> [Spec("x", "^1.2").admits(version) for version in ("1.2.0", "1.10.0", "1.1.9", "2.0.0", "1.3.0-rc.1")]
        [True, True, False, False, False]
        """
        if self.is_exact:
            return version == self.wanted
        major, minor, patch, released, _ = sort_key(version)
        if self.wanted is None:
            return released
        return released and _in_range(self.wanted, (major, minor, patch))

    def __str__(self) -> str:
        return self.name if self.wanted is None else f"{self.name}@{self.wanted}"


def _in_range(wanted: str, version: tuple[int, int, int]) -> bool:
    """`^1.2` is at least 1.2.0 and below 2.0.0; below 1.0.0 the first number that is not 0 must stay, as in npm."""
    match = RANGE.fullmatch(wanted)
    if match is None:
        return False
    given = [int(number) for number in match.groups() if number is not None]
    floor = (*given, 0, 0)[:3]
    fixed = next((place for place, number in enumerate(given) if number), len(given) - 1) + 1
    return version >= floor and version[:fixed] == floor[:fixed]


def is_version(text: str) -> bool:
    """Tell whether a text is a version.

    >>> is_version("1.2.0"), is_version("1.2.0-rc.1"), is_version("1.2"), is_version("v1.2.0")
    (True, True, False, False)
    """
    return VERSION.fullmatch(text) is not None


def sort_key(version: str) -> Key:
    """Return the key by which versions are sorted, as Semantic Versioning orders them.

    >>> sorted(["1.10.0", "1.2.0", "1.2.0-rc.2", "1.2.0-rc.10"], key=sort_key)
    ['1.2.0-rc.2', '1.2.0-rc.10', '1.2.0', '1.10.0']
    """
    match = VERSION.fullmatch(version)
    if match is None:
        raise RegistryError(f"{version!r} is no version", hint="write one like 1.2.0")
    parts = () if match[4] is None else tuple(_identifier(part) for part in match[4].split("."))
    return int(match[1]), int(match[2]), int(match[3]), match[4] is None, parts


def _identifier(part: str) -> tuple[bool, int, str]:
    """Numbers come before words, and in their own order."""
    return (False, int(part), "") if part.isdecimal() else (True, 0, part)
