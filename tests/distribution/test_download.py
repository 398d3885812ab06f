from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
import zipfile
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest
from faults import Drip, body, status

import onrecord.download as downloads
from onrecord import packages, releases
from onrecord.errors import IntegrityError, OnrecordError, PackageError, RegistryError
from onrecord.registry import Patience, open_registry
from onrecord.registry.http import sent_on
from onrecord.reports import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path
from types import SimpleNamespace

ZIP = "/little/little-1.0.0.zip"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def get(served: Any, cache: Path, patience: Patience) -> Callable[..., Path]:
    """Download from the served registry into the cache, without waiting."""

    def download(spec: str = "little", **options: Any) -> Path:
        return downloads.download(spec, registry=open_registry(served.url, patience=patience), cache=cache, **options)

    return download


def left(cache: Path) -> list[str]:
    """Return what stands in the cache, but locks."""
    found = (path for path in cache.rglob("*") if path.is_file() and path.suffix not in {".lock", ""})
    return sorted(path.relative_to(cache).as_posix().partition("/")[2] for path in found)


def test_a_dataset_is_fetched_proved_and_unpacked(get: Callable[..., Path], output: Path) -> None:
    folder = get()

    assert folder.name == "1.0.0"
    assert packages.verify(folder).valid
    loose = output / "little" / "1.0.0"
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")} == {
        path.relative_to(loose): path.read_bytes() for path in loose.rglob("*.*")
    }


def test_progress_runs_to_the_size_of_the_archive(get: Callable[..., Path], output: Path) -> None:
    told: list[tuple[int, int]] = []

    get(progress=lambda done, total: told.append((done, total)))

    size = (output / ZIP[1:]).stat().st_size
    assert told[0] == (0, size)
    assert told[-1] == (size, size)


def test_a_version_in_the_cache_needs_no_network(get: Callable[..., Path], served: Any) -> None:
    folder = get()
    served.close()

    assert get("little@1.0.0") == folder
    assert get("little@^1", offline=True) == folder
    with pytest.raises(RegistryError, match="little@\\^2 is not in the cache"):
        get("little@^2", offline=True)


@pytest.mark.parametrize("spec", ["little", "little@1.0.0"])
@pytest.mark.parametrize("harm", ["cut", "gone", "descriptor"])
def test_a_version_harmed_in_the_cache_is_fetched_anew(get: Callable[..., Path], spec: str, harm: str) -> None:
    folder = get()
    path = folder / ("datapackage.json" if harm == "descriptor" else "data/quotes.parquet")
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(RegistryError, match="not in the cache"):
        get(spec, offline=True)

    assert packages.verify(get(spec)).valid


def test_the_newest_is_looked_up_and_fetched_once(get: Callable[..., Path], served: Any) -> None:
    get()
    get()

    assert len(served.asked("index.json")) == 2
    assert len(served.asked(".zip")) == 1


def test_a_folder_is_a_registry_too(output: Path, cache: Path) -> None:
    assert packages.verify(downloads.download("little", registry=output, cache=cache)).valid


def test_the_cache_is_where_the_environment_says(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "elsewhere"))

    assert downloads.download("little", registry=output).is_relative_to(tmp_path / "elsewhere")


