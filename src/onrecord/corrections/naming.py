"""Name a quote by as few of its words as tell it apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.corrections.anchors import envelope, quote_of
from onrecord.corrections.refusals import Refusal
from onrecord.corrections.rows import Correction
from onrecord.corrections.texts import flat

if TYPE_CHECKING:
    from onrecord.records import Article, Quote

WORDS = (8, 16, 32)
AROUND = (24, 80, 320)


def anchor(article: Article, quotes: Sequence[Quote], quote: Quote) -> dict[str, str]:
    """Return the cells that name a quote: `quote`, and `field`, `prefix` or `suffix` where its words do not suffice.

    Parameters
    ----------
    article, quotes
        The article and all its quotes.
    quote
        One of them.

    Examples
    --------
    >>> from onrecord import extract
    >>> from onrecord.records import Article
    >>> article = Article(seed_path="a", seed_sha256="ab" * 32, converter="c", language="en",
    ...                   body='"Yes," said Ada Moss. "Yes," said Rolf Pell.')
    >>> first, second = extract.extract_article(article).quotes
    >>> anchor(article, (first, second), second)
    {'quote': 'Yes,', 'suffix': '" said Rolf Pell.'}
    """
    whole: dict[str, str] = {}
    for cells in _choices(article, quote):
        whole = cells
        if _names(article, quotes, quote, cells):
            return cells
    return whole


def _choices(article: Article, quote: Quote) -> Iterator[dict[str, str]]:
    """Yield ways to name a quote, the shortest first."""
    text, words = article.text(quote.field) or "", flat(envelope(article, quote))
    for count in WORDS:
        yield {"quote": " ".join(words.split()[:count])}
    yield {"quote": words}
    yield {"quote": words, "field": quote.field}
    for length in AROUND:
        after = flat(text[quote.end : quote.end + length])
        before = flat(text[max(0, quote.start - length) : quote.start])
        yield {"quote": words, "suffix": after}
        yield {"quote": words, "prefix": before}
        yield {"quote": words, "field": quote.field, "prefix": before, "suffix": after}


def _names(article: Article, quotes: Sequence[Quote], quote: Quote, cells: dict[str, str]) -> bool:
    if not all(cells.values()):
        return False
    row = Correction(
        document=article.seed_path,
        action="review",
        table="quotes",
        reason=".",
        evidence=".",
        **cells,  # type: ignore[arg-type]
    )
    try:
        return quote_of(article, quotes, row) is quote
    except Refusal:
        return False
