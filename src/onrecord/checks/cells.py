"""Why a CSV file cannot be read as typed: its encoding, rows of the wrong length, cells of the wrong type.

Only files that fail are read this way, cell by cell as text.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from onrecord import schemas, tables
from onrecord.checks.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from onrecord.schemas import Field

CAP = 100
CHUNK = 1 << 22
FORMS = {
    "integer": "a whole number such as 12",
    "number": "a number such as 0.5",
    "boolean": "true or false",
    "date": "a day such as 2024-03-01",
    "datetime": "an instant in UTC such as 2024-03-01T09:51:00Z",
    "array": 'a JSON array of texts such as ["a", "b"]',
}


def diagnose(name: str, file: Path, error: Exception) -> Iterator[Finding]:
    """Yield why a CSV file cannot be read; with no better reason, what the reader said."""
    found = False
    for finding in _encoding(name, file) or _cells(name, file):
        found = True
        yield finding
    if not found:
        yield Finding(code="unreadable", message=f"cannot be read: {error}", table=name, file=file)


def _encoding(name: str, file: Path) -> list[Finding]:
    """Return the first byte that is not UTF-8, at its line and column."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, tail = 1, ""
    with file.open("rb") as data:
        while chunk := data.read(CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                before = (tail + error.object[: error.start].decode("utf-8", "replace")).removeprefix("\ufeff")
                last = before.rpartition("\n")[2]
                value = f"byte 0x{error.object[error.start]:02X}"
                at = line + before.count("\n")
                return [_undecodable(name, file, at, len(last) + 1, value)]
            line += text.count("\n")
            tail = (tail + text).rpartition("\n")[2]
    return []


def _undecodable(name: str, file: Path, line: int, column: int, value: str) -> Finding:
    message = "not UTF-8"
    return Finding(code="encoding", message=message, table=name, file=file, line=line, column=column, value=value)


def _cells(name: str, file: Path) -> Iterator[Finding]:
    import polars as pl
    import pyarrow as pa

    ragged = tables.Ragged(CAP)
    first = 0
    try:
        for batch in tables.stream_text(file, schemas.load(name).columns, ragged):
            for field in schemas.load(name).fields:
                yield from _mistyped(name, file, field, pl.DataFrame(batch), first, ragged)
            first += batch.num_rows
    except pa.ArrowInvalid as error:
        yield Finding(code="unreadable", message=f"cannot be read: {error}", table=name, file=file)
    yield from _ragged(name, file, ragged)


def _ragged(name: str, file: Path, ragged: tables.Ragged) -> Iterator[Finding]:
    wanted = len(schemas.load(name).columns)
    for place, (number, count) in enumerate(zip(ragged.numbers, ragged.cells, strict=False), start=1):
        yield Finding(
            code="row-length",
            message=f"the row has {count} cells, not {wanted}",
            table=name,
            file=file,
            row=number,
            times=1 + (len(ragged.numbers) - place if place == CAP else 0),
        )


def _mistyped(
    name: str, file: Path, field: Field, frame: pl.DataFrame, first: int, ragged: tables.Ragged
) -> Iterator[Finding]:
    if field.type == "string":
        return
    failing = _fails(field, frame.get_column(field.name)).arg_true().to_list()
    for place, row in enumerate(failing[:CAP], start=1):
        yield Finding(
            code="type",
            message=f"{field.name!r} is not {_article(field.type)}",
            table=name,
            file=file,
            row=ragged.record(first + row),
            key=",".join(str(frame.get_column(column)[row]) for column in schemas.load(name).primary_key),
            field=field.name,
            value=frame.get_column(field.name)[row],
            expected=FORMS[field.type],
            times=1 + (len(failing) - CAP if place == CAP else 0),
        )


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _fails(field: Field, column: pl.Series) -> pl.Series:
    """Return where a text is not of the field's type."""
    import polars as pl

    if field.type == "array":
        return pl.Series([not _is_list(text) for text in column], dtype=pl.Boolean)
    text = pl.col(field.name)
    read = {
        "integer": pl.when(text.str.contains(r"^-?\d+$")).then(text.str.to_integer(strict=False)),
        "number": text.str.strip_chars().cast(pl.Float64, strict=False),
        "boolean": pl.when(text.is_in(["true", "false"])).then(pl.lit(value=True)),
        "date": text.str.to_date("%Y-%m-%d", strict=False),
        "datetime": text.str.to_datetime("%+", strict=False, time_unit="us", time_zone="UTC"),
    }[field.type]
    return column.to_frame(field.name).select((read.is_null() & text.is_not_null()).alias("fails")).to_series()


def _is_list(text: str | None) -> bool:
    import pyarrow as pa

    try:
        tables.unlisted(pa.array([text], pa.string()), pa.list_(pa.string()))
    except pa.ArrowInvalid:
        return False
    return True
