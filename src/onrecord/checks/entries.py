"""The laws on records, while an article is still whole: checked by the worker that made them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.checks.findings import shown
from onrecord.checks.marks import AROUND, unaccounted
from onrecord.checks.rules import RULES
from onrecord.records import FIELDS
from onrecord.tables import ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.records import Article, Entry, Mention, Quote, SetAside, Source, Span
    from onrecord.reports import Issue


def check_entry(entry: Entry) -> Iterator[Issue]:
    """Yield what is wrong with an article and everything said in it.

    Offsets are checked against the text itself, which a published table may have to withhold.

    Examples
    --------
    >>> from onrecord.records import Article, Entry, Extraction
    >>> article = Article(seed_path="a", seed_sha256="ab" * 32, converter="c/1", body='A "mark" too many.')
    >>> [issue.code for issue in check_entry(Entry(article, Extraction((), ())))]
    ['marks-accounted', 'marks-accounted']
    """
    for quote in entry.extraction.quotes:
        yield from _pieces(entry.article, quote)
        yield from _order(entry.article, quote)
        yield from _cue(entry.article, quote)
        yield from _said(entry.article, quote)
    for aside in entry.extraction.set_aside:
        yield from _piece(entry.article, aside.field, aside, "set_aside", None)
    yield from _marks(entry)
    yield from _dates(entry.article)


def _pieces(article: Article, quote: Quote) -> Iterator[Issue]:
    for span in quote.spans:
        yield from _piece(article, quote.field, span, "spans", quote)
    for mention in (quote.attribution.source, quote.attribution.cue):
        if mention is not None:
            yield from _piece(article, quote.field, mention, "attributions", quote)


def _piece(
    article: Article, field: str, piece: Span | Mention | Source | SetAside, table: str, quote: Quote | None
) -> Iterator[Issue]:
    found = (article.text(field) or "")[piece.start : piece.end] if 0 <= piece.start <= piece.end else ""  # type: ignore[arg-type]
    if found != piece.text or not found:
        yield RULES["text-matches-offsets"].issue(
            f"the text is not what stands from {piece.start} to {piece.end} of the {field}",
            table=table,
            key=None if quote is None else _key(article, quote),
            field="text",
            value=shown(piece.text),
            expected=shown(found),
        )


def _order(article: Article, quote: Quote) -> Iterator[Issue]:
    for one, other in pairwise(quote.spans):
        if other.start < one.end:
            yield RULES["spans-in-order-and-disjoint"].issue(
                f"a span starts at {other.start}, before the one before it ends at {one.end}",
                table="spans",
                key=_key(article, quote),
                field="start",
                value=shown(other.text),
                expected=f"at least {one.end}",
            )


def _cue(article: Article, quote: Quote) -> Iterator[Issue]:
    cue = quote.attribution.cue
    if cue is not None and any(cue.start < span.end and cue.end > span.start for span in quote.spans):
        yield RULES["cue-outside-content"].issue(
            "the cue lies inside what is said",
            table="attributions",
            key=_key(article, quote),
            field="cue_text",
            value=shown(cue.text),
        )


def _said(article: Article, quote: Quote) -> Iterator[Issue]:
    said = quote.attribution
    if said.said_earliest and said.said_latest and said.said_latest < said.said_earliest:
        yield RULES["said-order"].issue(
            "said_latest is before said_earliest",
            table="attributions",
            key=_key(article, quote),
            field="said_latest",
            value=str(said.said_latest),
            expected=f"not before {said.said_earliest}",
        )


def _marks(entry: Entry) -> Iterator[Issue]:
    for field in FIELDS:
        text = entry.article.text(field) or ""
        quotes = [quote for quote in entry.extraction.quotes if quote.field == field]
        aside = [each for each in entry.extraction.set_aside if each.field == field]
        for place in unaccounted(text, quotes, aside):
            yield RULES["marks-accounted"].issue(
                f"the quotation mark {text[place]} at {place} of the {field} is in no quote and not set aside",
                table="articles",
                key=ids.article_id(entry.article.seed_sha256),
                field=field,
                value=text[max(0, place - AROUND) : place + AROUND],
            )


def _dates(article: Article) -> Iterator[Issue]:
    published, modified = article.date_published, article.date_modified
    if published is not None and modified is not None and modified < published:
        yield RULES["modified-before-published"].issue(
            "changed before it was published",
            table="articles",
            key=ids.article_id(article.seed_sha256),
            field="date_modified",
            value=modified.isoformat(),
            expected=f"not before {published.isoformat()}",
        )


def check_days(article: Article, today: date | None) -> Iterator[Issue]:
    """Yield which days of an article lie after `today`; without it, nobody asks.

    Examples
    --------
    >>> from onrecord.records import Article
    >>> late = datetime(2042, 1, 1, tzinfo=UTC)
    >>> article = Article(seed_path="a.txt", seed_sha256="ab" * 32, converter="c/1", date_published=late)
    >>> [issue.field for issue in check_days(article, date(2024, 1, 1))]
    ['date_published']
    """
    for field in ("date_published", "date_modified"):
        instant: datetime | None = getattr(article, field)
        if instant is not None and today is not None and instant.astimezone(UTC).date() > today + timedelta(days=1):
            yield RULES["future-date"].issue(
                "the day lies in the future",
                file=article.seed_path,
                table="articles",
                key=ids.article_id(article.seed_sha256),
                field=field,
                value=instant.isoformat(),
                expected=f"not after {today + timedelta(days=1)}",
            )


def _key(article: Article, quote: Quote) -> str:
    """Return the key of the first quote with the text of this one."""
    text = (article.text(quote.field) or "")[quote.start : quote.end]
    return ids.quote_id(ids.article_id(article.seed_sha256), quote.field, text, 0)
