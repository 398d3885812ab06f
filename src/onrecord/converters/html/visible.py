"""What the page shows: headline, standfirst, byline, captions, subheadings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

STANDFIRST = re.compile(
    r"stand-?first|sub-?title|sub-?head(?:line)?(?:\b|_|$)|(?:^|[-_ a-z])dek(?:$|[-_ ])|chapo|\bdeck\b|\blede?\b|"
    r"\bintro(?:duction)?\b|teaser-?text|vorspann|ingress|sapo|entradilla|bajada|sommario|summary|abstract|"
    r"article__?-?(?:lead|intro|description|excerpt|desc)|(?:^|[-_ ])lead(?:$|[-_ ]|text)|strapline|synopsis|perex|"
    r"headline__?-?description|manchet|(?:^|[-_ ])excerpt",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"by-?line|(?:^|[-_ ])authors?(?:$|[-_ ])|author-?(?:name|line)|article-?author|signature|auteur|autor\b|verfasser",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"related|teaser(?!-?text)|recommend|newsletter|footer|nav\b|comment|sidebar|promo|social|share|widget|most-?read|"
    r"outbrain|taboola",
    re.IGNORECASE,
)
AUTHOR_PAGE = re.compile(
    r"/(?:author|authors|autor|autores|autoren|auteur|auteurs|journalist|journaliste|profile|by)s?/[^/]", re.IGNORECASE
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset((*HEADINGS, "p", "div", "li", "br", "tr", "td", "section", "article", "figcaption", "blockquote"))
MIN_STANDFIRST, MAX_STANDFIRST = 50, 1200


def plain(element: HtmlElement) -> str:
    """Return an element's text, white space single, blocks parted by a space."""
    return " ".join(_pieces(element)).strip()


def _pieces(element: HtmlElement) -> list[str]:
    parts: list[str] = []
    for event, node in _walk(element):
        if event == "start":
            parts.append((" " if node.tag in BLOCKS else "") + (node.text or ""))
        elif node is not element:
            parts.append((" " if node.tag in BLOCKS else "") + (node.tail or ""))
    return "".join(parts).split()


def _walk(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Walk without scripts and styles, whose text is not shown."""
    from lxml.etree import iterwalk

    walker = iterwalk(element, events=("start", "end"))
    for event, node in walker:
        if event == "start" and node.tag in {"script", "style", "noscript", "template", "svg", "button"}:
            walker.skip_subtree()
            continue
        yield event, node


def headlines(tree: HtmlElement) -> list[str]:
    """Return the texts of the page's first headings of the first level."""
    found = []
    for element in tree.iter("h1"):
        if (shown := plain(element)) and len(shown) < 500:
            found.append(shown)
        if len(found) == 5:
            break
    return found


def standfirst(tree: HtmlElement) -> str | None:
    """Return the standfirst: an element named so, near the headline and in no teaser of another article."""
    marked = tree.xpath("//*[@itemprop='description' or @itemprop='alternativeHeadline'][not(self::meta)]")
    named = (
        e for e in tree.iter("p", "h2", "div", "section", "span", "strong", "header") if STANDFIRST.search(_names(e))
    )
    for element in (*marked, *_first(named, 12)):
        shown = plain(element)
        if MIN_STANDFIRST <= len(shown) <= MAX_STANDFIRST and not _is_aside(element) and element.find(".//h1") is None:
            return shown
    return None


def _first(elements: Iterator[HtmlElement], count: int) -> list[HtmlElement]:
    return [element for element, _ in zip(elements, range(count), strict=False)]


def _names(element: HtmlElement) -> str:
    """Return what an element is called."""
    return " ".join(filter(None, map(element.get, ("class", "id", "data-testid", "data-component"))))[:400]


def _is_aside(element: HtmlElement) -> bool:
    node, steps = element, 0
    while node is not None and steps < 12:
        if node.tag in {"aside", "nav", "footer", "li", "figure"} or (
            node.tag not in {"html", "body"} and ASIDE.search(_names(node))
        ):
            return True
        node, steps = node.getparent(), steps + 1
    return False


def byline(tree: HtmlElement) -> str | None:
    """Return the byline as shown: the shortest element of that name near the top that has text."""
    marked = tree.xpath("//*[@itemprop='author' or @rel='author'][not(self::meta) and not(self::link)]")
    named = (
        e
        for e in tree.iter("p", "div", "span", "a", "address", "li", "ul", "h4", "h5", "h6")
        if BYLINE.search(_names(e))
    )
    for element in (*_first(named, 8), *marked[:3]):
        shown = plain(element)
        if 3 <= len(shown) <= 250 and not _is_aside(element):
            return shown
    return None


def captions(tree: HtmlElement) -> list[str]:
    """Return the captions of the article's pictures, in order, each once."""
    scopes = tree.xpath("//article[.//p] | //main") or [tree]
    found: dict[str, None] = {}
    for element in scopes[0].iter("figcaption"):
        shown = plain(element)
        if 3 <= len(shown) <= 1500 and not _in_list(element):
            found.setdefault(shown)
    return list(found)[:60]


def _in_list(element: HtmlElement) -> bool:
    return any(node.tag in {"aside", "nav", "footer"} for node in element.iterancestors())


def top(tree: HtmlElement) -> list[str]:
    """Return the short texts that follow the headline: where dates and names stand."""
    heading = max(_first(tree.iter("h1"), 5), key=lambda e: len(plain(e)), default=None)
    if heading is None:
        return []
    kinds = " | ".join(f"following::{tag}" for tag in ("p", "div", "span", "li", "time", "h5", "a"))
    following = heading.xpath(f"({kinds})[position() <= 40]")
    texts = (plain(element) for element in following if sum(1 for _ in element.iter()) <= 12)
    return [text for text in texts if 0 < len(text) <= 160]


def author_links(tree: HtmlElement) -> list[str]:
    """Return the texts of links to authors' own pages around the headline, in order, each once."""
    found: dict[str, None] = {}
    for element in tree.iter("a"):
        is_author = "author" in (element.get("rel") or "").split() or AUTHOR_PAGE.search(element.get("href") or "")
        if is_author and (shown := plain(element)) and len(shown) <= 60 and not _is_aside(element):
            found.setdefault(shown)
        if len(found) == 6:
            break
    return list(found)


def times(tree: HtmlElement) -> list[str]:
    """Return the machine-readable times of `<time>` and itemprop elements about publication."""
    found = tree.xpath("//*[@itemprop='datePublished' or @pubdate]")
    found += tree.xpath("//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]")
    return [value for e in found[:5] if (value := (e.get("datetime") or e.get("content") or "").strip())]
