"""Documents that hold many articles: their rows come in another order than their keys."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from newsroom import article

from onrecord import schemas
from onrecord.build import Build, build
from onrecord.validation import validate

DESCRIPTOR = """\
name = "corpus"
title = "An invented corpus"
license = "CC0-1.0"

[documents]
converter = "jsonl"
language = "en"
time_zone = "Europe/Paris"

[documents.options.columns]
headline = "title"
body = "text"

[rights]
license = "CC0-1.0"
body = "included"
"""


def corpus(root: Path, rows: int) -> Path:
    folder = root / "corpus"
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(DESCRIPTOR)
    lines = [json.dumps({"title": f"Story {n}", "text": article(n).split("\n\n", 5)[5]}) for n in range(rows)]
    (folder / "one.jsonl").write_text("\n".join(lines[: rows // 2]) + "\n")
    (folder / "two.jsonl").write_text("\n".join(lines[rows // 2 :]) + "\n")
    return folder


@pytest.fixture
def built(tmp_path: Path) -> Build:
    return build(corpus(tmp_path / "seeds", 60), tmp_path / "datasets", workers=1)


def test_every_row_of_a_corpus_is_an_article(built: Build) -> None:
    assert built.published, list(built.report)[:3]
    assert built.rows["articles"] == 60
    assert built.rows["quotes"] >= 120


def test_tables_are_sorted_by_key(built: Build) -> None:
    for name in schemas.names():
        keys = pq.read_table(built.folder / "data" / f"{name}.parquet").select(schemas.load(name).primary_key)
        rows = [tuple(row.values()) for row in keys.to_pylist()]
        assert rows == sorted(rows), name


def test_a_corpus_is_valid(built: Build) -> None:
    assert validate(built.folder).valid


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path, built: Build) -> None:
    again = build(tmp_path / "seeds" / "corpus", tmp_path / "again", workers=2)
    for path in sorted((built.folder / "data").iterdir()):
        assert path.read_bytes() == (again.folder / "data" / path.name).read_bytes(), path.name
