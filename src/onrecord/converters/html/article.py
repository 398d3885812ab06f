"""A page's fields, each from the most trustworthy place that has it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from onrecord.converters import bylines, datelines, languages, lexicon
from onrecord.converters.datelines import check
from onrecord.converters.draft import Draft
from onrecord.converters.html import body, jsonld, metadata, moments, people, visible
from onrecord.converters.html.metadata import Metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HINT = "look at the page; say it in a file beside the document"


def read(draft: Draft, tree: HtmlElement) -> None:
    """Read a page into a draft."""
    data = metadata.of_tree(tree)
    if data.linked.malformed:
        message = f"{data.linked.malformed} of the page's JSON-LD scripts cannot be read"
        draft.note("json-ld-malformed", message, "nothing to do: what the page shows was read instead")
    _page(draft, data, tree)
    _headline(draft, data, tree)
    _people(draft, data, tree)
    moments.read(draft, data, tree)
    _standfirst(draft, data, tree)
    _captions(draft, tree)
    _body(draft, tree)
    _language(draft, data, tree)
    check(draft)


def _page(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    _put(draft, "url", metadata.url(data, tree), 0.95)
    _put(draft, "section", data.value("articleSection", *metadata.SECTION), 0.8)
    _put(draft, "access", metadata.access(data), 0.9)
    _put(draft, "reading_minutes", metadata.reading_minutes(data), 0.9)
    if not draft.has("publisher"):
        _put(draft, "publisher", metadata.publisher(data), 0.9)


def _put(draft: Draft, field: str, found: tuple[object, str] | None, confidence: float) -> None:
    if found is not None:
        draft.put(field, found[0], found[1], confidence)


def _headline(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    """Take the headline that two of three places agree on: JSON-LD, the page as shown, Open Graph."""
    told, shown = jsonld.text(data.node.get("headline")), visible.headlines(tree)
    shared = _without_site(data.first("og:title", "twitter:title"), data)
    heading = next((h for h in shown if fold(h) in {fold(told or ""), fold(shared or "")}), None)
    heading = heading or next((h for h in shown if _is_akin(h, shared or told)), shown[0] if len(shown) == 1 else None)
    told, shared = (_whole(value, shown) for value in (told, shared))
    candidates = [(told, "JSON-LD headline", 0.8), (heading, "h1", 0.75), (shared, "meta og:title", 0.7)]
    votes = Counter(fold(value) for value, _, _ in candidates if value)
    agreed = next((fold_ for fold_, count in votes.most_common(1) if count > 1), None)
    for value, where, confidence in (candidates[1], candidates[0], candidates[2]) if agreed else candidates:
        if value and fold(value) and agreed in {None, fold(value)}:
            draft.put("headline", value, where, 0.95 if agreed else confidence)
            return
    draft.warn("headline-missing", "the page has no headline", HINT, field="headline")


def _whole(title: str | None, shown: list[str]) -> str | None:
    """Return the heading that a title cut short for machines stands for, or the title."""
    bare = fold(title or "")
    return (
        next((h for h in shown if len(bare) >= 30 and fold(h).startswith(bare) and len(fold(h)) < 2 * len(bare)), title)
        if (title and (title.endswith(("…", "...")) or 105 <= len(title) <= 112))
        else title
    )


def fold(text: str) -> str:
    """Return a text for comparing: without case, accents, marks and spaces.

    >>> fold("Rain, at last!") == fold("RAIN AT LAST")
    True
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def _is_akin(one: str, other: str | None) -> bool:
    words = set(re.findall(r"\w+", one.casefold()))
    return bool(other and words) and len(words & set(re.findall(r"\w+", (other or "").casefold()))) * 2 >= len(words)


