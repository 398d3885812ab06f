"""The article's own JSON-LD: found among a page's scripts, read leniently, bounded in size."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from onrecord.converters.html.visible import fold
from onrecord.files import from_json

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_SCRIPT = 1_000_000
MAX_SCRIPTS = 60
MAX_NODES = 20_000
ARTICLES = (
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "LiveBlogPosting",
    "Report",
    "Article",
    "BlogPosting",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "TechArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
)
"""Types of schema.org that are an article, the surest first."""

Node = dict[str, Any]


class JsonLd:
    """The nodes of a page's JSON-LD: the article's, and others to refer to by their @id."""

    def __init__(self, scripts: list[str]) -> None:
        self.malformed = 0
        self.unread = max(0, len(scripts) - MAX_SCRIPTS)
        self._by_id: dict[str, Node] = {}
        self.articles: list[Node] = []
        for script in scripts[:MAX_SCRIPTS]:
            value = parse(script)
            if value is None:
                self.malformed += 1
            else:
                self._collect(value)

    def _collect(self, value: Any) -> None:
        for node in nodes(value):
            if isinstance(identity := node.get("@id"), str) and len(node) > 1:
                self._by_id.setdefault(identity, node)
            if rank(node) is not None:
                self.articles.append(node)

    def article(self, titles: frozenset[str] = frozenset()) -> Node:
        """Return the node of the article itself: of the surest type, with a headline, the page's if need be.

        Parameters
        ----------
        titles
            What the page shows as its headlines, folded; of nodes that are equally sure, one with such is taken.
        """

        def sureness(node: Node) -> tuple[bool, int, bool]:
            return "headline" not in node, rank(node) or 0, fold(text(node.get("headline")) or "") not in titles

        return min(self.articles, key=sureness, default={})

    def resolve(self, value: Any) -> Any:
        """Return the node that a reference names."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
            return self._by_id.get(value["@id"], value)
        return value


def of_tree(tree: HtmlElement) -> JsonLd:
    """Return the JSON-LD of a page."""
    scripts = tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")
    return JsonLd([script.text_content() for script in scripts])


def parse(script: str) -> Any:
    """Return the value of a script, or None where it is none even read leniently.

    >>> parse('<!-- {"a": 1}; -->')
    {'a': 1}
    >>> parse('{"a": ') is None
    True
    """
    if len(script) > MAX_SCRIPT:
        return None
    text = script.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()
    text = (
        text.removeprefix("<!--")
        .removesuffix("-->")
        .removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .strip()
        .rstrip(";")
    )
    for candidate in (text, re.sub(r",\s{0,200}([}\]])", r"\1", text)):
        try:
            return from_json(candidate, strict=False)
        except ValueError:
            continue
    return None


def nodes(value: Any) -> Iterator[Node]:
    """Yield the objects at the top of a value, in lists and @graph, and those that an article is the main part of."""
    stack, seen = [value], 0
    while stack and seen < MAX_NODES:
        item = stack.pop()
        seen += 1
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            stack.extend(
                item[key]
                for key in ("mainEntity", "mainEntityOfPage", "@graph")
                if isinstance(item.get(key), dict | list)
            )


def rank(node: Node) -> int | None:
    """Return how sure it is that a node is an article (0: surest), or None where it is none."""
    types = node.get("@type")
    names = [t.rpartition("/")[2] for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]
    return min((ARTICLES.index(name) for name in names if name in ARTICLES), default=None)


def text(value: Any) -> str | None:
    r"""Return a value as text: unescaped, without tags, white space single; None where it is none.

    >>> text(" T&uuml;r <b>auf</b>\n")
    'Tür auf'
    """
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    if not isinstance(value, str):
        return None
    plain = html.unescape(html.unescape(value[:20_000]))
    plain = re.sub(r"</?[a-zA-Z][^<>]{0,300}>", "", plain)
    plain = plain.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", plain).split()) or None
