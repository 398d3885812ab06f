"""Validate whatever stands at a path: a collection, a dataset, or one table.

Which checks apply follows from what is there; every finding names the file as the user named it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord import checks, packages, seeds
from onrecord.corrections import concerns
from onrecord.errors import OnrecordError
from onrecord.reports import Issue, Report
from onrecord.seeds.descriptor import FILE_NAME

ACCEPTANCE_ROWS = 100_000
"""Rows up to which frictionless gives its second opinion unasked: it reads 40,000 rows a second."""


def validate(path: Path) -> Report:
    """Return every finding about what stands at `path`.

    Raises
    ------
    OnrecordError
        Nothing there can be validated.
    """
    if path.is_file() and path.suffix in (".csv", ".parquet"):
        return checks.check_file(path)
    if path.is_file() and path.name == FILE_NAME:
        return _collection(path.parent)
    if (path / FILE_NAME).is_file():
        return _collection(path)
    if (path / "datapackage.json").is_file():
        return _package(path)
    if path.is_dir() and (parts := list(_parts(path))):
        report = Report()
        for part in parts:
            report.merge(validate(part))
        return report
    raise OnrecordError("nothing to validate", hint="name a collection, a dataset, or a CSV or Parquet file", file=path)


def _parts(folder: Path) -> Iterator[Path]:
    """Yield the collections and datasets right below a folder."""
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and ((path / FILE_NAME).is_file() or (path / "datapackage.json").is_file()):
            yield path


def _collection(folder: Path) -> Report:
    """Check the descriptor, then convert every document without keeping what comes out, and apply corrections."""
    _, issues = seeds.parse((folder / FILE_NAME).read_text(encoding="utf-8"), folder)
    report = Report(issues)
    if not report.valid:
        return report
    for issue in _documents(seeds.load(folder)):
        report.add(issue.at((folder / (issue.file or "")).as_posix()))
    return report


def _documents(collection: seeds.Collection) -> Iterator[Issue]:
    """Yield findings about documents, and about corrections: those are applied to what is read from them."""
    corrections = seeds.corrected.load(collection)
    yield from corrections.issues
    corrected: list[int] = []
    for seed in seeds.listing(collection):
        document = seed if isinstance(seed, Issue) else seeds.read(collection, seed)
        found = [document] if isinstance(document, Issue) else seeds.convert(document, collection)
        for outcome in found:
            if isinstance(outcome, Issue):
                yield outcome
            elif any(concerns(row, outcome) for row in corrections.rows):
                applied = seeds.corrected.read(outcome, corrections.rows)
                corrected += applied.lines
                yield from applied.issues
    yield from corrections.unmet(corrected)


def _package(folder: Path) -> Report:
    report = packages.verify(folder)
    report.merge(checks.check_tables(folder))
    rows = sum(packages.open_package(folder).rows().values())
    if rows <= ACCEPTANCE_ROWS:
        report.merge(packages.acceptance(folder))
    return report
