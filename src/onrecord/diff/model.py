"""What differs between two datasets, as values: counts that are complete, and examples that are few."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Sample(Generic[Item]):
    """The first of many things, and how many there are."""

    items: tuple[Item, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that changed, its values as text, cut where they are long; None is null."""

    key: str
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDifference:
    """What differs in one table. A table that is on one side only has None for its rows on the other.

    Parameters
    ----------
    rows_old, rows_new
        Rows on each side.
    added, removed, changed
        Rows by primary key: on the new side only, on the old side only, on both with other values.
    columns_added, columns_removed, columns_retyped
        Columns on one side only, and those whose type is another. Cells are compared in the columns of both.
    cells
        Cells that changed, by column.
    examples
        The first rows that changed, cell by cell, and how many rows there are.
    """

    name: str
    rows_old: int | None
    rows_new: int | None
    added: int = 0
    removed: int = 0
    changed: int = 0
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_retyped: tuple[str, ...] = ()
    cells: dict[str, int] = field(default_factory=dict)
    examples: Sample[Cell] = field(default_factory=Sample)

    @property
    def same(self) -> bool:
        """True when the tables hold the same."""
        columns = self.columns_added or self.columns_removed or self.columns_retyped
        one_sided = (self.rows_old is None) != (self.rows_new is None)
        return not (self.added or self.removed or self.changed or columns or one_sided)


@dataclass(frozen=True, slots=True)
class QuoteSeen:
    """A quote that appeared or vanished: who said what, where."""

    quote_id: str
    kind: str | None
    text: str | None
    speakers: tuple[str, ...]
    headline: str | None


@dataclass(frozen=True, slots=True)
class QuoteMoved:
    """A quote on both sides that stands elsewhere: `field:start-end` in code points, before and now.

    `quote_id` is its key now; where its document was edited, that is another than before.
    """

    quote_id: str
    text: str | None
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a table give a reason, before and now, where that changed.

    `column` is what holds the reason: `set_aside.reason` says why marks quote nobody, `attributions.method` by which
    rule a source was found, or why none was. Of `quotes` it is `why`: that quotes appeared or vanished because their
    article did (`article`), because their document was edited (`edited`), or because the same text is read
    otherwise (`read`).
    """

    table: str
    column: str
    reason: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class SpeakersChanged:
    """A quote on both sides that is given to others."""

    quote_id: str
    text: str | None
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two datasets: tables in order of name, and what that means for who said what.

    `quotes_moved` counts quotes whose key is another since their document was edited, their text being the same;
    they neither appeared nor vanished. `moves` are these, and the quotes with the same key at another place.
    """

    tables: tuple[TableDifference, ...]
    quotes_appeared: Sample[QuoteSeen] = field(default_factory=Sample)
    quotes_vanished: Sample[QuoteSeen] = field(default_factory=Sample)
    quotes_moved: int = 0
    moves: Sample[QuoteMoved] = field(default_factory=Sample)
    speakers_changed: Sample[SpeakersChanged] = field(default_factory=Sample)
    counts: tuple[Count, ...] = ()

    @property
    def same(self) -> bool:
        """True when every table holds the same."""
        return all(table.same for table in self.tables)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, `same` first."""
        return {"same": self.same} | asdict(self)
