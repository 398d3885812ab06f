from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import archives
from onrecord.archives import Promise
from onrecord.errors import IntegrityError

MakeZip = Callable[..., Path]


def promise(data: bytes) -> Promise:
    return Promise(len(data), hashlib.sha256(data).hexdigest())


@pytest.fixture
def make_zip(tmp_path: Path) -> MakeZip:
    """Write a zip of (name or ZipInfo, bytes) pairs, with nothing made safe."""

    def make(*entries: tuple[Any, bytes]) -> Path:
        path = tmp_path / "some.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in entries:
                archive.writestr(name, data)
        return path

    return make


def unpacked(path: Path, folder: Path, promises: dict[str, Promise]) -> list[str]:
    folder.mkdir()
    archives.unpack(path, folder, promises)
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def entry(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def test_what_is_packed_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "b.parquet").write_bytes(b"PAR1" * 9)
    files = [("data/b.parquet", tmp_path / "b.parquet"), ("data/a.csv", tmp_path / "a.csv")]

    archives.pack(files, tmp_path / "x.zip")

    promises = archives.measure(tmp_path / "x.zip")
    assert promises == {"data/a.csv": promise(b"x\n1\n"), "data/b.parquet": promise(b"PAR1" * 9)}
    assert unpacked(tmp_path / "x.zip", tmp_path / "out", promises) == ["data/a.csv", "data/b.parquet"]
    assert (tmp_path / "out" / "data" / "a.csv").read_text() == "x\n1\n"


def test_packing_depends_on_names_and_contents_alone(tmp_path: Path) -> None:
    import os

    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    files = [("a", tmp_path / "a"), ("b", tmp_path / "b")]
    archives.pack(files, tmp_path / "one.zip")
    os.utime(tmp_path / "a", (1e9, 1e9))
    (tmp_path / "b").chmod(0o600)

    archives.pack(reversed(files), tmp_path / "other.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert [(one.filename, one.date_time, one.external_attr >> 16) for one in archive.infolist()] == [
            ("a", (1980, 1, 1, 0, 0, 0), 0o100644),
            ("b", (1980, 1, 1, 0, 0, 0), 0o100644),
        ]


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../../x",
        "/etc/x",
        "C:x",
        "c:/x",
        "a\\..\\x",
        "a//x",
        "./x",
        "a/",
        "x\n",
        "aux",
        "a/NUL.csv",
        "x.",
        "x ",
    ],
)
def test_a_path_that_escapes_is_refused_by_its_directory(make_zip: MakeZip, name: str) -> None:
    path = make_zip(("good.csv", b"1"), (zipfile.ZipInfo(name), b"2"))

    with pytest.raises(IntegrityError, match="refused: the name"):
        archives.inspect(path)


