"""A page's fields, each from the most trustworthy place that has it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from onrecord.converters import dates, languages
from onrecord.converters.datelines import HINTS, MESSAGES, check
from onrecord.converters.draft import Draft
from onrecord.converters.html import body, jsonld, metadata, people, visible
from onrecord.converters.html.metadata import Metadata

if TYPE_CHECKING:
    from datetime import datetime

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
    _dates(draft, data, tree)
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
    candidates = [(told, "JSON-LD headline", 0.8), (heading, "h1", 0.75), (shared, "meta og:title", 0.7)]
    votes = Counter(fold(value) for value, _, _ in candidates if value)
    agreed = next((fold_ for fold_, count in votes.most_common(1) if count > 1), None)
    for value, where, confidence in (candidates[1], candidates[0], candidates[2]) if agreed else candidates:
        if value and fold(value) and agreed in {None, fold(value)}:
            draft.put("headline", value, where, 0.95 if agreed else confidence)
            return
    draft.warn("headline-missing", "the page has no headline", HINT, field="headline")


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
    shown = visible.byline(tree)
    if shown:
        draft.put("byline", shown, "an element called byline or author", 0.8)
    found = people.names(data, shown)
    if found is None:
        return
    names, where, is_flood = found
    if is_flood:
        message = f"the page names more than {metadata.MAX_AUTHORS} authors"
        draft.warn("too-many-authors", message, HINT, field="authors")
    else:
        draft.put("authors", names, where, 0.9)


def _dates(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    published = [*_told(data, "datePublished", metadata.PUBLISHED), *((t, "time") for t in visible.times(tree))]
    for field, candidates in (("date_published", published), ("date_modified", [*_told(data, "dateModified", metadata.MODIFIED)])):
        instants = [(instant, text, where) for text, where in candidates if (instant := _instant(draft, text))]
        certain = [found for found in instants if "time-zone-unknown" not in found[0].doubts and "date-without-time" not in found[0].doubts]
        if certain or instants:
            _put_instant(draft, field, *_best(instants, certain))


def _told(data: Metadata, key: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    told = [(value, f"JSON-LD {key}")] if (value := jsonld.text(data.node.get(key))) else []
    return told + [(found, f"meta {name}") for name in names for value in data.meta.get(name, ()) if (found := jsonld.text(value))]


Found = tuple[dates.Instant, str, str]


def _best(instants: list[Found], certain: list[Found]) -> Found:
    """Return the first instant; where it is not certain, a certain one of the same day says the time."""
    first = instants[0]
    for other in certain:
        if first in certain or abs((other[0].utc or first[0].utc) - (first[0].utc or other[0].utc)).total_seconds() < 86400:  # type: ignore[operator]
            return first if first in certain else other
    return first


def _instant(draft: Draft, text: str) -> dates.Instant | None:
    stamps = dates.find_stamps(text, draft.values.get("language"))
    if not stamps:
        return None
    instant = dates.resolve(stamps[0], draft.defaults.time_zone)
    if instant.doubts[-1:] == ("time-zone-unknown",):
        utc = dates.resolve(stamps[0], "UTC")
        return dates.Instant(utc.utc, None, None, (*utc.doubts, "time-zone-unknown"))
    return instant if instant.utc else None


def _put_instant(draft: Draft, field: str, instant: dates.Instant, text: str, where: str) -> None:
    utc: datetime | None = instant.utc
    draft.put(field, utc, where, 0.7 if instant.doubts else 0.97)
    for doubt in instant.doubts:
        message, hint = MESSAGES[doubt], HINTS[doubt]
        if doubt == "time-zone-unknown":
            message, hint = f"{message}; it is written as if UTC", "set time_zone in collection.toml"
        draft.warn(doubt, f"{field}: {message}", hint, field=field, value=text)
    if instant.evidence and not draft.has("time_zone_evidence"):
        draft.put("time_zone_evidence", instant.evidence, where, 0.97)
        if instant.zone:
            draft.put("time_zone", instant.zone, where, 0.97)


def _standfirst(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    shown = visible.standfirst(tree)
    told = data.first("og:description", "description", "twitter:description")
    linked = jsonld.text(data.node.get("description"))
    headline = fold(draft.values.get("headline") or "")
    for value, where, confidence in ((shown, "an element called standfirst", 0.85), (told and told[0], "meta description", 0.6),
                                     (linked, "JSON-LD description", 0.6)):  # fmt: skip
        if value and fold(value) != headline:
            draft.put("description", value, where, confidence)
            return


def _captions(draft: Draft, tree: HtmlElement) -> None:
    if found := visible.captions(tree):
        draft.put("captions", "\n\n".join(found), "figcaption", 0.9)


def _body(draft: Draft, tree: HtmlElement) -> None:
    paragraphs = [p for p in body.extract(tree) if not _is_elsewhere(draft, p.text)]
    while paragraphs and paragraphs[-1].is_subheading:
        paragraphs.pop()
    if not paragraphs:
        draft.warn("body-missing", "the page has no running text", "save the page again, as shown", field="body")
        return
    draft.put("body", "\n\n".join(p.text for p in paragraphs), "trafilatura", 0.85)
    if headings := tuple(p.text for p in paragraphs if p.is_subheading):
        draft.put("subheadings", headings, "headings within the body", 0.85)


def _is_elsewhere(draft: Draft, text: str) -> bool:
    """Tell whether a paragraph of the main text is another field's text."""
    folded = fold(text)
    own = {fold(str(draft.values.get(name) or "")) for name in ("headline", "description", "byline")}
    return not folded or folded in own | {fold(c) for c in (draft.values.get("captions") or "").split("\n\n")}


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
