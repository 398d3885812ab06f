"""CSV as published: RFC 4180 in UTF-8, with LF at line ends and a header.

Text, instants and lists are quoted; numbers, booleans and dates are not; a null is an empty cell without
quotes. Instants are `2024-03-01T09:51:00Z` (a fraction only where there is one, and rows of articles have
none), lists are JSON arrays.
Text is never altered: a cell that begins like a formula stays as it is, since offsets count its characters.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Self

from onrecord import schemas
from onrecord.derive import arrow
from onrecord.tables.batches import conform

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

BLOCKS = (1 << 21, 1 << 24, 1 << 27, 1 << 30)
"""Bytes read at a time. One row must fit, so a longer one makes the reader start again with the next size."""
NUMBER = r"^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|nan|-?inf)$"
"""A number as JSON writes it; what is not finite is read too, so that it can be told from what is no number."""
INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z$"


class CsvWriter:
    """Write one table to a CSV file, batch by batch; a context manager.

    The bytes depend on the rows alone, not on how they are cut into batches.

    Parameters
    ----------
    path
        The file, created or replaced.
    name
        The table.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name

    def __enter__(self) -> Self:
        import pyarrow.csv as pc

        self._writer = pc.CSVWriter(self.path, _text_schema(self.name))
        return self

    def write(self, batch: pa.RecordBatch) -> None:
        """Append rows."""
        self._writer.write_batch(_formatted(self.name, batch))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()


def encode(name: str, batches: Iterable[pa.RecordBatch], *, header: bool = False) -> bytes:
    """Return rows as they stand in a CSV file, after its header or with it.

    Examples
    --------
    >>> from onrecord.tables import to_batch
    >>> key = "0" * 16 + "-" + "0" * 12
    >>> row = {"quote_id": key, "position": 0, "start": 1, "end": 3, "text": "Hi", "is_verbatim": True}
    >>> encode("spans", [to_batch("spans", [row])]).decode().rstrip()
    '"0000000000000000-000000000000",0,1,3,"Hi",true'
    """
    import pyarrow as pa
    import pyarrow.csv as pc

    sink = pa.BufferOutputStream()
    with pc.CSVWriter(sink, _text_schema(name), write_options=pc.WriteOptions(include_header=header)) as writer:
        for batch in batches:
            writer.write_batch(_formatted(name, batch))
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


class Ragged:
    """Rows left out for having too few or too many cells: all their numbers, and how many cells the first ones have.

    >>> ragged = Ragged()
    >>> ragged.add(1, 7)
    >>> [ragged.record(row) for row in range(3)]
    [0, 2, 3]
    """

    def __init__(self, kept: int = 100) -> None:
        self.kept = kept
        self.numbers = array("q")
        self.cells: list[int] = []

    def add(self, number: int, cells: int) -> None:
        """Note a row (records after the header, from 0); rows come in order, and perhaps again."""
        if not self.numbers or number > self.numbers[-1]:
            self.numbers.append(number)
            if len(self.cells) < self.kept:
                self.cells.append(cells)

    def record(self, row: int) -> int:
        """Return the number of the record that is the `row`-th of those not left out."""
        return row + bisect_right(range(len(self.numbers)), row, key=lambda index: self.numbers[index] - index)


def read_csv(path: Path, name: str) -> pa.Table:
    """Return a whole table from CSV, typed by the declaration.

    Raises
    ------
    pyarrow.ArrowInvalid
        A cell is not of its column's type, or a row has too few or too many cells.
    """
    import pyarrow as pa

    return pa.Table.from_batches(stream_csv(path, name), arrow.schema(name))


def stream_csv(path: Path, name: str) -> Iterator[pa.RecordBatch]:
    """Yield a table from CSV batch by batch, typed by the declaration.

    Raises
    ------
    pyarrow.ArrowInvalid
        A cell is not of its column's type, or not in the form that is published (` 5`, `0x1`), or a row has too
        few or too many cells.
    """
    import pyarrow as pa

    for batch in _batches(path, dict.fromkeys(schemas.load(name).columns, pa.string())):
        yield _typed(name, batch)


def stream_text(path: Path, columns: tuple[str, ...], ragged: Ragged) -> Iterator[pa.RecordBatch]:
    """Yield CSV columns batch by batch, every cell as text: for files whose cells may be of the wrong type.

    Rows with too few or too many cells are left out and noted in `ragged`.
    """
    import pyarrow as pa

    return _batches(path, dict.fromkeys(columns, pa.string()), ragged)


def _batches(path: Path, types: dict[str, pa.DataType], ragged: Ragged | None = None) -> Iterator[pa.RecordBatch]:
    """Yield batches of a CSV file; a row longer than a block makes it go on with a larger one."""
    import pyarrow as pa

    done = 0
    for size in BLOCKS:
        skip = done
        try:
            for batch in _open(path, types, size, ragged):
                fresh = batch.slice(min(skip, batch.num_rows))
                skip -= batch.num_rows - fresh.num_rows
                done += fresh.num_rows
                yield fresh
        except pa.ArrowInvalid as error:
            if "straddling" not in str(error) or size == BLOCKS[-1]:
                raise
        else:
            return


