"""What a difference means for a version: MAJOR, MINOR, PATCH or nothing, and each reason in a sentence.

MAJOR when a table, column, key or row goes or a column's type changes, MINOR when tables, columns or rows come, PATCH
when values or descriptions are corrected. Rows that go because their article was taken down count as a correction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from onrecord.diff import Difference, TableDifference, diff
from onrecord.files import read_json
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.registry import sort_key
from onrecord.releases.takedowns import taken_down
from onrecord.renderings.text import count

NOT_SAID = frozenset({"$schema", "version", "resources", "onrecord:tombstones"})
"""What a descriptor says that is no description of the data."""


class Level(IntEnum):
    """How much a reader must look at before taking the newer version."""

    NOTHING = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that differs, and what it asks for."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What differs between two versions of a dataset, worst first."""

    reasons: tuple[Reason, ...] = ()

    @property
    def level(self) -> Level:
        """The highest level that a reason asks for."""
        return max((reason.level for reason in self.reasons), default=Level.NOTHING)


def judge(old: Path, new: Path) -> Verdict:
    """Compare two packages' folders: schemas, rows and cells, and what they say of themselves.

    Raises
    ------
    PackageError
        A side cannot be read, or its rows cannot be told apart.
    """
    reasons = [*_keys(_schemas(old), _schemas(new))]
    if not any(reason.text.startswith("the key of") for reason in reasons):
        gone = taken_down(old, new)
        difference = diff(old, new, shown=0)
        for table in difference.tables:
            reasons += _table(table, gone.get(table.name, 0))
        reasons += _speakers(difference)
    reasons += _described(old, new)
    return Verdict(tuple(sorted(reasons, key=lambda reason: -reason.level)))


def next_version(verdict: Verdict, base: str, newest: str) -> str:
    """Return the version that follows from a verdict.

    Parameters
    ----------
    base
        The version that was compared with.
    newest
        The highest version there is; above `base` where that one was withdrawn.

    Examples
    --------
    >>> rows_came = Verdict((Reason(Level.MINOR, "3 rows came"),))
    >>> next_version(rows_came, "1.2.3", "1.2.3"), next_version(rows_came, "1.2.3", "1.3.0")
    ('1.3.0', '1.3.1')

    Below 1.0.0 each number counts one place lower, as `^0.2` has it.

    >>> next_version(rows_came, "0.2.3", "0.2.3")
    '0.2.4'
    """
    wanted = raised(base, verdict.level)
    if sort_key(wanted) > sort_key(newest):
        return wanted
    return raised(newest, Level.PATCH if _told(base, newest) >= verdict.level else verdict.level)


def raised(version: str, level: Level) -> str:
    """Return a version raised by a level.

    >>> [raised("1.2.3", level) for level in Level]
    ['1.2.3', '1.2.4', '1.3.0', '2.0.0']
    """
    major, minor, patch = sort_key(version)[:3]
    if level is Level.NOTHING:
        return f"{major}.{minor}.{patch}"
    if major == 0:
        return f"0.{minor + 1}.0" if level is Level.MAJOR else f"0.{minor}.{patch + 1}"
    if level is Level.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if level is Level.MINOR else f"{major}.{minor}.{patch + 1}"


def _told(base: str, newest: str) -> Level:
    """Return the level that the step from one version to another tells its reader."""
    return next(
        level
        for level in reversed(Level)
        if level is Level.NOTHING or sort_key(newest) >= sort_key(raised(base, level))
    )


def says_enough(verdict: Verdict, base: str, version: str) -> bool:
    """Tell whether a version that was chosen by hand tells its reader as much as the difference asks for.

    >>> rows_went = Verdict((Reason(Level.MAJOR, "1 row went"),))
    >>> says_enough(rows_went, "1.0.0", "1.0.1"), says_enough(rows_went, "1.0.0", "2.0.0")
    (False, True)
    """
    return _told(base, version) >= verdict.level


def _schemas(folder: Path) -> dict[str, dict[str, Any]]:
    paths = sorted((folder / "schemas").glob("*.schema.json"))
    return {path.name.removesuffix(".schema.json"): read_json(path) for path in paths}


def _keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Reason]:
    """Yield what is declared otherwise of tables that both sides have."""
    for name in sorted(old.keys() & new.keys()):
        before, now = old[name], new[name]
        if before.get("primaryKey") != now.get("primaryKey"):
            yield Reason(Level.MAJOR, f"the key of `{name}` is another")
        elif gone := [key for key in before.get("foreignKeys", ()) if key not in now.get("foreignKeys", ())]:
            yield Reason(Level.MAJOR, f"`{name}` no longer refers to {_referred(gone)}")
        elif before != now:
            yield Reason(Level.PATCH, f"the declaration of `{name}` changed")


def _referred(keys: list[Mapping[str, Any]]) -> str:
    return ", ".join(sorted({f"`{key['reference']['resource']}`" for key in keys}))


def _table(table: TableDifference, taken: int) -> Iterator[Reason]:
    name = f"`{table.name}`"
    if table.rows_new is None:
        yield Reason(Level.MAJOR, f"the table {name} went")
        return
    if table.rows_old is None:
        yield Reason(Level.MINOR, f"the table {name} came, with {count(table.rows_new, 'row')}")
        return
    for what, columns, level in (
        ("went from", table.columns_removed, Level.MAJOR),
        ("changed type in", table.columns_retyped, Level.MAJOR),
        ("came to", table.columns_added, Level.MINOR),
    ):
        if columns:
            yield Reason(level, f"{', '.join(f'`{one}`' for one in columns)} {what} {name}")
    if went := table.removed - taken:
        yield Reason(Level.MAJOR, f"{name}: {count(went, 'row')} went")
    if table.added:
        yield Reason(Level.MINOR, f"{name}: {count(table.added, 'row')} came")
    if table.changed:
        cells = ", ".join(f"`{column}` {number:,}" for column, number in table.cells.items())
        yield Reason(Level.PATCH, f"{name}: {count(table.changed, 'row')} corrected ({cells})")
    if taken:
        yield Reason(Level.PATCH, f"{name}: {count(taken, 'row')} taken down")


def _speakers(difference: Difference) -> Iterator[Reason]:
    if given := difference.speakers_changed.total:
        yield Reason(Level.PATCH, f"{count(given, 'quote')} given to other speakers")


def _described(old: Path, new: Path) -> Iterator[Reason]:
    before, now = (
        {key: value for key, value in read_json(one / DESCRIPTOR).items() if key not in NOT_SAID} for one in (old, new)
    )
    if changed := sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key)):
        said = ", ".join(f"`{key.removeprefix('onrecord:')}`" for key in changed)
        yield Reason(Level.PATCH, f"the description changed: {said}")