def _without_site(found: tuple[str, str] | None, data: Metadata) -> str | None:
    """Return a title without the outlet's name after it."""
    if found is None:
        return None
    title, site = found[0], metadata.publisher(data)
    head, mark, tail = max((title.rpartition(m) for m in (" | ", " - ", " – ", " — ", "：")), key=lambda p: len(p[0]))
    if mark and site and (fold(tail) in fold(site[0]) or fold(site[0]) in fold(tail)):
        return head
    return title


def _people(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    shown = visible.byline(tree) or next((s for s in visible.top(tree) if _is_byline(s)), None)
    links = [name for name in visible.author_links(tree) if bylines.is_name(name) and " " in name]
    shown = shown or ", ".join(links) or None
    if shown:
        draft.put("byline", shown, "an element called byline or author", 0.8)
    beside = people.beside_date(visible.top(tree), str(draft.values.get("headline") or ""))
    found = people.names(data, shown, links, beside)
    if found is None:
        return
    names, where, is_flood = found
    if is_flood:
        message = f"the page names more than {metadata.MAX_AUTHORS} authors"
        draft.warn("too-many-authors", message, HINT, field="authors")
    else:
        draft.put("authors", names, where, 0.9)


def _is_byline(text: str) -> bool:
    byline = bylines.read(text)
    return byline.has_opener and bool(byline.names) and not byline.unread and not text.endswith((".", "?", "!"))


def _standfirst(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    told = data.first("og:description", "description", "twitter:description")
    candidates = (
        (visible.standfirst(tree), "an element called standfirst", 0.85),
        (told and told[0], "meta description", 0.6),
        (jsonld.text(data.node.get("description")), "JSON-LD description", 0.6),
    )
    headline = fold(draft.values.get("headline") or "")
    for value, where, confidence in candidates:
        if value and fold(value) != headline:
            draft.put("description", value, where, confidence)
            return


def _captions(draft: Draft, tree: HtmlElement) -> None:
    if found := visible.captions(tree):
        draft.put("captions", "\n\n".join(found), "figcaption", 0.9)


def _body(draft: Draft, tree: HtmlElement) -> None:
    found = {p.text: p for p in reversed(body.extract(tree))}
    own = _own_texts(draft)
    paragraphs = [p for p in reversed(found.values()) if not _is_elsewhere(p.text, own)]
    while paragraphs and paragraphs[-1].is_subheading:
        paragraphs.pop()
    if not paragraphs:
        draft.warn("body-missing", "the page has no running text", "save the page again, as shown", field="body")
        return
    draft.put("body", "\n\n".join(p.text for p in paragraphs), "trafilatura", 0.85)
    if headings := tuple(p.text for p in paragraphs if p.is_subheading):
        draft.put("subheadings", headings, "headings within the body", 0.85)


def _own_texts(draft: Draft) -> set[str]:
    """Return the folded texts of the fields that are not the body."""
    texts = [str(draft.values.get(name) or "") for name in ("headline", "description", "byline")]
    return {fold(text) for text in (*texts, *(draft.values.get("captions") or "").split("\n\n"))}


def _is_elsewhere(text: str, own: set[str]) -> bool:
    """Tell whether a paragraph of the main text is another field's, or known to stand around articles."""
    if len(text) > 1500:
        return False
    folded = fold(text)
    if not folded or folded in own:
        return True
    is_around = len(text) <= 160 and bool(datelines.read(text) or _is_byline(text))
    return is_around or lexicon.load("general").kind(text) is not None


def _language(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    """Tell the language: the text's own small words decide where the page says otherwise."""
    guess = languages.guess(draft.values.get("body") or "")
    told = metadata.language(data, tree)
    if told and (guess is None or told[0].split("-")[0] in {guess, *(("no",) if guess == "nb" else ())}):
        draft.put("language", told[0], told[1], 0.95)
    elif guess:
        draft.put("language", guess, "the small words of the body", 0.85)
    elif told:
        draft.put("language", told[0], told[1], 0.6)
    if offered := metadata.translations(tree, draft.values.get("language")):
        draft.put("translations", offered, "link alternate", 0.7)
