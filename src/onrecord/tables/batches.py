"""Record batches: made of rows, and cut to size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.derive import arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa


def to_batch(name: str, rows: list[dict[str, Any]]) -> pa.RecordBatch:
    """Return the rows of one table as a record batch, typed by the declaration.

    Examples
    --------
    >>> key = "0" * 16 + "-" + "0" * 12
    >>> row = {"quote_id": key, "position": 0, "start": 1, "end": 3, "text": "Hi", "is_verbatim": True}
    >>> to_batch("spans", [row]).num_rows
    1
    """
    import pyarrow as pa

    return pa.RecordBatch.from_pylist(rows, schema=arrow.schema(name))


def conform(name: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch with the columns, types, nullability and metadata of the declaration.

    >>> conform("spans", to_batch("spans", [])).schema.metadata[b"title"]
    b'Spans'
    """
    import pyarrow as pa

    schema = arrow.schema(name)
    columns = [batch.column(field.name).cast(field.type) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def rechunk(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """Yield tables of exactly `rows` rows, the last one perhaps smaller, however the batches come.

    Nothing is copied: a table keeps the slices it was given as chunks.
    """
    import pyarrow as pa

    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        rest = batch
        while count + rest.num_rows >= rows:
            waiting.append(rest.slice(0, rows - count))
            rest = rest.slice(rows - count)
            yield pa.Table.from_batches(waiting)
            waiting, count = [], 0
        if rest.num_rows:
            waiting.append(rest)
            count += rest.num_rows
    if waiting:
        yield pa.Table.from_batches(waiting)
