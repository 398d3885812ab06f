"""Files as they should be, which is nearly always: all of them checked in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.checks.columns import check_columns
from onrecord.checks.equal import DifferentError, same_rows
from onrecord.checks.parts import TABLES, OutOfStepError, tables
from onrecord.checks.queries import check_whole
from onrecord.checks.spool import Spool, parquet
from onrecord.checks.stepwise import Stepwise

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from onrecord.checks.files import TableFile
    from onrecord.checks.findings import Collector


class Rows(NamedTuple):
    """The rows of a table: the file in which findings are shown, and the same rows as Parquet, or what laws need."""

    shown: Path
    parquet: Path


def in_one_pass(
    files: Mapping[str, tuple[TableFile, ...]],
    collector: Collector,
    temporary: Path,
    today: date | None,
    *,
    whole: bool = True,
) -> dict[str, Rows] | None:
    """Check files that can be read, are sorted, and say the same where a table has two; others give None.

    What was collected before that showed is worth nothing then.

    Parameters
    ----------
    files
        The CSV or Parquet file of each table, or both, the CSV first.
    collector
        Takes the findings.
    temporary
        A folder to spill into.
    today
        The day after which nothing can have been published; without it, nobody asks.
    whole
        Whether the rows are all there are: if not, laws that need all rows are left alone.
    """
    import pyarrow as pa

    every = [file for some in files.values() for file in some]
    if not all(file.open() for file in every):
        return None
    for file in every:
        collector.extend(file.findings)
    try:
        return _pass(files, collector, temporary, today, whole=whole)
    except (OutOfStepError, DifferentError, pa.ArrowInvalid, OSError):
        return None


def _pass(
    files: Mapping[str, tuple[TableFile, ...]],
    collector: Collector,
    temporary: Path,
    today: date | None,
    *,
    whole: bool,
) -> dict[str, Rows] | None:
    import polars as pl

    shown = {name: some[0].path for name, some in files.items()}
    streams = {name: same_rows(*some) if len(some) > 1 else some[0].batches() for name, some in files.items()}
    with Spool(files if whole else (), temporary) as spool:
        collector.extend(Stepwise(streams, shown, spool, today).findings(temporary))
    for name in (name for name in files if name not in TABLES):
        collector.extend(check_columns(name, map(pl.DataFrame, tables(name, streams[name])), shown[name]))
    paths = spool.paths | {name: parquet(some, temporary) for name, some in files.items() if name not in TABLES}
    if whole:
        collector.extend(check_whole(paths, shown, temporary, today))
    return {name: Rows(shown[name], path) for name, path in paths.items()}
