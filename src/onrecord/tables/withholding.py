"""Rows as rights allow them: quotes shortened to some words, or offsets and hashes only."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.records import Permit

Row = dict[str, Any]
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts that are written without spaces: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
"""A word: a run of characters between white space; of a script without spaces, one character."""


def shortened(text: str, words: int) -> str:
    """Return the first words of a text, or all of it where it has no more.

    >>> shortened("We have tested every bolt.", 3), shortened("Yes.", 3), shortened("安全だ", 2)
    ('We have tested', 'Yes.', '安全')
    """
    end = 0
    for number, word in enumerate(WORD.finditer(text)):
        if number == words:
            return text[:end]
        end = word.end()
    return text


def withhold(rows: dict[str, list[Row]], permit: Permit) -> None:
    """Take from an article's rows what rights do not allow; keys, offsets and hashes stay.

    Prefixes and suffixes show words of neighbouring quotes, so they stay only where quotes are included whole.
    """
    if permit.quotes == "included":
        return
    words = permit.quote_words or 0 if permit.quotes == "shortened" else 0
    held = {row["quote_id"]: _quote(row, words) for row in rows["quotes"]}
    for row in rows["spans"]:
        _span(row, *held[row["quote_id"]])
    for row in rows["set_aside"]:
        if shortened(row["text"], words) != row["text"]:
            row["text"] = None
    if permit.quotes == "stand-off":
        for row in rows["attributions"]:
            row["source_text"] = row["cue_text"] = None


def _quote(row: Row, words: int) -> tuple[int, int]:
    """Cut one quote, and return the range of offsets whose text is held."""
    text = row["text"]
    held = shortened(text, words) if words else ""
    if held != text:
        row["text"], row["text_sha256"] = held or None, hashlib.sha256(text.encode()).hexdigest()
    row["prefix"] = row["suffix"] = None
    return row["start"], row["start"] + len(held)


def _span(row: Row, start: int, end: int) -> None:
    text = row["text"]
    held = text[: max(0, end - row["start"])] if row["start"] >= start else ""
    row["text"] = held or None
