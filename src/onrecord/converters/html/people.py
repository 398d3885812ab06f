"""Authors of a page: what its metadata names, held against the byline it shows."""

from __future__ import annotations

import re

from onrecord.converters import bylines, datelines
from onrecord.converters.html import metadata
from onrecord.converters.html.metadata import MAX_AUTHORS, Metadata

PARTS = re.compile(r"\s*(?:[;|•]|,\s+(?=\w+\s\w)|\s(?:and|und|et|y|og|och|en)\s(?=[^\W\d_a-z]))\s*")

AGENCIES = frozenset(
    [
        "afp",
        "anp",
        "ansa",
        "ap",
        "apa",
        "belga",
        "čtk",
        "dpa",
        "efe",
        "epd",
        "kna",
        "ntb",
        "pap",
        "reuters",
        "ritzau",
        "sid",
        "tt",
    ]
)


def names(
    data: Metadata, shown: str | None, links: list[str], beside: str | None
) -> tuple[tuple[str, ...], str, bool] | None:
    """Return the authors, where they are named, and whether there were too many to believe."""
    told = metadata.authors(data)
    if told is not None:
        listed, where = told
        if len(listed) > MAX_AUTHORS:
            return (), where, True
        found = [name for value in listed for name in parted(value)]
        if found:
            return tuple(dict.fromkeys(found)), where, False
    if shown and (read := _shown(shown)):
        return read, "the byline", False
    if beside:
        return (beside,), "a name beside the date", False
    if links:
        return tuple(links), "links to authors' pages", False
    return None


def beside_date(texts: list[str], said: str) -> str | None:
    """Return a full name that stands by itself next to a date, among the texts below a headline.

    Whom the article speaks of (`said`, its headline and text) is not its author.
    """
    is_date = [bool(datelines.read(text)) for text in texts]
    for index, text in enumerate(texts):
        is_near = any(is_date[max(0, index - 2) : index + 3])
        tokens = text.split()
        is_full = 2 <= len(tokens) <= 3 and all(token[0].isupper() for token in tokens) and bylines.is_name(text)
        if is_near and is_full and tokens[-1] not in said and not bylines.is_role(text):
            return text
    return None


def _shown(text: str) -> tuple[str, ...]:
    """Return the names of a byline as shown, where it is certainly one."""
    byline = bylines.read(text)
    is_certain = byline.has_opener or all(len(name.split()) in {2, 3} for name in byline.names)
    return byline.names if is_certain and not byline.unread else ()


def parted(value: str) -> list[str]:
    """Return the names in one author of a page's metadata.

    >>> parted("By Ann Sample and Bo Li"), parted("Sample, Ann"), parted("Ann Sample und Bo Li, dpa")
    (['Ann Sample', 'Bo Li'], ['Sample, Ann'], ['Ann Sample', 'Bo Li', 'dpa'])
    """
    value = re.sub(r"\s*\([^()]{0,100}\)\s*$", "", value).strip(" ,;")
    value = re.sub(r"^(?:by|von|par|por|di|door|af|av|text|autor):?\s+", "", value, flags=re.IGNORECASE)
    if not 1 < len(value) <= 400 or not any(c.isalpha() for c in value):
        return []
    parts = [name for part in PARTS.split(value) for name in _without_place(part.strip())]
    parts = [
        part
        for part in parts
        if not (len(parts) > 1 and part[:1].islower() and bylines.is_role(part) and part not in AGENCIES)
    ]
    if len(parts) > 1 and not all(_is_author(part) for part in parts):
        parts = [value]
    return [part for part in parts if len(part) <= 120]


def _without_place(part: str) -> list[str]:
    """Return a name without the place or role after its comma, and an agency there as an author."""
    name, _, rest = part.partition(",")
    rest = rest.strip()
    if not rest or " " not in name or not bylines.is_name(name):
        return [part]
    if rest.casefold() in AGENCIES:
        return [name, rest]
    return [name] if bylines.is_role(rest) else [part]


def _is_author(part: str) -> bool:
    return part.casefold() in AGENCIES or (bylines.is_name(part) and " " in part)
