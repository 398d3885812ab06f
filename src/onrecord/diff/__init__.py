"""Compare two datasets: rows by primary key, cells, and what that means for who said what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onrecord.diff import sayings, sides
from onrecord.diff.markdown import to_markdown
from onrecord.diff.model import Cell, Difference, QuoteSeen, Sample, SpeakersChanged, TableDifference
from onrecord.diff.tables import compare, comparing
from onrecord.errors import PackageError

__all__ = [
    "Cell",
    "Difference",
    "QuoteSeen",
    "Sample",
    "SpeakersChanged",
    "TableDifference",
    "diff",
    "diff_all",
    "to_markdown",
]

SHOWN = 20
"""Examples of each kind that a difference holds."""


def diff(old: str | Path, new: str | Path, *, shown: int = SHOWN) -> Difference:
    """Compare two dataset folders.

    Parameters
    ----------
    old, new
        Folders with Parquet tables in `data/`. Rows are told apart by the primary key that the dataset's own
        `schemas/` declare.
    shown
        Examples to hold of each kind of difference; counts are always complete.

    Returns
    -------
    Difference
        Empty (`same`) when both hold the same rows, whatever their files' bytes.

    Raises
    ------
    OnrecordError
        A side is no folder.
    PackageError
        A side has no tables, or a table's rows cannot be told apart.
    """
    with sides.opened(old) as left, sides.opened(new) as right:
        return _diff(left, right, shown)


def diff_all(old: str | Path, new: str | Path, *, shown: int = SHOWN) -> dict[str, Difference]:
    """Compare two datasets, or two folders of datasets, by name.

    A dataset that is on one side only is compared with nothing: all its rows are added, or removed.

    Raises
    ------
    OnrecordError
        As of `diff`.
    """
    with sides.opened(old) as left, sides.opened(new) as right:
        lefts, rights = sides.datasets(left), sides.datasets(right)
        if lefts is None or rights is None:
            return {sides.name_of(right): _diff(left, right, shown)}
        return {name: _diff(lefts.get(name), rights.get(name), shown) for name in sorted(lefts | rights)}


def _diff(old: Path | None, new: Path | None, shown: int) -> Difference:
    lefts, rights = sides.tables(old), sides.tables(new)
    for folder, tables in ((old, lefts), (new, rights)):
        if folder is not None and not tables:
            raise PackageError("no Parquet tables in data/", hint="name a built dataset", file=folder)
    with comparing() as con:
        names = sorted(lefts | rights)
        found = tuple(compare(con, name, lefts.get(name), rights.get(name), shown) for name in names)
        meaning: dict[str, Any] = dict(sayings.meaning(con, shown))
    return Difference(tables=found, **meaning)
