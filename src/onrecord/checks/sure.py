"""What is surely right about texts, told at one look; whatever is not is looked at by the law itself.

Each answer is sound: where it says that all is right, the law has no breach. It need not be complete.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from onrecord.checks import offsets
from onrecord.checks.texts import BODY_HASH
from onrecord.records import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import polars as pl

    from onrecord.checks.laws import Law

AROUND = 32
"""Characters of a prefix or suffix."""


def unsure(part: Mapping[str, pl.DataFrame]) -> Iterator[Law]:
    """Yield the laws on texts that may be broken somewhere in these articles and what is said in them."""
    found = {"articles": (BODY_HASH, _bodies), "quotes": (offsets.QUOTES, _quotes)}
    found |= {"set_aside": (offsets.ASIDE, _aside), "attributions": (offsets.MENTIONS, _mentions)}
    for name, (law, right) in found.items():
        if set(law.tables) <= set(part) and part[name].height and not right(part):
            yield law


def hides(articles: pl.DataFrame) -> bool:
    """Tell whether the body of some article is withheld."""
    import polars as pl

    hidden = pl.col("body").is_null() & (pl.col("body_rights") == "withheld")
    return bool(articles.select(hidden.any()).item())


def _bodies(part: Mapping[str, pl.DataFrame]) -> bool:
    import polars as pl

    rows = part["articles"].select(pl.col("body").cast(pl.Binary), "body_sha256").drop_nulls("body")
    return all(hashlib.sha256(body).hexdigest() == sha256 for body, sha256 in rows.iter_rows())


def _quotes(part: Mapping[str, pl.DataFrame]) -> bool:
    import polars as pl

    start, end, whole = pl.col("start"), pl.col("end"), pl.col("whole")
    before = pl.max_horizontal(start - AROUND, 0)
    right = [
        pl.col("text_sha256").is_null() & _stands("text", start, end),
        pl.col("prefix").fill_null("") == whole.str.slice(before, (start - before).clip(0)),
        pl.col("suffix").fill_null("") == whole.str.slice(end, AROUND),
    ]
    return _all(_with_whole(part["quotes"], part["articles"]), right)


def _aside(part: Mapping[str, pl.DataFrame]) -> bool:
    import polars as pl

    right = pl.col("text").is_null() | _stands("text", pl.col("start"), pl.col("end"))
    return _all(_with_whole(part["set_aside"], part["articles"]), [right])


def _mentions(part: Mapping[str, pl.DataFrame]) -> bool:
    import polars as pl

    quotes = part["quotes"].select("quote_id", "article_id", "field")
    joined = part["attributions"].join(quotes, on="quote_id", how="left", maintain_order="left")
    right = [
        pl.col(f"{name}_text").is_null() | _stands(f"{name}_text", pl.col(f"{name}_start"), pl.col(f"{name}_end"))
        for name in ("source", "cue")
    ]
    return _all(_with_whole(joined, part["articles"]), right)


def _stands(text: str, start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Return the expression that is true where a text stands from `start` to `end`."""
    import polars as pl

    here = pl.col("whole").str.slice(start, (end - start).clip(0))
    return (start >= 0) & (end > start) & (pl.col(text).str.len_chars() == end - start) & (pl.col(text) == here)


def _with_whole(frame: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the text that their offsets count in, as `whole`."""
    import polars as pl

    texts = articles.select("article_id", *(pl.col(name).alias(f"whole {name}") for name in FIELDS))
    whole: pl.Expr = pl.lit(None, pl.String)
    for name in reversed(FIELDS):
        whole = pl.when(pl.col("field") == name).then(pl.col(f"whole {name}")).otherwise(whole)
    joined = frame.join(texts, on="article_id", how="left", maintain_order="left")
    return joined.with_columns(whole=whole)


def _all(frame: pl.DataFrame, right: list[pl.Expr]) -> bool:
    import polars as pl

    return bool(frame.select(pl.all_horizontal(each.fill_null(value=False).all() for each in right)).item())
