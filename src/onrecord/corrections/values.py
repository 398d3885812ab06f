"""The value that a column of a quote, its attribution or its speaker has now, and has after a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from onrecord.corrections import content
from onrecord.corrections.anchors import envelope, nearest, new_content
from onrecord.corrections.refusals import Refusal
from onrecord.corrections.rules import IMPOSSIBLE, OUTDATED
from onrecord.corrections.texts import same
from onrecord.records import Attribution, Mention, Source, Span, Speaker

if TYPE_CHECKING:
    from onrecord.records import Article, Quote, QuoteKind, SourceForm

METHOD = "correction"
"""The method of an attribution whose source, cue or speaker a person gave; its confidence is 1."""
DAYS = ("said_earliest", "said_latest")


def label(speaker: Speaker) -> str:
    """Return by what a speaker is called in corrections: the name, or else the description.

    >>> label(Speaker("Mara Quill", "person")), label(Speaker(None, "group", "two engineers"))
    ('Mara Quill', 'two engineers')
    """
    return speaker.name or speaker.description or ""


def value(article: Article, quote: Quote, table: str, column: str) -> str | None:
    """Return a value of a quote or its attribution as text; None where it has none."""
    if table == "quotes":
        return envelope(article, quote) if column == "text" else getattr(quote, column)
    attribution = quote.attribution
    if column == "source_form":
        return attribution.source.form if attribution.source else "none"
    if column in ("source_text", "cue_text"):
        mention = getattr(attribution, column.removesuffix("_text"))
        return None if mention is None else str(mention.text)
    found = getattr(attribution, column)
    return found.isoformat() if isinstance(found, date) else found


def expect(found: str | None, old: str | None, column: str) -> None:
    """Refuse unless a value is the old one of the correction.

    Raises
    ------
    Refusal
        It is another; the refusal says which.
    """
    if not same(found, old):
        shown = f"{column} is {found!r}" if found else f"{column} is empty"
        wanted = repr(old) if old else "empty"
        raise Refusal(OUTDATED, f"{shown}, and the correction expects {wanted}", value=found, expected=old)


def changed(article: Article, quote: Quote, table: str, column: str, new: str | None) -> Quote:
    """Return a quote with one column of it or of its attribution changed.

    Raises
    ------
    Refusal
        The article's text does not allow it.
    """
    if table == "quotes":
        return _QUOTES[column](article, quote, new)
    if column in _MENTIONS:
        return replace(quote, attribution=_MENTIONS[column](article, quote, new))
    made: Any = date.fromisoformat(new) if column in DAYS and new is not None else new
    return replace(quote, attribution=replace(quote.attribution, **{column: made}))


def _text(article: Article, quote: Quote, new: str | None) -> Quote:
    return made_of(article, quote, new_content(article, quote, new or ""), quote.kind)


def _kind(article: Article, quote: Quote, new: str | None) -> Quote:
    kind = cast("QuoteKind", new)
    if kind == "direct":
        return replace(quote, kind=kind, spans=tuple(replace(span, is_verbatim=True) for span in quote.spans))
    return made_of(article, quote, [(quote.start, quote.end)], kind)


def made_of(article: Article, quote: Quote, pieces: list[content.Range], kind: QuoteKind) -> Quote:
    """Return a quote with other content.

    Raises
    ------
    Refusal
        Nothing is said there, or the cue would stand inside what is said.
    """
    spans = content.spans(article.text(quote.field) or "", pieces, kind)
    if not spans:
        raise Refusal(IMPOSSIBLE, "nothing but marks and white space is left")
    cue = quote.attribution.cue
    if cue is not None and any(cue.start < span.end and cue.end > span.start for span in spans):
        hint = "change cue_text first, to an empty cell or to words outside"
        raise Refusal(IMPOSSIBLE, f"the cue {cue.text!r} would stand inside what is said", hint=hint)
    return replace(quote, kind=kind, spans=spans)


def _language(_: Article, quote: Quote, new: str | None) -> Quote:
    return replace(quote, language=new)


_QUOTES: dict[str, Callable[[Article, Quote, str | None], Quote]] = {
    "text": _text,
    "kind": _kind,
    "language": _language,
}


def _source(article: Article, quote: Quote, new: str | None) -> Attribution:
    """Return the attribution with another source; without one, nobody is named as speaker either."""
    was = quote.attribution
    if new is None:
        return by_hand(replace(was, source=None, speakers=()))
    start, end = nearest(article, quote, new, "source")
    text = (article.text(quote.field) or "")[start:end]
    return by_hand(replace(was, source=Source(start, end, text, _form(article, text))))


def _cue(article: Article, quote: Quote, new: str | None) -> Attribution:
    was = quote.attribution
    if new is None:
        return by_hand(replace(was, cue=None))
    start, end = nearest(article, quote, new, "cue")
    return by_hand(replace(was, cue=Mention(start, end, (article.text(quote.field) or "")[start:end])))


def _source_form(_: Article, quote: Quote, new: str | None) -> Attribution:
    source = quote.attribution.source
    if source is None or new == "none":
        hint = "change source_text: to an empty cell for none, or to the words that say who speaks"
        raise Refusal(IMPOSSIBLE, "a source has a form, and no source has none", hint=hint)
    return replace(quote.attribution, source=replace(source, form=cast("SourceForm", new)))


_MENTIONS: dict[str, Callable[[Article, Quote, str | None], Attribution]] = {
    "source_text": _source,
    "cue_text": _cue,
    "source_form": _source_form,
}


def by_hand(attribution: Attribution) -> Attribution:
    """Return an attribution as made by a person."""
    return replace(attribution, method=METHOD, confidence=1.0)


def _form(article: Article, text: str) -> SourceForm:
    """Return what kind of phrase a source is: it holds a name where a capital is not that of a sentence."""
    from onrecord.errors import LexiconError
    from onrecord.extract import lexicon

    words = [word.strip(",.;:()'’") for word in text.split()]
    try:
        known = lexicon.load(article.language or "")
    except LexiconError:
        pronouns: frozenset[str] = frozenset()
    else:
        keys = ("subject_pronoun", "pronoun", "object_pronoun")
        pronouns = frozenset().union(*(known.words("words", key) for key in keys))
    if len(words) == 1 and words[0].casefold() in pronouns:
        return "pronoun"
    body = set((article.body or "").split())
    named = any(word[:1].isupper() and word.lower() not in body for word in words)
    return "named" if named else "nominal"


def blank(quote_field: Any, article: Article, pieces: list[content.Range], kind: QuoteKind) -> Quote:
    """Return a new quote that nobody is given as source of yet."""
    from onrecord.records import Quote

    nobody = Attribution(source=None, cue=None, method=METHOD, confidence=1.0)
    empty = Span(0, 0, "", is_verbatim=False)
    quote = Quote(field=quote_field, kind=kind, spans=(empty,), language=article.language, attribution=nobody)
    return made_of(article, quote, pieces, kind)
