"""Validate a collection: all that a build says of its descriptor, documents, sidecars and corrections.

Every document is read as a build reads it, and nothing is kept; findings are placed in the file that a person
can mend. What only whole tables tell (speakers of several articles, likeness) is left to the build.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from onrecord import checks, schemas, seeds, tables
from onrecord.corrections import Correction, concerns
from onrecord.records import Article, Document, Entry
from onrecord.reports import Issue, Report
from onrecord.seeds.descriptor import Collection
from onrecord.seeds.takedowns import Withdrawn
from onrecord.validation.placing import Placing

PARTLY = ("speakers",)
"""Tables of which an article's rows are not yet the dataset's."""


def check_collection(folder: Path, today: date | None) -> Report:
    """Return every finding about the collection in `folder`."""
    collection, issues = seeds.check(folder)
    report = Report(issues)
    if collection is None:
        return report
    seen = Seen()
    for issue in _documents(collection, seen, today):
        report.add(issue.at((folder / (issue.file or "")).as_posix()))
    if report.valid:
        for issue in seeds.expectations.check(collection, seen.rows, sorted(seen.languages, key=str)):
            report.add(issue.at((folder / (issue.file or "")).as_posix()))
    return report


class Seen:
    """What has been seen of a collection: rows of its tables, and languages and addresses of its articles."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter({name: 0 for name in schemas.names() if name not in PARTLY})
        self.languages: set[str | None] = set()
        self._addresses: dict[str, str] = {}

    def add(self, entry: Entry) -> Iterator[Issue]:
        """Count an article with all that is said in it; yield that its address has been seen before."""
        self.rows.update({name: len(rows) for name, rows in tables.rows(entry).items() if name in self.rows})
        self.languages.add(entry.article.language)
        url, path = entry.article.url, entry.article.seed_path
        if url is not None and (before := self._addresses.setdefault(url, path)) != path:
            yield checks.RULES["address-repeated"].issue(
                f"{before} has the same address", file=path, table="articles", field="url", value=url
            )


def _documents(collection: Collection, seen: Seen, today: date | None) -> Iterator[Issue]:
    """Yield findings about documents, and about corrections: those are applied to what is read from them."""
    corrections = seeds.corrected.load(collection)
    yield from corrections.issues
    corrected: list[int] = []
    withdrawn: list[Withdrawn] = []
    listed = list(seeds.distinct(collection))
    for seed in listed:
        if isinstance(seed, Issue):
            yield seed
            continue
        document = seeds.read(collection, seed)
        placing = Placing(collection, document) if isinstance(document, Document) else None
        outcomes = iter([document]) if isinstance(document, Issue) else seeds.convert(document, collection)
        for outcome in seeds.takedowns.standing(outcomes, seed, collection.takedown, withdrawn):
            if isinstance(outcome, Issue) or placing is None:
                yield outcome  # type: ignore[misc]
            else:
                found = _article(outcome, corrections.rows, corrected, seen, today)
                yield from map(placing.place, found)
        corrected += seeds.takedowns.lines(withdrawn, [seed], corrections.rows)
    paths = [seed.path for seed in listed if not isinstance(seed, Issue)]
    yield from corrections.unmet(corrected, paths)
    yield from seeds.takedowns.unmatched(collection, withdrawn, paths)


def _article(
    article: Article, rows: Iterable[Correction], corrected: list[int], seen: Seen, today: date | None
) -> Iterator[Issue]:
    """Yield findings about an article and who said what in it; add the lines of the rows that concern it."""
    applied = seeds.corrected.read(article, [row for row in rows if concerns(row, article)])
    corrected += applied.lines
    yield from applied.issues
    for issue in (*checks.check_entry(applied.entry), *checks.check_hygiene(article)):
        yield issue.at(article.seed_path)
    yield from checks.check_days(article, today)
    yield from seen.add(applied.entry)
