"""Who a page shows as its authors: bylines and links to authors' pages, near the headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.converters import bylines
from onrecord.converters.html.visible import is_aside, may_be_named, names, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BYLINE = re.compile(
    r"by-?line|(?:^|[-_ ])authors?(?:$|[-_ ])|author-?(?:name|line)|article-?author|signature|auteur|autor\b|verfasser",
    re.IGNORECASE,
)
AUTHOR_PAGE = re.compile(
    r"/(?:author|authors|autor|autores|autoren|auteur|auteurs|journalist|journaliste|profile|by)s?/[^/]", re.IGNORECASE
)
BYLINE_TAGS = frozenset(("p", "div", "span", "a", "address", "li", "ul", "h4", "h5", "h6"))
MAX_FLOOD = 4000
"""Code points from which a byline names more people than any article has."""
STEMS = ("by", "aut", "signature", "verfasser")
MOST_LINKS = 4
"""Links to different authors' pages; more are a list of the newsroom, or of other articles."""


def byline(elements: list[HtmlElement]) -> str | None:
    """Return the byline as shown: the first element of that name that is short and in no teaser."""
    named = [e for e in elements if _is_byline(e)]
    marked = [e for e in elements if e.get("itemprop") == "author" or e.get("rel") == "author"]
    for element in (*named[:8], *marked[:3]):
        if element.tag in {"meta", "link"}:
            continue
        shown = plain(element)
        if 3 <= len(shown) <= 250 and not is_aside(element):
            return shown
    return None


def _is_byline(element: HtmlElement) -> bool:
    """Tell whether an element is called byline or the like; the stems are cheap to look for."""
    if not may_be_named(element, BYLINE_TAGS):
        return False
    called = names(element).lower()
    return any(stem in called for stem in STEMS) and BYLINE.search(called) is not None


def is_flood(elements: list[HtmlElement]) -> bool:
    """Tell whether an element called byline is longer than any byline, and opens as one."""
    named = (e for e in elements if _is_byline(e))
    return any(bylines.opens(text) and len(text) > MAX_FLOOD for text in map(plain, named))


def author_links(elements: list[HtmlElement]) -> list[str]:
    """Return the texts of links to authors' own pages, in order, each once; none where they are too many."""
    found: dict[str, None] = {}
    for element in elements:
        if element.tag != "a":
            continue
        is_author = "author" in (element.get("rel") or "").split() or AUTHOR_PAGE.search(element.get("href") or "")
        if is_author and (shown := plain(element)) and len(shown) <= 60 and not is_aside(element):
            found.setdefault(shown)
    return list(found) if len(found) <= MOST_LINKS else []
