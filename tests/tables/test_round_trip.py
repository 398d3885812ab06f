"""Whatever a valid dataset holds, CSV and Parquet give it back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import schemas, tables
from onrecord.derive import strategies
from onrecord.tables.strategies import tables as datasets


def written(folder: Path, name: str, rows: list[dict[str, Any]], sizes: list[int]) -> tuple[Path, Path]:
    batch = tables.to_batch(name, rows)
    paths = folder / f"{name}.csv", folder / f"{name}.parquet"
    with tables.CsvWriter(paths[0], name) as csv, tables.ParquetWriter(paths[1], name) as parquet:
        start = 0
        for size in [*sizes, len(rows)]:
            csv.write(batch.slice(start, size))
            parquet.write(batch.slice(start, size))
            start = min(start + size, len(rows))
    return paths


@settings(deadline=None, max_examples=20)
@given(datasets(), st.lists(st.integers(0, 3), max_size=3))
def test_csv_equals_parquet_equals_rows(dataset: dict[str, list[dict[str, Any]]], sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in dataset.items():
            csv, parquet = written(Path(folder), name, rows, sizes)
            batch = tables.to_batch(name, rows)
            assert tables.read_csv(csv, name).to_pylist() == batch.to_pylist() == rows
            assert tables.read_parquet(parquet, name).to_pylist() == rows
            hashes = {
                tables.content_hash(name, batches)
                for batches in (tables.stream_csv(csv, name), tables.stream_parquet(parquet, name), [batch])
            }
            assert len(hashes) == 1


@settings(deadline=None, max_examples=10)
@given(st.data())
@pytest.mark.parametrize("name", schemas.names())
def test_any_cell_survives(name: str, data: st.DataObject) -> None:
    rows = data.draw(st.lists(strategies.rows(name), max_size=4))
    with tempfile.TemporaryDirectory() as folder:
        csv, parquet = written(Path(folder), name, rows, [1])
        assert tables.read_csv(csv, name).to_pylist() == rows == tables.read_parquet(parquet, name).to_pylist()
