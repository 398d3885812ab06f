"""What one worker does with a few documents: bytes in, rows of every table out.

The functions here run in any process of any engine; they keep nothing between calls, so that a result
depends on its documents alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import checks, schemas, tables
from onrecord import seeds as seeds_
from onrecord.build import cache, sketches
from onrecord.build.staging import SKETCHES
from onrecord.corrections import Correction
from onrecord.records import Article, Entry
from onrecord.reports import Issue

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
JOB_DOCUMENTS = 128
JOB_BYTES = 1 << 20
CUT = 48
"""A document whose hash is divisible by this starts a job, so that jobs stay the same when others come or go."""


@dataclass(frozen=True, slots=True)
class Job:
    """A few documents of one collection, in order, with the corrections that may concern them.

    `kept` is where what comes of them is kept between builds.
    """

    collection: seeds_.Collection
    seeds: tuple[seeds_.Seed, ...]
    kept: Path
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Harvest:
    """What came of a job: how many documents, a record batch a table, and findings.

    `corrected` holds the lines of the corrections that concern its articles, whether or not they could be applied,
    `withdrawn` the keys of the articles that were taken down, each with the name by which the collection says so.
    """

    documents: int
    batches: dict[str, pa.RecordBatch]
    issues: list[Issue]
    corrected: tuple[int, ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()


def jobs(
    collection: seeds_.Collection,
    found: list[seeds_.Seed],
    store: cache.Store,
    corrections: seeds_.corrected.Corrections,
) -> Iterator[Job]:
    """Part the documents into jobs of bounded number and size."""
    for part, rows in corrections.parts(_parts(found)):
        yield Job(collection, part, store.path(part, collection), rows)


def _parts(found: list[seeds_.Seed]) -> Iterator[tuple[seeds_.Seed, ...]]:
    part: list[seeds_.Seed] = []
    size = 0
    for seed in found:
        starts = int(seed.sha256[:8], 16) % CUT == 0
        if part and (starts or len(part) == JOB_DOCUMENTS or size + seed.size > JOB_BYTES):
            yield tuple(part)
            part, size = [], 0
        part.append(seed)
        size += seed.size
    if part:
        yield tuple(part)


def do(job: Job) -> Harvest:
    """Convert, extract, check and tabulate the documents of a job, or return what came of it before."""
    if (before := cache.kept(job.kept)) is not None:
        return Harvest(*before)
    harvest = _harvest(job)
    cache.keep(job.kept, harvest.documents, harvest.batches, harvest.issues, harvest.corrected, harvest.withdrawn)
    return harvest


def _harvest(job: Job) -> Harvest:
    issues: list[Issue] = []
    corrected: list[int] = []
    withdrawn: list[tuple[str, str]] = []
    first: list[Row] = []
    articles: list[Article] = []
    rows: dict[str, list[Row]] = {name: [] for name in schemas.names()}
    for seed in job.seeds:
        for outcome in seeds_.takedowns.standing(
            _outcomes(job.collection, seed), seed, job.collection.takedown, withdrawn
        ):
            if isinstance(outcome, Issue):
                issues.append(outcome)
                continue
            articles.append(outcome)
            entry = _corrected(outcome, job.corrections, corrected, issues)
            issues.extend(issue.at(seed.path) for issue in checks.check_entry(entry))
            _add(rows, first, tables.rows(entry))
    corrected += seeds_.takedowns.lines(withdrawn, job.seeds, job.corrections)
    rows["speakers"] = first + rows["speakers"]
    batches = {name: tables.to_batch(name, rows[name]) for name in rows}
    batches[SKETCHES] = sketches.to_batch(articles)
    return Harvest(len(job.seeds), batches, issues, tuple(corrected), tuple(withdrawn))


def _add(rows: dict[str, list[Row]], first: list[Row], more: dict[str, list[Row]]) -> None:
    """Add an article's rows; `first` takes the speakers whom a person put right, so that other articles do not win."""
    corrected = {row["speaker_id"] for row in more["attributions"] if row["review"] == "corrected"}
    for name, each in more.items():
        if name == "speakers":
            first += [row for row in each if row["speaker_id"] in corrected]
            rows[name] += [row for row in each if row["speaker_id"] not in corrected]
        else:
            rows[name] += each


def _outcomes(collection: seeds_.Collection, seed: seeds_.Seed) -> Iterator[Article | Issue]:
    document = seeds_.read(collection, seed)
    if isinstance(document, Issue):
        yield document
        return
    yield from seeds_.convert(document, collection)


def _corrected(article: Article, rows: Iterable[Correction], lines: list[int], issues: list[Issue]) -> Entry:
    outcome = seeds_.corrected.read(article, rows)
    lines.extend(outcome.lines)
    issues.extend(outcome.issues)
    return outcome.entry
