"""What one worker does with a few documents: bytes in, rows of every table out.

The functions here run in any process of any engine; they keep nothing between calls, so that a result
depends on its documents alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import checks, extract, schemas, tables
from onrecord import seeds as seeds_
from onrecord.build import cache
from onrecord.records import Entry
from onrecord.reports import Issue

if TYPE_CHECKING:
    import pyarrow as pa

JOB_DOCUMENTS = 128
JOB_BYTES = 1 << 20
CUT = 48
"""A document whose hash is divisible by this starts a job, so that jobs stay the same when others come or go."""


@dataclass(frozen=True, slots=True)
class Job:
    """A few documents of one collection, in order, and where what comes of them is kept between builds."""

    collection: seeds_.Collection
    seeds: tuple[seeds_.Seed, ...]
    kept: Path


@dataclass(frozen=True, slots=True)
class Harvest:
    """What came of a job: how many documents, a record batch a table, and findings."""

    documents: int
    batches: dict[str, pa.RecordBatch]
    issues: list[Issue]


def jobs(collection: seeds_.Collection, found: list[seeds_.Seed], store: cache.Store) -> Iterator[Job]:
    """Part the documents into jobs of bounded number and size."""
    for part in _parts(found):
        yield Job(collection, part, store.path(part, collection))


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
    cache.keep(job.kept, harvest.documents, harvest.batches, harvest.issues)
    return harvest


def _harvest(job: Job) -> Harvest:
    issues: list[Issue] = []
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in schemas.names()}
    withhold = job.collection.rights.body == "withheld"
    for seed in job.seeds:
        for outcome in _entries(job.collection, seed):
            if isinstance(outcome, Issue):
                issues.append(outcome)
                continue
            issues.extend(issue.at(seed.path) for issue in checks.check_entry(outcome))
            for name, more in tables.rows(outcome, withhold_body=withhold).items():
                rows[name].extend(more)
    return Harvest(len(job.seeds), {name: tables.to_batch(name, rows[name]) for name in rows}, issues)


def _entries(collection: seeds_.Collection, seed: seeds_.Seed) -> Iterator[Entry | Issue]:
    document = seeds_.read(collection, seed)
    if isinstance(document, Issue):
        yield document
        return
    for outcome in seeds_.convert(document, collection):
        yield outcome if isinstance(outcome, Issue) else Entry(outcome, extract.extract_article(outcome))
