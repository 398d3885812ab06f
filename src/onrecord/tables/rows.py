"""The rows that one entry gives to every table."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onrecord import schemas
from onrecord.records import Permit
from onrecord.tables import ids
from onrecord.tables.withholding import withhold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from onrecord.records import Article, Attribution, Entry, Quote, SetAside, Speaker

CONTEXT = 32
"""Characters of prefix and suffix; enough for a W3C TextQuoteSelector to find its place again."""

Row = dict[str, Any]


def rows(entry: Entry, *, withhold_body: bool = False) -> dict[str, list[Row]]:
    """Return the rows of an entry for every table, each sorted by primary key, as the article's rights allow.

    Offsets count code points and are kept whether or not texts are; `body_sha256` and `word_count`
    are those of the whole body either way, and keys are made of whole texts.

    Examples
    --------
    >>> from onrecord.records import Article, Entry, Extraction
    >>> article = Article(seed_path="a.txt", seed_sha256="ab" * 32, converter="capture/1", body="Two words.")
    >>> found = rows(Entry(article, Extraction((), ())), withhold_body=True)
    >>> found["articles"][0]["body"], found["articles"][0]["word_count"]
    (None, 2)
    """
    key = ids.article_id(entry.article.seed_sha256)
    permit = entry.article.permit or Permit()
    if withhold_body:
        permit = replace(permit, body="withheld")
    found: dict[str, list[Row]] = {name: [] for name in schemas.names()}
    found["articles"].append(_article(key, entry.article, permit))
    found["set_aside"].extend(_aside(key, aside) for aside in entry.extraction.set_aside)
    quotes = sorted(entry.extraction.quotes, key=lambda quote: (quote.start, quote.end))
    keys = ids.quote_ids(key, ((quote.field, _envelope(entry.article, quote)) for quote in quotes))
    speakers: dict[str, Row] = {}
    for quote_id, quote in zip(keys, quotes, strict=True):
        found["quotes"].append(_quote(key, quote_id, quote, entry.article))
        found["spans"].extend(_spans(quote_id, quote))
        for speaker_id, speaker in _speakers(key, quote.attribution):
            found["attributions"].append(_attribution(quote_id, speaker_id, quote.attribution))
            if speaker_id is not None and speaker is not None:
                speakers.setdefault(speaker_id, _speaker(speaker_id, speaker))
    found["speakers"].extend(speakers.values())
    withhold(found, permit)
    return {name: _sorted(name, each) for name, each in found.items()}


def _sorted(name: str, each: list[Row]) -> list[Row]:
    key = schemas.load(name).primary_key
    return sorted(each, key=lambda row: tuple(row[column] for column in key))


def _text(article: Article, name: Any) -> str:
    return article.text(name) or ""


def _envelope(article: Article, quote: Quote) -> str:
    return _text(article, quote.field)[quote.start : quote.end]


def _article(key: str, article: Article, permit: Permit) -> Row:
    body = article.body
    row: Row = {name: getattr(article, name, None) for name in schemas.load("articles").columns}
    for name in ("authors", "translations", "subheadings"):
        row[name] = None if row[name] is None else list(row[name])
    return row | {
        "article_id": key,
        "date_published": _whole(article.date_published),
        "date_modified": _whole(article.date_modified),
        "body": None if permit.body == "withheld" else body,
        "body_rights": permit.body,
        "quote_rights": permit.quotes,
        "quote_words": permit.quote_words if permit.quotes == "shortened" else None,
        "body_sha256": None if body is None else hashlib.sha256(body.encode()).hexdigest(),
        "word_count": None if body is None else len(body.split()),
    }


def _whole(instant: datetime | None) -> datetime | None:
    """Return an instant to the second: readers of CSV expect all instants of a column in one form."""
    return None if instant is None else instant.replace(microsecond=0)


def _quote(article_id: str, quote_id: str, quote: Quote, article: Article) -> Row:
    text = _text(article, quote.field)
    return {
        "quote_id": quote_id,
        "article_id": article_id,
        "field": quote.field,
        "kind": quote.kind,
        "start": quote.start,
        "end": quote.end,
        "text": text[quote.start : quote.end],
        "text_sha256": None,
        "prefix": text[max(0, quote.start - CONTEXT) : quote.start] or None,
        "suffix": text[quote.end : quote.end + CONTEXT] or None,
        "language": quote.language,
    }


def _spans(quote_id: str, quote: Quote) -> Iterator[Row]:
    for position, span in enumerate(quote.spans):
        yield {
            "quote_id": quote_id,
            "position": position,
            "start": span.start,
            "end": span.end,
            "text": span.text,
            "is_verbatim": span.is_verbatim,
        }


def _speakers(article_id: str, attribution: Attribution) -> Iterator[tuple[str | None, Speaker | None]]:
    source = attribution.source.text if attribution.source else None
    named = {ids.speaker_id(article_id, speaker, source): speaker for speaker in attribution.speakers}
    yield from named.items() if named else ((None, None),)


def _attribution(quote_id: str, speaker_id: str | None, attribution: Attribution) -> Row:
    source, cue = attribution.source, attribution.cue
    source_text = source.text if source else None
    return {
        "attribution_id": ids.attribution_id(quote_id, source_text, speaker_id),
        "quote_id": quote_id,
        "speaker_id": speaker_id,
        "source_start": source and source.start,
        "source_end": source and source.end,
        "source_text": source_text,
        "source_form": source.form if source else "none",
        "cue_start": cue and cue.start,
        "cue_end": cue and cue.end,
        "cue_text": cue and cue.text,
        "addressee": attribution.addressee,
        "venue": attribution.venue,
        "channel": attribution.channel,
        "said_earliest": attribution.said_earliest,
        "said_latest": attribution.said_latest,
        "method": attribution.method,
        "confidence": attribution.confidence,
        "review": attribution.review,
    }


def _speaker(speaker_id: str, speaker: Speaker) -> Row:
    columns = schemas.load("speakers").columns
    return {name: getattr(speaker, name, None) for name in columns} | {"speaker_id": speaker_id}


def _aside(article_id: str, aside: SetAside) -> Row:
    return {
        "article_id": article_id,
        "field": aside.field,
        "start": aside.start,
        "end": aside.end,
        "text": aside.text,
        "reason": aside.reason,
    }
