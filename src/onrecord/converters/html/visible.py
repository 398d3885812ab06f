"""What the page shows: headline, standfirst, byline, captions, subheadings."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from itertools import islice, takewhile
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
ASIDE = re.compile(
    r"related|teaser(?!-?text)|recommend|newsletter|footer|nav\b|comment|sidebar|promo|social|share|widget|most-?read|"
    r"outbrain|taboola",
    re.IGNORECASE,
)
STEMS = (
    "stand",
    "sub",
    "dek",
    "chapo",
    "deck",
    "led",
    "intro",
    "teaser",
    "vorspann",
    "ingress",
    "sapo",
    "entrad",
    "bajada",
    "somm",
    "summ",
    "abstract",
    "lead",
    "desc",
    "excerpt",
    "strap",
    "synop",
    "perex",
    "manchet",
)
"""One of these is part of every name of a standfirst: looked for first, since it is cheap."""
STANDFIRST_TAGS = frozenset(("p", "h2", "div", "section", "span", "strong", "header"))
BEFORE, AFTER = 120, 300
"""Elements before and after the headline among which its standfirst and its authors stand."""
MAX_NAME = 60
"""Code points of an attribute that may name an element."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset((*HEADINGS, "p", "div", "li", "br", "tr", "td", "section", "article", "figcaption", "blockquote"))
MIN_STANDFIRST, MAX_STANDFIRST = 50, 1200


def fold(text: str) -> str:
    """Return a text for comparing: without case, accents, marks and spaces.

    >>> fold("Rain, at last!") == fold("RAIN AT LAST")
    True
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, plain.casefold()))


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


def near(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements around the headline, in order; the first of the page where it has no heading.

    What stands far from the headline is of another article.
    """
    elements = (element for element in tree.iter() if isinstance(element.tag, str))
    heading = headline_element(tree)
    if heading is None:
        return list(islice(elements, AFTER))
    before = deque(takewhile(lambda element: element is not heading, elements), maxlen=BEFORE)
    return [*before, heading, *islice(elements, AFTER)]


def standfirsts(elements: list[HtmlElement]) -> list[str]:
    """Return what may be the standfirst, the surest first: elements named so, in no teaser of another article."""
    marked = [e for e in elements if e.get("itemprop") in {"description", "alternativeHeadline"} and e.tag != "meta"]
    named = (e for e in elements if may_be_named(e, STANDFIRST_TAGS) and _is_standfirst(_all_names(e).lower()))
    found = []
    for element in (*marked, *_first(named, 12)):
        shown = plain(element)
        if MIN_STANDFIRST <= len(shown) <= MAX_STANDFIRST and not is_aside(element) and element.find(".//h1") is None:
            found.append(shown)
    return found


def _is_standfirst(called: str) -> bool:
    return any(stem in called for stem in STEMS) and STANDFIRST.search(called) is not None


def may_be_named(element: HtmlElement, tags: frozenset[str]) -> bool:
    """Tell whether an element is of one of the kinds, or of a kind of the page's own (`<story-lead>`)."""
    return (element.tag in tags and bool(element.attrib)) or "-" in element.tag


def _all_names(element: HtmlElement) -> str:
    """Return what an element is called, in any attribute that a page may name it in."""
    own = [v for k, v in element.attrib.items() if k.startswith("data-") and len(v) <= MAX_NAME and " " not in v]
    tag = element.tag if "-" in element.tag else ""
    return " ".join((names(element), tag, *own[:8]))


def _first(elements: Iterator[HtmlElement], count: int) -> list[HtmlElement]:
    return [element for element, _ in zip(elements, range(count), strict=False)]


def names(element: HtmlElement) -> str:
    """Return what an element is called."""
    return " ".join(filter(None, map(element.get, ("class", "id", "data-testid", "data-component"))))[:400]


def is_aside(element: HtmlElement) -> bool:
    """Tell whether an element stands beside the article: in a teaser, a menu, a footer."""
    node, steps = element, 0
    while node is not None and steps < 12:
        if node.tag in {"aside", "nav", "footer", "li", "figure"} or (
            node.tag not in {"html", "body"} and ASIDE.search(names(node))
        ):
            return True
        node, steps = node.getparent(), steps + 1
    return False


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


def headline_element(tree: HtmlElement) -> HtmlElement | None:
    """Return the heading that is the headline: the longest of the first ones of the first level."""
    return max(_first(tree.iter("h1"), 5), key=lambda e: len(plain(e)), default=None)


def top(tree: HtmlElement) -> list[str]:
    """Return the short texts that follow the headline: where dates and names stand."""
    heading = headline_element(tree)
    if heading is None:
        return []
    kinds = " | ".join(f"following::{tag}" for tag in ("p", "div", "span", "li", "time", "h5", "a"))
    following = heading.xpath(f"({kinds})[position() <= 40]")
    texts = (plain(element) for element in following if sum(1 for _ in element.iter()) <= 12)
    return [text for text in texts if 0 < len(text) <= 160]


def paragraphs(tree: HtmlElement) -> list[str]:
    """Return the texts of the page's first paragraphs, and of what stands as one."""
    small = (e for e in tree.iter("p", "h2", "div", "strong") if len(e) <= 3)
    texts = (plain(element) for element in _first(small, 150))
    return [text for text in texts if MIN_STANDFIRST <= len(text) <= MAX_STANDFIRST]


def times(tree: HtmlElement) -> list[str]:
    """Return the machine-readable times of `<time>` and itemprop elements about publication."""
    found = tree.xpath("//*[@itemprop='datePublished' or @pubdate]")
    found += tree.xpath("//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]")
    return [value for e in found[:5] if (value := (e.get("datetime") or e.get("content") or "").strip())]
