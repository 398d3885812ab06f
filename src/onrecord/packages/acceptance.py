"""The second opinion: frictionless, which knows nothing of us, on a finished package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.packages.descriptor import FILE_NAME
from onrecord.packages.rules import FRICTIONLESS
from onrecord.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onrecord.reports import Issue

ERRORS_A_TABLE = 100


def acceptance(folder: Path) -> Report:
    """Validate the package in `folder` with frictionless, and return its errors as Issues `frictionless-<type>`.

    Tables, keys across tables, sizes and hashes are checked. frictionless counts records and not lines,
    so an Issue has no line; the record's number stands in the message.
    """
    from frictionless import Checklist, system, validate

    with system.use_context(trusted=True):
        result = validate(str(folder / FILE_NAME), checklist=Checklist(), limit_errors=ERRORS_A_TABLE)
    report = Report(cap=ERRORS_A_TABLE)
    report.extend(_issues(result, folder))
    return report


def _issues(result: Any, folder: Path) -> Iterator[Issue]:
    for error in result.errors:
        yield _issue(error, table=None, file=folder / FILE_NAME)
    for task in result.tasks:
        for error in task.errors:
            yield _issue(error, table=task.name, file=folder / str(task.place))


def _issue(error: Any, *, table: str | None, file: Path) -> Issue:
    cell = getattr(error, "cell", None)
    rule = FRICTIONLESS.get(f"frictionless-{error.type}", FRICTIONLESS["frictionless-error"])
    return rule.issue(
        error.message,
        file=str(file),
        table=table,
        field=getattr(error, "field_name", None),
        value=None if cell is None else str(cell)[:200],
    )
