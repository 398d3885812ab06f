from __future__ import annotations

import hashlib
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.download as downloads
from onrecord import packages, releases
from onrecord.errors import IntegrityError
from onrecord.packages import chunks
from onrecord.registry import open_registry
from onrecord.reports import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onrecord.registry.http import Patience

NOISE = random.Random(7).randbytes(700_000)  # noqa: S311 -- test data


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def share(old: list[chunks.Chunk], new: list[chunks.Chunk]) -> float:
    """Return the share of the new file's bytes that the old one has not."""
    here = {piece.digest for piece in old}
    return sum(piece.size for piece in new if piece.digest not in here) / sum(piece.size for piece in new)


@given(st.binary(max_size=3000), st.integers(0, 40))
def test_pieces_join_to_the_file(tmp_path_factory: pytest.TempPathFactory, data: bytes, times: int) -> None:
    path = put(tmp_path_factory.getbasetemp() / "pieces", data * times)
    found = chunks.chunks_of(path)

    assert sum(piece.size for piece in found) == len(data) * times
    assert [piece.start for piece in found] == [sum(one.size for one in found[:n]) for n in range(len(found))]
    assert all(chunks.LEAST <= piece.size <= chunks.MOST for piece in found[:-1])


@pytest.mark.parametrize("data", [b"", b"x", bytes(3_000_000), b"\xff" * 3_000_000, b"abcdefgh" * 400_000])
def test_monotonous_files_are_cut_into_few_pieces(tmp_path: Path, data: bytes) -> None:
    found = chunks.chunks_of(put(tmp_path / "a", data))

    assert sum(piece.size for piece in found) == len(data)
    assert len(found) <= len(data) / chunks.LEAST + 1


@pytest.mark.parametrize("place", [0, 350_000, 700_000])
def test_an_insertion_changes_few_pieces(tmp_path: Path, place: int) -> None:
    old = chunks.chunks_of(put(tmp_path / "a", NOISE))
    new = chunks.chunks_of(put(tmp_path / "b", NOISE[:place] + b"inserted" + NOISE[place:]))

    assert len(old) > 4
    assert share(old, new) < 0.5


def test_where_blocks_are_read_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a", NOISE)
    whole = chunks.chunks_of(path)
    monkeypatch.setattr(chunks, "BLOCK", 1000)

    assert chunks.chunks_of(path) == whole


@pytest.mark.parametrize(
    "value",
    [None, 1, [1], [[1]], [["1", "0" * 20]], [[0, "0" * 20]], [[-1, "0" * 20]], [[1, "0"]], [[1 << 30, "0" * 20]]],
)
def test_what_is_no_list_of_pieces_is_refused(tmp_path: Path, value: Any) -> None:
    put(tmp_path / "chunks.json", json.dumps({"data/a.csv": value}).encode())

    with pytest.raises(ValueError, match="piece"):
        chunks.read(tmp_path / "chunks.json")


def test_pieces_of_a_file_elsewhere_are_refused(tmp_path: Path) -> None:
    put(tmp_path / "chunks.json", json.dumps({"../../dev/zero": [[1, "0" * 20]]}).encode())

    with pytest.raises(ValueError, match="leaves its folder"):
        chunks.read(tmp_path / "chunks.json")


@pytest.fixture
def versions(make_dataset: Callable[..., Path], rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> Path:
    """A registry with 1.0.0 and a version 1.1.0 that has one quote more."""
    noise = random.Random(1)  # noqa: S311 -- test data
    rows["quotes"] = [
        {"quote_id": f"q{n:06}", "article_id": "a1", "kind": "direct", "text": noise.randbytes(40).hex()}
        for n in range(9000)
    ]
    release(make_dataset("one", rows), tmp_path / "releases", "1.0.0")
    rows["quotes"].insert(4000, {**rows["quotes"][0], "quote_id": "q003999a"})
    release(make_dataset("two", rows), tmp_path / "releases", "1.1.0")
    return tmp_path / "releases"


def release(dataset: Path, output: Path, version: str) -> None:
    releases.release(dataset, version=version, output=output, check=lambda _: Report())


@pytest.fixture
def update(versions: Path, serve: Callable[[Path], Any], patience: Patience, tmp_path: Path) -> Any:
    """Return the server with 1.0.0 in the cache already, and what fetches 1.1.0."""
    served = serve(versions)

    def get(spec: str) -> Path:
        registry = open_registry(served.url, patience=patience)
        return downloads.download(spec, registry=registry, cache=tmp_path / "cache")

    get("little@1.0.0")
    served.requests.clear()
    served.sent = 0
    return served, lambda: get("little@1.1.0")


def test_only_what_changed_is_fetched(update: Any, versions: Path) -> None:
    served, get = update

    folder = get()

    assert packages.verify(folder).valid
    assert served.asked(".zip") == []
    assert {path.name: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()} == {
        path.name: path.read_bytes() for path in (versions / "little" / "1.1.0").rglob("*.*") if path.is_file()
    }
    whole = (versions / "little" / "little-1.1.0.zip").stat().st_size
    assert served.sent < 0.6 * whole


@pytest.mark.parametrize("harm", ["data", "sums", "chunks"])
def test_where_the_old_one_was_harmed_the_zip_is_fetched(update: Any, tmp_path: Path, harm: str) -> None:
    served, get = update
    name = {"data": "data/quotes.csv", "sums": "SHA256SUMS", "chunks": "chunks.json"}[harm]
    path = next((tmp_path / "cache").glob(f"*/little/1.0.0/{name}"))
    path.write_bytes(path.read_bytes()[::-1])

    assert packages.verify(get()).valid
    assert served.asked(".zip") == [None]


def test_where_the_server_gives_no_ranges_the_zip_is_fetched(update: Any) -> None:
    served, get = update
    served.ranged = False

    assert packages.verify(get()).valid
    assert served.asked(".zip") == [None]


def test_pieces_of_other_bytes_are_not_taken(update: Any, versions: Path) -> None:
    served, get = update
    path = versions / "little" / "1.1.0" / "data" / "quotes.csv"
    path.write_bytes(path.read_bytes()[::-1])

    assert packages.verify(get()).valid
    assert served.asked(".zip") == [None]


@pytest.mark.parametrize("pieces", [{"data/quotes.csv": [[1, "0" * 20]]}, {"data/more.csv": [[1, "0" * 20]]}, []])
def test_pieces_that_contradict_the_index_are_not_taken(update: Any, versions: Path, pieces: Any) -> None:
    served, get = update
    data = json.dumps(pieces).encode()
    (versions / "little" / "1.1.0" / "chunks.json").write_bytes(data)
    index = json.loads((versions / "index.json").read_text(encoding="utf-8"))
    promised = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    index["datasets"]["little"]["versions"]["1.1.0"]["files"]["chunks.json"] = promised
    (versions / "index.json").write_text(json.dumps(index), encoding="utf-8")

    with pytest.raises(IntegrityError, match=r"not the file that was promised|bytes, promised were"):
        get()

    assert served.asked(".zip") == [None]
    assert [path for path, wanted in served.requests if wanted] == []
