"""Saved web pages: the page's own word first (JSON-LD, meta), then what it shows, then its main text.

The network is never asked. Needs `pip install 'onrecord[html]'`.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.converters.base import never_raises
from onrecord.converters.draft import Draft
from onrecord.converters.html import article, page
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue

VERSION = 2
"""Raised when the same page would come out differently."""


@never_raises
def convert(document: Document, defaults: Defaults) -> Iterator[Article | Issue]:
    """Yield the article that a page holds, then what was found on the way.

    Parameters
    ----------
    document
        The page, gzipped or not.
    defaults
        `options["encoding"]` overrides what the page declares; `time_zone` serves dates without an offset.

    Raises
    ------
    ConverterError
        lxml or trafilatura is not installed. Nothing in a document raises.

    Examples
    --------
    >>> page = b'''<html lang="en"><head><script type="application/ld+json">
    ... {"@type": "NewsArticle", "headline": "Rain at last", "author": {"name": "Ann Sample"},
    ...  "datePublished": "2024-05-07T10:00:00+02:00"}</script></head>
    ... <body><article><h1>Rain at last</h1><p>It rained in Lyon on Tuesday, and everybody went out to see it fall
    ... on the river and the roofs.</p></article></body></html>'''
    >>> found, *issues = convert(Document.of("rain.html", page), Defaults())
    >>> found.headline, found.authors, found.date_published.isoformat()
    ('Rain at last', ('Ann Sample',), '2024-05-07T08:00:00+00:00')
    """
    loaded = page.load(document, defaults.options.get("encoding"))
    if loaded.tree is None:
        yield from loaded.issues
        return
    draft = Draft(document, defaults, f"html {VERSION}")
    draft.issues.extend(loaded.issues)
    article.read(draft, loaded.tree)
    yield from draft.results()
