"""All tables that are sorted by article, read once side by side: columns, laws and content part by part.

Laws that need all rows (what is unique in all articles, speakers) are left to `queries.check_whole`.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from onrecord.checks import keys, offsets, queries, sure, texts
from onrecord.checks.columns import Columns
from onrecord.checks.glances import Glances
from onrecord.checks.laws import Scope
from onrecord.checks.parts import TABLES, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from onrecord.checks.findings import Finding
    from onrecord.checks.spool import Spool


WORKERS = 2
"""Parts that are looked at at a time: more would hold more of them in memory."""


class Part(NamedTuple):
    """The rows of some articles in each table, and the numbers of the first ones in their files."""

    rows: Mapping[str, pa.RecordBatch]
    first: Mapping[str, int]


class _Found(NamedTuple):
    """What was found in a part, and how many of its offsets could not be checked."""

    findings: list[Finding]
    unseen: int


class Stepwise:
    """One pass through a file of each of some `parts.TABLES`.

    Parameters
    ----------
    streams
        The rows of each table; others than `parts.TABLES` are left alone.
    shown
        The files in which findings are to be placed; they hold the same rows.
    spool
        Takes what is needed of the rows later.
    today
        The day after which nothing can have been published; without it, nobody asks.
    """

    def __init__(
        self,
        streams: Mapping[str, Iterator[pa.RecordBatch]],
        shown: Mapping[str, Path],
        spool: Spool,
        today: date | None,
    ) -> None:
        self._streams = {name: stream for name, stream in streams.items() if name in TABLES}
        self._shown = shown
        self._spool = spool
        self._today = today
        laws = [law for law in queries.LAWS if law not in queries.WHOLE and law.scope is not Scope.ORDER]
        laws += [texts.BODY_HASH, *offsets.BY_PART]
        self._laws = [law for law in laws if set(law.tables) <= set(self._streams)]
        self._unseen = 0

    def findings(self, temporary: Path) -> Iterator[Finding]:
        """Yield every finding about columns, and every breach within an article; DuckDB spills into `temporary`.

        Parts are looked at by several threads; what they find comes in the order of the rows.

        Raises
        ------
        OutOfStepError
            Rows are not sorted, or a key refers to another article than its own.
        pyarrow.ArrowInvalid, OSError
            A file cannot be read.
        """
        with ExitStack() as stack:
            free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
            for _ in range(WORKERS):
                free.put(stack.enter_context(queries.connection(temporary, self._today, threads=1)))
            pool = stack.enter_context(ThreadPoolExecutor(WORKERS))
            waiting: deque[Future[_Found]] = deque()
            for part in self._parts():
                if len(waiting) == WORKERS:
                    yield from self._taken(waiting.popleft())
                waiting.append(pool.submit(self._look, free, part))
            for future in waiting:
                yield from self._taken(future)
        if self._unseen:
            yield texts.unseen(self._unseen, self._shown["attributions"])

    def _parts(self) -> Iterator[Part]:
        """Yield the parts, spooled, each with the numbers of its first rows."""
        first = dict.fromkeys(self._streams, 0)
        for rows in parts(self._streams):
            for name, some in rows.items():
                self._spool.write(name, some)
            yield Part(rows, dict(first))
            for name, some in rows.items():
                first[name] += some.num_rows

    def _taken(self, future: Future[_Found]) -> list[Finding]:
        found = future.result()
        self._unseen += found.unseen
        return found.findings

    def _look(self, free: SimpleQueue[duckdb.DuckDBPyConnection], part: Part) -> _Found:
        con = free.get()
        try:
            glances = Glances(part.rows)
            found = [*self._cells(part, glances), *self._breaches(con, part, glances)]
            return _Found(found, self._hidden(con, glances))
        finally:
            free.put(con)

    def _cells(self, part: Part, glances: Glances) -> Iterator[Finding]:
        """Yield what is wrong with cells, looked at closely where they are not surely right."""
        import polars as pl

        for name, glance in glances.tables.items():
            kept, unclean = sure.kept(glance), sure.unclean(glance)
            if not kept or unclean:
                columns = Columns(name, self._shown[name], part.first[name])
                yield from columns.cells(pl.DataFrame(part.rows[name]), kept=kept, unclean=unclean)

    def _breaches(self, con: duckdb.DuckDBPyConnection, part: Part, glances: Glances) -> Iterator[Finding]:
        """Yield the breaches of laws, those that surely hold left out."""
        unsure = [law for law in sure.unsure(self._laws, glances, self._today) if not keys.derived(con, law, glances)]
        marked = set(texts.TABLES) <= set(part.rows)
        doubtful = sure.doubtful(glances) if marked else None
        if unsure or (marked and doubtful is None) or self._hides(glances):
            queries.register(con, part.rows, part.first)
        for law in queries.broken(con, unsure):
            yield from queries.breaches(con, law, self._shown[law.table])
        if doubtful is not None:
            yield from texts.check_rows(glances, doubtful.tolist(), part.first["articles"], self._shown["articles"])
        elif marked:
            yield from texts.check_texts(con, self._shown["articles"])

    def _hidden(self, con: duckdb.DuckDBPyConnection, glances: Glances) -> int:
        """Return how many sources and cues cannot be checked."""
        return queries.count(con, offsets.UNSEEN) if self._hides(glances) else 0

    def _hides(self, glances: Glances) -> bool:
        return set(offsets.MENTIONS.tables) <= set(glances.tables) and sure.hides(glances)
