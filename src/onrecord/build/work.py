"""What one worker does with a few documents: bytes in, rows of every table out.

The functions here run in any process of any engine; they keep nothing between calls, so that a result
depends on its documents alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import checks, schemas, tables
from onrecord import seeds as seeds_
from onrecord.build import cache, sketches
from onrecord.build.harvest import MERGED, PUT_RIGHT, SKETCHES, Harvest, Reading, columns, together
from onrecord.corrections import Correction
from onrecord.records import Article, Entry
from onrecord.reports import Issue
from onrecord.seeds.documents import PASSING

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
JOB_DOCUMENTS = 128
JOB_BYTES = 1 << 20
CUT = 48
"""A document whose hash is divisible by this starts a job, so that jobs stay the same when others come or go."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document of a collection, with the corrections that may concern it, and the key of what comes of it."""

    seed: seeds_.Seed
    corrections: tuple[Correction, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Job:
    """A few documents of one collection, in order.

    `kept` is where what comes of them is kept between builds, `before` where parts of it may be kept already.
    """

    collection: seeds_.Collection
    tasks: tuple[Task, ...]
    kept: Path
    before: tuple[Path, ...] = ()


def jobs(
    collection: seeds_.Collection,
    found: list[seeds_.Seed],
    store: cache.Store,
    corrections: seeds_.corrected.Corrections,
) -> Iterator[Job]:
    """Part the documents into jobs of bounded number and size."""
    each = corrections.parts((seed,) for seed in found)
    tasks = [Task(seed, rows, store.key(seed, collection, rows)) for (seed,), rows in each]
    known: dict[str, Path] | None = None
    for part in _parts(tasks):
        kept = store.path(task.key for task in part)
        before: set[Path] = set()
        if not kept.is_file():
            known = store.index() if known is None else known
            before = {known[task.key] for task in part if task.key in known}
        yield Job(collection, part, kept, tuple(sorted(before)))


def _parts(tasks: list[Task]) -> Iterator[tuple[Task, ...]]:
    part: list[Task] = []
    size = 0
    for task in tasks:
        starts = int(task.seed.sha256[:8], 16) % CUT == 0
        if part and (starts or len(part) == JOB_DOCUMENTS or size + task.seed.size > JOB_BYTES):
            yield tuple(part)
            part, size = [], 0
        part.append(task)
        size += task.seed.size
    if part:
        yield tuple(part)


def do(job: Job) -> Harvest:
    """Convert, extract, check and tabulate the documents of a job, or return what came of them before.

    What came of a document that could not be read is not kept: it may be there again.
    """
    if (whole := cache.kept(job.kept)) is not None:
        return whole
    known: dict[str, Harvest] = {}
    for path in job.before:
        if (old := cache.kept(path)) is not None:
            known |= old.parts()
    parts: list[Harvest] = []
    for is_known, tasks in groupby(job.tasks, lambda task: task.key in known):
        run = list(tasks)
        parts += [known[task.key] for task in run] if is_known else [_harvest(job.collection, run)]
    harvest = together(parts)
    if not any(issue.code in PASSING for reading in harvest.readings for issue in reading.issues):
        cache.keep(job.kept, harvest)
    return harvest


def _harvest(collection: seeds_.Collection, tasks: list[Task]) -> Harvest:
    """Read documents, and return what came of them."""
    rows: dict[str, list[Row]] = {name: [] for name in columns()}
    readings = []
    for task in tasks:
        before = {name: len(each) for name, each in rows.items()}
        reading = _read(collection, task, rows)
        counts = {name: len(each) - before[name] for name, each in rows.items()}
        readings.append(Reading(task.key, counts, *reading))
    return Harvest(readings, {name: _batch(name, schema, rows[name]) for name, schema in columns().items()})


def _batch(name: str, schema: pa.Schema, rows: list[Row]) -> pa.RecordBatch:
    import pyarrow as pa

    return (
        pa.RecordBatch.from_pylist(rows, schema=schema) if name in (MERGED, SKETCHES) else tables.to_batch(name, rows)
    )


Findings = tuple[tuple[Issue, ...], tuple[int, ...], tuple[tuple[str, str], ...]]
"""Of a reading: issues, lines of corrections, and what was taken down."""


def _read(collection: seeds_.Collection, task: Task, rows: dict[str, list[Row]]) -> Findings:
    """Read one document: add its rows, and return what else there is to say."""
    issues: list[Issue] = []
    corrected: list[int] = []
    withdrawn: list[tuple[str, str]] = []
    seed = task.seed
    for outcome in seeds_.takedowns.standing(_outcomes(collection, seed), seed, collection.takedown, withdrawn):
        if isinstance(outcome, Issue):
            issues.append(outcome)
            continue
        entry = _corrected(outcome, task.corrections, corrected, issues)
        issues.extend(issue.at(seed.path) for issue in checks.check_entry(entry))
        _add(rows, entry)
    corrected += seeds_.takedowns.lines(withdrawn, [seed], task.corrections)
    return tuple(issues), tuple(corrected), tuple(withdrawn)


def _add(rows: dict[str, list[Row]], entry: Entry) -> None:
    """Add an article's rows and its sketch."""
    more = tables.rows(entry)
    put_right = {row["speaker_id"] for row in more["attributions"] if row["review"] == "corrected"}
    more[MERGED] = [row | {PUT_RIGHT: row["speaker_id"] in put_right} for row in more[MERGED]]
    for name in schemas.names():
        rows[name] += more[name]
    rows[SKETCHES] += sketches.rows(entry.article)


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
