"""Small datasets of invented articles, each made from rows and changed by a test."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord import schemas
from onrecord.derive import arrow

Rows = dict[str, list[dict[str, Any]]]


def quote(key: str, kind: str, start: int, end: int, text: str) -> dict[str, Any]:
    place = {"article_id": key[:2], "field": "body", "kind": kind, "start": start, "end": end}
    return {"quote_id": key, "text": text, **place}


ROWS: Rows = {
    "articles": [
        {"article_id": "a1", "seed_path": "1.txt", "headline": "Harbour bridge *closed*", "authors": ["Ada Invented"]},
        {"article_id": "a2", "seed_path": "2.txt", "headline": "Rain again", "authors": None},
    ],
    "quotes": [
        quote("a1-q1", "direct", 5, 9, "It is safe."),
        quote("a1-q2", "indirect", 20, 29, "it will open"),
        quote("a2-q1", "direct", 0, 4, "Wet | wet."),
    ],
    "spans": [
        {"quote_id": "a1-q1", "position": 0, "start": 5, "end": 9, "text": "It is safe."},
        {"quote_id": "a1-q2", "position": 0, "start": 20, "end": 29, "text": "it will open"},
        {"quote_id": "a2-q1", "position": 0, "start": 0, "end": 4, "text": "Wet | wet."},
    ],
    "attributions": [
        {"attribution_id": "a1-q1-x", "quote_id": "a1-q1", "speaker_id": "s1", "source_text": "Quill"},
        {"attribution_id": "a1-q2-x", "quote_id": "a1-q2", "speaker_id": "s1", "source_text": "she"},
        {"attribution_id": "a2-q1-x", "quote_id": "a2-q1", "speaker_id": None, "source_text": None},
    ],
    "speakers": [{"speaker_id": "s1", "name": "Mara Quill", "kind": "person", "description": "an engineer"}],
    "set_aside": [],
}


def write(folder: Path, rows: Rows) -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps({"name": folder.name}))
    for table, values in rows.items():
        fields = [pa.field(field.name, field.type) for field in arrow.schema(table)]
        columns = [[row.get(field.name) for row in values] for field in fields]
        arrays = [pa.array(column, field.type) for column, field in zip(columns, fields, strict=True)]
        pq.write_table(pa.table(arrays, schema=pa.schema(fields)), folder / "data" / f"{table}.parquet")
    assert set(rows) <= set(schemas.names())
    return folder


@pytest.fixture
def rows() -> Rows:
    return copy.deepcopy(ROWS)


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str, Rows], Path]:
    return lambda name, rows: write(tmp_path / name / "invented", rows)


@pytest.fixture
def old(make: Callable[[str, Rows], Path]) -> Path:
    return make("old", ROWS)
