from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from little import METADATA, SCHEMAS
from served import Served

import onrecord.download as downloads
from onrecord import packages, releases, tables
from onrecord.download import RemoteDataset
from onrecord.errors import IntegrityError, PackageError, RegistryError
from onrecord.packages import ranges
from onrecord.registry import Patience, open_registry
from onrecord.reports import Report

ROOT = Path(__file__).parents[2]
QUOTES = "little/1.0.0/data/quotes.parquet"
GROUPS, ROWS = 20, 250


def texts(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest() * 3


@pytest.fixture(scope="module")
def table() -> pa.Table:
    numbers = range(GROUPS * ROWS)
    columns = {
        "quote_id": [f"q{number:05}" for number in numbers],
        "article_id": [f"a{number // 5:05}" for number in numbers],
        "kind": [None if number % 7 == 0 else "direct" for number in numbers],
        "text": [texts(number) for number in numbers],
        "tags": [[texts(number)[:9]] * (number % 3) for number in numbers],
    }
    described = {"description": "What was said."}
    fields = [pa.field(name, pa.array(values).type, metadata=described) for name, values in columns.items()]
    return pa.table(columns, schema=pa.schema(fields))


@pytest.fixture(scope="module")
def large(table: pa.Table, little: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with one release whose quotes are many row groups."""
    home = tmp_path_factory.mktemp("large")
    folder = Path(shutil.copytree(little, home / "little"))
    pq.write_table(table, folder / "data/quotes.parquet", row_group_size=ROWS, write_page_index=True)
    packages.write_descriptor(folder, METADATA)
    releases.release(folder, version="1.0.0", output=home / "releases", check=lambda _: Report())
    return home / "releases"


@pytest.fixture
def output(large: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(large, tmp_path / "releases"))


@pytest.fixture
def afar(served: Served, tmp_path: Path, patience: Patience) -> RemoteDataset:
    registry = open_registry(served.url, patience=patience)
    return downloads.load("little", registry=registry, cache=tmp_path / "cache", remote=True)


def test_a_table_read_from_afar_is_the_table(afar: RemoteDataset, table: pa.Table) -> None:
    assert list(afar) == ["articles", "quotes"]
    assert (afar.name, afar.version, repr(afar)) == (
        "little",
        "1.0.0",
        "<RemoteDataset little@1.0.0: articles, quotes>",
    )
    assert afar["quotes"].equals(table)
    assert afar["quotes"].schema.field("text").metadata == {b"description": b"What was said."}
    assert afar["articles"].num_rows == 2
    assert afar.schema("quotes")["fields"] == SCHEMAS["quotes"]["fields"]
    assert afar.pandas("quotes", columns=["kind"])["kind"].isna().sum() == len(range(0, GROUPS * ROWS, 7))


@pytest.mark.parametrize("columns", [["text"], ["tags", "kind"], ["quote_id"]])
def test_only_the_columns_asked_for_are_fetched(
    afar: RemoteDataset, served: Served, table: pa.Table, columns: list[str], output: Path
) -> None:
    assert afar.arrow("quotes", columns=columns).equals(table.select(columns))
    assert not [path for path, wanted in served.requests if path.endswith(".parquet") and wanted is None]
    metadata = pq.read_metadata(output / QUOTES)
    own = sum(
        metadata.row_group(group).column(column).total_compressed_size
        for group in range(GROUPS)
        for column in range(metadata.num_columns)
        if metadata.schema.column(column).path.partition(".")[0] in columns
    )
    assert sum(length(wanted) for wanted in served.asked(".parquet")) == own + (4 if "quote_id" in columns else 0)


def length(wanted: str | None) -> int:
    first, last = (wanted or "").removeprefix("bytes=").split("-")
    return int(last) + 1 - int(first)


def test_rows_are_found_without_the_row_groups_that_hold_none(
    afar: RemoteDataset, served: Served, table: pa.Table
) -> None:
    found = afar.arrow("quotes", columns=["text"], where={"article_id": "a00033"})
    assert found.equals(table.slice(165, 5).select(["text"]))
    assert len(served.asked("quotes.parquet")) == 2, "the deciding column, then the other, of one row group"
    some = afar.arrow("quotes", where={"article_id": ["a00000", "a00199"], "kind": "direct"})
    assert some["quote_id"].to_pylist() == [
        "q00001",
        "q00002",
        "q00003",
        "q00004",
        "q00995",
        "q00996",
        "q00997",
        "q00998",
        "q00999",
    ]
    before = len(served.requests)
    assert afar.arrow("quotes", where={"article_id": "b"}).num_rows == 0
    assert afar.arrow("quotes", where={"article_id": []}).schema.equals(table.schema)
    assert len(served.requests) == before


def test_local_and_remote_answer_alike(afar: RemoteDataset, output: Path, tmp_path: Path) -> None:
    here = downloads.load("little", registry=output, cache=tmp_path / "cache")
    for options in (
        {},
        {"columns": ["kind"]},
        {"where": {"kind": "direct"}},
        {"columns": ["text"], "where": {"quote_id": ["q00007", "x"]}},
    ):
        assert afar.arrow("quotes", **options).equals(here.arrow("quotes", **options)), options
    for dataset in (afar, here):
        with pytest.raises(PackageError, match="no column 'txt' in 'quotes'") as caught:
            dataset.arrow("quotes", columns=["txt"])
        assert caught.value.hint == "did you mean 'text'?"
        with pytest.raises(PackageError, match="no column"):
            dataset.arrow("quotes", where={"txt": "x"})
        with pytest.raises(PackageError, match="no table 'quote'"):
            dataset.arrow("quote")


def test_polars_and_duckdb_fetch_what_their_queries_need(afar: RemoteDataset, served: Served, output: Path) -> None:
    frame = afar.polars("quotes").filter(pl.col("article_id") == "a00033").select("text")
    assert frame.collect()["text"].to_list() == [texts(number) for number in range(165, 170)]
    con = afar.duckdb()
    query = "SELECT count(*) FROM quotes JOIN articles USING (article_id)"
    assert con.sql(query).fetchall() == [(0,)]
    assert con.sql("SELECT min(text) FROM quotes WHERE quote_id = 'q00007'").fetchall() == [(texts(7),)]
    fetched = sum(length(wanted) for wanted in served.asked("quotes.parquet"))
    assert fetched < (output / QUOTES).stat().st_size / 2


def test_any_wrong_byte_is_refused(afar: RemoteDataset, output: Path, table: pa.Table) -> None:
    path = output / QUOTES
    whole = path.read_bytes()
    metadata = pq.read_metadata(path)
    first, end = ranges.span_of(metadata.row_group(3).column(3))
    for place in (first, (first + end) // 2, end - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(IntegrityError, match="are not those that the release promises") as caught:
            afar.arrow("quotes", columns=["text"])
        assert "quotes.parquet" in str(caught.value.file)
        assert afar.arrow("quotes", columns=["quote_id"]).num_rows == table.num_rows, "what is not harmed is read"
    for read in (
        lambda: afar.polars("quotes").select("text").collect(),
        lambda: afar.duckdb().sql("SELECT sum(length(text)) FROM quotes").fetchall(),
    ):
        with pytest.raises(Exception, match="are not those that the release promises"):
            read()


def test_a_shorter_file_and_a_server_without_ranges_are_said(afar: RemoteDataset, served: Served, output: Path) -> None:
    served.ranged = False
    with pytest.raises(RegistryError, match="gives no ranges"):
        afar.arrow("quotes", columns=["text"])
    served.ranged = True
    whole = (output / QUOTES).read_bytes()
    (output / QUOTES).write_bytes(whole[:200])
    with pytest.raises((RegistryError, IntegrityError)):
        afar.arrow("quotes", columns=["text"])


def relisted(output: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the ranges of the quotes, and have the index promise just that."""
    path = output / "little/1.0.0/ranges/quotes.json.gz"
    value = json.loads(gzip.decompress(path.read_bytes()))
    change(value)
    path.write_bytes(gzip.compress(json.dumps(value).encode()))
    index = json.loads((output / "index.json").read_text())
    listed = index["datasets"]["little"]["versions"]["1.0.0"]["files"]["ranges/quotes.json.gz"]
    listed |= {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    (output / "index.json").write_text(json.dumps(index))


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(path="data/articles.parquet"),
        lambda value: value["blocks"].pop(),
        lambda value: value["blocks"].insert(0, [0, "0" * 64]),
        lambda value: value.update(footer="00" * 40),
        lambda value: value.update(footer="xyz"),
        lambda value: value.update(blocks=None),
        lambda value: value.update(blocks=[]),
        lambda value: value.pop("footer"),
        lambda value: value.update(format=2),
    ],
)
def test_ranges_of_another_form_are_refused(
    output: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    relisted(output, change)
    with pytest.raises(IntegrityError):
        downloads.load("little", registry=output, cache=tmp_path / "cache", remote=True)["quotes"]


def test_ranges_that_the_index_does_not_promise_are_refused(afar: RemoteDataset, output: Path) -> None:
    path = output / "little/1.0.0/ranges/quotes.json.gz"
    path.write_bytes(path.read_bytes()[:-9] + bytes(9))
    with pytest.raises(IntegrityError, match="not those that the index promises"):
        afar["quotes"]


def test_ranges_that_unpack_without_end_are_refused(monkeypatch: pytest.MonkeyPatch, output: Path) -> None:
    data = (output / "little/1.0.0/ranges/quotes.json.gz").read_bytes()
    monkeypatch.setattr(ranges, "MOST", 1000)
    with pytest.raises(IntegrityError):
        ranges.parse(data, path="data/quotes.parquet", size=(output / QUOTES).stat().st_size, file="x")


def test_a_release_without_ranges_says_what_to_do(output: Path, tmp_path: Path) -> None:
    index = json.loads((output / "index.json").read_text())
    listed = index["datasets"]["little"]["versions"]["1.0.0"]["files"]
    listed.pop("ranges/quotes.json.gz")
    (output / "index.json").write_text(json.dumps(index))
    with pytest.raises(PackageError, match="cannot be read from afar") as caught:
        downloads.load("little", registry=output, cache=tmp_path / "cache", remote=True)["quotes"]
    assert "without remote" in str(caught.value.hint)


def test_what_is_read_from_afar_may_be_pinned(output: Path, tmp_path: Path) -> None:
    lock = tmp_path / "onrecord.lock"
    downloads.pin(["little"], registry=output, path=lock)
    load = lambda: downloads.load("little", lock=lock, cache=tmp_path / "cache", remote=True)  # noqa: E731
    assert load()["quotes"].num_rows == GROUPS * ROWS
    relisted(output, lambda value: value)
    with pytest.raises(IntegrityError, match="SHA256SUMS and the index disagree"):
        load()
    text = lock.read_text()
    digest = json.loads(text)["datasets"]["little"]["sha256"]
    lock.write_text(text.replace(digest, "0" * 64))
    with pytest.raises(IntegrityError, match="not the one that was pinned"):
        load()


def test_offline_nothing_is_read_from_afar(output: Path) -> None:
    with pytest.raises(RegistryError, match="cannot be had offline"):
        downloads.load("little", registry=output, offline=True, remote=True)


def test_ranges_are_of_every_byte_and_the_same_again(output: Path, tmp_path: Path) -> None:
    data = (output / "little/1.0.0/ranges/quotes.json.gz").read_bytes()
    found = ranges.parse(data, path="data/quotes.parquet", size=(output / QUOTES).stat().st_size, file="x")
    whole = (output / QUOTES).read_bytes()
    assert found.starts[0] == 0
    for number, (start, end) in enumerate(zip(found.starts, found.starts[1:], strict=False)):
        found.prove(number, whole[start:end], "x")
    assert found.footer == whole[found.starts[-2] :]
    (tmp_path / "data").mkdir()
    shutil.copy(output / QUOTES, tmp_path / "data")
    ranges.write(tmp_path, ["data/quotes.parquet"])
    assert (tmp_path / "ranges/quotes.json.gz").read_bytes() == data


def test_an_empty_table_is_read_from_afar(little: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(little, tmp_path / "little"))
    empty = pq.read_table(folder / "data/quotes.parquet").slice(0, 0)
    pq.write_table(empty, folder / "data/quotes.parquet")
    packages.write_descriptor(folder, METADATA)
    releases.release(folder, version="1.0.0", output=tmp_path / "out", check=lambda _: Report())
    found = downloads.load("little", registry=tmp_path / "out", cache=tmp_path / "cache", remote=True)
    assert found["quotes"].equals(empty)
    assert found.polars("quotes").collect().height == 0


def test_loading_from_afar_imports_nothing_heavy_before_it_is_used(output: Path, tmp_path: Path) -> None:
    program = """
import sys
import onrecord
afar = onrecord.load("little", registry=sys.argv[1], cache=sys.argv[2], remote=True)
heavy = {"pandas", "polars", "duckdb", "pyarrow", "frictionless", "pandera", "urllib3", "numpy"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
afar["quotes"]
assert not {"polars", "duckdb", "pandera", "frictionless", "urllib3"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program, output, tmp_path / "cache"], check=True)


ARTICLES, BATCH = 40_000, 5_000


def made(home: Path) -> Path:
    """Release quotes as they are published: sorted, in row groups cut by content; five of each article."""
    folder = home / "made"
    (folder / "data").mkdir(parents=True)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    keys = sorted(hashlib.sha256(str(number).encode()).hexdigest()[:16] for number in range(ARTICLES))
    with tables.ParquetWriter(folder / "data/quotes.parquet", "quotes") as writer:
        for first in range(0, ARTICLES, BATCH):
            rows = [row for key in keys[first : first + BATCH] for row in quotes_of(key)]
            writer.write(tables.to_batch("quotes", rows))
    (folder / "data/quotes.csv").write_text("quote_id\n")
    packages.write_descriptor(folder, packages.Metadata(name="made", title="Made", license="CC0-1.0"))
    packages.write_readme(folder)
    releases.release(folder, version="1.0.0", output=home / "out", check=lambda _: Report())
    return home / "out/made/1.0.0/data/quotes.parquet"


def quotes_of(article: str) -> list[dict[str, Any]]:
    found = []
    for number in range(5):
        said = hashlib.sha256(f"{article}{number}".encode()).hexdigest()
        place = {"field": "body", "kind": "direct", "language": "en", "start": int(said[:3], 16), "end": 9_999}
        words = " ".join(said[at : at + 4] for at in range(0, 60, 4))
        texts = {"text": words, "prefix": words[:20], "suffix": words[20:40]}
        found.append({"quote_id": f"{article}-{number}{said[:8]}", "article_id": article, **place, **texts})
    return found


@pytest.mark.slow
def test_a_column_costs_itself_and_an_article_a_tenth_of_the_file(tmp_path: Path) -> None:
    """The bytes that a real server sends for 200,000 quotes; columns of next to nothing cost the ranges alone."""
    path = made(tmp_path)
    server = Served(tmp_path / "out")
    try:
        for column, own in sizes(path).items():
            sent, rows = cost(server, tmp_path, columns=[column])
            assert rows == 5 * ARTICLES
            assert sent <= max(1.2 * own, own + 0.02 * path.stat().st_size), (column, sent / own)
        assert cost(server, tmp_path, columns=["text"])[0] <= 1.2 * sizes(path)["text"]
        keys = pq.read_table(path, columns=["article_id"])["article_id"].to_pylist()
        for key in keys[:: len(keys) // 9]:
            sent, rows = cost(server, tmp_path, where={"article_id": key})
            assert rows == 5
            assert sent <= 0.1 * path.stat().st_size, sent / path.stat().st_size
    finally:
        server.close()


def sizes(path: Path) -> dict[str, int]:
    metadata = pq.read_metadata(path)
    found: dict[str, int] = {}
    for group in range(metadata.num_row_groups):
        for number in range(metadata.num_columns):
            column = metadata.row_group(group).column(number)
            found[column.path_in_schema] = found.get(column.path_in_schema, 0) + column.total_compressed_size
    return found


def cost(server: Served, home: Path, **options: Any) -> tuple[int, int]:
    """Return all bytes that the server sends for one question to a dataset whose index is known, and the rows."""
    afar = downloads.load("made", registry=server.url, cache=home / "cache", remote=True)
    before = server.sent
    rows = afar.arrow("quotes", **options).num_rows
    return server.sent - before, rows
