"""The headline of a page, out of the several that it gives itself.

JSON-LD, Open Graph and the page as shown each have one; they often differ by the outlet's name, a date or a
kicker, and sometimes in the words. The titles are made comparable first, then they vote.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from onrecord.converters import dates
from onrecord.converters.html import jsonld, metadata, visible
from onrecord.converters.html.metadata import Metadata
from onrecord.converters.html.visible import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BAR = re.compile(r"\s+(?:[|–—·•»-]|//)\s+|\s?[|｜]\s?|：")
"""What parts a title from the name of an outlet, a section or a day."""
CODE = re.compile(r"</?(?:script|style|iframe|object|embed|svg|img)\b|javascript:", re.IGNORECASE)
MAX_TITLE = 500
ENOUGH = 20
"""Letters from which a part of a title that stands elsewhere by itself is the title."""
CUT = range(105, 113)
"""Code points of a title that may have been cut at the 110 that search engines ask for."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, where it stood, how far to trust it, and the one that the page shows where that is another."""

    text: str
    where: str
    confidence: float
    rival: str | None = None


def find(data: Metadata, tree: HtmlElement) -> Headline | None:
    """Return the headline of a page, or None where it gives none."""
    shown = visible.headlines(tree)
    told, shared = _titles(data, tree, shown)
    heading = _heading(shown, told, shared)
    return _chosen(_whole(told, shown), _whole(shared, shown), heading) or _last_resort(data, tree)


def _chosen(told: str | None, shared: str | None, heading: str | None) -> Headline | None:
    """Return the headline that a second place agrees with; JSON-LD decides between three, unless it lies."""
    one, other, third = (fold(value or "") for value in (told, shared, heading))
    if shared and (not told or other == third or one in {other, third}):
        rival = heading if other != third else None
        return Headline(shared, "meta og:title", 0.95 if other in {one, third} else 0.7, rival)
    if told and (shared or not heading or _is_akin(heading, told)):
        rival = heading if one != third else None
        return Headline(told, "JSON-LD headline", 0.95 if one == third else 0.7, rival)
    return Headline(heading, "h1", 0.75, told) if heading else None


def _last_resort(data: Metadata, tree: HtmlElement) -> Headline | None:
    """Return the title of the page, or the longest of several headings that nothing else confirms."""
    element, heading = tree.find(".//title"), visible.headline_element(tree)
    title = jsonld.text(element.text_content()) if element is not None else None
    if title and not _is_code(title):
        return Headline(without_outlet(title[:MAX_TITLE], _outlets(data, tree)), "title", 0.5)
    shown = visible.plain(heading)[:MAX_TITLE] if heading is not None else ""
    return Headline(shown, "the longest h1", 0.5) if shown else None


def code(data: Metadata) -> str | None:
    """Return what a page gives as its headline and is a script or markup; such a headline is never taken."""
    return next((value for value in _stated(data) if _is_code(value)), None)


def _stated(data: Metadata) -> list[Any]:
    shared = data.meta.get("og:title") or data.meta.get("twitter:title") or []
    return [data.node.get("headline"), next(iter(shared), None)]


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and CODE.search(html.unescape(value[:20_000])) is not None


def _titles(data: Metadata, tree: HtmlElement, shown: list[str]) -> tuple[str | None, str | None]:
    """Return the headlines of JSON-LD and of Open Graph, without what is no part of them."""
    raw = [None if _is_code(value) else jsonld.text(value) for value in _stated(data)]
    outlets, section = _outlets(data, tree), fold((data.value("articleSection", *metadata.SECTION) or ("",))[0])
    bare = [without_outlet(title[:MAX_TITLE], outlets, section) if title else None for title in raw]
    alone = {fold(heading) for heading in shown}
    if bare[0] and bare[1] and fold(bare[0]) == fold(bare[1]):
        return bare[0], bare[1]
    told = _part_shown(bare[0], alone)
    return told, _part_shown(bare[1], alone | {fold(told or "")})


def _heading(shown: list[str], told: str | None, shared: str | None) -> str | None:
    """Return the heading that is the article's: one that says what the metadata says, with a kicker or without."""
    known = [title for title in (shared, told) if title]
    if same := next((h for h in shown if any(fold(h) == fold(title) for title in known)), None):
        return same
    for title in known:
        if len(fold(title)) >= ENOUGH and any(fold(h).endswith(fold(title)) for h in shown):
            return title
    akin = next((h for h in shown if known and _is_akin(h, known[0])), None)
    return akin or (shown[0] if len(shown) == 1 else None)


def _outlets(data: Metadata, tree: HtmlElement) -> set[str]:
    """Return the names of the page's outlet, folded: its publisher, its site, its host."""
    found = [metadata.publisher(data), data.first("og:site_name"), data.first("application-name")]
    names = [name[0] for name in found if name]
    if address := metadata.url(data, tree):
        host = urlsplit(address[0]).netloc.removeprefix("www.")
        names += [host, *(label for label in host.split(".") if len(label) > 3)]
    return {fold(name) for name in names} - {""}


def without_outlet(title: str, outlets: set[str], section: str = "") -> str:
    """Return a title without the outlet's name, the section or the day after it, or the outlet's name before it.

    >>> without_outlet("Rain at last – The Sample – 13.06.2023", {"thesample"})
    'Rain at last'
    >>> without_outlet("Rain at last - and snow", {"thesample"})
    'Rain at last - and snow'
    """
    for _ in range(4):
        bars = list(BAR.finditer(title))
        if not bars:
            break
        head, tail = title[: bars[-1].start()].strip(), title[bars[-1].end() :].strip()
        if head and (_is_outlet(tail, outlets) or fold(tail) == section or _is_day(tail)):
            title = head
            continue
        head, tail = title[: bars[0].start()].strip(), title[bars[0].end() :].strip()
        if not tail or not _is_outlet(head, outlets):
            break
        title = tail
    return title


def _is_outlet(part: str, outlets: set[str]) -> bool:
    name = fold(part)
    return len(name) > 1 and any(
        name == outlet or (len(name) > 2 and name in outlet) or (len(outlet) > 3 and outlet in name and len(name) < 30)
        for outlet in outlets
    )


def _is_day(part: str) -> bool:
    return len(part) <= 20 and bool(dates.find_stamps(part))


def _part_shown(title: str | None, alone: set[str]) -> str | None:
    """Return the part of a title before or after a bar that stands by itself elsewhere, or the title."""
    if title is None or fold(title) in alone:
        return title
    parts = (part for bar in BAR.finditer(title) for part in (title[: bar.start()], title[bar.end() :]))
    return next((part.strip() for part in parts if len(fold(part)) >= ENOUGH and fold(part) in alone), title)


def _whole(title: str | None, shown: list[str]) -> str | None:
    """Return the heading that a title cut short for machines stands for, or the title."""
    bare = fold(title or "")
    if title is None or len(bare) < 30 or not (title.endswith(("…", "...")) or len(title) in CUT):
        return title
    return next((h for h in shown if fold(h).startswith(bare) and len(bare) < len(fold(h)) < 2 * len(bare)), title)


def _is_akin(one: str, other: str) -> bool:
    words = set(re.findall(r"\w+", one.casefold()))
    return bool(words) and len(words & set(re.findall(r"\w+", other.casefold()))) * 2 >= len(words)
