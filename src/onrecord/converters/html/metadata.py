"""What a page says of itself in JSON-LD and meta elements, each value with where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from onrecord.converters.html import jsonld, visible
from onrecord.converters.html.jsonld import JsonLd, text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_AUTHORS = 100
"""Authors a page may name; more are no authors."""
PUBLISHED = (
    "article:published_time",
    "article:published:time",
    "datepublished",
    "og:article:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "date",
    "pubdate",
    "publish-date",
    "cxenseparse:recs:publishtime",
    "last-published",
)
MODIFIED = (
    "article:modified_time",
    "article:modified:time",
    "datemodified",
    "og:updated_time",
    "article:modified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
)
AUTHOR = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "cxenseparse:author",
    "og:article:author",
)
WRITTEN_BY = frozenset(
    {
        "written by",
        "verfasst von",
        "geschrieben von",
        "écrit par",
        "escrito por",
        "scritto da",
        "geschreven door",
        "skrevet av",
        "skrevet af",
        "skriven av",
        "napisane przez",
        "autor",
        "author",
        "автор",
    }
)
"""What a card for sharing calls the author."""
SECTION = ("article:section", "og:article:section", "section", "parsely-section", "cxenseparse:category")
TIERS = {
    "free": "free",
    "metered": "metered",
    "locked": "subscribers",
    "subscribers": "subscribers",
    "premium": "subscribers",
    "paid": "subscribers",
}


@dataclass(slots=True)
class Metadata:
    """A page's own word: `meta` by lower-case name, its JSON-LD, and the article's node."""

    meta: dict[str, list[str]]
    linked: JsonLd
    node: dict[str, Any] = field(default_factory=dict)

    def first(self, *names: str) -> tuple[str, str] | None:
        """Return the first value among meta elements, and the name it stood under."""
        for name in names:
            for value in self.meta.get(name, ()):
                if plain := text(value):
                    return plain, f"meta {name}"
        return None

    def value(self, key: str, *names: str) -> tuple[str, str] | None:
        """Return a value of JSON-LD, or else of meta elements, and where it stood."""
        if plain := text(self.node.get(key)):
            return plain, f"JSON-LD {key}"
        return self.first(*names)


def of_tree(tree: HtmlElement) -> Metadata:
    """Read a page's head."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        if name and (content := element.get("content")):
            meta.setdefault(name, []).append(content)
    linked = jsonld.of_tree(tree)
    titles = frozenset(map(visible.fold, visible.headlines(tree)))
    return Metadata(meta, linked, linked.article(titles))


def authors(data: Metadata) -> tuple[list[str], str] | None:
    """Return the authors that JSON-LD or a meta element names, as they stand there, and where."""
    for key in ("author", "creator"):
        if names := list(_people(data, data.node.get(key))):
            return names, f"JSON-LD {key}"
    outlet = publisher(data)
    for name in AUTHOR:
        named = [plain for value in data.meta.get(name, ()) if (plain := text(value)) and not is_link(plain)]
        if names := [value for value in named if not (outlet and outlet[0].casefold() in value.casefold())]:
            return names, f"meta {name}"
    return _labelled(data)


def _labelled(data: Metadata) -> tuple[list[str], str] | None:
    """Return the author of a card for sharing, which says what its fields are ("Written by")."""
    for number in ("1", "2"):
        label, value = data.first(f"twitter:label{number}"), data.first(f"twitter:data{number}")
        if label and value and label[0].casefold().strip(" :") in WRITTEN_BY and not is_link(value[0]):
            return [value[0]], f"meta twitter:data{number}"
    return None


def _people(data: Metadata, value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        resolved = data.linked.resolve(item)
        names = resolved.get("name") if isinstance(resolved, dict) else resolved
        for name in names if isinstance(names, list) else [names]:
            if (plain := text(name)) and not is_link(plain):
                yield plain


def is_link(value: str) -> bool:
    """Tell whether a value is an address rather than a name.

    >>> is_link("https://a.example/ann"), is_link("Ann Sample")
    (True, False)
    """
    return re.match(r"(?:https?:)?//|www\.|/[\w/-]+$", value) is not None or "@" in value


def publisher(data: Metadata) -> tuple[str, str] | None:
    """Return the outlet."""
    node = data.linked.resolve(data.node.get("publisher"))
    for item in node if isinstance(node, list) else [node]:
        named = data.linked.resolve(item)
        if name := text(named.get("name") if isinstance(named, dict) else named):
            return name, "JSON-LD publisher"
    return data.first("og:site_name", "application-name", "publisher")


def access(data: Metadata) -> tuple[str, str] | None:
    """Return who may read the article, where the page says so."""
    tier = data.first("article:content_tier", "og:article:content_tier")
    if tier and tier[0].lower() in TIERS:
        return TIERS[tier[0].lower()], tier[1]
    free = data.node.get("isAccessibleForFree")
    says = str(free).strip().lower().rpartition("/")[2] if isinstance(free, bool | str) else ""
    if says in {"true", "false"}:
        return ("free" if says == "true" else "subscribers"), "JSON-LD isAccessibleForFree"
    return None


def url(data: Metadata, tree: HtmlElement) -> tuple[str, str] | None:
    """Return the page's own address: canonical, else as JSON-LD or Open Graph has it."""
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and is_address(element.get("href") or ""):
            return str(element.get("href")).strip(), "link canonical"
    if (found := data.value("url", "og:url")) and is_address(found[0]):
        return found
    return None


def is_address(value: str) -> bool:
    """Tell whether a value is a whole web address with a path.

    >>> is_address("https://a.example/b"), is_address("/b"), is_address("https://a.example")
    (True, False, False)
    """
    if len(value) > 2000 or re.search(r"[\s\"<>{}|\\^`\x00-\x1f]", value.strip()):
        return False
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in parts.netloc and len(parts.path) > 1


def reading_minutes(data: Metadata) -> tuple[int, str] | None:
    """Return the reading time in minutes."""
    found = re.fullmatch(r"PT?(?:(\d{1,2})H)?(?:(\d{1,4})M)?(?:\d{1,5}S)?", text(data.node.get("timeRequired")) or "")
    if found and (found[1] or found[2]):
        return int(found[1] or 0) * 60 + int(found[2] or 0), "JSON-LD timeRequired"
    return None


def translations(tree: HtmlElement, own: str | None) -> tuple[str, ...]:
    """Return the other languages in which links offer this page."""
    tags = []
    for element in tree.iter("link"):
        tag = (element.get("hreflang") or "").strip().lower()
        if "alternate" in (element.get("rel") or "").lower().split() and re.fullmatch(
            r"[a-z]{2,3}(-[a-z0-9]{2,8})?", tag
        ):
            tags.append(tag.split("-")[0])
    return tuple(sorted({tag for tag in tags if tag != (own or "").split("-")[0] and tag != "x"}))


def language(data: Metadata, tree: HtmlElement) -> tuple[str, str] | None:
    """Return the BCP-47 tag that the page gives itself."""
    candidates = (
        (tree.get("lang") or tree.get("xml:lang"), "html lang"),
        data.value("inLanguage", "og:locale", "content-language", "language") or ("", ""),
    )
    for value, where in candidates:
        tag = str(value or "").replace("_", "-").strip()
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", tag):
            head, _, rest = tag.partition("-")
            return (f"{head.lower()}-{rest.upper() if len(rest) == 2 else rest}" if rest else head.lower()), where
    return None
