"""Apply corrections to an entry, in order of their lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast, get_args

from onrecord.corrections import speakers, values
from onrecord.corrections.anchors import places_of, quote_of
from onrecord.corrections.marks import Marks, between_marks
from onrecord.corrections.refusals import Refusal
from onrecord.corrections.rows import FILE_NAME, SPEAKER, Correction
from onrecord.corrections.rules import IMPOSSIBLE
from onrecord.records import FIELDS, AsideReason, Entry, Extraction

if TYPE_CHECKING:
    from onrecord.records import Article, FieldName, Quote, QuoteKind, Review, SetAside
    from onrecord.reports import Issue

REMOVED = f"say in new why they quote nobody: {', '.join(get_args(AsideReason))}"
CHANGED = "remove the quote, with the reason why its marks quote nobody, and add what is right"
KEY_LENGTH = 16
"""Hexadecimal digits of an article's key: the start of its document's SHA-256."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An entry with the corrections that could be applied, the lines of all that concern it, and findings."""

    entry: Entry
    lines: tuple[int, ...]
    issues: tuple[Issue, ...]


def concerns(correction: Correction, article: Article) -> bool:
    """Tell whether a correction names the document of an article, by its path or its key."""
    return correction.document in (article.seed_path, article.seed_sha256[:KEY_LENGTH])


def apply(entry: Entry, corrections: Iterable[Correction], file: str = FILE_NAME) -> Outcome:
    """Apply those corrections to an entry that name its document.

    Rows apply in order, each to what those before it left. One that cannot be applied changes nothing and
    is a finding at its line.

    Parameters
    ----------
    entry
        An article with what was read from it.
    corrections
        Rows as `read` returns them.
    file
        The name of their file, for findings.

    Examples
    --------
    >>> from onrecord import extract
    >>> from onrecord.records import Article
    >>> article = Article(seed_path="a.txt", seed_sha256="ab" * 32, converter="capture 1", language="en",
    ...                   body='"The bridge is safe," said Mara Quill.')
    >>> row = Correction(document="a.txt", action="review", quote="bridge is safe", table="attributions",
    ...                  column="speaker", old="Mara Quill", reason="it says so", evidence="the document")
    >>> outcome = apply(Entry(article, extract.extract_article(article)), [row])
    >>> outcome.entry.extraction.quotes[0].attribution.review
    'reviewed'
    """
    mine = [correction for correction in corrections if concerns(correction, entry.article)]
    if not mine:
        return Outcome(entry, (), ())
    work = _Work(entry)
    issues = []
    for correction in mine:
        try:
            work.do(correction)
        except Refusal as refusal:
            issues.append(refusal.issue(correction, file))
    return Outcome(work.entry(), tuple(correction.line for correction in mine), tuple(issues))


class _Work:
    """The quotes of an entry while they are put right."""

    def __init__(self, entry: Entry) -> None:
        self.article = entry.article
        self.quotes = list(entry.extraction.quotes)
        self.asides = list(entry.extraction.set_aside)

    def entry(self) -> Entry:
        order = {name: place for place, name in enumerate(FIELDS)}
        quotes = sorted(self.quotes, key=lambda quote: (order[quote.field], quote.start, quote.end))
        asides = sorted(self.asides, key=lambda aside: (order[aside.field], aside.start, aside.end))
        return Entry(self.article, Extraction(tuple(quotes), tuple(asides)))

    def do(self, correction: Correction) -> None:
        """Apply one correction, or raise a Refusal and change nothing."""
        if correction.table == "quotes" and correction.action == "add":
            self.add(correction)
            return
        quote = quote_of(self.article, self.quotes, correction)
        if correction.table == "quotes" and correction.action == "remove":
            self.remove(quote, correction)
        elif correction.action == "review":
            self.review(quote, correction)
        elif correction.table == "speakers":
            self.speaker(quote, correction)
        elif correction.column == SPEAKER:
            self.put(quote, replace(quote, attribution=speakers.attributed(self.quotes, quote, correction)))
        else:
            self.change(quote, correction)

    def add(self, correction: Correction) -> None:
        field, pieces = places_of(self.article, correction)
        quote = values.blank(field, self.article, pieces, cast("QuoteKind", correction.new))
        if any(self._at(each) == self._at(quote) for each in self.quotes):
            raise Refusal(IMPOSSIBLE, "these words are a quote already", hint="change it instead")
        marks = self.marks(field)
        self.quotes.append(_seen(quote, "corrected"))
        self.asides = marks.kept(quote, self.quotes, self.asides)

    def remove(self, quote: Quote, correction: Correction) -> None:
        values.expect(quote.kind, correction.old, "kind")
        marks = self.marks(quote.field)
        others = [each for each in self.quotes if each is not quote]
        self.asides += self.freed(marks, quote, others, correction.new, REMOVED)
        self.quotes = others

    def freed(self, marks: Marks, quote: Quote, others: list[Quote], reason: str | None, hint: str) -> list[SetAside]:
        """Return what is set aside once `others` are all quotes, or refuse where that needs a reason."""
        bare = marks.bare(others, self.asides)
        pieces = between_marks(marks.text, quote)
        if reason is None and not marks.without_reason(bare, pieces):
            raise Refusal(IMPOSSIBLE, "its quotation marks would be accounted for nowhere", hint=hint)
        return marks.set_aside(bare, pieces, others, self.asides, cast("AsideReason", reason or "apostrophe"))

    def marks(self, field: FieldName) -> Marks:
        return Marks(field, self.article.text(field) or "", self.quotes, self.asides)

    def change(self, quote: Quote, correction: Correction) -> None:
        table, column = correction.table, correction.column or ""
        values.expect(values.value(self.article, quote, table, column), correction.old, column)
        made = values.changed(self.article, quote, table, column, correction.new)
        if any(each is not quote and self._at(each) == self._at(made) for each in self.quotes):
            raise Refusal(IMPOSSIBLE, "these words are a quote already", hint="remove one of the two")
        marks = self.marks(quote.field)
        if table == "quotes":
            others = [made if each is quote else each for each in self.quotes]
            self.asides += self.freed(marks, quote, others, None, CHANGED)
        self.put(quote, made)
        self.asides = marks.kept(made, self.quotes, self.asides)

    def speaker(self, quote: Quote, correction: Correction) -> None:
        old, column = speakers.meant(quote, correction), correction.column or ""
        values.expect(getattr(old, column), correction.old, column)
        new = replace(old, **cast("dict[str, Any]", {column: correction.new}))
        place = self.quotes.index(quote)
        self.quotes = speakers.everywhere(self.quotes, old, new)
        self.quotes[place] = _seen(self.quotes[place], "corrected")

    def review(self, quote: Quote, correction: Correction) -> None:
        column = correction.column or ""
        if correction.table == "speakers":
            values.expect(getattr(speakers.meant(quote, correction), column), correction.old, column)
        elif column == SPEAKER:
            speakers.expected(quote.attribution, correction)
        else:
            values.expect(values.value(self.article, quote, correction.table, column), correction.old, column)
        self.put(quote, quote, "reviewed")

    def put(self, old: Quote, new: Quote, review: Review = "corrected") -> None:
        seen = _seen(new, "corrected" if old.attribution.review == "corrected" else review)
        self.quotes = [seen if each is old else each for each in self.quotes]

    @staticmethod
    def _at(quote: Quote) -> tuple[str, int, int]:
        return quote.field, quote.start, quote.end


def _seen(quote: Quote, review: Review) -> Quote:
    return replace(quote, attribution=replace(quote.attribution, review=review))
