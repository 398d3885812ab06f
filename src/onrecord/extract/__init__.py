"""Who said what, from plain text: quotes with content, cue, source and speaker, and how we know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from onrecord.errors import LexiconError
from onrecord.extract import engine, speakers
from onrecord.extract import lexicon as lexica
from onrecord.extract.asides import unaccounted
from onrecord.extract.marks import find_marks
from onrecord.extract.model import Statement, nobody
from onrecord.records import FIELDS, Article, Attribution, Extraction, FieldName, Quote, SetAside

if TYPE_CHECKING:
    from onrecord.extract.lexicon import Lexicon

__all__ = ["extract", "extract_article", "find_marks", "unaccounted"]


def extract(
    text: str, *, language: str = "en", published: datetime | None = None, time_zone: str | None = None
) -> Extraction:
    """Read who said what from one text.

    Parameters
    ----------
    text
        Plain text, paragraphs parted by line breaks. Offsets in the result are code points of it.
    language
        BCP-47 tag; a language needs a lexicon.
    published, time_zone
        The instant of publication and its IANA zone, against which "on Monday" is resolved.

    Raises
    ------
    LexiconError
        Where the language has no lexicon.

    Examples
    --------
    >>> quote = extract('"The bridge is safe," said Ada Moss, the mayor.').quotes[0]
    >>> quote.spans[0].text, quote.attribution.source.text
    ('The bridge is safe,', 'Ada Moss, the mayor')
    """
    return _extraction({"body": text}, lexica.load(language), language, published, time_zone)


def extract_article(article: Article) -> Extraction:
    """Read who said what from all text fields of an article; a speaker named in one is known in the others.

    Where its language is unknown or has no lexicon, quotations are kept without a source and say so.
    """
    texts = {name: text for name in FIELDS if (text := article.text(name))}
    lexicon = _lexicon_or_marks(article.language)
    return _extraction(texts, lexicon, article.language, article.date_published, article.time_zone)


def _lexicon_or_marks(language: str | None) -> Lexicon:
    try:
        return lexica.load(language or lexica.UNKNOWN_LANGUAGE)
    except LexiconError:
        return lexica.load(lexica.UNKNOWN_LANGUAGE)


def _extraction(
    texts: Mapping[FieldName, str],
    lexicon: Lexicon,
    language: str | None,
    published: datetime | None,
    time_zone: str | None,
) -> Extraction:
    found: list[Statement] = []
    aside: list[SetAside] = []
    for name, text in texts.items():
        said, marks = engine.statements(text, name, lexicon)
        found += said
        aside += marks
    if lexicon.language == lexica.UNKNOWN_LANGUAGE:
        attributions = [_unattributed(said, language) for said in found]
    else:
        attributions = speakers.resolve(texts, found, lexicon, published, time_zone)
    found.reverse()
    return Extraction(tuple([_quote(found.pop(), who, language) for who in attributions]), tuple(aside))


def _unattributed(said: Statement, language: str | None) -> Attribution:
    method = f"no lexicon for {language}" if language else "language unknown"
    return nobody(method, said.confidence)


def _quote(said: Statement, who: Attribution, language: str | None) -> Quote:
    return Quote(field=said.field, kind=said.kind, spans=tuple(said.spans), language=language, attribution=who)
