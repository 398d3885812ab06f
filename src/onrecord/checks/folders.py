"""All tables of a dataset: each file for itself, then CSV against Parquet, then the laws across them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from onrecord import schemas, tables
from onrecord.checks.equal import difference
from onrecord.checks.files import TableFile
from onrecord.checks.findings import Collector, Finding
from onrecord.checks.queries import check_laws
from onrecord.checks.tombstones import withdrawn
from onrecord.derive import arrow
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from datetime import date

    from onrecord.reports import Report

SPOOL_ROWS = {"articles": 1 << 10}
SPOOL_ROWS_DEFAULT = 1 << 14
"""Rows of a row group of the Parquet made for the occasion."""


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
    collector = Collector()
    with TemporaryDirectory(prefix="onrecord-") as temporary:
        read = {name: found for name in schemas.names() if (found := _table(data, name, collector))}
        _across(read, Path(temporary), collector, today)
        if "articles" in read:
            collector.extend(withdrawn(folder, read["articles"][0].path, _parquet(read["articles"], Path(temporary))))
    return collector.report()


def _table(data: Path, name: str, collector: Collector) -> tuple[TableFile, ...]:
    """Check the files of one table and return those that can be read: the CSV, where findings are shown, first."""
    csv, parquet = (_file(data, name, suffix) for suffix in (".csv", ".parquet"))
    if csv is None and parquet is None:
        message = f"the table {name!r} has no file"
        collector.extend([Finding(code="table-missing", message=message, table=name, file=data)])
        return ()
    if csv is None or parquet is None:
        files = [each.read(rows=True) for each in (csv, parquet) if each is not None]
    else:
        files = _both(csv, parquet, collector)
    for file in files:
        collector.extend(file.findings)
    return tuple(file for file in files if file.content is not None)


def _file(data: Path, name: str, suffix: str) -> TableFile | None:
    path = data / f"{name}{suffix}"
    return TableFile(name, path) if path.is_file() else None


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


def _across(read: dict[str, tuple[TableFile, ...]], temporary: Path, collector: Collector, today: date | None) -> None:
    """Check the laws across the tables that can be read."""
    parquet = {name: _parquet(files, temporary) for name, files in read.items()}
    shown = {name: files[0].path for name, files in read.items()}
    collector.extend(check_laws(parquet, shown, temporary, today))


def _parquet(files: tuple[TableFile, ...], temporary: Path) -> Path:
    """Return the Parquet file of a table, made for the occasion where there is only CSV."""
    for file in files:
        if file.path.suffix == ".parquet":
            return file.path
    path = temporary / f"{files[0].name}.parquet"
    _spool(files[0], path)
    return path


def _spool(file: TableFile, path: Path) -> None:
    """Write a table as Parquet that allows nulls everywhere: what is required is checked elsewhere."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([field.with_nullable(nullable=True) for field in arrow.schema(file.name)])
    with pq.ParquetWriter(path, schema, compression="lz4") as writer:
        for table in tables.rechunk(file.batches(), SPOOL_ROWS.get(file.name, SPOOL_ROWS_DEFAULT)):
            writer.write_table(table.cast(schema))


def check_file(path: Path, *, today: date | None = None) -> Report:
    """Check one CSV or Parquet file of one table; which table follows from its name, else from its columns.

    Raises
    ------
    OnrecordError
        The file is not there.
    """
    if not path.is_file():
        raise OnrecordError("no such file", file=path)
    collector = Collector()
    name = _name(path)
    if name is None:
        message = "neither the name nor the columns are those of a table"
        collector.extend([Finding(code="table-unknown", message=message, file=path, line=1)])
        return collector.report()
    file = TableFile(name, path).read(rows=True)
    collector.extend(file.findings)
    if file.content is not None:
        with TemporaryDirectory(prefix="onrecord-") as temporary:
            _across({name: (file,)}, Path(temporary), collector, today)
    return collector.report()


def _name(path: Path) -> str | None:
    if path.stem in schemas.names():
        return path.stem
    columns = set(_columns(path))
    fits = [name for name in schemas.names() if columns and columns == set(schemas.load(name).columns)]
    return fits[0] if fits else None


def _columns(path: Path) -> list[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from onrecord.checks.places import header

    if path.suffix == ".csv":
        return header(path)
    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowInvalid, OSError):
        return []
