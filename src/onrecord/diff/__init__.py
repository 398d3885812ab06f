"""Compare two datasets: rows by primary key, cells, and what that means for who said what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onrecord.diff import reasons, sayings, sides
from onrecord.diff.html import to_html
from onrecord.diff.markdown import to_markdown
from onrecord.diff.model import (
    Cell,
    Count,
    Difference,
    QuoteMoved,
    QuoteSeen,
    Sample,
    SpeakersChanged,
    TableDifference,
)
from onrecord.diff.places import Side, opened
from onrecord.diff.rows import write_rows
from onrecord.diff.tables import compare, comparing
from onrecord.errors import OnrecordError, PackageError
from onrecord.registry import Registry

__all__ = [
    "Cell",
    "Count",
    "Difference",
    "QuoteMoved",
    "QuoteSeen",
    "Sample",
    "SpeakersChanged",
    "TableDifference",
    "diff",
    "diff_all",
    "to_html",
    "to_markdown",
]

SHOWN = 20
"""Examples of each kind that a difference holds."""


def diff(
    old: str | Path,
    new: str | Path,
    *,
    shown: int = SHOWN,
    registry: str | Path | Registry | None = None,
    rows: Path | None = None,
) -> Difference:
    """Compare two datasets.

    Parameters
    ----------
    old, new
        A dataset's folder or zip, its URL, NAME@VERSION in a registry, or a revision in git with the folder's path
        in it (`main:datasets/lemonde-en`). Rows are told apart by the primary key that the dataset's own `schemas/`
        declare.
    shown
        Examples to hold of each kind of difference; counts are always complete.
    registry
        Where NAME@VERSION is listed: a URL or folder; by default what ONRECORD_REGISTRY names.
    rows
        A new folder for the rows that differ, one Parquet file a table; see `onrecord.diff.rows`.

    Returns
    -------
    Difference
        Empty (`same`) when both hold the same rows, whatever their files' bytes.

    Raises
    ------
    OnrecordError
        A side names nothing that can be compared.
    PackageError
        A side has no tables, or a table's rows cannot be told apart.
    """
    with opened(old, registry) as left, opened(new, registry) as right:
        for side in (left, right):
            if side.folder is None:
                raise OnrecordError("several datasets", hint="name one of them, or use diff_all", file=side.name)
        return _diff(left.folder, right.folder, shown, rows)


def diff_all(
    old: str | Path,
    new: str | Path,
    *,
    shown: int = SHOWN,
    registry: str | Path | Registry | None = None,
    rows: Path | None = None,
) -> dict[str, Difference]:
    """Compare two datasets, or two folders or registries of datasets, by name; of a registry, the newest versions.

    A dataset that is on one side only is compared with nothing: all its rows are added, or removed.

    Raises
    ------
    OnrecordError
        As of `diff`.
    """
    with opened(old, registry) as left, opened(new, registry) as right:
        if left.folder is not None and right.folder is not None:
            return {right.name: _diff(left.folder, right.folder, shown, rows)}
        lefts, rights = _by_name(left), _by_name(right)
        if left.folder is not None or right.folder is not None:
            names = list(lefts if left.folder is not None else rights)
        else:
            names = sorted(lefts | rights)
        return {
            name: _diff(lefts.get(name), rights.get(name), shown, None if rows is None else rows / name)
            for name in names
        }


def _by_name(side: Side) -> dict[str, Path]:
    return dict(side.datasets) if side.folder is None else {side.name: side.folder}


def _diff(old: Path | None, new: Path | None, shown: int, rows: Path | None = None) -> Difference:
    lefts, rights = sides.tables(old), sides.tables(new)
    for folder, tables in ((old, lefts), (new, rights)):
        if folder is not None and not tables:
            raise PackageError("no Parquet tables in data/", hint="name a built dataset", file=folder)
    with comparing() as con:
        names = sorted(lefts | rights)
        found = tuple(compare(con, name, lefts.get(name), rights.get(name), shown) for name in names)
        meaning: dict[str, Any] = dict(sayings.meaning(con, shown))
        if rows is not None:
            write_rows(con, found, rows)
        return Difference(tables=found, counts=tuple(reasons.counts(con)), **meaning)
