"""Files put together from pieces: the same bytes, wherever a piece was taken from."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import schemas, tables
from onrecord.errors import BuildError
from onrecord.tables import parquets, thrift
from onrecord.tables.assembly import Assembly, Groups
from onrecord.tables.strategies import tables as datasets

if TYPE_CHECKING:
    from pathlib import Path

NAMES = schemas.names()


def asides(count: int, *, first: int = 0) -> list[dict[str, Any]]:
    keys = sorted(hashlib.sha256(str(number).encode()).hexdigest()[:16] for number in range(first, first + count))
    return [
        {"article_id": key, "field": "body", "start": 3, "end": 5, "text": f"“{key}\n”", "reason": "term"}
        for key in keys
    ]


def piece(name: str, rows: list[dict[str, Any]]) -> tables.Piece:
    batches = [tables.to_batch(name, rows)]
    return tables.piece(name, batches, tables.content_hash(name, batches))


def assembled(name: str, parts: list[bytes]) -> bytes:
    out = BytesIO()
    assembly = Assembly(out, parquets.template(name))
    for part in parts:
        assembly.append(Groups(BytesIO(part)))
    assembly.close()
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(datasets(max_articles=1), min_size=1, max_size=3))
def test_groups_put_together_hold_all_rows_and_their_page_indexes(
    name: str, found: list[dict[str, list[dict[str, Any]]]]
) -> None:
    batches = [tables.to_batch(name, rows[name]) for rows in found]
    data = assembled(name, [parquets.encode(name, [batch]) for batch in batches])
    with pq.ParquetFile(BytesIO(data)) as file:
        assert file.read().equals(pa.Table.from_batches(batches))
        full = [batch for batch in batches if batch.num_rows]
        assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [b.num_rows for b in full]
        for number in range(file.num_row_groups):
            assert file.metadata.row_group(number).column(0).has_offset_index
    again = Groups(BytesIO(data))
    out = BytesIO()
    assembly = Assembly(out, parquets.template(name))
    for number in range(len(again)):
        assembly.append(again, number, 1)
    assembly.close()
    assert out.getvalue() == data


def test_a_row_of_a_later_group_is_found_by_its_key(tmp_path: Path) -> None:
    import duckdb

    rows = asides(3000)
    data = assembled("set_aside", [piece("set_aside", rows[at : at + 1000]).parquet for at in range(0, 3000, 1000)])
    found = pq.read_table(BytesIO(data), filters=[("article_id", "=", rows[2500]["article_id"])])
    assert found.to_pylist() == [rows[2500]]
    (tmp_path / "a.parquet").write_bytes(data)
    query = "SELECT text FROM read_parquet($1) WHERE article_id = $2"
    for row in (rows[700], rows[1700], rows[2999]):
        found = duckdb.execute(query, [str(tmp_path / "a.parquet"), row["article_id"]]).fetchall()
        assert found == [(row["text"],)]


def test_one_group_is_what_the_writer_itself_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquets, "CUT", "^never")
    rows = asides(50)
    with tables.ParquetWriter(tmp_path / "a.parquet", "set_aside") as writer:
        writer.write(tables.to_batch("set_aside", rows))
    assert (tmp_path / "a.parquet").read_bytes() == parquets.encode("set_aside", [tables.to_batch("set_aside", rows)])


def test_a_piece_taken_over_is_the_piece_written(tmp_path: Path) -> None:
    pieces = [piece("set_aside", asides(20, first=first)) for first in (0, 100, 200, 300)]
    for name in ("one", "other", "clean"):
        (tmp_path / name).mkdir()
    with tables.PieceWriter(tmp_path / "one", "set_aside") as writer:
        places = [writer.write(each) for each in pieces]
    with (
        tables.PieceReader(tmp_path / "one", "set_aside") as reader,
        tables.PieceWriter(tmp_path / "other", "set_aside") as writer,
    ):
        taken = [writer.take(reader, places[3]), writer.write(pieces[1]), writer.take(reader, places[0])]
    with tables.PieceWriter(tmp_path / "clean", "set_aside") as writer:
        written = [writer.write(pieces[number]) for number in (3, 1, 0)]
    assert taken == written
    assert written[1].line == 41
    for form in ("csv", "parquet"):
        other, clean = ((tmp_path / name / f"set_aside.{form}").read_bytes() for name in ("other", "clean"))
        assert other == clean


def test_files_written_otherwise_are_not_taken_over() -> None:
    out = BytesIO()
    pq.write_table(pq.read_table(BytesIO(piece("set_aside", asides(3)).parquet)), out, write_page_index=True)
    with BytesIO() as file, pytest.raises(ValueError, match="other columns, or by another writer"):
        Assembly(file, parquets.template("spans")).append(Groups(out))


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" * 3, b"x" * 100])
def test_what_is_no_parquet_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a Parquet file|lacks field"):
        Groups(BytesIO(data))


def test_rows_that_read_otherwise_than_written_are_an_error() -> None:
    with pytest.raises(BuildError, match="read otherwise"):
        tables.piece("set_aside", [tables.to_batch("set_aside", asides(2))], "0" * 64)


VALUES = {
    thrift.I64: st.integers(-(2**63), 2**63 - 1),
    thrift.I32: st.integers(-(2**31), 2**31 - 1),
    thrift.BINARY: st.binary(max_size=300),
    thrift.DOUBLE: st.binary(min_size=8, max_size=8),
}


def fields(values: st.SearchStrategy[tuple[int, Any]]) -> st.SearchStrategy[list[list[Any]]]:
    numbered = st.tuples(st.integers(1, 32_000), values)
    found = st.lists(numbered, max_size=6, unique_by=lambda one: one[0])
    return found.map(lambda each: [[number, kind, value] for number, (kind, value) in sorted(each)])


truths = st.booleans().map(lambda value: (thrift.TRUE if value else thrift.FALSE, value))
plain = st.one_of(truths, *(st.tuples(st.just(kind), value) for kind, value in VALUES.items()))
lists = st.sampled_from([thrift.I64, thrift.BINARY]).flatmap(
    lambda kind: st.tuples(st.just(thrift.LIST), st.tuples(st.just(kind), st.lists(VALUES[kind], max_size=40)))
)
structs = st.recursive(
    fields(st.one_of(plain, lists)),
    lambda inner: fields(st.one_of(plain, inner.map(lambda one: (thrift.STRUCT, one)))),
    max_leaves=8,
)


@given(structs)
def test_structs_are_read_as_they_were_written(struct: list[list[Any]]) -> None:
    data = thrift.write(struct)
    reader = thrift.Reader(data)
    assert reader.struct() == struct
    assert reader.place == len(data)
