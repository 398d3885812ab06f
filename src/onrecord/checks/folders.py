"""All tables of a dataset: each file for itself, then CSV against Parquet, then the laws across them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from onrecord import schemas
from onrecord.checks import dialect
from onrecord.checks.equal import difference
from onrecord.checks.files import TableFile
from onrecord.checks.findings import Collector, Finding
from onrecord.checks.parts import TABLES
from onrecord.checks.passing import Rows, in_one_pass
from onrecord.checks.queries import check_laws, check_whole
from onrecord.checks.spool import parquet
from onrecord.checks.tombstones import withdrawn
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from onrecord.reports import Report

SHARED = "speakers"
"""The table whose rows belong to many articles."""
UNKNOWN = Finding(
    code="table-unknown",
    message="neither the name nor the columns are those of a table",
    line=1,
    expected=", ".join(f"{name}.csv" for name in schemas.names()),
)


def check_tables(folder: Path, *, today: date | None = None) -> Report:
    """Check the tables of a dataset: `data/<table>.csv`, `data/<table>.parquet`, or both, for every table.

    Findings in a CSV file have the physical line and column; where CSV and Parquet hold the same, they are
    reported once, in the CSV. Laws across tables are checked where all tables concerned can be read.
    Memory is bounded whatever the size; what does not fit goes to a temporary folder. Days after `today` are
    findings; without it, nobody asks.

    Raises
    ------
    OnrecordError
        `folder` has no `data` folder.
    """
    data = folder / "data"
    if not data.is_dir():
        raise OnrecordError("no tables there", hint="name the folder that holds data/", file=folder)
    missing = []
    files = {name: _files(data, name) for name in schemas.names()}
    for name in (name for name, some in files.items() if not some):
        message = f"the table {name!r} has no file"
        missing.append(Finding(code="table-missing", message=message, table=name, file=data))
    return _check({name: some for name, some in files.items() if some}, missing, today, folder)


def check_segment(folder: Path) -> Report:
    """Check the tables of some articles, but for speakers: all that an article's own rows decide.

    What is found for every segment of a dataset, with what `check_across` finds, is what `check_tables` finds.
    """
    return _check({name: _files(folder / "data", name) for name in TABLES}, [], None, whole=False)


def check_across(folder: Path) -> Report:
    """Check of a dataset what no segment of it can show: speakers, and laws that need all rows of a table.

    The other tables must be there as Parquet.
    """
    collector = Collector()
    data = folder / "data"
    with TemporaryDirectory(prefix="onrecord-") as temporary:
        speakers = _table(_files(data, SHARED), collector)
        paths = {name: data / f"{name}.parquet" for name in TABLES}
        if speakers:
            paths[SHARED] = parquet(speakers, Path(temporary))
        shown = {name: data / f"{name}.csv" for name in paths}
        collector.extend(check_whole(paths, shown, Path(temporary)))
    return collector.report()


def _files(data: Path, name: str) -> tuple[TableFile, ...]:
    paths = (data / f"{name}{suffix}" for suffix in (".csv", ".parquet"))
    return tuple(TableFile(name, path) for path in paths if path.is_file())


def _check(
    files: Mapping[str, tuple[TableFile, ...]],
    known: Iterable[Finding],
    today: date | None,
    folder: Path | None = None,
    *,
    whole: bool = True,
) -> Report:
    """Check files: in one pass where they are as they should be, else each table for itself and then all of them."""
    with TemporaryDirectory(prefix="onrecord-") as temporary:
        collector = Collector()
        collector.extend(known)
        read = in_one_pass(files, collector, Path(temporary), today, whole=whole)
        if read is None:
            collector = Collector()
            collector.extend(known)
            tables = {name: some for name, each in files.items() if (some := _table(each, collector))}
            read = {name: Rows(some[0].path, parquet(some, Path(temporary))) for name, some in tables.items()}
            paths = {name: rows.parquet for name, rows in read.items()}
            shown = {name: rows.shown for name, rows in read.items()}
            collector.extend(check_laws(paths, shown, Path(temporary), today, whole=whole))
        if folder is not None and "articles" in read:
            collector.extend(withdrawn(folder, read["articles"].shown, read["articles"].parquet))
        return collector.report()


def _table(files: tuple[TableFile, ...], collector: Collector) -> tuple[TableFile, ...]:
    """Check the files of one table and return those that can be read: the CSV, where findings are shown, first."""
    read = [each.read(rows=True) for each in files] if len(files) == 1 else _both(files[0], files[1], collector)
    for file in read:
        collector.extend(file.findings)
    return tuple(file for file in read if file.content is not None)


def _both(csv: TableFile, parquet: TableFile, collector: Collector) -> list[TableFile]:
    """Read both files; where they are equal, findings about rows are those of the CSV."""
    parquet.read(rows=True)
    csv.read(rows=False)
    if csv.content is not None and csv.content == parquet.content:
        rows = [replace(finding, file=csv.path) for finding in parquet.findings if finding.row is not None]
        others = [finding for finding in parquet.findings if finding.row is None]
        csv.findings += rows
        parquet.findings = others
    elif csv.content is not None and parquet.content is not None:
        collector.extend([difference(csv, parquet)])
        csv = TableFile(csv.name, csv.path).read(rows=True)
        return [parquet, csv]
    return [csv, parquet]


def check_file(path: Path, *, today: date | None = None) -> Report:
    """Check one CSV or Parquet file of one table; which table follows from its name, else from its columns.

    Raises
    ------
    OnrecordError
        The file is not there.
    """
    if not path.is_file():
        raise OnrecordError("no such file", file=path)
    name = _name(path)
    if name is None:
        return _check({}, [replace(UNKNOWN, file=path)], today)
    return _check({name: (TableFile(name, path),)}, [], today)


def _name(path: Path) -> str | None:
    """Return the table of the file's name, or else the one that has most of the file's columns."""
    if path.stem in schemas.names():
        return path.stem
    columns = set(dialect.names(path) if path.suffix == ".csv" else _columns(path))
    share = {name: len(columns & set(schemas.load(name).columns)) / len(columns | {""}) for name in schemas.names()}
    best = max(share, key=lambda name: share[name])
    return best if share[best] > 1 / 2 else None


def _columns(path: Path) -> list[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowInvalid, OSError):
        return []
