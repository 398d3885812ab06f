"""An article in the making: every value with its origin, every doubt with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Severity

EXCERPT = 200
"""Code points of a document's text that an Issue quotes at most."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: the evidence in words, how far it is to be trusted (0 to 1), and the line."""

    field: str
    evidence: str
    confidence: float
    line: int | None = None


class Draft:
    """Collects what a converter finds out about one article.

    Examples
    --------
    >>> draft = Draft(Document.of("a.txt", b"Rain"), Defaults(language="en"), "example 1")
    >>> draft.put("headline", "Rain", "the first line", 0.9, line=1)
    >>> draft.article().headline, draft.article().language
    ('Rain', 'en')
    """

    def __init__(self, document: Document, defaults: Defaults, converter: str) -> None:
        self.document = document
        self.defaults = defaults
        self.converter = converter
        self.values: dict[str, Any] = {}
        self.origins: list[Origin] = []
        self.issues: list[Issue] = []
        for name in ("publisher", "language", "license"):
            if (value := getattr(defaults, name)) is not None:
                self.put(name, value, "the collection", 1.0)

    def put(self, field: str, value: Any, evidence: str, confidence: float, *, line: int | None = None) -> None:
        """Set a field, or replace its value."""
        self.values[field] = value
        self.origins = [o for o in self.origins if o.field != field]
        self.origins.append(Origin(field, evidence, confidence, line))

    def has(self, field: str) -> bool:
        """Tell whether a field has a value."""
        return field in self.values

    def warn(self, code: str, message: str, hint: str, **place: Any) -> None:
        """Report a doubt; the row stays."""
        self._report(Severity.WARNING, code, message, hint, place)

    def note(self, code: str, message: str, hint: str, **place: Any) -> None:
        """Report what a reader may want to know."""
        self._report(Severity.NOTE, code, message, hint, place)

    def _report(self, severity: Severity, code: str, message: str, hint: str, place: dict[str, Any]) -> None:
        if place.get("value") is not None:
            place["value"] = excerpt(place["value"])
        issue = Issue(code=code, severity=severity, message=message, hint=hint, file=self.document.path, **place)
        self.issues.append(issue)

    def article(self) -> Article:
        """Return the article as far as it is known."""
        return Article(
            seed_path=self.document.path, seed_sha256=self.document.sha256, converter=self.converter, **self.values
        )

    def results(self) -> Iterator[Article | Issue]:
        """Yield the article, its issues in order of line, and its origins where the caller asked to explain."""
        article = self.article()
        yield article
        yield from sorted(self.issues, key=lambda issue: issue.line or 0)
        if self.defaults.options.get("explain"):
            yield from (_explanation(origin, article) for origin in sorted(self.origins, key=lambda o: o.field))


def excerpt(text: str) -> str:
    """Return a text short enough to stand in a message.

    >>> len(excerpt("a" * 999))
    200
    """
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def _explanation(origin: Origin, article: Article) -> Issue:
    return Issue(
        code="origin",
        severity=Severity.NOTE,
        message=f"{origin.field}: {origin.evidence} (confidence {origin.confidence:.2f})",
        file=article.seed_path,
        line=origin.line,
        field=origin.field,
        value=excerpt(str(getattr(article, origin.field))),
    )