def _open(path: Path, types: dict[str, pa.DataType], size: int, ragged: Ragged | None) -> pa.CSVStreamingReader:
    import pyarrow.csv as pc

    def skip(row: pc.InvalidRow) -> str:
        if ragged is None:
            return "error"
        ragged.add(row.number - 2, row.actual_columns)
        return "skip"

    return pc.open_csv(
        path,
        read_options=pc.ReadOptions(block_size=size, use_threads=ragged is None),
        parse_options=pc.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
        convert_options=pc.ConvertOptions(
            column_types=types,
            include_columns=list(types),
            null_values=[""],
            true_values=["true"],
            false_values=["false"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _text_schema(name: str) -> pa.Schema:
    """Return the types as CSV holds them: lists and instants as text."""
    import pyarrow as pa

    fields = schemas.load(name).fields
    return pa.schema([(each.name, pa.string() if each.type in _AS_TEXT else arrow.kind(each)) for each in fields])


_AS_TEXT = ("array", "datetime")


def _formatted(name: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    import pyarrow as pa

    columns = []
    for field, column in zip(schemas.load(name).fields, conform(name, batch).columns, strict=True):
        if field.type == "datetime":
            columns.append(instants(column))
        elif field.type == "array":
            columns.append(pa.array(map(_listing, column.to_pylist()), pa.string()))
        else:
            columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=_text_schema(name))


def _typed(name: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    import pyarrow as pa

    columns = [_read(field, column) for field, column in zip(schemas.load(name).fields, batch.columns, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=arrow.schema(name))


def _read(field: schemas.Field, column: pa.Array) -> pa.Array:
    """Return a column of texts as its type; Arrow alone would take forms that other readers do not."""
    import pyarrow as pa

    if field.type == "string":
        return column
    if column.null_count == len(column):
        return pa.nulls(len(column), arrow.kind(field))
    if field.type == "array":
        return unlisted(column, arrow.kind(field))
    if field.type == "integer":
        return _numbers(field, column)
    encoded = column.dictionary_encode()
    return _cells(field, encoded.dictionary).take(encoded.indices)


def _numbers(field: schemas.Field, column: pa.Array) -> pa.Array:
    """Return whole numbers; of small ones, the length of the text tells the form."""
    import numpy as np
    import pyarrow.compute as pc

    found = column.cast(arrow.kind(field))
    values = found.fill_null(0).to_numpy()
    if values.min() < 0 or values.max() >= SMALL:
        return _cells(field, column)
    lengths = pc.binary_length(column).fill_null(1).to_numpy()
    if not np.array_equal(lengths, np.searchsorted([10, 100, 1_000, 10_000, 100_000], values, side="right") + 1):
        return _cells(field, column)
    return found


SMALL = 1_000_000
"""Below this no other form that Arrow reads (`+1`, `01`, ` 1`, `0x1`) is as long as the number's own digits."""


def _cells(field: schemas.Field, column: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = column.cast(arrow.kind(field))
    if field.type in _PATTERNS:
        same = pc.match_substring_regex(column, _PATTERNS[field.type])
    else:
        same = pc.equal(found.cast(pa.string()), column)
    if pc.all(same).as_py() is False:
        raise pa.ArrowInvalid(f"a cell of {field.name!r} is not in the form that is published")
    return found


_PATTERNS = {"number": NUMBER, "datetime": INSTANT}


def instants(column: pa.Array) -> pa.Array:
    """Return instants as text, in UTC, with a fraction only where there is one.

    Examples
    --------
    >>> import pyarrow as pa
    >>> instants(pa.array([1709286660000000, None], pa.timestamp("us", "UTC"))).to_pylist()
    ['2024-03-01T09:51:00Z', None]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    text = column.cast(pa.timestamp("us")).cast(pa.string())
    short = pc.replace_substring_regex(pc.replace_substring(text, " ", "T"), r"\.?0*$", "")
    return pc.binary_join_element_wise(short, "Z", "")


def _listing(items: list[str] | None) -> str | None:
    return None if items is None else json.dumps(items, ensure_ascii=False)


def unlisted(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return JSON arrays as lists.

    Raises
    ------
    pyarrow.ArrowInvalid
        A cell is not a JSON array of text.

    Examples
    --------
    >>> import pyarrow as pa
    >>> unlisted(pa.array(['["a"]', None]), pa.list_(pa.string())).to_pylist()
    [['a'], None]
    """
    import pyarrow as pa

    encoded = column.dictionary_encode()
    try:
        return pa.array([json.loads(text) for text in encoded.dictionary.to_pylist()], kind).take(encoded.indices)
    except (ValueError, TypeError) as error:
        raise pa.ArrowInvalid(f"not a JSON array: {error}") from None
