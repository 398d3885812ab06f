"""RSS and Atom saved with the full text of their entries.

Needs `pip install 'onrecord[html]'`. Entities are never resolved and nothing is fetched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from onrecord.converters.base import never_raises
from onrecord.converters.corpus import rows
from onrecord.converters.html import page
from onrecord.converters.html.jsonld import text
from onrecord.converters.text import Finding
from onrecord.errors import ConverterError
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue

if TYPE_CHECKING:
    from lxml.etree import _Element

CONVERTER = "feed 1"
MAX_ENTRIES = 100_000
FIELDS = {
    "title": "headline",
    "link": "url",
    "pubDate": "date_published",
    "published": "date_published",
    "issued": "date_published",
    "date": "date_published",
    "updated": "date_modified",
    "modified": "date_modified",
    "category": "section",
    "summary": "description",
    "description": "description",
    "language": "language",
    "encoded": "body",
    "content": "body",
}
"""The names of elements, without their namespaces, and the fields they fill."""
BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td")


@never_raises
def convert(document: Document, defaults: Defaults) -> Iterator[Article | Issue]:
    """Yield an article for each entry, or what is wrong with it.

    Parameters
    ----------
    document
        The feed. An article's key comes from its entry's canonical XML.
    defaults
        What the collection says; a feed's own language and title serve where it is silent.

    Raises
    ------
    ConverterError
        lxml is not installed. Nothing in a document raises.

    Examples
    --------
    >>> feed = b'''<rss version="2.0"><channel><title>The Example</title><item><title>Rain at last</title>
    ... <pubDate>Tue, 07 May 2024 10:00:00 +0200</pubDate>
    ... <description>&lt;p&gt;It rained.&lt;/p&gt;&lt;p&gt;It stopped.&lt;/p&gt;</description></item></channel></rss>'''
    >>> found = next(convert(Document.of("feed.xml", feed), Defaults()))
    >>> found.headline, found.publisher, found.description, found.date_published.isoformat()
    ('Rain at last', 'The Example', 'It rained. It stopped.', '2024-05-07T08:00:00+00:00')
    """
    data, issue = page.unpack(document.data, Finding(document))
    if data is None:
        if issue:
            yield issue
        return
    root, fault = _root(data)
    entries = [] if root is None else [e for e in root.iter() if _name(e) in {"item", "entry"}][:MAX_ENTRIES]
    if fault:
        hint = "save the feed again; entries before the mistake are kept"
        yield rows.fault(document, "feed-malformed", f"not well-formed XML: {fault}", hint)
    elif not entries:
        yield rows.fault(document, "empty-document", "the feed has no entries", "save the feed again")
    about = {} if root is None else _about(root)
    about = {field: value for field, value in about.items() if getattr(defaults, field) is None}
    for number, entry in enumerate(entries, 1):
        yield from rows.article(_row(entry, number, about), document, defaults, CONVERTER)


def _root(data: bytes) -> tuple[_Element | None, str | None]:
    """Return a feed's root as far as it can be read, and the first mistake in it."""
    try:
        from lxml import etree
    except ModuleNotFoundError as error:
        raise ConverterError(f"{error.name} is not installed", hint="pip install 'onrecord[html]'") from error
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, str(error)[:200]
    mistake = next((entry.message for entry in parser.error_log if entry.level_name in {"ERROR", "FATAL"}), None)
    return root, mistake


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _about(root: _Element) -> dict[str, str]:
    """Return what a feed says of all its entries: its language and its title."""
    about: dict[str, str] = {}
    channel = next((e for e in root if _name(e) == "channel"), root)
    for element in channel:
        name, value = _name(element), text(element.text)
        if value and name in {"title", "language"}:
            about.setdefault({"title": "publisher", "language": "language"}[name], value)
    return about


def _row(entry: _Element, number: int, about: dict[str, str]) -> rows.Row:
    from lxml import etree

    values: dict[str, Any] = {}
    authors: list[str] = []
    for element in list(entry)[:500]:
        name = _name(element)
        if name in {"author", "creator"}:
            named = next((child.text for child in element if _name(child) == "name"), element.text)
            authors.extend(filter(None, [text(named)]))
        elif (field := _field(element, name)) and field not in values and (value := _value(element, field)) is not None:
            values[field] = value
    if authors:
        values["authors"] = authors[:1000]
    if "body" not in values and values.get("description", "").count("\n\n") > 1:
        values["body"] = values.pop("description")
    try:
        raw = etree.tostring(entry, method="c14n", with_tail=False)
    except etree.LxmlError:
        raw = etree.tostring(entry, with_tail=False)
    return rows.Row({**about, **values}, str(number), hashlib.sha256(raw).hexdigest(), entry.sourceline)


def _field(element: Any, name: str) -> str | None:
    """Return the field an element fills; a link to anything but the entry's page fills none."""
    is_other = name == "link" and element.get("rel", "alternate") != "alternate"
    return None if is_other else FIELDS.get(name)


def _value(element: Any, field: str) -> str | None:
    if field == "url":
        return str(element.get("href") or text(element.text) or "") or None
    if field == "body":
        return _body(element)
    value = text(element.text) if len(element) == 0 else text(" ".join(element.itertext()))
    if field == "description" and element.text and "<" in element.text:
        return _body(element)
    if field in {"date_published", "date_modified"} and value:
        return _iso(value)
    return value


def _iso(value: str) -> str:
    """Return a date of RFC 822 in ISO form, and any other as it is."""
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _body(element: Any) -> str | None:
    """Return the paragraphs of an entry's HTML, escaped or not."""
    import lxml.html
    from lxml import etree

    inner = element.text or "" if len(element) == 0 else etree.tostring(element, encoding="unicode", with_tail=False)
    if "<" not in inner:
        return inner.strip() or None
    try:
        tree = lxml.html.fragment_fromstring(inner, create_parent="div")
    except (etree.LxmlError, ValueError):
        return None
    for unread in tree.xpath("//script | //style | //figure"):
        unread.drop_tree()
    blocks = [e for e in tree.iter(*BLOCKS) if not any(True for _ in e.iterdescendants(*BLOCKS))]
    parts = [" ".join(e.text_content().split()) for e in blocks] or [" ".join(tree.text_content().split())]
    return "\n\n".join(part for part in parts if part) or None
