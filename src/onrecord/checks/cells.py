"""Why a CSV file cannot be read as typed: its encoding, rows of the wrong length, cells of the wrong type.

Only files that fail are read this way, cell by cell as text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord import schemas, tables
from onrecord.checks.columns import Columns
from onrecord.checks.dialect import conflicts, encoding, ending
from onrecord.checks.findings import Finding
from onrecord.checks.forms import published, read, well_formed
from onrecord.checks.wording import EXAMPLES, KINDS, meant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from onrecord.schemas import Field

CAP = 100


def diagnose(name: str, file: Path, error: Exception) -> Iterator[Finding]:
    """Yield why a CSV file cannot be read; with no better reason, what the reader said."""
    found = False
    for finding in encoding(name, file) or conflicts(name, file) or _cells(name, file):
        found = True
        yield finding
    if not found:
        yield Finding(code="unreadable", message=f"cannot be read: {error}", table=name, file=file)


def _cells(name: str, file: Path) -> Iterator[Finding]:
    """Yield what is wrong with single cells, and with the rows as far as they can be read."""
    import polars as pl
    import pyarrow as pa

    ragged = tables.Ragged(CAP)
    columns = Columns(name, file)
    first = 0
    try:
        for batch in tables.stream_text(file, schemas.load(name).columns, ragged):
            texts = pl.DataFrame(batch)
            typed = texts.select(read(field, texts) for field in schemas.load(name).fields)
            for field in schemas.load(name).fields:
                yield from _mistyped(name, file, field, texts, typed.get_column(field.name), first, ragged)
            for finding in columns.check(typed):
                if finding.code != "required" or schemas.load(name)[finding.field or ""].type == "string":
                    yield replace(finding, row=ragged.record(finding.row or 0))
            first += batch.num_rows
    except pa.ArrowInvalid as error:
        yield Finding(code="unreadable", message=f"cannot be read: {error}", table=name, file=file)
    yield from _ragged(name, file, ragged, first + len(ragged.numbers))


def _ragged(name: str, file: Path, ragged: tables.Ragged, rows: int) -> Iterator[Finding]:
    """Yield the rows of the wrong length, of `rows` in all; of the last one, that the file ends within it."""
    wanted = len(schemas.load(name).columns)
    ended = ending(file) if ragged.numbers and ragged.numbers[-1] == rows - 1 else None
    for place, (number, count) in enumerate(zip(ragged.numbers, ragged.cells, strict=False), start=1):
        message, hint = f"the row has {count} cell{'' if count == 1 else 's'}, not {wanted}", None
        if number == rows - 1 and ended is not None:
            message, hint = ended
        yield Finding(
            code="row-length",
            message=message,
            hint=hint,
            table=name,
            file=file,
            row=number,
            times=1 + (len(ragged.numbers) - place if place == CAP else 0),
        )


def _mistyped(
    name: str, file: Path, field: Field, texts: pl.DataFrame, typed: pl.Series, first: int, ragged: tables.Ragged
) -> Iterator[Finding]:
    if field.type == "string":
        return
    text = texts.get_column(field.name)
    written = published(field, typed)
    wrong = {
        "required": text.is_null() & field.required,
        "type": text.is_not_null() & typed.is_null(),
        "cell-form": typed.is_not_null() & ~well_formed(field, text, written),
    }
    for code, mask in wrong.items():
        failing = mask.arg_true().to_list()
        for place, row in enumerate(failing[:CAP], start=1):
            yield Finding(
                code=code,
                message=_MESSAGES[code].format(field.name, KINDS[field.type]),
                table=name,
                file=file,
                row=ragged.record(first + row),
                key=",".join(str(texts.get_column(column)[row]) for column in schemas.load(name).primary_key),
                field=field.name,
                value=text[row],
                expected=written[row] if code == "cell-form" else EXAMPLES[field.type],
                hint=_hint(code, field, text[row], written[row]),
                times=1 + (len(failing) - CAP if place == CAP else 0),
            )


_MESSAGES = {
    "required": "{!r} is empty and must not be",
    "type": "{!r} is not {}",
    "cell-form": "{!r} is {} in a form that few readers take",
}


def _hint(code: str, field: Field, text: str | None, written: str | None) -> str | None:
    sure = {"type": meant(field.type, text or ""), "cell-form": written}.get(code)
    return None if sure is None else f"write {sure}"
