from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import seeds
from onrecord.errors import CollectionError
from onrecord.records import Document
from onrecord.reports import Issue


@pytest.fixture
def collection(tmp_path: Path) -> seeds.Collection:
    return seeds.load(seeds.create(tmp_path, "x"))


def found(collection: seeds.Collection) -> dict[str, str]:
    """Return path -> hash, or the code of the finding."""
    return {
        (o.file or ""): o.code if isinstance(o, Issue) else ""
        for o in seeds.listing(collection)
        if isinstance(o, Issue)
    } | {o.path: o.sha256 for o in seeds.listing(collection) if isinstance(o, seeds.Seed)}


def test_documents_are_listed_with_their_hashes(collection: seeds.Collection) -> None:
    (collection.folder / "b.txt").write_bytes(b"bee")
    (collection.folder / "sub").mkdir()
    (collection.folder / "sub" / "a.txt").write_bytes(b"ay")
    assert found(collection) == {
        "b.txt": hashlib.sha256(b"bee").hexdigest(),
        "sub/a.txt": hashlib.sha256(b"ay").hexdigest(),
    }


@pytest.mark.parametrize("name", ["README.md", ".hidden", "a.txt~", "corrections.csv", "LICENSE.txt", "a.part"])
def test_what_describes_documents_is_no_document(collection: seeds.Collection, name: str) -> None:
    (collection.folder / name).write_text("x")
    assert found(collection) == {}


def test_include_chooses(collection: seeds.Collection) -> None:
    for name in ("a.txt", "a.html"):
        (collection.folder / name).write_text(name)
    assert set(found(replace(collection, include=("*.html",)))) == {"a.html"}


def test_a_link_out_of_the_folder_is_not_followed(collection: seeds.Collection, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (collection.folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    (collection.folder / "sub").symlink_to(tmp_path, target_is_directory=True)
    assert found(collection) == {"a.txt": "seed-outside", "sub": "seed-outside"}


def test_a_broken_link_is_a_finding(collection: seeds.Collection) -> None:
    (collection.folder / "a.txt").symlink_to(collection.folder / "gone.txt")
    assert found(collection) == {"a.txt": "seed-vanished"}


def test_a_document_that_vanishes_or_changes_is_a_finding(collection: seeds.Collection) -> None:
    path = collection.folder / "a.txt"
    path.write_text("before")
    [seed] = seeds.listing(collection)
    assert isinstance(seed, seeds.Seed)
    document = seeds.read(collection, seed)
    assert isinstance(document, Document)
    assert document.data == b"before"
    path.write_text("after")
    changed = seeds.read(collection, seed)
    path.unlink()
    vanished = seeds.read(collection, seed)
    assert isinstance(changed, Issue)
    assert isinstance(vanished, Issue)
    assert (changed.code, vanished.code) == ("seed-changed", "seed-vanished")
    assert changed.file == vanished.file == "a.txt"


def test_find_names_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="no collections in"):
        seeds.find(tmp_path)
    seeds.create(tmp_path, "b")
    seeds.create(tmp_path, "a")
    assert [path.name for path in seeds.find(tmp_path)] == ["a", "b"]
    assert [path.name for path in seeds.find(tmp_path, ("b",))] == ["b"]
    with pytest.raises(CollectionError, match="no collection 'c'") as error:
        seeds.find(tmp_path, ("c",))
    assert error.value.hint == "there are: a, b"