def test_a_name_with_a_nul_is_refused(make_zip: MakeZip) -> None:
    path = make_zip(("good_bad", b"1"))
    path.write_bytes(path.read_bytes().replace(b"good_bad", b"good\0bad"))

    with pytest.raises(IntegrityError, match="control character"):
        archives.inspect(path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_is_refused(make_zip: MakeZip, kind: int) -> None:
    with pytest.raises(IntegrityError, match="no regular file"):
        archives.inspect(make_zip((entry("link", kind | 0o777), b"/etc/passwd")))


@pytest.mark.parametrize("names", [("a", "A"), ("é", "e\u0301"), ("straße", "STRASSE"), ("a", "a/b"), ("a/b", "A")])
def test_names_that_some_system_takes_for_one_are_refused(make_zip: MakeZip, names: tuple[str, str]) -> None:
    with pytest.raises(IntegrityError, match="refused"):
        archives.inspect(make_zip(*((name, b"") for name in names)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(make_zip: MakeZip) -> None:
    with pytest.raises(IntegrityError, match="twice"):
        archives.inspect(make_zip(("a", b"1"), ("a", b"2")))


def test_an_encrypted_file_is_refused(make_zip: MakeZip) -> None:
    path = make_zip(("a", b"1"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))

    with pytest.raises(IntegrityError, match="encrypted"):
        archives.inspect(path)


def test_an_unusual_compression_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a", b"1")

    with pytest.raises(IntegrityError, match="unusual"):
        archives.inspect(tmp_path / "x.zip")


def test_a_bomb_is_refused_by_what_it_claims(make_zip: MakeZip) -> None:
    with pytest.raises(IntegrityError, match="claims to unpack to 2,000,000 bytes"):
        archives.inspect(make_zip(("a", bytes(2_000_000))))


def test_a_bomb_that_lies_about_its_size_is_cut_off(make_zip: MakeZip, tmp_path: Path) -> None:
    data = bytes(200_000)
    path = make_zip(("a", data))
    small = struct.pack("<I", 10)
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", len(data)), small))

    with pytest.raises(IntegrityError, match="refused"):
        unpacked(path, tmp_path / "out", {"a": Promise(10, "0" * 64)})

    assert sum(one.stat().st_size for one in (tmp_path / "out").rglob("*")) <= 10


def test_more_than_is_allowed_is_refused(make_zip: MakeZip) -> None:
    with pytest.raises(IntegrityError, match="more than 3 bytes"):
        archives.inspect(make_zip(("a", b"12"), ("b", b"34")), most_bytes=3)


def test_too_many_files_are_refused(make_zip: MakeZip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 1)
    with pytest.raises(IntegrityError, match="holds 2 files"):
        archives.inspect(make_zip(("a", b""), ("b", b"")))


@pytest.mark.parametrize(
    ("promises", "message"),
    [
        ({"a": promise(b"1")}, "holds 'b', which nobody promised"),
        ({"a": promise(b"1"), "b": promise(b"2"), "c": promise(b"")}, "lacks 'c'"),
        ({"a": promise(b"1"), "b": promise(b"22")}, "'b' has 1 bytes, promised were 2"),
    ],
)
def test_other_files_than_promised_are_refused_before_unpacking(
    make_zip: MakeZip, tmp_path: Path, promises: dict[str, Promise], message: str
) -> None:
    path = make_zip(("a", b"1"), ("b", b"2"))

    with pytest.raises(IntegrityError, match=message):
        unpacked(path, tmp_path / "out", promises)

    assert list((tmp_path / "out").iterdir()) == []


def test_other_bytes_than_promised_are_refused(make_zip: MakeZip, tmp_path: Path) -> None:
    with pytest.raises(IntegrityError, match="'a' is not the file that was promised"):
        unpacked(make_zip(("a", b"1")), tmp_path / "out", {"a": promise(b"2")})


def test_a_zip_cut_anywhere_is_refused(make_zip: MakeZip, tmp_path: Path) -> None:
    whole = make_zip(("a", b"12345" * 50), ("b", b"67890")).read_bytes()
    promises = {"a": promise(b"12345" * 50), "b": promise(b"67890")}
    for length in range(0, len(whole), 7):
        path = tmp_path / "cut.zip"
        path.write_bytes(whole[:length])
        with pytest.raises(IntegrityError):
            unpacked(path, tmp_path / f"out{length}", promises)


def test_a_changed_byte_anywhere_is_noticed_or_changes_nothing(make_zip: MakeZip, tmp_path: Path) -> None:
    whole = make_zip(("a", b"12345" * 50), ("b", b"67890")).read_bytes()
    promises = {"a": promise(b"12345" * 50), "b": promise(b"67890")}
    for place in range(len(whole)):
        path = tmp_path / "changed.zip"
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        folder = tmp_path / f"out{place}"
        try:
            unpacked(path, folder, promises)
        except IntegrityError:
            continue
        assert (folder / "a").read_bytes() == b"12345" * 50
        assert (folder / "b").read_bytes() == b"67890"


@given(st.binary(max_size=300))
def test_no_bytes_whatever_do_more_than_be_refused(data: bytes) -> None:
    path = io.BytesIO(data)
    with suppress(IntegrityError):
        archives.inspect(path)  # type: ignore[arg-type]


@given(st.text(max_size=30))
def test_a_safe_path_stays_in_its_folder(name: str) -> None:
    if archives.unsafe(name) is None:
        base = Path("/base")
        assert (base / name).resolve().is_relative_to(base)
        assert (base / name).resolve() != base


def test_read_returns_one_file(make_zip: MakeZip) -> None:
    path = make_zip(("a", b"1"), ("b", b"22"))

    assert archives.read(path, "b", most_bytes=2) == b"22"
    with pytest.raises(IntegrityError, match="larger than 1 bytes"):
        archives.read(path, "b", most_bytes=1)
    with pytest.raises(IntegrityError, match="has no 'c'"):
        archives.read(path, "c", most_bytes=1)
