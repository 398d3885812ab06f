"""A hash of what a table says, whatever file says it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from onrecord.derive import arrow
from onrecord.tables.batches import conform

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

MAGIC = b"onrecord content 1\n"


def content_hash(name: str, batches: Iterable[pa.RecordBatch]) -> str:
    """Return the hash of a table's logical content, as 64 hexadecimal digits.

    It depends on the names and types of the columns and on the values of the rows in order: not on the
    file format, its writer or version, row groups, pages, batches or compression. Anyone can recompute it:

    1. For every column make two byte streams over all rows, in row order. All integers are little-endian.

       - *shape*: one signed 32-bit integer a row: -1 for null; else for text the number of its bytes in
         UTF-8, for a list the number of its items, for all other types 0.
       - *values*: of the rows that are not null: text as its bytes in UTF-8; an integer as signed 64 bits;
         a number as IEEE 754 binary64; a boolean as one byte, 0 or 1; a date as signed 32 bits, days since
         1970-01-01; an instant as signed 64 bits, microseconds since 1970-01-01T00:00:00Z; a list of texts
         as the shape stream of its items, 32 bits each.

       A list column has a third stream, *items*: the bytes of its items in UTF-8.
    2. The hash is SHA-256 over the line `onrecord content 1` and one line for each column in declared
       order, each ended by LF: the column's name, its Arrow type, and the SHA-256 of its streams in
       hexadecimal digits, parted by a space.

    Parameters
    ----------
    name
        The table.
    batches
        Its rows, in the order of the primary key.

    Examples
    --------
    >>> from onrecord.tables import to_batch
    >>> key = "0" * 16 + "-" + "0" * 12
    >>> row = {"quote_id": key, "position": 0, "start": 1, "end": 3, "text": "Hi", "is_verbatim": True}
    >>> whole = content_hash("spans", [to_batch("spans", [row, row])])
    >>> whole == content_hash("spans", [to_batch("spans", [row]), to_batch("spans", [row])])
    True
    """
    content = Content(name)
    for batch in batches:
        content.update(batch)
    return content.hexdigest()


class Content:
    """The running `content_hash` of a table whose rows come in batches.

    >>> Content("spans").hexdigest() == content_hash("spans", [])
    True
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows = 0
        self._columns = [_Column(field.type) for field in arrow.schema(name)]

    def update(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a batch."""
        self.rows += batch.num_rows
        for column, values in zip(self._columns, conform(self.name, batch).columns, strict=True):
            column.update(values)

    def hexdigest(self) -> str:
        """Return the hash of the rows so far."""
        fields = zip(arrow.schema(self.name), self._columns, strict=True)
        lines = (f"{field.name} {field.type} {column.hexdigests()}\n" for field, column in fields)
        return hashlib.sha256(MAGIC + "".join(lines).encode()).hexdigest()


class _Column:
    """The running hashes of one column."""

    def __init__(self, kind: pa.DataType) -> None:
        import pyarrow as pa

        self._is_list = pa.types.is_list(kind)
        self._streams = [hashlib.sha256() for _ in range(3 if self._is_list else 2)]

    def update(self, values: pa.Array) -> None:
        self._streams[0].update(_shape(values))
        present = values.drop_null()
        if self._is_list:
            items = present.flatten()
            self._streams[1].update(_shape(items))
            self._streams[2].update(_bytes(items.drop_null()))
        else:
            self._streams[1].update(_bytes(present))

    def hexdigests(self) -> str:
        return " ".join(stream.hexdigest() for stream in self._streams)


def _shape(values: pa.Array) -> Any:
    """Return the shape stream of an array: lengths, with -1 for null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_string(values.type):
        lengths = pc.binary_length(values)
    elif pa.types.is_list(values.type):
        lengths = pc.list_value_length(values)
    else:
        lengths = pc.if_else(values.is_null(), pa.scalar(-1, pa.int32()), pa.scalar(0, pa.int32()))
    return _little(lengths.fill_null(-1))


def _bytes(values: pa.Array) -> Any:
    """Return the value stream of an array without nulls."""
    import pyarrow as pa

    if pa.types.is_string(values.type):
        return _text(values)
    if pa.types.is_boolean(values.type):
        return _little(values.cast(pa.uint8()))
    if pa.types.is_date(values.type):
        return _little(values.cast(pa.int32()))
    if pa.types.is_timestamp(values.type):
        return _little(values.cast(pa.int64()))
    return _little(values)


def _little(values: pa.Array) -> Any:
    found = values.to_numpy(zero_copy_only=False)
    return found.astype(found.dtype.newbyteorder("<"), copy=False).tobytes()


def _text(values: pa.Array) -> Any:
    """Return the bytes of texts, one after the other, without copying them."""
    if not len(values):
        return b""
    _, offsets, data = values.buffers()
    first = int.from_bytes(offsets[4 * values.offset : 4 * values.offset + 4], "little")
    last = values.offset + len(values)
    return data[first : int.from_bytes(offsets[4 * last : 4 * last + 4], "little")]
