"""Parquet: an article a row, read batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.converters.base import never_raises
from onrecord.converters.corpus import rows
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue

CONVERTER = "parquet 1"
BATCH = 256
"""Rows in memory at once."""


@never_raises
def convert(document: Document, defaults: Defaults) -> Iterator[Article | Issue]:
    """Yield an article for each row, or what is wrong with it.

    Parameters
    ----------
    document
        The corpus. An article's key comes from the values of its row in the columns that are read.
    defaults
        `options["columns"]` maps fields to columns (dots lead into structs); without it, usual names.

    Raises
    ------
    ConverterError
        The mapping names a field that there is not. Nothing in a document raises.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(document.data))
        names = list(file.schema_arrow.names)
        columns = sorted(
            {c if c in names else c.split(".")[0] for c in rows.mapping(names, defaults).values()} & set(names)
        )
        if not columns or not file.metadata.num_rows:
            hint = f"map its columns in collection.toml; it has: {', '.join(names[:20])}"
            yield rows.fault(document, "empty-document", "no rows or no column to read", hint)
            return
        yield from rows.missing(names, document, defaults)
        count = 0
        for values in _values(file, columns):
            count += 1
            row = rows.Row(values, str(count), rows.digest(values))
            yield from rows.article(row, document, defaults, CONVERTER)
        if not count:
            yield rows.fault(document, "corpus-damaged", "the file says it has rows and has none", "fetch it again")
    except (pa.ArrowException, OSError, ValueError) as error:
        hint = "fetch the corpus again; what was read before the damage is kept"
        yield rows.fault(document, "corpus-damaged", f"not Parquet, or damaged: {str(error)[:200]}", hint)


def _values(file: Any, columns: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file; whatever Arrow raises over damaged ones becomes a ValueError."""
    try:
        for batch in file.iter_batches(batch_size=BATCH, columns=columns):
            yield from batch.to_pylist()
    except Exception as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
