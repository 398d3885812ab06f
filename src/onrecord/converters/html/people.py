"""Authors of a page: what its metadata names, held against the byline it shows."""

from __future__ import annotations

import re

from onrecord.converters import bylines
from onrecord.converters.html import metadata
from onrecord.converters.html.metadata import MAX_AUTHORS, Metadata

PARTS = re.compile(r"\s*(?:[;|•]|,\s+(?=\w+\s\w)|\s(?:and|und|et|y|og|och|en)\s(?=[^\W\d_a-z]))\s*")


def names(data: Metadata, shown: str | None) -> tuple[tuple[str, ...], str, bool] | None:
    """Return the authors, where they are named, and whether there were too many to believe."""
    told = metadata.authors(data)
    if told is not None:
        listed, where = told
        if len(listed) > MAX_AUTHORS:
            return (), where, True
        found = [name for value in listed for name in parted(value)]
        if found:
            return tuple(dict.fromkeys(found)), where, False
    if shown and (byline := bylines.read(shown)).has_opener and byline.names and not byline.unread:
        return byline.names, "the byline", False
    return None


def parted(value: str) -> list[str]:
    """Return the names in one author of a page's metadata.

    >>> parted("By Ann Sample and Bo Li"), parted("Sample, Ann"), parted("Le Figaro et AFP")
    (['Ann Sample', 'Bo Li'], ['Sample, Ann'], ['Le Figaro et AFP'])
    """
    value = re.sub(r"\s*\([^()]{0,100}\)\s*$", "", value).strip(" ,;")
    if bylines.opens(value):
        value = re.sub(r"^(?:by|von|par|por|di|door|af|av|text|autor):?\s+", "", value, flags=re.IGNORECASE)
    if not 1 < len(value) <= 400 or not any(c.isalpha() for c in value):
        return []
    parts = [part.strip() for part in PARTS.split(value)]
    if len(parts) > 1 and all(bylines.is_name(part) and " " in part for part in parts):
        return parts
    return [value] if len(value) <= 120 else []
