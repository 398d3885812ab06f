"""Tables by name, however they are read: what a dataset on disk and one read from afar have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from onrecord.errors import PackageError

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import pyarrow as pa

Scalar = str | int | float | bool
Where = Mapping[str, Scalar | Collection[Scalar]]
"""For columns, the value that rows must have, or the values of which they must have one."""


class Frames(Mapping[str, "pa.Table"]):
    """Tables by name, as Arrow and pandas; nothing is read before it is asked for."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The dataset's name."""

    @property
    @abstractmethod
    def version(self) -> str | None:
        """The released version, or None for a build."""

    @property
    @abstractmethod
    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""

    @abstractmethod
    def arrow(self, table: str, *, columns: list[str] | None = None, where: Where | None = None) -> pa.Table:
        """Return a table, or some of its columns and rows, as Arrow."""

    def pandas(self, table: str, *, columns: list[str] | None = None, where: Where | None = None) -> pd.DataFrame:
        """Return a table as a pandas frame with Arrow-backed columns, which tell null from NaN and from False.

        Raises
        ------
        PackageError
            pandas is not installed.
        """
        try:
            import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]
        except ImportError:
            raise PackageError("pandas is not installed", hint="pip install pandas") from None
        frame: pd.DataFrame = self.arrow(table, columns=columns, where=where).to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def judge(self, table: str) -> None:
        """Raise a PackageError unless there is such a table."""
        if table not in self.tables:
            close = get_close_matches(table, self.tables, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"tables: {', '.join(self.tables)}"
            raise PackageError(f"no table {table!r} in {self.name!r}", hint=hint)

    def __getitem__(self, table: str) -> pa.Table:
        return self.arrow(table)

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __contains__(self, table: object) -> bool:
        return table in self.tables

    def __repr__(self) -> str:
        version = f"@{self.version}" if self.version else ""
        return f"<{type(self).__name__} {self.name}{version}: {', '.join(self)}>"


def condition(where: Where | None) -> list[tuple[str, str, list[Scalar]]] | None:
    """Return what rows must hold, as pyarrow's filters.

    >>> condition({"kind": "direct", "start": [0, 5]})
    [('kind', 'in', ['direct']), ('start', 'in', [0, 5])]
    """
    if not where:
        return None
    return [(column, "in", [value] if isinstance(value, Scalar) else list(value)) for column, value in where.items()]


def judge_columns(there: Collection[str], asked: Collection[str], table: str) -> None:
    """Raise a PackageError unless a table has the columns that are asked for."""
    for column in asked:
        if column not in there:
            close = get_close_matches(column, list(there), n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"columns: {', '.join(there)}"
            raise PackageError(f"no column {column!r} in {table!r}", hint=hint)
