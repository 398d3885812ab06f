"""Laws that surely hold by numbers, categories and keys alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from onrecord import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import polars as pl

    from onrecord.checks.glances import Glance, Glances
    from onrecord.checks.strings import Places

INSTANTS = {"articles": ("date_published", "date_modified"), "attributions": ("said_earliest", "said_latest")}


def in_time(glance: Glance, today: date) -> bool:
    """Tell whether no day lies after tomorrow."""
    import polars as pl

    days = (pl.col(column).cast(pl.Date).max() for column in INSTANTS[glance.name])
    late = glance.narrow.select(pl.max_horizontal(days)).item()
    return late is None or late <= today + timedelta(days=1)


def hides(glances: Glances) -> bool:
    """Tell whether the body of some article is withheld."""
    import polars as pl

    hidden = ~pl.col("body") & _category("articles", "body_rights", "withheld")
    return bool(glances["articles"].narrow.select(hidden.any()).item())


def _all(frame: pl.DataFrame, *right: pl.Expr) -> bool:
    import polars as pl

    return bool(frame.select(pl.all_horizontal(each.fill_null(value=False).all() for each in right)).item())


def _category(table: str, column: str, value: str) -> pl.Expr:
    """Return the expression that is true of rows of a narrow frame with a category."""
    import polars as pl

    return pl.col(column) == schemas.load(table)[column].values.index(value)


def _resolves(table: str, other: str) -> Callable[[Glances], bool]:
    return lambda glances: glances.rows(table, other) is not None


def _is_complete(other: str) -> Callable[[Glances], bool]:
    """Return what tells whether every quote has a row in another table."""

    def check(glances: Glances) -> bool:
        found = glances.rows(other, "quotes")
        if found is None:
            return False
        seen = np.zeros(glances["quotes"].rows.num_rows, bool)
        seen[found] = True
        return bool(seen.all())

    return check


def _source_complete(glances: Glances) -> bool:
    import polars as pl

    right = [_category("attributions", "source_form", "none") == pl.col("source_start").is_null()]
    for name in ("source", "cue"):
        start, end = pl.col(f"{name}_start"), pl.col(f"{name}_end")
        right.append(start.is_null() == end.is_null())
        right.append(start.is_not_null() | ~pl.col(f"{name}_text"))
    return _all(glances["attributions"].narrow, *right)


def _included(glances: Glances) -> bool:
    """Tell whether rights allow all words of quotes."""
    right = _category("articles", "quote_rights", "included")
    return _all(glances["articles"].narrow, right)


def _mention_text(glances: Glances) -> bool:
    import polars as pl

    right = (pl.col(f"{name}_start").is_null() | pl.col(f"{name}_text") for name in ("source", "cue"))
    return _all(glances["attributions"].narrow, *right)


def _text_there(table: str) -> Callable[[Glances], bool]:
    """Return what tells whether rights allow all words, and all are there."""
    import polars as pl

    return lambda glances: _included(glances) and _all(glances[table].narrow, pl.col("text"))


def _whole_quotes(glances: Glances) -> bool:
    import polars as pl

    return _text_there("quotes")(glances) and _all(glances["quotes"].narrow, ~pl.col("text_sha256"))


def _not_shortened(glances: Glances) -> bool:
    import polars as pl

    return _included(glances) and _all(glances["articles"].narrow, pl.col("quote_words").is_null())


def _body_rights(glances: Glances) -> bool:
    import polars as pl

    withheld = _category("articles", "body_rights", "withheld")
    return _all(glances["articles"].narrow, ~withheld | ~pl.col("body"))


def _ordered(table: str, first: str, second: str) -> Callable[[Glances], bool]:
    """Return what tells whether one column is nowhere before another."""
    import polars as pl

    return lambda glances: _all(glances[table].narrow, (pl.col(second) >= pl.col(first)).fill_null(value=True))


def _said_in_time(glances: Glances) -> bool:
    import polars as pl

    quotes, articles = glances.rows("attributions", "quotes"), glances.rows("quotes", "articles")
    if quotes is None or articles is None:
        return False
    latest = pl.max_horizontal(pl.col("date_published", "date_modified").dt.date())
    days = glances["articles"].narrow.select(latest.alias("latest"))["latest"].gather(articles[quotes])
    said = glances["attributions"].narrow["said_earliest"]
    return bool((said <= days.dt.offset_by("1d")).fill_null(value=True).all())


def _spans_in_order(glances: Glances) -> bool:
    spans = glances["spans"]
    quotes = spans.texts("quote_id").key(29)
    if quotes is None:
        return False
    start, end, position = (spans.numbers(column) for column in ("start", "end", "position"))
    new = np.concatenate([[True], quotes[1:] != quotes[:-1]])
    before = np.concatenate([[0], end[:-1]])
    previous = np.concatenate([[0], position[:-1] + 1])
    right = (end > start) & np.where(new, position == 0, (position == previous) & (start >= before))
    return bool(right.all())


def _edges(quotes: Places) -> tuple[Places, Places]:
    """Return the first and the last span of each quote that has some, given the quote of each span in order."""
    new = np.flatnonzero(np.diff(quotes, prepend=-1, append=-1))
    return new[:-1], new[1:] - 1


def _enveloped(glances: Glances) -> bool:
    found = glances.rows("spans", "quotes")
    if found is None or not _spans_in_order(glances):
        return False
    first, last = _edges(found)
    spans, quotes, own = glances["spans"], glances["quotes"], found[first]
    starts = np.array_equal(spans.numbers("start")[first], quotes.numbers("start")[own])
    return starts and np.array_equal(spans.numbers("end")[last], quotes.numbers("end")[own])


def _cues_outside(glances: Glances) -> bool:
    """Tell whether no cue meets a span, of which a quote has one after the other."""
    found, own = glances.rows("spans", "quotes"), glances.rows("attributions", "quotes")
    if found is None or own is None or not len(found):
        return False
    first, last = _edges(found)
    counts = np.zeros(glances["quotes"].rows.num_rows, np.int64)
    begins = counts.copy()
    counts[found[first]], begins[found[first]] = last - first + 1, first
    cues = np.repeat(np.arange(len(own)), counts[own])
    shift = np.arange(len(cues)) - np.repeat(np.cumsum(counts[own]) - counts[own], counts[own])
    spans = begins[own][cues] + shift
    start, end = (glances["attributions"].numbers(f"cue_{edge}")[cues] for edge in ("start", "end"))
    return not bool(
        ((start < glances["spans"].numbers("end")[spans]) & (end > glances["spans"].numbers("start")[spans])).any()
    )


def _article_keys(glances: Glances) -> bool:
    keys, hashes = (glances["articles"].texts(column).key(width) for column, width in _KEY_OF_HASH)
    return keys is not None and hashes is not None and bool((keys == hashes.astype("S16")).all())


_KEY_OF_HASH = (("article_id", 16), ("seed_sha256", 64))

CHECKS: Mapping[tuple[str, str, tuple[str, ...]], Callable[[Glances], bool]] = {
    ("keys-resolve", "quotes", ("quotes", "articles")): _resolves("quotes", "articles"),
    ("keys-resolve", "spans", ("spans", "quotes")): _resolves("spans", "quotes"),
    ("keys-resolve", "attributions", ("attributions", "quotes")): _resolves("attributions", "quotes"),
    ("keys-resolve", "set_aside", ("set_aside", "articles")): _resolves("set_aside", "articles"),
    ("quote-complete", "quotes", ("quotes", "spans")): _is_complete("spans"),
    ("quote-complete", "quotes", ("quotes", "attributions")): _is_complete("attributions"),
    ("source-complete", "attributions", ("attributions",)): _source_complete,
    ("source-complete", "attributions", ("attributions", "quotes", "articles")): _mention_text,
    ("spans-in-order-and-disjoint", "spans", ("spans",)): _spans_in_order,
    ("envelope-matches-spans", "quotes", ("quotes", "spans")): _enveloped,
    ("cue-outside-content", "attributions", ("attributions", "spans")): _cues_outside,
    ("body-rights", "articles", ("articles",)): _body_rights,
    ("said-order", "attributions", ("attributions",)): _ordered("attributions", "said_earliest", "said_latest"),
    ("said-after-published", "attributions", ("attributions", "quotes", "articles")): _said_in_time,
    ("modified-before-published", "articles", ("articles",)): _ordered("articles", "date_published", "date_modified"),
    ("ids-derived", "articles", ("articles",)): _article_keys,
    ("quote-rights", "articles", ("articles",)): _not_shortened,
    ("quote-rights", "quotes", ("quotes", "articles")): _whole_quotes,
    ("quote-rights", "spans", ("spans", "quotes", "articles")): _text_there("spans"),
    ("quote-rights", "set_aside", ("set_aside", "articles")): _text_there("set_aside"),
    ("quote-rights", "attributions", ("attributions", "quotes", "articles")): _included,
}
