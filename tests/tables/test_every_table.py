"""Every published table, as six other readers have it: the declared types, lists, nulls and instants."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from onrecord import schemas, tables
from onrecord.derive import arrow, frames
from onrecord.tables.strategies import dataset

from ..checks.conftest import Folder, entry  # noqa: TID252 -- the example of the neighbouring tests

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = list[dict[str, Any]]
pytestmark = pytest.mark.slow
PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "array": "string"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = dataset([entry(number) for number in range(5)])
    rows["articles"][1].update(is_complete=True, unread_share=0.0, word_count=0)
    rows["articles"][2].update(authors=[], is_complete=False, unread_share=0.5526, subheadings=["Über “Kräne”", "a,b"])
    return Folder(tmp_path_factory.mktemp("published"), rows).write() / "data"


def expected(folder: Path, name: str) -> Rows:
    return tables.read_parquet(folder / f"{name}.parquet", name).to_pylist()


def native(name: str, rows: Rows) -> Rows:
    """Return rows with what a reader's types stand for as Python's own; texts of lists are parsed."""
    declared = schemas.load(name).fields
    return [{field.name: _native(field.type, row[field.name]) for field in declared} for row in rows]


def _native(kind: str, value: Any) -> Any:
    if value is None or (not isinstance(value, list) and pd.isna(value)):
        return None
    if kind == "array":
        return json.loads(value) if isinstance(value, str) else list(value)
    if kind == "datetime":
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        assert moment.tzinfo is not None
        return moment.astimezone(UTC).replace(tzinfo=UTC)
    if kind == "date":
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return day.date() if isinstance(day, datetime) else day
    return value


def of_type(name: str, rows: Rows) -> None:
    """Check that values are of the declared types, not merely equal to ones that are."""
    kinds = {"integer": int, "number": float, "boolean": bool, "string": str, "array": list, "datetime": datetime}
    for field in schemas.load(name).fields:
        found = {type(row[field.name]) for row in rows if row[field.name] is not None}
        assert all(issubclass(kind, kinds.get(field.type, date)) for kind in found), (field.name, found)


def by_pandas(path: Path, name: str) -> Rows:
    declared = schemas.load(name).fields
    if path.suffix == ".parquet":
        frame = pd.read_parquet(path, dtype_backend="pyarrow")
        return [{key: value for key, value in row.items()} for row in frame.to_dict("records")]  # noqa: C416
    days = [field.name for field in declared if field.type in {"date", "datetime"}]
    types = {field.name: PANDAS[field.type] for field in declared if field.type in PANDAS}
    frame = pd.read_csv(path, dtype=types, parse_dates=days)
    for field in declared:
        assert field.type != "datetime" or frame[field.name].isna().all() or frame[field.name].dt.tz is not None
    return frame.to_dict("records")


def by_polars(path: Path, name: str) -> Rows:
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path)
        assert dict(frame.schema) == {field.name: frames.kind(field) for field in schemas.load(name).fields}
        return frame.to_dicts()
    declared = {field.name: frames.kind(field) for field in schemas.load(name).fields}
    texts = {key: pl.String if isinstance(kind, pl.List | pl.Datetime) else kind for key, kind in declared.items()}
    instants = [key for key, kind in declared.items() if isinstance(kind, pl.Datetime)]
    return (
        pl.read_csv(path, schema=texts).with_columns(pl.col(instants).str.to_datetime("%+", time_zone="UTC")).to_dicts()
    )


def by_duckdb(path: Path, name: str) -> Rows:
    types = {"string": "VARCHAR", "array": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
    types |= {"date": "DATE", "datetime": "TIMESTAMPTZ"}
    columns = {field.name: types[field.type] for field in schemas.load(name).fields}
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        query = (
            "FROM read_parquet($path)" if path.suffix == ".parquet" else f"FROM read_csv($path, columns = {columns})"
        )
        found = con.execute(query, {"path": str(path)})
        names = [each[0] for each in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def by_frictionless(path: Path, name: str) -> Rows:
    from frictionless import Resource, Schema, system

    alone = {**schemas.load(name).declaration, "foreignKeys": []}
    with system.use_context(trusted=True):
        resource = Resource(path=str(path), schema=Schema.from_descriptor(alone))
        rows = [row.to_dict() for row in resource.read_rows()]
    return [
        {key: float(value) if _is_number(name, key, value) else value for key, value in row.items()} for row in rows
    ]


def by_csvkit(path: Path, name: str) -> Rows:
    """Return what `csvjson` makes of a table; JSON has one kind of number, and knows no days.

    Unasked, csvkit takes texts such as "none" for nulls.
    """
    command = [sys.executable, "-m", "csvkit.utilities.csvjson", str(path), "--blanks", "--null-value", ""]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole = {field.name for field in schemas.load(name).fields if field.type == "integer"}
    rows: Rows = json.loads(done.stdout)
    return [
        {key: int(value) if value is not None and key in whole else value for key, value in row.items()} for row in rows
    ]


def by_datasets(path: Path, name: str) -> Rows:
    import datasets

    datasets.disable_progress_bars()
    cache = str(path.parent.parent / "cache")
    if path.suffix == ".parquet":
        found = datasets.Dataset.from_parquet(str(path), cache_dir=cache)
        types = {field.name: field.type for field in found.features.arrow_schema}
        assert types == {field.name: field.type for field in arrow.schema(name)}
    else:
        features = {field.name: datasets.Value(_feature(field)) for field in schemas.load(name).fields}
        found = datasets.Dataset.from_csv(str(path), cache_dir=cache, features=datasets.Features(features))
    return [{key: _mended(name, key, value) for key, value in row.items()} for row in found]


def _feature(field: schemas.Field) -> str:
    """Return what `datasets` can read a column of CSV as: where there are nulls, no integers and no booleans."""
    if not field.required:
        return {"integer": "float64", "number": "float64"}.get(field.type, "string")
    return {"integer": "int64", "number": "float64", "boolean": "bool"}.get(field.type, "string")


def _mended(name: str, key: str, value: Any) -> Any:
    kind = schemas.load(name)[key].type
    if kind == "integer" and isinstance(value, float):
        return int(value)
    return value == "true" if kind == "boolean" and isinstance(value, str) else value


def _is_number(name: str, key: str, value: Any) -> bool:
    return value is not None and schemas.load(name)[key].type == "number"


def one_line_end(rows: Rows) -> Rows:
    """Return rows as csvkit reads them: it opens files in text mode, where CRLF within a cell becomes LF."""
    return [
        {key: value.replace("\r\n", "\n") if isinstance(value, str) else value for key, value in row.items()}
        for row in rows
    ]


READERS: list[tuple[Callable[[Path, str], Rows], str]] = [
    *((reader, form) for reader in (by_pandas, by_polars, by_duckdb, by_datasets) for form in ("csv", "parquet")),
    (by_frictionless, "csv"),
    (by_csvkit, "csv"),
]


@pytest.mark.parametrize(("reader", "form"), READERS, ids=lambda each: getattr(each, "__name__", each))
@pytest.mark.parametrize("name", schemas.names())
def test_reads_what_was_published(folder: Path, name: str, reader: Callable[[Path, str], Rows], form: str) -> None:
    found = native(name, reader(folder / f"{name}.{form}", name))
    wanted = native(name, expected(folder, name))
    assert found == (one_line_end(wanted) if reader is by_csvkit else wanted)
    of_type(name, found)