@pytest.mark.parametrize("place", ["start", "middle", "end"])
def test_tampered_bytes_are_refused_and_not_kept(
    get: Callable[..., Path], output: Path, cache: Path, place: str
) -> None:
    path = output / ZIP[1:]
    data = bytearray(path.read_bytes())
    data[{"start": 0, "middle": len(data) // 2, "end": -1}[place]] ^= 1
    path.write_bytes(bytes(data))

    with pytest.raises(IntegrityError, match="not those that the index promises") as caught:
        get()

    assert left(cache) == []
    assert caught.value.hint


def test_a_longer_archive_is_refused_as_soon_as_it_is_longer(
    get: Callable[..., Path], output: Path, cache: Path
) -> None:
    path = output / ZIP[1:]
    path.write_bytes(path.read_bytes() + b"x")

    with pytest.raises(IntegrityError, match="longer than the index promises"):
        get()

    assert left(cache) == []


def test_a_shorter_archive_is_given_up(get: Callable[..., Path], output: Path, cache: Path) -> None:
    path = output / ZIP[1:]
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(RegistryError):
        get()

    assert left(cache) in ([], ["little/.1.0.0.zip.part"])


def test_a_missing_archive_is_said(get: Callable[..., Path], output: Path, cache: Path) -> None:
    (output / ZIP[1:]).unlink()

    with pytest.raises(RegistryError, match="does not have it"):
        get()

    assert left(cache) in ([], ["little/.1.0.0.zip.part"])


def hostile(output: Path, entries: list[tuple[Any, bytes]], files: dict[str, bytes] | None = None) -> None:
    """Put another archive in the place of the good one, and have the index promise just that."""
    path = output / ZIP[1:]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in entries:
                archive.writestr(name, data)
    index = json.loads((output / "index.json").read_text(encoding="utf-8"))
    entry = index["datasets"]["little"]["versions"]["1.0.0"]
    entry["archive"] |= promise(path.read_bytes())
    if files is not None:
        entry["files"] = {name: promise(data) for name, data in files.items()}
    (output / "index.json").write_text(json.dumps(index), encoding="utf-8")


def promise(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


@pytest.mark.parametrize(
    ("entries", "files", "message"),
    [
        ([("../../escaped.txt", b"x")], None, "leaves its folder"),
        ([("/escaped.txt", b"x")], None, "is absolute"),
        ([("C:\\escaped.txt", b"x")], None, "backslash"),
        ([(link("data"), b"/etc")], None, "link"),
        ([("a", b"1"), ("a", b"2")], {"a": b"1"}, "twice"),
        ([("a", b"1"), ("A", b"2")], {"a": b"1", "A": b"2"}, "some systems take for the same"),
        ([("a", bytes(5_000_000))], {"a": bytes(5_000_000)}, "claims to unpack"),
        ([("a", b"1"), ("b", b"2")], {"a": b"1"}, "nobody promised"),
        ([("a", b"1")], {"a": b"2"}, "not the file that was promised"),
        ([("datapackage.json", b"{}")], {"datapackage.json": b"{}"}, "lacks a name"),
        (
            [("datapackage.json", b'{"name": "other", "resources": []}')],
            {"datapackage.json": b'{"name": "other", "resources": []}'},
            "holds other@None",
        ),
    ],
)
def test_a_hostile_registry_gets_nothing_out_of_its_folder(
    get: Callable[..., Path], output: Path, cache: Path, tmp_path: Path, entries: Any, files: Any, message: str
) -> None:
    hostile(output, entries, files)
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(OnrecordError, match=message):
        get()

    assert left(cache) == []
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before and not path.is_relative_to(cache)] == []


def test_checksums_that_contradict_the_index_are_refused(get: Callable[..., Path], output: Path, cache: Path) -> None:
    loose = output / "little" / "1.0.0"
    files = {path.relative_to(loose).as_posix(): path.read_bytes() for path in loose.rglob("*.*") if path.is_file()}
    files["SHA256SUMS"] = b"0" * 64 + b"  README.md\n"
    hostile(output, list(files.items()), files)

    with pytest.raises(IntegrityError, match="SHA256SUMS and the index disagree"):
        get()

    assert left(cache) == []


@pytest.mark.parametrize("tenths", range(10))
def test_a_cut_connection_is_resumed_where_it_broke(
    get: Callable[..., Path], served: Any, output: Path, tenths: int
) -> None:
    data = (output / ZIP[1:]).read_bytes()
    cut = len(data) * tenths // 10
    served.faults[ZIP] = [body(data[:cut], len(data))]

    assert packages.verify(get()).valid
    assert served.asked(".zip") == [None, f"bytes={cut}-" if cut else None]


def test_a_download_given_up_is_resumed_by_the_next_one(
    get: Callable[..., Path], served: Any, output: Path, cache: Path
) -> None:
    data = (output / ZIP[1:]).read_bytes()
    served.faults[ZIP] = [body(data[:100], len(data)), *[status(503)] * 3]

    with pytest.raises(RegistryError, match="gave up after 3 tries: the server answers 503"):
        get()
    assert left(cache) == ["little/.1.0.0.zip.part"]

    assert packages.verify(get()).valid
    assert served.asked(".zip")[-1] == "bytes=100-"


def test_a_rest_of_other_bytes_is_thrown_away_and_fetched_anew(
    get: Callable[..., Path], served: Any, cache: Path
) -> None:
    get()
    home = next(cache.glob("*/little"))
    (home / "1.0.0").rename(home / "gone")
    (home / ".1.0.0.zip.part").write_bytes(b"x" * 100)

    assert packages.verify(get()).valid
    assert served.asked(".zip") == [None, "bytes=100-", None]


def test_a_server_without_ranges_starts_again(get: Callable[..., Path], served: Any, output: Path) -> None:
    data = (output / ZIP[1:]).read_bytes()
    served.faults[ZIP] = [body(data[:100], len(data)), body(data)]

    assert packages.verify(get()).valid
    assert served.asked(".zip") == [None, "bytes=100-"]


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(get: Callable[..., Path], served: Any, code: int) -> None:
    served.faults[ZIP] = [status(code), status(code)]
    served.faults["/index.json"] = [status(code)]

    assert packages.verify(get()).valid
    assert len(served.asked(".zip")) == 3


@pytest.mark.parametrize("code", [400, 401, 403, 410])
def test_a_server_that_means_it_is_not_asked_again(get: Callable[..., Path], served: Any, code: int) -> None:
    served.faults[ZIP] = [status(code)]

    with pytest.raises(RegistryError):
        get()

    assert len(served.asked(".zip")) == 1


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("7", 7, 7),
        ("100000", 60, 60),
        ("a date in 20 seconds", 10, 20),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0, 0.2),
        ("soon", 0, 0.2),
    ],
)
def test_retry_after_is_heeded_within_reason(served: Any, cache: Path, value: Any, least: float, most: float) -> None:
    slept: list[float] = []
    if value == "a date in 20 seconds":
        value = formatdate(time.time() + 20, usegmt=True)
    served.faults[ZIP] = [status(429, Retry_After=value)]
    patience = Patience(tries=3, pause=0.1, sleep=slept.append)

    downloads.download("little", registry=open_registry(served.url, patience=patience), cache=cache)

    assert len(slept) == 1
    assert least <= slept[0] <= most


