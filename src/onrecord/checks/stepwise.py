"""All tables that are sorted by article, read once side by side: columns, laws and content part by part.

Laws that need all rows (what is unique in all articles, speakers) are left to `queries.check_whole`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.checks import offsets, queries, sure, texts
from onrecord.checks.columns import Columns
from onrecord.checks.laws import Scope
from onrecord.checks.parts import TABLES, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    import duckdb
    import polars as pl
    import pyarrow as pa

    from onrecord.checks.findings import Finding
    from onrecord.checks.spool import Spool


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
        self._columns = {name: Columns(name, shown[name]) for name in self._streams}
        laws = [law for law in queries.LAWS if law not in queries.WHOLE and law.scope is not Scope.ORDER]
        self._laws = [law for law in laws if set(law.tables) <= set(self._streams)]
        self._unseen = 0

    def findings(self, temporary: Path) -> Iterator[Finding]:
        """Yield every finding about columns, and every breach within an article; DuckDB spills into `temporary`.

        Raises
        ------
        OutOfStepError
            Rows are not sorted, or a key refers to another article than its own.
        pyarrow.ArrowInvalid, OSError
            A file cannot be read.
        """
        with queries.connection(temporary, self._today) as con:
            for part in parts(self._streams):
                yield from self._part(con, part)
        if self._unseen:
            yield texts.unseen(self._unseen, self._shown["attributions"])

    def _part(self, con: duckdb.DuckDBPyConnection, part: Mapping[str, pl.DataFrame]) -> Iterator[Finding]:
        queries.register(con, part, {name: columns.first for name, columns in self._columns.items()})
        for name, frame in part.items():
            self._spool.write(name, frame)
            yield from self._columns[name].cells(frame)
        for law in (*queries.broken(con, self._laws), *sure.unsure(part)):
            yield from queries.breaches(con, law, self._shown[law.table])
        if set(texts.TABLES) <= set(part):
            yield from texts.check_texts(con, self._shown["articles"])
        if set(offsets.MENTIONS.tables) <= set(part) and sure.hides(part["articles"]):
            self._unseen += queries.count(con, offsets.UNSEEN)
