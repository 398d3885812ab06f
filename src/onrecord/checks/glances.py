"""The rows of some articles, column by column, as what is looked at first: bytes, numbers, and what is there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from onrecord import schemas
from onrecord.checks.strings import Strings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    import polars as pl
    import pyarrow as pa

    from onrecord.checks.strings import Places

KEYS = {"articles": ("article_id", 16), "quotes": ("quote_id", 29)}
"""Tables that others refer to: their key, and its characters."""
LARGEST = 2**31 - 2
"""Beyond this, numbers are not looked at here."""


class Glance:
    """The rows of one table.

    Parameters
    ----------
    name
        The table.
    rows
        The rows, typed as declared.
    """

    def __init__(self, name: str, rows: pa.RecordBatch) -> None:
        self.name = name
        self.rows = rows
        self._texts: dict[str, Strings] = {}

    def texts(self, column: str) -> Strings:
        """Return a column of texts."""
        if column not in self._texts:
            self._texts[column] = Strings(self.rows.column(column))
        return self._texts[column]

    def numbers(self, column: str) -> Places:
        """Return a column of whole numbers, nulls as -1."""
        found: Places = self.rows.column(column).fill_null(-1).to_numpy(zero_copy_only=False)
        return found

    def codes(self, column: str) -> pa.Array:
        """Return for each cell of a column with categories the place of its category, or null."""
        import pyarrow as pa
        import pyarrow.compute as pc

        values = pa.array(schemas.load(self.name)[column].values, pa.string())
        return pc.index_in(self.rows.column(column), value_set=values)

    @cached_property
    def narrow(self) -> pl.DataFrame:
        """The rows without their texts: of a category its place, of another text whether it is there."""
        import polars as pl

        columns = {}
        for field in schemas.load(self.name).fields:
            if field.categories:
                columns[field.name] = pl.Series(self.codes(field.name))
            elif field.type == "string":
                columns[field.name] = pl.Series(self.rows.column(field.name).is_valid())
            elif field.type != "array":
                columns[field.name] = pl.Series(self.rows.column(field.name))
        return pl.DataFrame(columns)

    @cached_property
    def is_small(self) -> bool:
        """Tell whether every whole number is within bounds."""
        import polars as pl

        whole = pl.col(pl.Int64).is_between(-LARGEST, LARGEST).fill_null(value=True).all()
        return all(self.narrow.select(whole).row(0)) if self.rows.num_rows else True


class Glances:
    """The rows of some articles in each table, and which rows belong together."""

    def __init__(self, rows: Mapping[str, pa.RecordBatch]) -> None:
        self.tables = {name: Glance(name, each) for name, each in rows.items()}
        self._found: dict[tuple[str, str], Places | None] = {}

    def __getitem__(self, name: str) -> Glance:
        return self.tables[name]

    def rows(self, name: str, other: str) -> Places | None:
        """Return for each row of a table the row of another one that its key names, or None where some name none."""
        if (name, other) not in self._found:
            column, width = KEYS[other]
            keys, among = (self[each].texts(column).key(width) for each in (name, other))
            self._found[name, other] = None if keys is None or among is None else _rows(keys, among)
        return self._found[name, other]


def _rows(keys: npt.NDArray[np.bytes_], among: npt.NDArray[np.bytes_]) -> Places | None:
    """Return where keys stand among others, which are sorted; equal keys mostly follow one another."""
    if not len(keys):
        return np.empty(0, np.int64)
    new = np.concatenate([[True], keys[1:] != keys[:-1]])
    first = keys[new]
    found = np.searchsorted(among, first)
    if int(found.max()) >= len(among) or bool((among[found] != first).any()):
        return None
    rows: Places = found[np.cumsum(new) - 1]
    return rows
