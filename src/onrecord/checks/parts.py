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
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import polars as pl
    import pyarrow as pa

TABLES = ("articles", "quotes", "spans", "attributions", "set_aside")
"""Whose keys begin with the article's."""
KEY = 16
"""Characters of the article's key."""
ROWS = {"articles": 1 << 13}
ROWS_DEFAULT = 1 << 15
"""Rows of a table that are read before a part is cut."""
BYTES = 1 << 26
"""Bytes after which fewer rows will do."""
MOST = 1 << 20
"""Rows of one table that may belong to one article."""


class OutOfStepError(OnrecordError):
    """Rows are not sorted, or a key refers to another article than its own."""


def parts(streams: Mapping[str, Iterable[pa.RecordBatch]]) -> Iterator[dict[str, pl.DataFrame]]:
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
        every = {name: _Stream(name, _ahead(frames(name, each), pool)) for name, each in streams.items()}
        while _fill(every.values()):
            high = min((stream.last for stream in every.values() if not stream.done), default=None)
            part = {name: stream.take(high) for name, stream in every.items()}
            if any(frame.height for frame in part.values()):
                yield part
            else:
                every[min(every, key=lambda name: (every[name].done, every[name].last))].widen()


def _fill(streams: Iterable[_Stream]) -> bool:
    """Have every table read on, and tell whether any rows wait."""
    filled = [stream.fill() for stream in streams]
    return any(filled)


def frames(name: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pl.DataFrame]:
    """Yield the rows of a table as frames of about as many rows as a part has."""
    import polars as pl
    import pyarrow as pa

    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
        if rows >= ROWS.get(name, ROWS_DEFAULT) or size >= BYTES:
            yield pl.DataFrame(pa.Table.from_batches(waiting))
            waiting, rows, size = [], 0, 0
    if waiting:
        yield pl.DataFrame(pa.Table.from_batches(waiting))


def _ahead(items: Iterator[pl.DataFrame], pool: ThreadPoolExecutor) -> Iterator[pl.DataFrame]:
    """Yield items, the next one being made while one is looked at."""
    future = pool.submit(next, items, None)
    while (item := future.result()) is not None:
        future = pool.submit(next, items, None)
        yield item


class _Stream:
    """Rows of one table that were read and not yet taken."""

    def __init__(self, name: str, frames: Iterator[pl.DataFrame]) -> None:
        self.name = name
        self.done = False
        self._frames = frames
        self._waiting: pl.DataFrame | None = None
        self._last: tuple[Any, ...] | None = None
        self._wide = False
        self._least = self._usual = ROWS.get(name, ROWS_DEFAULT)

    @property
    def last(self) -> str:
        """The article of the last row that was read."""
        return "" if self._last is None else str(self._last[0])[:KEY]

    def fill(self) -> bool:
        """Read until enough rows wait, and tell whether any do."""
        while not self.done and self._height < self._least:
            frame = next(self._frames, None)
            if frame is None:
                self.done = True
            else:
                self._add(frame)
        return self._height > 0

    @property
    def _height(self) -> int:
        return 0 if self._waiting is None else self._waiting.height

    def _add(self, frame: pl.DataFrame) -> None:
        self._last = in_step(self.name, frame, self._last)
        self._waiting = frame if self._waiting is None else self._waiting.vstack(frame)
        few = BYTES * frame.height // max(1, int(frame.estimated_size()))
        self._usual = max(1, min(few, ROWS.get(self.name, ROWS_DEFAULT)))
        if not self._wide:
            self._least = self._usual

    def widen(self) -> None:
        """Ask for more rows: those that wait are all of one article."""
        self._wide = True
        self._least = max(self._least, self._height) * 2
        if self._least > MOST:
            raise OutOfStepError(f"too many rows of {self.name} belong to one article")

    def take(self, high: str | None) -> pl.DataFrame:
        """Take the rows of articles before `high`, or all."""
        import polars as pl

        if self._waiting is None:
            from onrecord.derive import frames as derived

            return pl.DataFrame(schema={f.name: derived.kind(f) for f in schemas.load(self.name).fields})
        waiting = self._waiting
        count = waiting.height
        if high is not None:
            key = schemas.load(self.name).primary_key[0]
            count = int(waiting.select((pl.col(key) < high).sum()).item())
        self._waiting = waiting.slice(count)
        if count:
            self._wide, self._least = False, self._usual
        return waiting.head(count)


def in_step(name: str, frame: pl.DataFrame, last: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """Return the last key of rows that follow the key `last`.

    Raises
    ------
    OutOfStepError
        A key is not larger than the one before it, or names another article than a key that refers elsewhere.
    """
    import polars as pl

    if not frame.height:
        return last
    table = schemas.load(name)
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


def _same_article(table: schemas.TableSchema) -> Iterator[pl.Expr]:
    import polars as pl

    own = pl.col(table.primary_key[0]).str.head(KEY)
    for key in table.foreign_keys:
        if key.table in TABLES and key.table != table.name and key.fields[0] != table.primary_key[0]:
            yield (pl.col(key.fields[0]).str.head(KEY) == own).fill_null(value=False).all()
