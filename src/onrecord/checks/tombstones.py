"""The law that what was taken down is gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onrecord.checks.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DESCRIPTOR = "datapackage.json"
PROPERTY = "onrecord:tombstones"


def withdrawn(folder: Path, shown: Path, parquet: Path) -> Iterator[Finding]:
    """Yield the articles that a package's descriptor says were taken down, and that are there.

    Parameters
    ----------
    folder
        The package's; where it has no descriptor yet, nothing was taken down.
    shown, parquet
        The table of articles: the file in which findings are to be placed, and the same rows as Parquet.
    """
    gone = _tombstones(folder / DESCRIPTOR)
    if not gone:
        return
    import pyarrow.parquet as pq

    first = 0
    for batch in pq.ParquetFile(parquet).iter_batches(columns=["article_id"]):
        for number, key in enumerate(batch.column(0).to_pylist(), first):
            if key in gone:
                yield Finding(
                    code="withdrawn",
                    message="the article was taken down",
                    table="articles",
                    file=shown,
                    row=number,
                    key=key,
                    field="article_id",
                    value=key,
                )
        first += batch.num_rows


def _tombstones(path: Path) -> set[str]:
    try:
        says: Any = json.loads(path.read_text(encoding="utf-8"))
        return {str(one["article_id"]) for one in says.get(PROPERTY, ())}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return set()
