"""One pass, part by part, finds what each table for itself and all of them together give."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import checks, schemas, tables
from onrecord.checks import equal, folders, parts, queries
from onrecord.checks.files import TableFile
from onrecord.checks.findings import Collector
from onrecord.checks.passing import in_one_pass
from onrecord.derive import frames
from onrecord.tables.strategies import dataset

from .conftest import Folder, entry
from .test_laws import FAULTS, TODAY, Fault
from .test_mutations import KEYS, ways

if TYPE_CHECKING:
    from onrecord.reports import Report

ROWS = dataset([entry(number) for number in range(7)])


def places(report: Report) -> set[tuple[str | None, ...]]:
    return {(i.code, i.table, i.key, i.field, i.value, i.expected, str(i.line), str(i.column)) for i in report}


def both_ways(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Report, Report]:
    whole = checks.check_tables(path, today=TODAY)
    with monkeypatch.context() as patch:
        patch.setattr(folders, "in_one_pass", lambda *_, **__: None)
        return whole, checks.check_tables(path, today=TODAY)


@pytest.fixture
def tiny_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut parts after every article or two."""
    monkeypatch.setattr(parts, "ROWS", {"articles": 1})
    monkeypatch.setattr(parts, "ROWS_DEFAULT", 2)


@pytest.mark.usefixtures("tiny_parts")
@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_is_found_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    rows = deepcopy(ROWS)
    fault.breaks(rows)
    one, other = both_ways(Folder(tmp_path, rows).write(formats=("csv",)), monkeypatch)
    assert places(one) == places(other)
    assert one.totals == other.totals


@pytest.mark.usefixtures("tiny_parts")
def test_many_faults_are_found_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = deepcopy(ROWS)
    for row in rows["quotes"]:
        row["prefix"] = "=" + (row["prefix"] or "x")[1:]
    for row in rows["attributions"][3:]:
        row["confidence"] = 1.5
    rows["articles"][4]["body"] += " “"
    one, other = both_ways(Folder(tmp_path, rows).write(), monkeypatch)
    assert places(one) == places(other)
    assert one.totals == other.totals
    assert {"maximum", "text-matches-offsets", "marks-accounted", "body-hash"} <= set(one.totals)


@pytest.mark.usefixtures("tiny_parts")
@pytest.mark.parametrize("forms", [("csv",), ("parquet",), ("csv", "parquet")])
def test_sorted_tables_are_checked_in_one_pass(tmp_path: Path, forms: tuple[str, ...]) -> None:
    folder = Folder(tmp_path, deepcopy(ROWS))
    folder.write(formats=forms)
    paths = {name: [tmp_path / "data" / f"{name}.{form}" for form in forms] for name in schemas.names()}
    files = {name: tuple(TableFile(name, path) for path in some) for name, some in paths.items()}
    read = in_one_pass(files, Collector(), tmp_path, TODAY)
    assert read is not None
    assert set(read) >= {"articles", "attributions", "speakers"}


@pytest.mark.parametrize("swapped", ["articles", "quotes", "spans", "attributions", "set_aside", "speakers"])
def test_rows_that_are_not_sorted_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swapped: str) -> None:
    rows = deepcopy(ROWS)
    rows[swapped][1], rows[swapped][-1] = rows[swapped][-1], rows[swapped][1]
    one, other = both_ways(Folder(tmp_path, rows).write(formats=("csv",)), monkeypatch)
    assert one.totals == other.totals
    assert one.totals["not-sorted"] > 0


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.sampled_from([1, 2, 5]), st.data())
def test_parts_are_all_rows_cut_between_articles(sizes: list[int], rows: int, data: st.DataObject) -> None:
    """However the rows of tables come in batches."""
    streams = {}
    for name in ("articles", "quotes", "spans"):
        batch = tables.to_batch(name, ROWS[name])
        cuts = sorted(data.draw(st.sets(st.integers(0, batch.num_rows), max_size=len(sizes))))
        streams[name] = [batch.slice(a, b - a) for a, b in pairwise([0, *cuts, batch.num_rows])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "ROWS", {"articles": rows})
        patch.setattr(parts, "ROWS_DEFAULT", rows)
        found = list(parts.parts(streams))
    last = ""
    for part in found:
        keys = {
            key[:16]
            for name, each in part.items()
            for key in each.column(schemas.load(name).primary_key[0]).to_pylist()
        }
        assert min(keys) > last
        last = max(keys)
    for name, batches in streams.items():
        rows_found = [row for part in found for row in part[name].to_pylist()]
        assert rows_found == pa.Table.from_batches(batches).to_pylist()


