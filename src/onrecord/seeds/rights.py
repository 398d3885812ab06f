"""What a dataset may hold of a collection's articles: rights, and what was taken down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from onrecord.records import Article, BodyRights, Permit, QuoteRights
from onrecord.seeds.strict import Mistake

KEY = re.compile(r"[0-9a-f]{16}")
"""The form of an article's key."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What a dataset may hold of its articles.

    `license` is an SPDX identifier or a LicenseRef-… of the articles' text; `statement` says it in words.
    """

    license: str
    body: BodyRights
    statement: str | None = None
    quotes: QuoteRights = "included"
    quote_words: int | None = None

    def permit(self, says: Mapping[str, Any] | None = None) -> Permit:
        """Return what a dataset may hold of one article, given the `[rights]` of the file beside its document.

        A body holds its quotes, so it is withheld wherever quotes are not included whole.

        >>> Rights("LicenseRef-X", "included").permit({"quotes": "shortened", "quote_words": 15})
        Permit(body='withheld', quotes='shortened', quote_words=15)
        """
        found = {"body": self.body, "quotes": self.quotes, "quote_words": self.quote_words} | dict(says or {})
        if found["quotes"] != "included":
            found["body"] = "withheld"
        return Permit(**found)


def rights_of(rights: dict[str, Any]) -> Rights:
    """Return the `[rights]` of a descriptor that has no mistake."""
    return Rights(
        rights["license"],
        rights["body"],
        rights.get("statement"),
        rights.get("quotes", "included"),
        rights.get("quote_words"),
    )


def rights_mistakes(rights: dict[str, Any]) -> Iterator[Mistake]:
    """Yield the mistakes in what `[rights]` says of body and quotes."""
    body, quotes, words = rights.get("body"), rights.get("quotes"), rights.get("quote_words")
    for key, choices in (("body", get_args(BodyRights)), ("quotes", get_args(QuoteRights))):
        if isinstance(rights.get(key), str) and rights[key] not in choices:
            close = get_close_matches(rights[key], choices, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"write {' or '.join(map(repr, choices))}"
            yield ("rights", key), f"{rights[key]!r} is not a choice", hint
    if quotes in ("shortened", "stand-off") and body == "included":
        yield ("rights", "body"), f"the body holds the quotes, and these are {quotes}", "write body = 'withheld'"
    if (quotes == "shortened") != (words is not None):
        hint = "write quotes = 'shortened' with quote_words = 15, or neither"
        yield ("rights", "quote_words" if words is not None else "quotes"), "shortened, to how many words?", hint
    elif isinstance(words, int) and words < 1:
        yield ("rights", "quote_words"), "no words are no quote", "write quotes = 'stand-off', or a number from 1"


def takedown_mistakes(value: object) -> Iterator[Mistake]:
    """Yield the mistakes in `takedown`, a list of names or a table of names with reasons."""
    if isinstance(value, dict):
        for name, reason in value.items():
            if not isinstance(reason, str):
                yield ("takedown", name), f"the reason to take {name!r} down is no text", "write it in words"


def takedown_of(value: Any) -> dict[str, str | None]:
    """Return what is taken down, and the reason where one is given.

    >>> takedown_of(["a.txt"]), takedown_of({"a.txt": "asked by the publisher"})
    ({'a.txt': None}, {'a.txt': 'asked by the publisher'})
    """
    return dict(value) if isinstance(value, dict) else dict.fromkeys(value or ())


def taken_down(takedown: Mapping[str, str | None], article: Article) -> str | None:
    """Return the name by which an article is taken down: its document's path, its key or its address; else None."""
    for name in (article.seed_path, article.seed_sha256[:16], article.url):
        if name is not None and name in takedown:
            return name
    return None