def test_pauses_grow() -> None:
    from onrecord.registry.transport import _delay

    pauses = [_delay(failures, None, Patience(pause=1, longest=6)) for failures in (1, 2, 3, 4)]

    assert [int(pause) for pause in pauses] == [1, 2, 4, 6]
    assert pauses[3] == 6


def test_a_redirect_to_another_host_is_followed_and_proved(
    get: Callable[..., Path], served: Any, output: Path, serve: Any
) -> None:
    other = serve(output)
    served.faults[ZIP] = [status(302, Location=other.url.replace("127.0.0.1", "localhost") + ZIP)]

    assert packages.verify(get()).valid
    assert other.asked(".zip") == [None]


def test_redirects_without_end_are_given_up(get: Callable[..., Path], served: Any) -> None:
    served.faults[ZIP] = [status(302, Location=served.url + ZIP)] * 100

    with pytest.raises(RegistryError, match="gave up"):
        get()


@pytest.mark.parametrize("location", ["http://example.org/x", "ftp://example.org/x", "file:///etc/passwd"])
def test_a_redirect_away_from_encryption_is_refused(location: str) -> None:
    assert sent_on("https://example.org/x", "https://cdn.example.org/x") == "https://cdn.example.org/x"
    with pytest.raises(RegistryError, match="sent on to"):
        sent_on("https://example.org/x", location)


def test_a_redirect_to_a_file_is_refused(get: Callable[..., Path], served: Any) -> None:
    served.faults[ZIP] = [status(302, Location="file:///etc/hostname")]

    with pytest.raises(RegistryError, match="which is not HTTP"):
        get()


