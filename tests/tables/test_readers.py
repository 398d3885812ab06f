"""What others read from what we publish: the declared types, nulls, lists and instants, and every character."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from onrecord import schemas, tables
from onrecord.derive import frames

from .test_files import articles

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("article_id", "headline", "body", "authors", "date_published", "is_complete", "unread_share", "word_count")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    rows = [{**row, "word_count": None if number % 2 else number} for number, row in enumerate(articles(24))]
    for name, each in {**{name: [] for name in schemas.names()}, "articles": rows}.items():
        for form, writer in (("csv", tables.CsvWriter), ("parquet", tables.ParquetWriter)):
            with writer(tmp_path / f"{name}.{form}", name) as file:
                file.write(tables.to_batch(name, each))
    return tmp_path


@pytest.fixture
def expected(published: Path) -> list[dict[str, Any]]:
    rows = tables.read_parquet(published / "articles.parquet", "articles").select(COLUMNS).to_pylist()
    return [{**row, "date_published": row["date_published"].astimezone(UTC)} for row in rows]


def plain(rows: list[dict[str, Any]], *, lists: bool = False) -> list[dict[str, Any]]:
    """Return rows with nulls as None, lists as lists and instants as Python's."""
    found = []
    for row in rows:
        one = {name: None if not isinstance(row[name], list) and pd.isna(row[name]) else row[name] for name in COLUMNS}
        one["date_published"] = pd.Timestamp(one["date_published"]).to_pydatetime()
        if not lists and one["authors"] is not None:
            one["authors"] = json.loads(one["authors"])
        found.append(one)
    return found


def test_pandas_reads_csv(published: Path, expected: list[dict[str, Any]]) -> None:
    frame = pd.read_csv(published / "articles.csv", parse_dates=["date_published"], dtype={"word_count": "Int64"})
    assert str(frame["date_published"].dtype).endswith("UTC]")
    assert plain(frame.to_dict("records")) == expected


def test_polars_reads_csv(published: Path, expected: list[dict[str, Any]]) -> None:
    declared = {field.name: frames.kind(field) for field in schemas.load("articles").fields}
    text = {name: pl.String if isinstance(kind, pl.List | pl.Datetime) else kind for name, kind in declared.items()}
    frame = pl.read_csv(published / "articles.csv", schema=text).with_columns(
        pl.col("date_published").str.to_datetime("%+", time_zone="UTC")
    )
    assert plain(frame.to_dicts()) == expected


def test_duckdb_reads_csv(published: Path, expected: list[dict[str, Any]]) -> None:
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        found = con.execute(
            "SELECT * REPLACE (date_published::TIMESTAMPTZ AS date_published) FROM read_csv($path)",
            {"path": str(published / "articles.csv")},
        )
        names = [each[0] for each in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert plain(rows) == expected


def test_parquet_is_read_as_declared(published: Path, expected: list[dict[str, Any]]) -> None:
    path = published / "articles.parquet"
    assert plain(pl.read_parquet(path).to_dicts(), lists=True) == expected
    assert plain(pq.read_table(path).to_pylist(), lists=True) == expected
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        types = dict(con.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{path}')").fetchall())  # noqa: S608
    assert types["authors"] == "VARCHAR[]"
    assert types["date_published"] == "TIMESTAMP WITH TIME ZONE"


def test_parquet_says_what_it_holds(published: Path) -> None:
    file = pq.ParquetFile(published / "articles.parquet")
    assert file.schema_arrow.metadata[b"title"] == b"Articles"
    group = file.metadata.row_group(0)
    assert [column.column_index for column in group.sorting_columns] == [0]
    assert group.column(0).compression == "ZSTD"
    assert group.column(0).has_column_index
    assert file.schema_arrow.field("article_id").metadata[b"description"]


def test_frictionless_finds_nothing(published: Path) -> None:
    from frictionless import Package, system

    resources = [
        {"name": name, "path": f"{name}.csv", "type": "table", "schema": dict(schemas.load(name).declaration)}
        for name in schemas.names()
    ]
    resources += [{"name": f"{name}-parquet", "path": f"{name}.parquet", "type": "file"} for name in schemas.names()]
    (published / "datapackage.json").write_text(json.dumps({"name": "a", "resources": resources}))
    with system.use_context(trusted=True):
        report = Package(str(published / "datapackage.json")).validate()
    assert report.valid, report.to_summary()
