"""What came of documents: rows of every table and findings, one document after the other, as bytes and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from onrecord import schemas
from onrecord.build import sketches
from onrecord.derive import arrow
from onrecord.reports import Issue, Severity

if TYPE_CHECKING:
    import pyarrow as pa

SKETCHES = "sketches"
MERGED = "speakers"
PUT_RIGHT = "put_right"
"""A column that speakers have until they are merged: whether a person said so."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one document, but for its rows: how many there are of each table, and findings.

    `key` is made of all that the document's rows depend on. `corrected` holds the lines of the corrections that
    concern its articles, whether or not they could be applied, `withdrawn` the keys of the articles that were taken
    down, each with the name by which the collection says so.
    """

    key: str
    rows: dict[str, int]
    issues: tuple[Issue, ...] = ()
    corrected: tuple[int, ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Harvest:
    """What came of a few documents, in order, and their rows together, a record batch a table."""

    readings: list[Reading] = field(default_factory=list)
    batches: dict[str, pa.RecordBatch] = field(default_factory=dict)

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.readings)

    def parts(self) -> dict[str, Harvest]:
        """Return what came of each document alone, by key; nothing is copied."""
        start = dict.fromkeys(self.batches, 0)
        found = {}
        for reading in self.readings:
            rows = {name: self.batches[name].slice(at, reading.rows[name]) for name, at in start.items()}
            start = {name: at + reading.rows[name] for name, at in start.items()}
            found[reading.key] = Harvest([reading], rows)
        return found


def columns() -> dict[str, pa.Schema]:
    """Return the columns of all that comes of documents: the tables, speakers not yet merged, and sketches."""
    import pyarrow as pa

    found = {name: arrow.schema(name) for name in schemas.names()} | {SKETCHES: sketches.schema()}
    found[MERGED] = found[MERGED].append(pa.field(PUT_RIGHT, pa.bool_()))
    return found


def together(parts: Iterable[Harvest]) -> Harvest:
    """Return several harvests as one."""
    import pyarrow as pa

    every = list(parts)
    if len(every) == 1:
        return every[0]
    batches = {name: pa.concat_batches([part.batches[name] for part in every]) for name in columns()}
    return Harvest([reading for part in every for reading in part.readings], batches)


def keys(data: bytes) -> list[str]:
    """Return the keys of the documents that some bytes begin to tell of, up to the second line's end."""
    return [one["key"] for one in json.loads(data.partition(b"\n")[2])["readings"]]


def to_bytes(harvest: Harvest) -> bytes:
    """Return a harvest as bytes: a line with the hash of the rest, a line of JSON, and the rows."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    head = {"readings": [asdict(reading) for reading in harvest.readings], "tables": list(harvest.batches)}
    sink.write(json.dumps(head).encode() + b"\n")
    for batch in harvest.batches.values():
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_batch(batch)
    return hashed(sink.getvalue().to_pybytes())


def hashed(data: bytes) -> bytes:
    """Return bytes after a line with their hash.

    >>> proven(hashed(b"rows")).tobytes()
    b'rows'
    """
    return hashlib.sha256(data).hexdigest().encode() + b"\n" + data


def proven(data: bytes) -> memoryview:
    """Return the bytes after the first line, which is their hash; nothing is copied.

    Raises
    ------
    ValueError
        It is another hash.
    """
    start = data.find(b"\n") + 1
    rest = memoryview(data)[start:]
    if hashlib.sha256(rest).hexdigest().encode() != data[: start - 1]:
        raise ValueError("not what was kept")
    return rest


def from_bytes(data: bytes) -> Harvest:
    """Return the harvest that bytes tell of.

    Raises
    ------
    ValueError
        They are damaged.
    """
    import pyarrow as pa

    start = len(data) - len(proven(data))
    end = data.index(b"\n", start)
    said = json.loads(data[start:end])
    reader = pa.BufferReader(pa.py_buffer(data).slice(end + 1))
    return Harvest([_reading(one) for one in said["readings"]], {name: _one(reader) for name in said["tables"]})


def _one(reader: pa.BufferReader) -> pa.RecordBatch:
    import pyarrow as pa

    with pa.ipc.open_stream(reader) as stream:
        batch = stream.read_next_batch()
        for _ in stream:
            raise ValueError("one batch is expected")
    return batch


def _reading(one: dict[str, Any]) -> Reading:
    issues = tuple(Issue(**{**issue, "severity": Severity(issue["severity"])}) for issue in one["issues"])
    withdrawn = tuple((key, name) for key, name in one["withdrawn"])
    return Reading(one["key"], one["rows"], issues, tuple(one["corrected"]), withdrawn)
