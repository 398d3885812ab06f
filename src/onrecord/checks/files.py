"""One file of one table: can it be read, has it the right columns, and what pandera says of its rows."""

from __future__ import annotations

import codecs
from difflib import get_close_matches
from typing import TYPE_CHECKING

from onrecord import schemas, tables
from onrecord.checks import dialect
from onrecord.checks.cells import diagnose
from onrecord.checks.columns import check_columns
from onrecord.checks.findings import Finding
from onrecord.checks.places import header
from onrecord.derive import arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import polars as pl
    import pyarrow as pa

FRAME_ROWS = {"articles": 1 << 12}
"""Rows that pandera sees at once, where they are not `FRAME_ROWS_DEFAULT`: articles hold whole texts."""
FRAME_ROWS_DEFAULT = 1 << 15
MAGIC = b"PAR1"


class TableFile:
    """A CSV or Parquet file of one table, read once: its content hash and its findings.

    Parameters
    ----------
    name
        The table.
    path
        The file; its suffix tells its format.

    Attributes
    ----------
    findings
        What was found so far.
    content
        The content hash, or None where the file cannot be read as the table.
    """

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path
        self.findings: list[Finding] = []
        self.content: str | None = None

    @property
    def is_csv(self) -> bool:
        """Tell the format."""
        return self.path.suffix == ".csv"

    def open(self) -> bool:
        """Check the names of columns, and tell whether the rows can be read."""
        columns = csv_columns if self.is_csv else parquet_columns
        self.findings, usable = columns(self.name, self.path)
        return usable

    def read(self, *, rows: bool) -> TableFile:
        """Read the file through, checking columns and rows too where `rows` asks for it."""
        if self.open():
            self._through(rows=rows)
        return self

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows, typed."""
        stream = tables.stream_csv if self.is_csv else tables.stream_parquet
        return stream(self.path, self.name)

    def hashed(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows, typed; after the last one the content hash is known."""
        content = tables.Content(self.name)
        for batch in self.batches():
            content.update(batch)
            yield batch
        self.content = content.hexdigest()

    def _through(self, *, rows: bool) -> None:
        import pyarrow as pa

        try:
            if rows:
                self.findings += check_columns(self.name, _frames(self.name, self.hashed()), self.path)
            else:
                for _ in self.hashed():
                    pass
        except (pa.ArrowInvalid, OSError) as error:
            if self.is_csv:
                self.findings += diagnose(self.name, self.path, error)
            else:
                self.findings.append(_unreadable(self.name, self.path, error))


def _frames(name: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pl.DataFrame]:
    import polars as pl

    for table in tables.rechunk(batches, FRAME_ROWS.get(name, FRAME_ROWS_DEFAULT)):
        yield pl.DataFrame(table)


def csv_columns(name: str, path: Path) -> tuple[list[Finding], bool]:
    """Return what is wrong with a CSV file's header, and whether its rows can be read all the same."""
    if found := dialect.strange(name, path):
        return found, False
    with path.open("rb") as file:
        if file.read(3) == codecs.BOM_UTF8:
            found.append(
                Finding(code="byte-order-mark", message="starts with a byte order mark", table=name, file=path, line=1)
            )
    at = header(path)
    names = [each for each, _ in at]
    columns = dict(reversed(at))
    for finding in _names(name, names):
        found.append(_column(finding, name, path, line=1, column=columns.get(finding.field or "")))
    return found, set(schemas.load(name).columns) <= set(names) and len(names) == len(set(names))


def parquet_columns(name: str, path: Path) -> tuple[list[Finding], bool]:
    """Return what is wrong with a Parquet file's columns, and whether its rows can be read all the same."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
    except (pa.ArrowInvalid, OSError) as error:
        return [_unreadable(name, path, error)], False
    found = [_column(finding, name, path) for finding in _names(name, schema.names)]
    mistyped = []
    for field in arrow.schema(name):
        if field.name in schema.names and (is_ := schema.field(field.name).type) != field.type:
            finding = Finding(
                code="column-type", message=f"the column {field.name!r} is of the wrong type", field=field.name
            )
            mistyped.append(_column(finding, name, path, value=str(is_), expected=str(field.type)))
    return found + mistyped, set(schemas.load(name).columns) <= set(schema.names) and not mistyped


def _names(name: str, names: list[str]) -> Iterator[Finding]:
    """Yield how the names of columns differ from the declared ones."""
    declared = schemas.load(name).columns
    meant = _meant(declared, names)
    for column in declared:
        if column not in names:
            hint = next((f"rename the column {other!r}" for other, this in meant.items() if this == column), None)
            yield Finding(code="missing-column", message=f"the column {column!r} is missing", field=column, hint=hint)
    for column in sorted({column for column in names if names.count(column) > 1}):
        yield Finding(code="unknown-column", message=f"the column {column!r} stands there twice", field=column)
    for column in names:
        if column not in declared:
            message = f"the column {column!r} is not declared"
            hint = f"did you mean {meant[column]!r}?" if column in meant else None
            yield Finding(code="unknown-column", message=message, field=column, value=column, hint=hint)
    if sorted(names) == sorted(declared) and names != list(declared):
        yield Finding(
            code="column-order", message="the columns are not in declared order", expected=", ".join(declared)
        )


def _meant(declared: tuple[str, ...], names: list[str]) -> dict[str, str]:
    """Return which missing column each unknown one is close to."""
    missing = [column for column in declared if column not in names]
    unknown = {name for name in names if name not in declared} if missing else set()
    close = {name: get_close_matches(name.strip().lower(), missing, n=1, cutoff=0.8) for name in unknown}
    return {name: found[0] for name, found in close.items() if found}


def _column(finding: Finding, name: str, path: Path, **more: str | int | None) -> Finding:
    from dataclasses import replace

    return replace(finding, table=name, file=path, **more)  # type: ignore[arg-type]


def _unreadable(name: str, path: Path, error: Exception) -> Finding:
    """Return why a Parquet file cannot be read, as its first bytes tell it."""
    with path.open("rb") as file:
        head = file.read(4)
    message = f"cannot be read: {error}"
    if not head:
        message = "the file is empty"
    elif head != MAGIC:
        message = "the file is not Parquet"
    elif "footer" in str(error) or "smaller than" in str(error):
        message = "the file is Parquet, but cut short"
    return Finding(code="unreadable", message=message, table=name, file=path)
