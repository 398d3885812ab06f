"""The content hash: recomputed here from its definition alone."""

from __future__ import annotations

import hashlib
import struct
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import schemas, tables
from onrecord.derive import arrow, strategies

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def shape(value: Any) -> bytes:
    if value is None:
        return struct.pack("<i", -1)
    sized = value.encode() if isinstance(value, str) else value
    return struct.pack("<i", len(sized) if isinstance(sized, bytes | list) else 0)


def plain(kind: str, value: Any) -> bytes:
    if kind == "string":
        return value.encode()
    if kind == "date":
        return struct.pack("<i", (value - date(1970, 1, 1)).days)
    if kind == "datetime":
        return struct.pack("<q", (value - EPOCH) // (datetime.resolution))
    return struct.pack({"integer": "<q", "number": "<d", "boolean": "<?"}[kind], value)


def recomputed(name: str, rows: list[dict[str, Any]]) -> str:
    lines = ["onrecord content 1\n"]
    for field, kind in zip(schemas.load(name).fields, arrow.schema(name), strict=True):
        values = [row[field.name] for row in rows]
        present = [value for value in values if value is not None]
        streams = [b"".join(map(shape, values))]
        if field.type == "array":
            items = [item for value in present for item in value]
            streams += [b"".join(map(shape, items)), b"".join(item.encode() for item in items)]
        else:
            streams += [b"".join(plain(field.type, value) for value in present)]
        digests = " ".join(hashlib.sha256(stream).hexdigest() for stream in streams)
        lines.append(f"{field.name} {kind.type} {digests}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@settings(deadline=None, max_examples=10)
@given(st.data())
@pytest.mark.parametrize("name", schemas.names())
def test_anyone_can_recompute_it(name: str, data: st.DataObject) -> None:
    rows = data.draw(st.lists(strategies.rows(name), max_size=4))
    batch = tables.to_batch(name, rows)
    halves = [batch.slice(0, len(rows) // 2), batch.slice(len(rows) // 2)]
    assert tables.content_hash(name, halves) == recomputed(name, rows)


def test_every_cell_counts() -> None:
    key = "0" * 16 + "-" + "0" * 12
    row = {"quote_id": key, "position": 0, "start": 1, "end": 3, "text": "Hi", "is_verbatim": True}
    changed = [
        {**row, name: value} for name, value in (("start", 0), ("text", "H"), ("text", "hi"), ("is_verbatim", False))
    ]
    hashes = {tables.content_hash("spans", [tables.to_batch("spans", [each])]) for each in (row, *changed)}
    assert len(hashes) == 5


def test_where_one_text_ends_and_the_next_begins_counts() -> None:
    def hashed(*texts: str) -> str:
        rows = [{"authors": list(texts)}]
        full = {field.name: None for field in schemas.load("articles").fields}
        return tables.content_hash("articles", [tables.to_batch("articles", [{**full, **row} for row in rows])])

    assert hashed("ab", "c") != hashed("a", "bc")
