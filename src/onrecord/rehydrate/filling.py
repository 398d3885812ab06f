"""Rows with the words that rights took from them, cut again out of texts that were proved.

An article is filled when its body has the hash that its row gives. All else of it follows: its quotes, spans,
sources, cues and set-aside marks are slices of its fields, and each quote has a hash of its own as well.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from onrecord.rehydrate.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.rehydrate.copies import Texts
    from onrecord.reports import Issue

CONTEXT = 32
"""Characters of a quote's prefix and suffix."""

Row = dict[str, Any]


def fill(table: str, row: Row, texts: Texts) -> Iterator[Issue]:
    """Fill one row in place, and yield what could not be filled; articles must come first, then quotes."""
    if table == "articles":
        yield from _article(row, texts)
    elif table == "quotes":
        yield from _quote(row, texts)
    elif table == "spans":
        _cut(row, "text", row["start"], row["end"], texts.field_of_quote(row["quote_id"]))
    elif table == "set_aside":
        _cut(row, "text", row["start"], row["end"], texts.field(row["article_id"], row["field"]))
    elif table == "attributions":
        text = texts.field_of_quote(row["quote_id"])
        for part in ("source", "cue"):
            _cut(row, f"{part}_text", row[f"{part}_start"], row[f"{part}_end"], text)


def is_withheld(row: Row) -> bool:
    """Tell whether rights keep the body of an article out of its row."""
    return row["body"] is None and row["body_rights"] == "withheld" and row["body_sha256"] is not None


def _cut(row: Row, column: str, start: int | None, end: int | None, text: str | None) -> None:
    if text is not None and start is not None:
        row[column] = text[start:end]


def _article(row: Row, texts: Texts) -> Iterator[Issue]:
    if not is_withheld(row):
        return
    has_copy, body = texts.copy(row["article_id"])
    if body is None or _sha256(body) != row["body_sha256"]:
        yield _differs(row) if has_copy else _missing(row)
        return
    row |= {"body": body, "body_rights": "included"}
    if "quote_rights" in row:
        row |= {"quote_rights": "included", "quote_words": None}
    texts.add_filled(row)


def _quote(row: Row, texts: Texts) -> Iterator[Issue]:
    text = texts.field(row["article_id"], row["field"])
    if text is None:
        return
    envelope = text[row["start"] : row["end"]]
    if row.get("text_sha256") not in {None, _sha256(envelope)}:
        yield _other_quote(row)
        return
    texts.add_quote(row["quote_id"], row["field"])
    before, after = text[max(0, row["start"] - CONTEXT) : row["start"]], text[row["end"] : row["end"] + CONTEXT]
    row |= {"text": envelope, "prefix": before or None, "suffix": after or None}
    if "text_sha256" in row:
        row["text_sha256"] = None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _missing(row: Row) -> Issue:
    return RULES["copy-missing"].issue(
        "none of your documents is the one of this article",
        table="articles",
        key=row["article_id"],
        field="body",
        value=row["seed_path"],
        expected=row["seed_sha256"],
    )


def _differs(row: Row) -> Issue:
    return RULES["body-differs"].issue(
        "the document is here, but another body comes out of it",
        table="articles",
        key=row["article_id"],
        field="body",
        value=row["seed_path"],
        expected=row["body_sha256"],
    )


def _other_quote(row: Row) -> Issue:
    return RULES["quote-differs"].issue(
        "the words at the quote's place have not its hash",
        table="quotes",
        key=row["quote_id"],
        field="text",
        expected=row["text_sha256"],
    )
