"""Build a dataset: every document of a collection converted, read, checked, tabulated and packaged.

The page reads as the specification: list the documents, let workers turn them into rows, write the rows
as they come, check the whole, describe it, and put it in the place of the last good one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from onrecord import engines, packages, seeds
from onrecord.build import cache, work
from onrecord.build.description import describe, languages
from onrecord.build.earlier import Earlier
from onrecord.build.harvest import Harvest
from onrecord.build.staging import Staging
from onrecord.reports import Issue, Report
from onrecord.seeds import expectations
from onrecord.seeds.documents import PASSING

__all__ = ["Build", "build"]

FEW = 2
"""Jobs for which starting workers takes longer than it saves."""


class Progress(Protocol):
    """Called with the documents done and the documents there are."""

    def __call__(self, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Build:
    """What came of a build. `rows` counts rows a table; `published` is False where errors kept the last build."""

    name: str
    folder: Path
    documents: int
    rows: dict[str, int]
    report: Report
    published: bool


def build(
    folder: Path,
    datasets: Path,
    *,
    workers: int | None = None,
    keep_going: bool = False,
    progress: Progress = lambda done, total: None,  # noqa: ARG005 -- nobody watches
) -> Build:
    """Build the dataset of the collection in `folder` into `datasets/<name>`.

    Parameters
    ----------
    workers
        Processes to use; one for each core by default. The result is the same bytes for any number.
    keep_going
        Publish although documents had errors, without them; the report names them.

    Raises
    ------
    CollectionError
        The descriptor has a mistake.
    BuildError
        Another build of the dataset is under way, or a worker died. The last good build stays.
    """
    collection = seeds.load(folder)
    target = datasets / collection.name
    store = cache.open_store(datasets, collection)
    report = Report()
    corrections = seeds.corrected.load(collection)
    report.extend(corrections.issues)
    jobs = list(work.jobs(collection, list(_found(collection, report)), store, corrections))
    inputs = cache.inputs((job.kept for job in jobs), report)
    last = cache.state(store)
    if last is not None and last.inputs == inputs and (keep_going or last.findings().valid):
        if cache.intact(last, target):
            return _outcome(collection, target, jobs, last.rows, last.findings(), published=True)
        last = None
    with suppress(_UnfitError), packages.writing(target) as fresh:
        with Earlier(target, last) as earlier, Staging(fresh, earlier) as staging:
            tombstones = _read(collection, jobs, corrections, staging, report, workers, progress)
            _stop_at_errors(report, keep_going)
            written = staging.finish()
        report.extend(link.issue() for link in written.links)
        report.merge(written.report)
        counted = written.rows | {expectations.DUPLICATES: len(written.links)}
        report.extend(expectations.check(collection, counted, languages(fresh)))
        _stop_at_errors(report, keep_going)
        describe(collection, fresh, written, report, tombstones)
        made_of = "" if PASSING & report.totals.keys() else inputs
        state = cache.State(made_of, written.rows, cache.outputs(fresh), report.to_dict(), written.segments)
    if report.valid or keep_going:
        cache.remember(store, state, {job.kept for job in jobs})
        return _outcome(collection, target, jobs, written.rows, report, published=True)
    return _outcome(collection, target, jobs, {}, report, published=False)


def _outcome(
    collection: seeds.Collection,
    target: Path,
    jobs: list[work.Job],
    rows: dict[str, int],
    report: Report,
    *,
    published: bool,
) -> Build:
    documents = sum(len(job.tasks) for job in jobs)
    placed = report.map(lambda issue: _placed(issue, collection, target))
    return Build(collection.name, target, documents, rows, placed, published=published)


def _placed(issue: Issue, collection: seeds.Collection, target: Path) -> Issue:
    """Return a finding with its path as the user sees it: in the dataset, or else in the collection."""
    if issue.file is None:
        return issue
    in_dataset = issue.file.startswith("data/") and not (collection.folder / issue.file).exists()
    return issue.at(((target if in_dataset else collection.folder) / issue.file).as_posix())


class _UnfitError(Exception):
    """The data have errors, and what is there must stay."""


def _stop_at_errors(report: Report, keep_going: bool) -> None:
    if not report.valid and not keep_going:
        raise _UnfitError


def _found(collection: seeds.Collection, report: Report) -> Iterator[seeds.Seed]:
    """Yield the documents in order of hash, which is the order of article ids; the same bytes once."""
    for outcome in seeds.distinct(collection):
        if isinstance(outcome, Issue):
            report.add(outcome)
        else:
            yield outcome


def _read(
    collection: seeds.Collection,
    jobs: list[work.Job],
    corrections: seeds.corrected.Corrections,
    staging: Staging,
    report: Report,
    workers: int | None,
    progress: Progress,
) -> tuple[dict[str, str], ...]:
    """Read all documents, and hand on their rows; return what is said of articles that were taken down."""
    total = sum(len(job.tasks) for job in jobs)
    done = 0
    corrected: set[int] = set()
    withdrawn: set[seeds.takedowns.Withdrawn] = set()
    progress(0, total)
    for harvest in _harvests(jobs, workers):
        staging.write(harvest.batches)
        for reading in harvest.readings:
            report.extend(reading.issues)
            corrected.update(reading.corrected)
            withdrawn.update(reading.withdrawn)
        done += harvest.documents
        progress(done, total)
    paths = [task.seed.path for job in jobs for task in job.tasks]
    report.extend(corrections.unmet(corrected, paths))
    report.extend(seeds.takedowns.unmatched(collection, withdrawn, paths))
    return seeds.takedowns.tombstones(collection, withdrawn)


def _harvests(jobs: list[work.Job], workers: int | None) -> Iterator[Harvest]:
    """Yield what comes of jobs, in order; workers do those of which nothing is kept."""
    new = [job for job in jobs if not job.kept.is_file()]
    with engines.create(1 if not new or (len(new) <= FEW and workers is None) else workers) as engine:
        done = engine.map(work.do, new)
        waiting = {job.kept for job in new}
        for job in jobs:
            yield next(done) if job.kept in waiting else work.do(job)
