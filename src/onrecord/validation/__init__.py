"""Validate whatever stands at a path: a collection, a dataset, or one table.

Which checks apply follows from what is there; every finding names the file as the user named it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord import archives, checks, packages
from onrecord.corrections import FILE_NAME as CORRECTIONS
from onrecord.download.places import fetch_package, fetch_zip
from onrecord.errors import OnrecordError
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.registry.transport import is_url
from onrecord.reports import Report, rules
from onrecord.seeds.descriptor import FILE_NAME
from onrecord.validation import staleness
from onrecord.validation.collections import check_collection
from onrecord.validation.staleness import stale_among

__all__ = ["RULES", "stale_among", "validate"]

RULES = staleness.RULES | rules("""
unusable | E | What is named cannot be validated | Nothing in it could be checked. | a datapackage.json that is no JSON
    | mend the file that is named, or name another one
""")
SHEETS = (".xlsx", ".xls", ".ods", ".numbers")
SAVE_AS = "save the sheet as CSV UTF-8, with commas, and name that file"
ACCEPTANCE_ROWS = 100_000
"""Rows up to which frictionless gives its second opinion on what seems valid: it reads 40,000 rows a second."""


def validate(place: str | Path, *, today: date | None = None) -> Report:
    """Return every finding about what stands at `place`.

    That is a collection, its `collection.toml`, a dataset, a CSV or Parquet file, a zip of a package, a
    folder of these, or the URL of a released package: its folder, its `datapackage.json` or its zip.
    Days after `today` are findings; without it, nobody asks.

    Raises
    ------
    OnrecordError
        Nothing there can be validated.
    """
    if is_url(str(place)):
        return _remote(str(place), today)
    if "://" in str(place):
        raise OnrecordError(f"{place} cannot be read", hint="addresses begin with https:// or http://")
    path = Path(place)
    if path.is_file() and (_is_of_collection(path) or path.name == DESCRIPTOR):
        return validate(path.parent, today=today)
    if path.is_file() and path.suffix in (".csv", ".parquet"):
        return checks.check_file(path, today=today)
    if path.is_file() and path.suffix == ".zip":
        return _archive(path, str(path), today)
    if (path / FILE_NAME).is_file():
        return check_collection(path, today)
    if (path / DESCRIPTOR).is_file():
        return _package(path, today)
    if path.is_dir() and (parts := list(_parts(path))):
        report = Report()
        for part in parts:
            report.merge(validate(part, today=today))
        return report
    raise _nothing(path)


def _nothing(path: Path) -> OnrecordError:
    """Return why nothing at a path can be validated."""
    if not path.exists():
        return OnrecordError("no such file or folder", hint="check the path", file=path)
    if path.suffix.lower() in SHEETS:
        return OnrecordError("a spreadsheet is no table of a dataset", hint=SAVE_AS, file=path)
    hint = "name a collection, a dataset, its zip or URL, or a CSV or Parquet file"
    if path.is_file() and (near := next((each for each in path.parents if (each / FILE_NAME).is_file()), None)):
        hint = f"a document is checked with its collection: onrecord validate {near}"
    return OnrecordError("nothing to validate", hint=hint, file=path)


def _is_of_collection(path: Path) -> bool:
    """Tell whether a file is a collection's descriptor, or the corrections beside one."""
    return path.name == FILE_NAME or (path.name == CORRECTIONS and (path.parent / FILE_NAME).is_file())


def _parts(folder: Path) -> Iterator[Path]:
    """Yield the collections and datasets right below a folder."""
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and ((path / FILE_NAME).is_file() or (path / "datapackage.json").is_file()):
            yield path


def _package(folder: Path, today: date | None) -> Report:
    report = packages.verify(folder)
    report.merge(checks.check_tables(folder, today=today))
    rows = sum(packages.open_package(folder).rows().values())
    if report.valid and rows <= ACCEPTANCE_ROWS:
        report.merge(packages.acceptance(folder))
    return report


def _archive(path: Path, shown: str, today: date | None) -> Report:
    """Prove a zip, then validate what is in it, unpacked safely; findings name files as `<zip>/<path>`."""
    package = packages.open_package(path)
    report = package.verify()
    if report.valid:
        with TemporaryDirectory() as name:
            archives.unpack(path, Path(name), package.measure())
            report.merge(_moved(_package(Path(name), today), Path(name), shown))
    return report


def _remote(url: str, today: date | None) -> Report:
    """Fetch what the URL of a package names, each file proven, and validate it."""
    with TemporaryDirectory() as name:
        if url.endswith(".zip"):
            path = Path(name) / "package.zip"
            fetch_zip(url, path)
            return _moved(_archive(path, url, today), path, url)
        folder = fetch_package(url, Path(name) / "package")
        return _moved(_package(folder, today), folder, url.removesuffix(DESCRIPTOR).rstrip("/"))


def _moved(report: Report, was: Path, shown: str) -> Report:
    """Return findings with their files named as the user names the place."""
    before = was.as_posix()
    return report.map(lambda issue: issue.at(issue.file.replace(before, shown, 1)) if issue.file else issue)