def test_too_many_rows_of_one_article_are_out_of_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROWS_DEFAULT", 1)
    monkeypatch.setattr(parts, "MOST", 2)
    with pytest.raises(parts.OutOfStepError):
        list(parts.parts({"spans": [tables.to_batch("spans", ROWS["spans"])]}))


def test_the_verdict_is_true_of_what_keeps_every_constraint_and_of_nothing_else() -> None:
    import polars as pl

    for name in schemas.names():
        frame = pl.DataFrame(pa.Table.from_batches([tables.to_batch(name, ROWS[name])]))
        assert frame.select(frames.verdict(name)).item()
        for field in (field for field in schemas.load(name).fields if field.name not in KEYS and field.item is None):
            for code, value in ways(field).items():
                if code in {"required", "pattern", "category", "minimum", "maximum", "finite", "min-length"}:
                    broken = frame.with_columns(pl.lit(value, frames.kind(field)).alias(field.name))
                    assert not broken.select(frames.verdict(name)).item(), (field, code)


@pytest.mark.parametrize("items", [[None], [""], ["English"]])
def test_the_verdict_looks_into_lists(items: list[str | None]) -> None:
    import polars as pl

    frame = pl.DataFrame(pa.Table.from_batches([tables.to_batch("articles", ROWS["articles"])]))
    broken = frame.with_columns(pl.lit(pl.Series([items], dtype=pl.List(pl.String))).first().alias("translations"))
    assert not broken.select(frames.verdict("articles")).item()


def test_duckdb_prints_no_progress_into_reports(tmp_path: Path) -> None:
    with queries.connection(tmp_path, None) as con:
        assert con.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(False,)]


def test_a_body_of_another_hash_is_found_in_a_table_alone(tmp_path: Path) -> None:
    rows = deepcopy(ROWS)
    rows["articles"][2]["body_sha256"] = "0" * 64
    Folder(tmp_path, rows).write(formats=("parquet",))
    report = checks.check_file(tmp_path / "data" / "articles.parquet")
    assert [(issue.code, issue.key) for issue in report if issue.code == "body-hash"] == [
        ("body-hash", rows["articles"][2]["article_id"])
    ]


@pytest.mark.parametrize(
    ("name", "row", "column", "value"),
    [
        ("attributions", 0, "confidence", -0.0),
        ("attributions", -1, "confidence", 0.5),
        ("articles", 3, "headline", None),
        ("articles", 0, "authors", ["Ada Example", None]),
        ("quotes", -1, None, None),
    ],
)
@pytest.mark.parametrize("changed", ["csv", "parquet"])
@pytest.mark.parametrize("rows", [1, 1 << 13])
def test_files_that_differ_are_not_the_same(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    row: int,
    column: str | None,
    value: object,
    changed: str,
    rows: int,
) -> None:
    monkeypatch.setattr(equal, "ROWS", {})
    monkeypatch.setattr(equal, "ROWS_DEFAULT", rows)
    some = deepcopy(ROWS[name])
    for each in some:
        if "confidence" in each:
            each["confidence"] = 0.0
    others = deepcopy(some)
    if column is None:
        del others[row]
    else:
        others[row][column] = value
    files = {}
    for form, writer in (("csv", tables.CsvWriter), ("parquet", tables.ParquetWriter)):
        with writer(tmp_path / f"{name}.{form}", name) as file:
            file.write(tables.to_batch(name, others if form == changed else some))
        files[form] = TableFile(name, tmp_path / f"{name}.{form}")
    with pytest.raises(equal.DifferentError):
        list(equal.same_rows(files["csv"], files["parquet"]))


def test_files_that_say_the_same_are_read_once_each(tmp_path: Path) -> None:
    for name in schemas.names():
        for form, writer in (("csv", tables.CsvWriter), ("parquet", tables.ParquetWriter)):
            with writer(tmp_path / f"{name}.{form}", name) as file:
                file.write(tables.to_batch(name, ROWS[name]))
        found = equal.same_rows(*(TableFile(name, tmp_path / f"{name}.{form}") for form in ("csv", "parquet")))
        assert pa.Table.from_batches(found).to_pylist() == ROWS[name]
