"""What a collection has taken down: left out of every table, and remembered by its key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from onrecord.corrections import Correction
from onrecord.records import Article
from onrecord.reports import Issue
from onrecord.seeds.descriptor import FILE_NAME, Collection
from onrecord.seeds.documents import Seed
from onrecord.seeds.rights import KEY, taken_down
from onrecord.seeds.rules import RULES
from onrecord.seeds.strict import line_of

Withdrawn = tuple[str, str]
"""The key of an article, and the name by which it was taken down."""


def standing(
    outcomes: Iterator[Article | Issue],
    seed: Seed,
    takedown: Mapping[str, str | None],
    withdrawn: list[Withdrawn],
) -> Iterator[Article | Issue]:
    """Yield what became of a document but for articles that were taken down; `withdrawn` receives these.

    Of a document that was taken down whole nothing is said, not even that it cannot be read.
    """
    key = seed.sha256[:16]
    whole = next((name for name in (seed.path, key) if name in takedown), None)
    before = len(withdrawn)
    for outcome in outcomes:
        name = whole if isinstance(outcome, Issue) else taken_down(takedown, outcome) or whole
        if name is None:
            yield outcome
        elif not isinstance(outcome, Issue):
            withdrawn.append((outcome.seed_sha256[:16], name))
    if whole is not None and len(withdrawn) == before:
        withdrawn.append((key, whole))


def lines(withdrawn: Iterable[Withdrawn], found: Iterable[Seed], corrections: Iterable[Correction]) -> Iterator[int]:
    """Yield the lines of corrections of what was taken down: they have nothing to apply to, and are no mistakes."""
    gone = {name for pair in withdrawn for name in pair}
    gone |= {seed.path for seed in found if seed.sha256[:16] in gone}
    return (row.line for row in corrections if row.document in gone)


def tombstones(collection: Collection, withdrawn: Iterable[Withdrawn]) -> tuple[dict[str, str], ...]:
    """Return what is said of articles that were taken down, by key: that they were, and why where it is told.

    A key that is named stays, although its document is no longer there.
    """
    found = {name: name for name in collection.takedown if KEY.fullmatch(name)} | dict(withdrawn)
    reasons = ((key, collection.takedown[name]) for key, name in sorted(found.items()))
    return tuple({"article_id": key} | ({"reason": reason} if reason else {}) for key, reason in reasons)


def unmatched(collection: Collection, withdrawn: Iterable[Withdrawn], documents: Iterable[str] = ()) -> Iterator[Issue]:
    """Yield a finding for every name that took nothing down; a key may be that of a document that is gone.

    `documents` are the paths that there are, for one that is misspelt.
    """
    known = {name for _, name in withdrawn}
    text = (collection.folder / FILE_NAME).read_text(encoding="utf-8") if collection.takedown else ""
    for name in collection.takedown:
        if name not in known and not KEY.fullmatch(name):
            message = f"{name!r} is no document and no address of an article"
            place = line_of(text, ("takedown", name))
            close = get_close_matches(name, list(documents), n=1, cutoff=0.8)
            rule = RULES["takedown-unmatched"]
            hint = f"did you mean {close[0]!r}?" if close else rule.remedy
            yield rule.issue(message, hint=hint, file=FILE_NAME, line=place, value=name)
