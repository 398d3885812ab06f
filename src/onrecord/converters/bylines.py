"""Bylines: which names a line of authors holds.

A byline stays as the page has it; names are read from it only where every part is a name, a role or a
place. A byline whose names a capture lost ("By  and") has none.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MAX_LENGTH = 300
"""Code points of a byline; what is longer is a paragraph."""
MAX_AUTHORS = 40
MAX_TOKENS = 6
"""Tokens of one name."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says: the names in order, whether it had an opener, and whether a name seems to be missing."""

    names: tuple[str, ...]
    has_opener: bool
    is_lossy: bool = False
    unread: tuple[str, ...] = ()


def read(text: str) -> Byline:
    """Read a byline; parts that are neither a name nor a role are in `unread`.

    Examples
    --------
    >>> read("Par Jeanne Exemple(Bruxelles, bureau européen) et Luc d'Essai").names
    ('Jeanne Exemple', "Luc d'Essai")
    >>> read("By  and").names, read("By  and").is_lossy
    ((), True)
    >>> read("By Ann Sample, Kyiv correspondent").names
    ('Ann Sample',)
    """
    rest, has_opener = _opened(" ".join(text[:MAX_LENGTH].split()))
    parts = _parts(_without_brackets(rest))
    are_single = all(" " not in part for _, part in parts)
    names: list[str] = []
    unread: list[str] = []
    for is_joined, part in parts:
        if is_name(part) and (not names or " " in part or is_joined or are_single or part.isupper()):
            names.append(part)
        elif part and not (names and is_role(part)):
            unread.append(part)
    is_lossy = any(not part for _, part in parts) or (has_opener and not parts)
    return Byline(tuple(dict.fromkeys(names))[:MAX_AUTHORS], has_opener, is_lossy, tuple(unread))


def is_name(text: str) -> bool:
    """Tell whether a text could be the name of a person or of an agency.

    >>> [is_name(t) for t in ("Ana de la Cruz", "AFP", "our staff in Kyiv", "42 others")]
    [True, True, False, False]
    """
    if len(text) < 2:
        return False
    tokens = text.replace("-", " ").replace(".", ". ").split()
    if not 1 <= len(tokens) <= MAX_TOKENS or len(text) > 60 or any(c.isdigit() or c in ':;!?"«»“”@/|' for c in text):
        return False
    return all(_fits(token, first=index == 0) for index, token in enumerate(tokens)) and any(
        t[0].isupper() for t in tokens
    )


def _fits(token: str, *, first: bool) -> bool:
    bare = token.strip(".,'’").casefold()
    if bare in words("roles") or (not first and bare in words("joiners") - words("particles")):
        return False
    if token[0].isupper() or token[0] in "'’":
        return True
    return bare in words("particles") or token[:2].lower() in {"d'", "d’", "l'", "l’"}


def is_role(text: str) -> bool:
    """Tell whether a part of a byline is a role, a desk or a place rather than a name.

    >>> is_role("envoyé spécial à Kiev"), is_role("Berlin"), is_role("Ann Sample")
    (True, True, False)
    """
    tokens = [token.strip(".,").casefold() for token in text.split()]
    return any(t in words("roles") for t in tokens) or len(tokens) == 1 or text[:1].islower()


def opens(text: str) -> bool:
    """Tell whether a line opens as a byline does ("By ", "Par ", "Von ").

    >>> opens("Par Jeanne Exemple"), opens("Paris awaits")
    (True, False)
    """
    return _opened(" ".join(text[:MAX_LENGTH].split()))[1]


def words(kind: str) -> frozenset[str]:
    """Return the words of one kind that tell names from what is none, in lower case.

    >>> "reporter" in words("roles")
    True
    """
    return _lexicon()[kind]


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    text = files("onrecord.converters").joinpath("data/bylines.toml").read_text(encoding="utf-8")
    return {key: frozenset(some) for key, some in tomllib.loads(text).items()}


@cache
def _opener() -> re.Pattern[str]:
    openers = "|".join(sorted(map(re.escape, words("openers")), key=len, reverse=True))
    return re.compile(rf"(?:{openers})(?:\s?:|(?=\s|$))\s*", re.IGNORECASE)


@cache
def _splitter() -> re.Pattern[str]:
    joiners = sorted(map(re.escape, words("joiners")), key=len, reverse=True)
    long, short = ("|".join(j for j in joiners if (len(j) > 1) is many or j == "&") for many in (True, False))
    joiner = rf"(?:^|(?<=\s))(?:{long})(?=\s|$)|(?<=\s)(?:{short})(?=\s[^\W\d_a-z])"
    return re.compile(rf"\s?(?P<joiner>{joiner})\s?|\s?[,;|•·]\s?|\s[/—–-]\s")


def _opened(text: str) -> tuple[str, bool]:
    match = _opener().match(text)
    return (text[match.end() :], True) if match else (text, False)


def _without_brackets(text: str) -> str:
    """Leave out what is no name: brackets, which may hang on the name before, and a place after it."""
    for _ in range(2):  # brackets may hold brackets
        text = re.sub(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]", " ", text)
    return " ".join(re.sub(r" (?:in|à|from|aus|at) (?=[A-ZÉ])[^,;]{0,40}", " ", text).split())


def _parts(text: str) -> list[tuple[bool, str]]:
    """Split at commas and joiners; each part with whether a joiner stands before it. A comma before a joiner is one."""
    parts: list[tuple[bool, str]] = []
    start, is_joined = 0, False
    for match in _splitter().finditer(text):
        part = text[start : match.start()].strip(" .") or ""
        if part or match["joiner"] is None or not parts:
            parts.append((is_joined, part))
        start, is_joined = match.end(), match["joiner"] is not None
    last = text[start:].strip()
    return [*parts, (is_joined, last if last.endswith("r.") else last.strip(" ."))] if last or parts else []