def test_a_proxy_is_used_unless_the_host_is_excepted(
    served: Any, serve: Any, tmp_path: Path, cache: Path, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy on loopback is asked for whole addresses, and answers from the registry's folder."""
    proxy = serve(served.folder)
    monkeypatch.setenv("http_proxy", proxy.url.replace("http://", "http://ada:lovelace@"))
    monkeypatch.delenv("no_proxy", raising=False)
    registry = open_registry("http://registry.invalid", patience=patience)

    assert packages.verify(downloads.download("little", registry=registry, cache=cache)).valid
    assert all(path.startswith("http://registry.invalid/") for path, _ in proxy.requests)
    assert {headers["proxy-authorization"] for headers in proxy.headers} == {"Basic YWRhOmxvdmVsYWNl"}

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    downloads.download("little", registry=open_registry(served.url, patience=patience), cache=tmp_path / "other")
    assert served.asked(".zip") == [None]


def test_a_proxy_that_is_none_is_said(served: Any, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)

    with pytest.raises(RegistryError, match="is no HTTP proxy") as caught:
        downloads.download("little", registry=served.url, cache=cache)
    assert "HTTPS_PROXY" in str(caught.value.hint)


def test_user_and_password_of_the_address_are_sent(served: Any, cache: Path, patience: Patience) -> None:
    place = served.url.replace("http://", "http://ada:love%40lace@")

    downloads.download("little", registry=open_registry(place, patience=patience), cache=cache)

    assert {headers["authorization"] for headers in served.headers} == {"Basic YWRhOmxvdmVAbGFjZQ=="}


def test_a_drip_is_broken_off(served: Any, cache: Path) -> None:
    drip = Drip()
    served.faults[ZIP] = [drip] * 9
    patience = Patience(tries=1, pause=0, grace=0.1, slowest=1000, sleep=lambda _: None)

    with pytest.raises((RegistryError, IntegrityError)):
        downloads.download("little", registry=open_registry(served.url, patience=patience), cache=cache)

    assert drip.left.wait(60)


def test_an_index_replaced_during_a_download_harms_nothing(
    get: Callable[..., Path], served: Any, output: Path, dataset: Path
) -> None:
    def replace(_: BaseHTTPRequestHandler) -> bool:
        releases.release(dataset, version="2.0.0", output=output, check=lambda _: Report())
        return False

    served.faults[ZIP] = [replace]

    assert get().name == "1.0.0"
    assert get().name == "2.0.0"


def test_single_tables_are_fetched_alone(get: Callable[..., Path], served: Any) -> None:
    folder = get(tables=["quotes"], formats=["parquet"])

    assert sorted(path.name for path in (folder / "data").iterdir()) == ["quotes.parquet"]
    assert served.asked(".zip") == []
    dataset = packages.Dataset.open(folder)
    assert dataset["quotes"].num_rows == 2
    with pytest.raises(PackageError, match="table 'articles' is not here as parquet"):
        dataset["articles"]


def test_progress_of_single_files_runs_over_all_of_them(get: Callable[..., Path]) -> None:
    told: list[tuple[int, int]] = []

    folder = get(tables=["quotes"], progress=lambda done, total: told.append((done, total)))

    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_single_file_harmed_in_the_cache_is_fetched_anew(get: Callable[..., Path]) -> None:
    folder = get(tables=["quotes"], formats=["parquet"])
    path = folder / "data" / "quotes.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])

    get(tables=["quotes"], formats=["parquet"])

    assert path.read_bytes() == whole


def test_load_takes_single_tables_too(served: Any, cache: Path) -> None:
    dataset = downloads.load("little", registry=served.url, cache=cache, tables=["quotes"], formats=["parquet"])

    assert dataset["quotes"].num_rows == 2
    assert served.asked(".zip") == []


def test_more_tables_join_those_that_are_here(get: Callable[..., Path], served: Any) -> None:
    get(tables=["quotes"], formats=["parquet"])
    before = len(served.requests)

    folder = get(tables=["quotes", "articles"], formats=["parquet"])

    assert [path for path, _ in served.requests[before:]] == ["/index.json", "/little/1.0.0/data/articles.parquet"]
    assert sorted(path.name for path in (folder / "data").iterdir()) == ["articles.parquet", "quotes.parquet"]


def test_a_single_file_of_other_bytes_is_refused(get: Callable[..., Path], output: Path, cache: Path) -> None:
    path = output / "little" / "1.0.0" / "data" / "quotes.parquet"
    path.write_bytes(path.read_bytes()[::-1])

    with pytest.raises(IntegrityError):
        get(tables=["quotes"], formats=["parquet"])

    assert not [name for name in left(cache) if "quotes.parquet" in name]


@pytest.mark.parametrize(
    ("options", "message"),
    [({"tables": ["quote"]}, "no table 'quote'"), ({"formats": ["xlsx"]}, "no format 'xlsx'")],
)
def test_a_table_or_format_that_is_not_there_is_said(
    get: Callable[..., Path], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(RegistryError, match=message) as caught:
        get(**options)

    assert caught.value.hint


def test_many_downloads_at_once_fetch_once_and_all_are_right(served: Any, cache: Path, patience: Patience) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def one(_: int) -> bool:
        registry = open_registry(served.url, patience=patience)
        return packages.verify(downloads.download("little", registry=registry, cache=cache)).valid

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(one, range(32)))
    assert len(served.asked(".zip")) == 1


@pytest.mark.slow
def test_two_hundred_downloads_of_one_release_are_all_right(served: Any, tmp_path: Path, patience: Patience) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def one(number: int) -> bool:
        registry = open_registry(served.url, patience=patience)
        return packages.verify(downloads.download("little", registry=registry, cache=tmp_path / str(number))).valid

    with ThreadPoolExecutor(200) as pool:
        assert sum(pool.map(one, range(200))) == 200


FETCH = """
import sys
from onrecord import download, packages
folder = download.download("little", registry=sys.argv[1], cache=sys.argv[2])
sys.exit(0 if packages.verify(folder).valid else 9)
"""


@pytest.mark.slow
def test_processes_at_once_fetch_once(served: Any, cache: Path) -> None:
    command = [sys.executable, "-c", FETCH, served.url, str(cache)]
    running = [subprocess.Popen(command) for _ in range(3)]

    assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
    assert len(served.asked(".zip")) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from onrecord import archives, download, packages
from onrecord.registry.parts import Part
import shutil

steps = int(sys.argv[3])
def dying(owner, name: str):
    function = getattr(owner, name)
    def call(*args, **kwargs):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    setattr(owner, name, call)
dying(Path, "mkdir"); dying(Path, "rename"); dying(Path, "unlink"); dying(Part, "append")
dying(archives, "_copy"); dying(packages, "replace_folder"); dying(shutil, "rmtree")
download.download("little", registry=sys.argv[1], cache=sys.argv[2])
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process by a signal")
def test_a_download_killed_at_any_step_leaves_nothing_wrong(served: Any, tmp_path: Path, patience: Patience) -> None:
    for step in range(0, 60, 2):
        cache = tmp_path / f"cache{step}"
        done = subprocess.run([sys.executable, "-c", KILLED, served.url, cache, str(step)], check=False)
        for folder in cache.glob("*/little/1.0.0"):
            assert packages.verify(folder).valid, "what has its name is whole"
        registry = open_registry(served.url, patience=patience)
        assert packages.verify(downloads.download("little", registry=registry, cache=cache)).valid
        assert not [name for name in left(cache) if name.startswith("little/.")]
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert done.returncode == 0, "not killed any more: every step was tried"


def test_a_full_disk_is_said_and_given_back(
    get: Callable[..., Path], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord import archives

    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archives, "unpack", full)
    with pytest.raises(PackageError, match="cannot write the cache: No space left on device") as caught:
        get()

    assert "ONRECORD_CACHE" in str(caught.value.hint)
    assert left(cache) == []


def test_too_little_room_is_said_before_anything_is_fetched(
    get: Callable[..., Path], served: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(PackageError, match="has room for 10"):
        get()

    assert served.asked(".zip") == []


def test_a_cache_that_cannot_be_made_is_said(get: Callable[..., Path], cache: Path) -> None:
    cache.write_text("a file, not a folder")

    with pytest.raises(PackageError, match="cannot write the cache"):
        get()


def test_load_gives_tables_in_every_form(served: Any, cache: Path) -> None:
    import duckdb
    import polars as pl
    import pyarrow as pa

    dataset = downloads.load("little", registry=served.url, cache=cache)

    assert list(dataset) == ["articles", "quotes"]
    assert repr(dataset) == "<Dataset little@1.0.0: articles, quotes>"
    assert isinstance(dataset["quotes"], pa.Table)
    assert dataset.arrow("quotes", columns=["text"]).column_names == ["text"]
    assert isinstance(dataset.polars("quotes"), pl.LazyFrame)
    assert dataset.polars("quotes").collect().height == 2
    assert dataset.schema("quotes")["primaryKey"] == ["quote_id"]
    joined = "SELECT count(*) FROM quotes JOIN articles USING (article_id)"
    assert dataset.duckdb().sql(joined).fetchall() == [(2,)]
    assert dataset.duckdb(duckdb.connect()).sql(joined).fetchall() == [(2,)]


def test_pandas_keeps_nulls(served: Any, cache: Path) -> None:
    pytest.importorskip("pandas")
    frame = downloads.load("little", registry=served.url, cache=cache).pandas("articles")

    assert str(frame["word_count"].dtype) == "int64[pyarrow]"
    assert frame["headline"].isna().tolist() == [False, True]


def test_a_misspelt_table_is_said(served: Any, cache: Path) -> None:
    dataset = downloads.load("little", registry=served.url, cache=cache)

    with pytest.raises(PackageError, match="no table 'quote' in 'little'") as caught:
        dataset["quote"]

    assert caught.value.hint == "did you mean 'quotes'?"
    assert "quote" not in dataset


def test_load_warns_of_a_withdrawn_version(output: Path, cache: Path) -> None:
    releases.yank("little@1.0.0", reason="wrong speakers", output=output)

    with pytest.warns(UserWarning, match="little@1.0.0 was withdrawn: wrong speakers"):
        dataset = downloads.load("little@1.0.0", registry=output, cache=cache)

    assert [issue.code for issue in dataset.issues] == ["version-yanked"]


def test_loading_imports_no_frame_library_before_it_is_asked_for(output: Path, cache: Path) -> None:
    program = """
import sys
from onrecord import download
download.load("little", registry=sys.argv[1], cache=sys.argv[2])
heavy = {"pandas", "polars", "duckdb", "pyarrow", "frictionless", "pandera", "urllib3"} & set(sys.modules)
sys.exit(", ".join(sorted(heavy)) or 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(output), str(cache)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
