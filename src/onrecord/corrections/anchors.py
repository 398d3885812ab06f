"""Find the quote that a correction means: by its words, never by where they stand."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from onrecord.corrections.refusals import Refusal
from onrecord.corrections.rules import ANCHOR, IMPOSSIBLE
from onrecord.corrections.texts import ELLIPSIS, Text, flat
from onrecord.records import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.corrections.content import Range
    from onrecord.corrections.rows import Correction
    from onrecord.records import Article, FieldName, Quote

AROUND = 24
SHOWN = 60
EDGES = " \t\r\n\"'“”„‟«»‹›‘’‚"


def envelope(article: Article, quote: Quote) -> str:
    """Return the text of a quote from its first span to its last."""
    return (article.text(quote.field) or "")[quote.start : quote.end]


def quote_of(article: Article, quotes: Sequence[Quote], correction: Correction) -> Quote:
    """Return the one quote that a correction means; a quote that is its words whole goes before one that holds them.

    Raises
    ------
    Refusal
        No quote holds the words, or several do: then with how to tell them apart.
    """
    wanted = flat(correction.quote)
    texts = {id(quote): flat(envelope(article, quote)) for quote in quotes}
    fits = [quote for quote in quotes if wanted in texts[id(quote)]]
    placed = [quote for quote in fits if _fits(article, quote.field, (quote.start, quote.end), correction)]
    whole = [quote for quote in placed if wanted == texts[id(quote)]]
    found = whole or placed
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(article, [(quote.field, (quote.start, quote.end)) for quote in found])
    raise _missing(wanted, texts.values(), elsewhere=bool(fits))


def places_of(article: Article, correction: Correction) -> tuple[FieldName, list[Range]]:
    """Return the field and the pieces of a text that a new quote consists of.

    Raises
    ------
    Refusal
        The article does not hold the words, or holds them more than once.
    """
    first, *rest = _pieces(correction.quote)
    found = []
    for name in FIELDS:
        text = Text(article.text(name) or "")
        places = [at for at in text.find(first) if _fits(article, name, at, correction)]
        found += [(name, pieces) for at in places if (pieces := follow(text, at, rest))]
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(article, [(name, (pieces[0][0], pieces[-1][1])) for name, pieces in found])
    raise Refusal(IMPOSSIBLE, "the document's texts do not hold these words", value=_short(correction.quote))


def follow(text: Text, first: Range, rest: Sequence[str]) -> list[Range]:
    """Return the pieces of a content in order, each the next place of its words; nothing where one is missing."""
    found = [first]
    for words in rest:
        places = [at for at in text.find(words) if at[0] >= found[-1][1]]
        if not places:
            return []
        found.append(places[0])
    return found


def _pieces(words: str) -> list[str]:
    return [piece for piece in flat(words).split(ELLIPSIS) if piece] or [""]


def nearest(article: Article, quote: Quote, words: str, what: str) -> Range:
    """Return where words stand that belong to a quote: outside its content, and nearest to it.

    Raises
    ------
    Refusal
        They stand nowhere in the field, only inside what is said, or at two places equally near.
    """
    places = Text(article.text(quote.field) or "").find(words)
    outside = [at for at in places if not any(at[0] < span.end and at[1] > span.start for span in quote.spans)]
    if not outside:
        where = "only inside what is said" if places else f"nowhere in the {quote.field}"
        raise Refusal(IMPOSSIBLE, f"the {what} stands {where}", value=words)
    ordered = sorted(outside, key=lambda at: _gap(quote, at))
    if len(ordered) > 1 and _gap(quote, ordered[0]) == _gap(quote, ordered[1]):
        hint = "write more of its words, so that one place is meant"
        raise Refusal(IMPOSSIBLE, f"the {what} stands equally near before and after the quote", hint=hint, value=words)
    return ordered[0]


def _gap(quote: Quote, at: Range) -> int:
    return min(max(at[0] - span.end, span.start - at[1], 0) for span in quote.spans)


def new_content(article: Article, quote: Quote, words: str) -> list[Range]:
    """Return the pieces of a quote's new content: those that share most with the old one, or are nearest to it.

    Raises
    ------
    Refusal
        The field does not hold the words, or two places are as good.
    """
    text = Text(article.text(quote.field) or "")
    first, *rest = _pieces(words)
    found = [pieces for at in text.find(first) if (pieces := follow(text, at, rest))]
    if not found:
        raise Refusal(IMPOSSIBLE, f"the {quote.field} does not hold these words", value=_short(words))
    ranked = sorted((_distance(quote, pieces), pieces) for pieces in found)
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        raise Refusal(IMPOSSIBLE, "two places are as near to the old content", hint="write more of the words")
    return ranked[0][1]


def _distance(quote: Quote, pieces: list[Range]) -> tuple[int, int]:
    start, end = pieces[0][0], pieces[-1][1]
    shared = min(end, quote.end) - max(start, quote.start)
    return -max(shared, 0), max(-shared, 0)


def _fits(article: Article, field: FieldName, at: Range, correction: Correction) -> bool:
    """Tell whether a place is in the field, and after and before the words, that a correction names."""
    text = article.text(field) or ""
    prefix, suffix = (flat((words or "").strip(EDGES)) for words in (correction.prefix, correction.suffix))
    before = flat(text[max(0, at[0] - 4 * len(prefix) - AROUND) : at[0]].rstrip(EDGES)) if prefix else ""
    after = flat(text[at[1] : at[1] + 4 * len(suffix) + AROUND].lstrip(EDGES)) if suffix else ""
    return correction.field in (None, field) and before.endswith(prefix) and after.startswith(suffix)


def _ambiguous(article: Article, found: list[tuple[FieldName, Range]]) -> Refusal:
    """Return the refusal that says how to tell places apart: by field, by more words, or by what stands around."""
    fields = list(dict.fromkeys(field for field, _ in found))
    texts = {flat((article.text(field) or "")[slice(*at)]) for field, at in found}
    message = f"{len(found)} places hold these words"
    if len(fields) > 1:
        return Refusal(ANCHOR, message, hint=f"fill the cell field: {' or '.join(fields)}")
    if len(texts) == len(found):
        shown = " or ".join(f"“{_short(text)}”" for text in sorted(texts)[:3])
        return Refusal(ANCHOR, message, hint=f"write the whole text of one: {shown}")
    around = [_around(article.text(field) or "", at) for field, at in found[:3]]
    return Refusal(ANCHOR, message, hint=f"fill prefix or suffix; they stand in: {' / '.join(around)}")


def _around(text: str, at: Range) -> str:
    before, after = text[max(0, at[0] - AROUND) : at[0]], text[at[1] : at[1] + AROUND]
    return f"…{flat(before)} [quote] {flat(after)}…"


def _missing(wanted: str, texts: Iterable[str], *, elsewhere: bool) -> Refusal:
    known = list(texts)
    if elsewhere:
        return Refusal(ANCHOR, "no quote with these words stands in that field, or after and before these words")
    close = get_close_matches(wanted[:500], [text[:500] for text in known], n=1, cutoff=0.5)
    hint = f"did you mean “{_short(close[0])}”?" if close else None
    message = f"none of the {len(known)} quotes of the document holds these words"
    return Refusal(ANCHOR, message, hint=hint, value=_short(wanted))


def _short(text: str) -> str:
    plain = flat(text)
    return plain if len(plain) <= SHOWN else plain[:SHOWN] + "…"
