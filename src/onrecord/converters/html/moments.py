"""When a page's article was published and changed: JSON-LD, meta, time elements, then what the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.converters import datelines, dates
from onrecord.converters.draft import Draft
from onrecord.converters.html import body, jsonld, metadata, visible
from onrecord.converters.html.metadata import Metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DAY = 86_400
"""Seconds."""


def read(draft: Draft, data: Metadata, tree: HtmlElement) -> None:
    """Read when the article was published and changed."""
    published = [*_told(data, "datePublished", metadata.PUBLISHED), *((t, "time") for t in visible.times(tree))]
    published = published or list(_shown_dates(draft, data, tree))
    modified = list(_told(data, "dateModified", metadata.MODIFIED))
    for field, candidates in (("date_published", published), ("date_modified", modified)):
        instants = [
            (instant, text, where)
            for text, where in candidates
            if (instant := dates.instant(text, draft.values.get("language"), draft.defaults.time_zone))
        ]
        certain = [
            found
            for found in instants
            if "time-zone-unknown" not in found[0].doubts and "date-without-time" not in found[0].doubts
        ]
        if instants:
            datelines.put(draft, field, *_best(instants, certain))
        elif candidates:
            message, hint = "none of the dates the page gives is one", "say the date in a file beside the document"
            draft.warn("date-invalid", f"{field}: {message}", hint, field=field, value=candidates[0][0])


def _shown_dates(draft: Draft, data: Metadata, tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield dates as the page shows them below its headline, or after a bar in its title."""
    captured, relative = datelines.capture_day(draft), None
    for shown in visible.top(tree):
        clauses = datelines.read(shown, language=_language(draft, data, tree), captured=captured)
        if any(clause.kind == "date_published" and clause.stamp for clause in clauses):
            yield datelines.absolute(shown, captured) if captured else shown, "a date line below the headline"
        elif any(clause.fault == "relative-date" for clause in clauses):
            relative = relative or shown
    if (title := data.first("og:title")) and "|" in title[0]:
        yield title[0].rpartition("|")[2], "the end of the title"
    address = metadata.url(data, tree)
    if address and (day := re.search(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=[/_.-]|$)", address[0])):
        yield "-".join(day.groups()), "the page's address"
    if relative:
        _relative(draft, relative)
    elif (guessed := body.guess_day(tree)) and not _is_of_another(data, guessed):
        yield guessed, "htmldate"


def _is_of_another(data: Metadata, day: str) -> bool:
    """Tell whether a day is the one of another article that the page's JSON-LD tells of."""
    others = (jsonld.text(node.get("datePublished")) for node in data.linked.articles if node is not data.node)
    return any(other is not None and other.startswith(day) for other in others)


def _relative(draft: Draft, shown: str) -> None:
    """Report a date that is relative to an unknown day."""
    message, hint = datelines.MESSAGES["relative-date"], datelines.HINTS["relative-date"]
    draft.warn("relative-date", f"date_published: {message}", hint, field="date_published", value=shown)


def _language(draft: Draft, data: Metadata, tree: HtmlElement) -> str | None:
    """Return the language as the page or the collection says it."""
    told = metadata.language(data, tree)
    return told[0] if told else draft.values.get("language")


def _told(data: Metadata, key: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    told = [(value, f"JSON-LD {key}")] if (value := jsonld.text(data.node.get(key))) else []
    return told + [
        (found, f"meta {name}") for name in names for value in data.meta.get(name, ()) if (found := jsonld.text(value))
    ]


Found = tuple[dates.Instant, str, str]


def _best(instants: list[Found], certain: list[Found]) -> Found:
    """Return the first instant; where it is not certain, a certain one within a day of it."""
    first = instants[0]
    near = [other for other in certain if other == first or _is_near(first[0], other[0])]
    return near[0] if near else first


def _is_near(one: dates.Instant, other: dates.Instant) -> bool:
    return bool(one.utc and other.utc) and abs((one.utc - other.utc).total_seconds()) < DAY  # type: ignore[operator]
