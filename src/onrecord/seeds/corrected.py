"""The corrections of a collection, and which of them concern which documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from onrecord import corrections, extract
from onrecord.corrections import Correction
from onrecord.corrections.applying import KEY_LENGTH
from onrecord.corrections.rules import DOCUMENT, FILE
from onrecord.records import Article, Entry
from onrecord.reports import Issue
from onrecord.seeds.descriptor import Collection
from onrecord.seeds.documents import Seed


@dataclass(frozen=True, slots=True)
class Corrections:
    """The rows of a collection's `corrections.csv` that can be read, and what is wrong with the others."""

    rows: tuple[Correction, ...] = ()
    issues: tuple[Issue, ...] = ()

    def parts(self, jobs: Iterable[tuple[Seed, ...]]) -> Iterator[tuple[tuple[Seed, ...], tuple[Correction, ...]]]:
        """Yield each part of the documents with the rows that may concern it.

        Rows that name no document by path or hash may mean an article within one: every part gets them.
        """
        known = list(jobs)
        names = {name for part in known for seed in part for name in _names(seed)}
        loose = tuple(row for row in self.rows if row.document not in names)
        named: dict[str, list[Correction]] = {}
        for row in self.rows:
            named.setdefault(row.document, []).append(row)
        for part in known:
            mine = [row for seed in part for name in _names(seed) for row in named.get(name, ())]
            yield part, tuple(sorted((*mine, *loose), key=lambda row: row.line))

    def unmet(self, lines: Iterable[int], documents: Iterable[str] = ()) -> Iterator[Issue]:
        """Yield a finding for every row that concerned no article, given the lines of those that did.

        `documents` are the paths that there are, for one that is misspelt.
        """
        met = set(lines)
        strays = [row for row in self.rows if row.line not in met]
        names = list(documents) if strays else []
        for row in strays:
            close = get_close_matches(row.document, names, n=1, cutoff=0.8)
            hint = f"did you mean {close[0]!r}?" if close else DOCUMENT.remedy
            yield DOCUMENT.issue(
                f"no article is made of {row.document!r}",
                hint=hint,
                file=corrections.FILE_NAME,
                line=row.line,
                table="corrections",
                field="document",
                value=row.document,
            )


def load(collection: Collection) -> Corrections:
    """Read the corrections of a collection; it may have none."""
    path = collection.folder / corrections.FILE_NAME
    try:
        rows, issues = corrections.read(path.read_bytes())
    except FileNotFoundError:
        return Corrections()
    except OSError as error:
        return Corrections((), (FILE.issue(f"cannot be read: {error.strerror}", file=path.name, line=1),))
    return Corrections(tuple(rows), tuple(issues))


def read(article: Article, rows: Iterable[Correction]) -> corrections.Outcome:
    """Read who said what in an article, and apply the rows that concern it."""
    return corrections.apply(Entry(article, extract.extract_article(article)), rows)


def _names(seed: Seed) -> tuple[str, str]:
    return seed.path, seed.sha256[:KEY_LENGTH]
