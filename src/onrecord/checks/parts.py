"""Tables read side by side and cut where one article ends in all of them.

Keys begin with the article's, and tables are sorted by key: what belongs together stands together, and each file is
read once, from beginning to end, however many tables a law spans. Files that are not sorted, or whose keys refer to
another article than their own, are out of step; they are checked as a whole instead.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from onrecord import schemas
from onrecord.derive import arrow
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import polars as pl
    import pyarrow as pa

TABLES = ("articles", "quotes", "spans", "attributions", "set_aside")
"""Whose keys begin with the article's."""
KEY = 16
"""Characters of the article's key."""
ROWS = {"articles": 1 << 12}
ROWS_DEFAULT = 1 << 14
"""Rows of a table that are read before a part is cut."""
BYTES = 1 << 26
"""Bytes after which fewer rows will do."""
MOST = 1 << 20
"""Rows of one table that may belong to one article."""


class OutOfStepError(OnrecordError):
    """Rows are not sorted, or a key refers to another article than its own."""


def parts(streams: Mapping[str, Iterable[pa.RecordBatch]]) -> Iterator[dict[str, pa.RecordBatch]]:
    """Yield the rows of some articles, of every table the same ones; together, all rows.

    Parameters
    ----------
    streams
        The rows of some of `TABLES`, as typed batches in the order of the file. Each is read in a thread of its own.

    Raises
    ------
    OutOfStepError
        See above.
    """
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(max(1, len(streams))))
        every = {name: _Stream(name, _ahead(tables(name, each), pool)) for name, each in streams.items()}
        while _fill(every.values()):
            high = min((stream.last for stream in every.values() if not stream.done), default=None)
            part = {name: stream.take(high) for name, stream in every.items()}
            if any(rows.num_rows for rows in part.values()):
                yield part
            else:
                every[min(every, key=lambda name: (every[name].done, every[name].last))].widen()


def _fill(streams: Iterable[_Stream]) -> bool:
    """Have every table read on, and tell whether any rows wait."""
    filled = [stream.fill() for stream in streams]
    return any(filled)


def tables(name: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield the rows of a table in about as many rows at a time as a part has."""
    import pyarrow as pa

    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
        if rows >= ROWS.get(name, ROWS_DEFAULT) or size >= BYTES:
            yield pa.Table.from_batches(waiting)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield pa.Table.from_batches(waiting)


def _ahead(items: Iterator[pa.Table], pool: ThreadPoolExecutor) -> Iterator[pa.Table]:
    """Yield items, the next one being made while one is looked at."""
    future = pool.submit(next, items, None)
    while (item := future.result()) is not None:
        future = pool.submit(next, items, None)
        yield item


class _Stream:
    """Rows of one table that were read and not yet taken."""

    def __init__(self, name: str, read: Iterator[pa.Table]) -> None:
        self.name = name
        self.done = False
        self._read = read
        self._waiting: pa.Table = arrow.schema(name).empty_table()
        self._last: tuple[Any, ...] | None = None
        self._wide = False
        self._least = self._usual = ROWS.get(name, ROWS_DEFAULT)

    @property
    def last(self) -> str:
        """The article of the last row that was read."""
        return "" if self._last is None else str(self._last[0])[:KEY]

    def fill(self) -> bool:
        """Read until enough rows wait, and tell whether any do."""
        while not self.done and self._waiting.num_rows < self._least:
            rows = next(self._read, None)
            if rows is None:
                self.done = True
            else:
                self._add(rows)
        return bool(self._waiting.num_rows)

    def _add(self, rows: pa.Table) -> None:
        import pyarrow as pa

        self._last = in_step(self.name, rows, self._last)
        self._waiting = pa.concat_tables([self._waiting, rows]) if self._waiting.num_rows else rows
        few = BYTES * rows.num_rows // max(1, rows.nbytes)
        self._usual = max(1, min(few, ROWS.get(self.name, ROWS_DEFAULT)))
        if not self._wide:
            self._least = self._usual

    def widen(self) -> None:
        """Ask for more rows: those that wait are all of one article."""
        self._wide = True
        self._least = max(self._least, self._waiting.num_rows) * 2
        if self._least > MOST:
            raise OutOfStepError(f"too many rows of {self.name} belong to one article")

    def take(self, high: str | None) -> pa.RecordBatch:
        """Take the rows of articles before `high`, or all."""
        import pyarrow as pa
        import pyarrow.compute as pc

        waiting = self._waiting
        count = waiting.num_rows
        if high is not None:
            keys = waiting.column(schemas.load(self.name).primary_key[0])
            count = pc.sum(pc.less(keys, high)).as_py() or 0
        self._waiting = waiting.slice(count)
        if count:
            self._wide, self._least = False, self._usual
        columns = [pa.concat_arrays(column.chunks) for column in waiting.slice(0, count).columns]
        return pa.RecordBatch.from_arrays(columns, schema=waiting.schema)


def in_step(name: str, rows: pa.Table, last: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """Return the last key of rows that follow the key `last`.

    Raises
    ------
    OutOfStepError
        A key is not larger than the one before it, or names another article than a key that refers elsewhere.
    """
    import polars as pl

    if not rows.num_rows:
        return last
    table = schemas.load(name)
    frame = pl.DataFrame(rows.select(_keys(table)))
    rises: pl.Expr = pl.lit(value=False)
    for column in reversed(table.primary_key):
        now, before = pl.col(column), pl.col(column).shift(1)
        rises = (now > before) | ((now == before) & rises)
    right = [rises.slice(1).fill_null(value=False).all(), *_same_article(table)]
    first = frame.row(0) if last is None else frame.select(table.primary_key).row(0)
    whole = all(frame.get_column(column).null_count() == 0 for column in table.primary_key)
    if not whole or not frame.select(pl.all_horizontal(right)).item() or (last is not None and first <= last):
        raise OutOfStepError(f"{name} is not sorted by key, or a key refers to another article")
    return frame.select(table.primary_key).row(-1)


def _keys(table: schemas.TableSchema) -> list[str]:
    """Return the columns that say which article a row belongs to, and in what order rows are."""
    own = [column for key in table.foreign_keys if key.table in TABLES for column in key.fields]
    return list(dict.fromkeys([*table.primary_key, *own]))


def _same_article(table: schemas.TableSchema) -> Iterator[pl.Expr]:
    import polars as pl

    own = pl.col(table.primary_key[0]).str.head(KEY)
    for key in table.foreign_keys:
        if key.table in TABLES and key.table != table.name and key.fields[0] != table.primary_key[0]:
            yield (pl.col(key.fields[0]).str.head(KEY) == own).fill_null(value=False).all()
