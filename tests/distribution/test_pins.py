from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import onrecord.download as downloads
from onrecord import releases
from onrecord.download import pin, read_pins
from onrecord.errors import IntegrityError, PackageError, RegistryError
from onrecord.reports import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def lock(output: Path, tmp_path: Path) -> Path:
    pin(["little"], registry=output, path=tmp_path / "onrecord.lock")
    return tmp_path / "onrecord.lock"


def test_what_was_pinned_is_loaded_though_there_is_newer(lock: Path, output: Path, dataset: Path, cache: Path) -> None:
    releases.release(dataset, version="2.0.0", output=output, check=lambda _: Report())

    assert downloads.load("little", lock=lock, cache=cache).version == "1.0.0"
    assert downloads.load("little", registry=output, cache=cache).version == "2.0.0"


def test_a_lock_needs_no_network_once_it_was_used(lock: Path, output: Path, cache: Path) -> None:
    folder = downloads.download("little", lock=lock, cache=cache)
    output.rename(output.with_name("gone"))

    assert downloads.download("little", lock=lock, cache=cache) == folder


def test_other_bytes_under_the_same_version_are_refused(
    lock: Path, output: Path, make_dataset: Callable[..., Path], rows: dict[str, list[dict[str, Any]]], cache: Path
) -> None:
    rows["articles"][0]["word_count"] = 7
    (output / "index.json").unlink()
    releases.release(make_dataset("changed", rows), version="1.0.0", output=output, check=lambda _: Report())

    with pytest.raises(IntegrityError, match="not the one that was pinned") as caught:
        downloads.load("little", lock=lock, cache=cache)

    assert caught.value.hint


def test_other_bytes_are_refused_of_single_tables_and_in_the_cache_too(lock: Path, output: Path, cache: Path) -> None:
    folder = downloads.download("little", lock=lock, cache=cache, tables=["quotes"])
    assert (folder / "data" / "quotes.parquet").exists()
    pins = json.loads(lock.read_text())
    pins["datasets"]["little"]["sha256"] = "0" * 64
    lock.write_text(json.dumps(pins))
    downloads.download("little", registry=output, cache=cache)

    for tables in (["quotes"], None):
        with pytest.raises(IntegrityError, match="not the one that was pinned"):
            downloads.download("little", lock=lock, cache=cache, tables=tables)


def test_pins_join_and_are_written_one_way(lock: Path, output: Path, dataset: Path, metadata: Any) -> None:
    import dataclasses

    from onrecord import packages

    packages.write_descriptor(dataset, dataclasses.replace(metadata, name="another"))
    releases.release(dataset, version="0.1.0", output=output, check=lambda _: Report())
    pin(["another@^0.1"], registry=output, path=lock)

    assert {name: one.version for name, one in read_pins(lock).items()} == {"another": "0.1.0", "little": "1.0.0"}
    before = lock.read_bytes()
    pin(["little", "another"], registry=output, path=lock)
    assert lock.read_bytes() == before


@pytest.mark.parametrize(
    ("spec", "message"),
    [("litle", "'litle' is not pinned"), ("little@2.0.0", "little@2.0.0 is wanted, and 1.0.0 pinned")],
)
def test_what_is_not_pinned_is_said(lock: Path, cache: Path, spec: str, message: str) -> None:
    with pytest.raises(RegistryError, match=message):
        downloads.load(spec, lock=lock, cache=cache)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "datasets": {}}',
        '{"format": 1, "datasets": {"x": {"version": "1"}}}',
        '{"format": 1, "datasets": {"x": {"version": "1.0", "registry": "x", "sha256": "x"}}}',
    ],
)
def test_what_is_no_lock_file_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "onrecord.lock").write_text(text)

    with pytest.raises(PackageError) as caught:
        read_pins(tmp_path / "onrecord.lock")

    assert caught.value.file == str(tmp_path / "onrecord.lock")


def test_a_release_without_checksums_cannot_be_pinned(output: Path, tmp_path: Path) -> None:
    index = json.loads((output / "index.json").read_text())
    del index["datasets"]["little"]["versions"]["1.0.0"]["files"]["SHA256SUMS"]
    (output / "index.json").write_text(json.dumps(index))

    with pytest.raises(RegistryError, match="has no SHA256SUMS"):
        pin(["little"], registry=output, path=tmp_path / "onrecord.lock")
