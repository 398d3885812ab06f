from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import archives, files, packages
from onrecord.errors import IntegrityError, PackageError
from onrecord.packages import Dataset, open_package, sums, verify

if TYPE_CHECKING:
    from pathlib import Path

HASHES = st.dictionaries(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20).filter(
        lambda name: archives.unsafe(name) is None
    ),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    max_size=5,
)


@pytest.fixture(params=["folder", "zip"])
def released(request: pytest.FixtureRequest, output: Path) -> Path:
    return output / "little" / ("1.0.0" if request.param == "folder" else "little-1.0.0.zip")


def codes(path: Path) -> list[tuple[str, str]]:
    return [(issue.code, str(issue.file).removeprefix(f"{path}/")) for issue in verify(path)]


def test_a_package_says_what_it_is(released: Path) -> None:
    package = open_package(released)

    assert (package.name, package.version, package.tables) == ("little", "1.0.0", ("articles", "quotes"))
    assert package.rows() == {"articles": 2, "quotes": 2}
    assert package.is_archive == (released.suffix == ".zip")
    assert json.loads(package.read("report.json")) == {"valid": True}
    assert verify(released).valid


def test_a_package_is_opened_by_its_descriptor_too(dataset: Path) -> None:
    assert open_package(dataset / "datapackage.json").path == dataset


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("data/quotes.csv", b"", [("file-size", "data/quotes.csv")]),
        ("data/quotes.csv", None, [("file-missing", "data/quotes.csv")]),
        ("README.md", b"other", [("file-hash", "README.md")]),
        ("README.md", None, [("file-missing", "README.md")]),
        ("more.txt", b"more", [("file-unlisted", "more.txt")]),
    ],
)
def test_every_change_of_a_release_is_found(output: Path, name: str, data: bytes, expected: Any) -> None:
    folder = output / "little" / "1.0.0"
    if data is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(data)

    assert codes(folder) == expected


def test_changed_bytes_of_the_same_length_are_found_once(output: Path) -> None:
    folder = output / "little" / "1.0.0"
    path = folder / "data" / "quotes.csv"
    path.write_bytes(path.read_bytes()[::-1])

    (issue,) = verify(folder)

    assert issue.code == "file-hash"
    assert str(issue.expected).startswith("sha256:")
    assert issue.expected != issue.value


def test_a_descriptor_that_was_changed_with_its_data_does_not_pass(output: Path) -> None:
    folder = output / "little" / "1.0.0"
    (folder / "data" / "quotes.csv").write_text("quote_id\n")
    descriptor = json.loads((folder / "datapackage.json").read_text())
    for one in descriptor["resources"]:
        path = folder / one["path"]
        one |= {"bytes": path.stat().st_size, "hash": f"sha256:{files.sha256_of(path)}"}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))

    assert codes(folder) == [("file-hash", "data/quotes.csv"), ("file-hash", "datapackage.json")]


@pytest.mark.parametrize(
    ("descriptor", "error", "message"),
    [
        ("{", PackageError, "not JSON"),
        ("[]", PackageError, "not a JSON object"),
        ("{}", PackageError, "lacks a name or resources"),
        ('{"name": "x", "resources": [{"name": "a"}]}', PackageError, "lacks a name or a path"),
        ('{"name": "x", "resources": [{"name": "a", "path": ["b", "c"]}]}', PackageError, "lacks a name or a path"),
        (
            '{"name": "x", "resources": [{"name": "a", "path": "../../etc/passwd"}]}',
            IntegrityError,
            "leaves its folder",
        ),
        ('{"name": "x", "resources": [{"name": "../a", "path": "a"}]}', IntegrityError, "leaves its folder"),
        ('{"name": "x", "resources": [{"name": "a", "path": "https://x.org/a"}]}', IntegrityError, "drive letter"),
    ],
)
def test_a_descriptor_of_another_form_is_refused(
    tmp_path: Path, descriptor: str, error: type[Exception], message: str
) -> None:
    (tmp_path / "datapackage.json").write_text(descriptor)

    with pytest.raises(error, match=message):
        open_package(tmp_path)


def test_a_descriptor_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.packages import reading

    monkeypatch.setattr(reading, "MOST_DESCRIPTOR", 100)
    (tmp_path / "datapackage.json").write_text(" " * 101)

    with pytest.raises(PackageError, match="larger than 100 bytes"):
        open_package(tmp_path)


def test_what_is_no_package_is_said(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no such package"):
        open_package(tmp_path / "missing")
    with pytest.raises(PackageError, match="no such file"):
        open_package(tmp_path)


def test_a_link_in_a_package_is_refused(dataset: Path) -> None:
    (dataset / "data" / "link").symlink_to("/etc/passwd")

    with pytest.raises(PackageError, match="not a regular file"):
        verify(dataset)


def test_a_zip_is_no_dataset(output: Path) -> None:
    with pytest.raises(PackageError, match="tables are read from a folder"):
        Dataset.open(output / "little" / "little-1.0.0.zip")


@given(HASHES)
def test_checksums_come_back_as_they_went(hashes: dict[str, str]) -> None:
    assert sums.parse_sums(sums.format_sums(hashes)) == hashes


@pytest.mark.parametrize(
    "text", ["x\n", f"{'0' * 64} a\n", f"{'0' * 64}  ../a\n", f"{'0' * 64}  a\n" * 2, f"{'G' * 64}  a\n"]
)
def test_what_is_no_checksum_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(PackageError) as caught:
        sums.parse_sums(text)

    assert caught.value.line == text.count("\n")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_json_is_written_one_way_and_comes_back(value: Any) -> None:
    text = files.to_json({"value": value})

    assert json.loads(text) == {"value": value}
    assert files.to_json(json.loads(text)) == text


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    files.write_whole(path, b"good")

    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_whole(path, b"better")

    assert path.read_bytes() == b"good"
    assert list(tmp_path.iterdir()) == [path]


def test_rows_are_counted_from_the_files_where_nobody_counted(tmp_path: Path) -> None:
    from onrecord import schemas, tables

    (tmp_path / "data").mkdir()
    for name in schemas.names():
        (tmp_path / "data" / f"{name}.csv").write_text("")
        with tables.ParquetWriter(tmp_path / "data" / f"{name}.parquet", name) as writer:
            writer.write(tables.to_batch(name, []))

    facts = packages.facts_of(tmp_path)

    assert list(facts) == list(schemas.names())
    assert {one.rows for one in facts.values()} == {0}
    assert facts["spans"].content_hash == tables.content_hash("spans", [])
