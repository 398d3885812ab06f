"""What goes wrong on the way of single files, on a full or locked disk, and with a registry that means harm."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from faults import Drip, body, status
from little import ROWS, write_dataset

import onrecord.download as downloads
from onrecord import packages, releases
from onrecord.archives import Promise
from onrecord.download.parallel import Tally, at_once
from onrecord.errors import IntegrityError, OnrecordError, RegistryError
from onrecord.packages import Dataset
from onrecord.registry import Patience, open_registry
from onrecord.registry.parts import Part
from onrecord.reports import Report

if TYPE_CHECKING:
    from served import Served

QUOTES = "/little/1.0.0/data/quotes.parquet"
Load = Callable[..., Dataset]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def load(served: Served, cache: Path, patience: Patience) -> Load:
    """Load from the served registry, without waiting."""

    def load(spec: str = "little", **options: Any) -> Dataset:
        registry = open_registry(served.url, patience=patience)
        return downloads.load(spec, registry=registry, cache=cache, **options)

    return load


def whole(dataset: Dataset, output: Path) -> bool:
    """Tell whether every table is the one that was released, and nothing half stands beside it."""
    released = output / "little" / str(dataset.version)
    same = all(
        dataset.path(table).read_bytes() == (released / "data" / f"{table}.parquet").read_bytes() for table in dataset
    )
    return same and not [path for path in dataset.folder.rglob("*") if path.name.endswith(".part")]


def test_loading_fetches_parquet_alone_and_once(load: Load, served: Served, output: Path) -> None:
    dataset = load()
    assert dataset.folder.name == "1.0.0+partial"
    assert whole(dataset, output)
    assert not [path for path, _ in served.requests if path.endswith((".csv", ".zip", ".json.gz"))]
    before = len(served.requests)
    assert whole(load("little@1.0.0"), output)
    assert whole(load("little", version="1.0.0"), output)
    assert whole(load("little", offline=True), output)
    assert len(served.requests) == before
    with pytest.raises(RegistryError, match="not in the cache"):
        downloads.download("little", registry=served.url, cache=dataset.folder.parents[2], offline=True)


def test_a_version_and_a_spec_with_one_are_too_many(load: Load) -> None:
    with pytest.raises(RegistryError, match="is no version"):
        load("little@1.0.0", version="1.0.0")


def test_a_whole_package_is_made_of_the_files_that_are_here(load: Load, served: Served, cache: Path) -> None:
    load()
    before = len(served.requests)
    folder = downloads.download("little", registry=served.url, cache=cache)
    assert packages.verify(folder).valid
    asked = [path for path, _ in served.requests[before:]]
    assert not [path for path in asked if path.endswith((".zip", ".parquet"))]


def test_the_next_version_of_single_files_is_made_of_the_last(
    load: Load, served: Served, output: Path, tmp_path: Path
) -> None:
    assert whole(load(), output)
    rows = {**ROWS, "articles": ROWS["articles"][:1]}
    folder = write_dataset(tmp_path / "next" / "little", rows)
    releases.release(folder, version="2.0.0", output=output, check=lambda _: Report())
    before = len(served.requests)
    assert whole(load(), output)
    asked = [path for path, _ in served.requests[before:]]
    assert not [path for path in asked if path.endswith("quotes.parquet")]


def test_a_version_that_is_called_partial_is_not_taken_for_one(output: Path, dataset: Path, cache: Path) -> None:
    releases.release(dataset, version="1.1.0-partial", output=output, check=lambda _: Report())
    for options in ({"tables": ["quotes"]}, {"formats": ["csv", "parquet"]}):
        assert downloads.download("little", registry=output, cache=cache, **options).name == "1.0.0+partial"
    assert packages.verify(downloads.download("little@1.1.0-partial", registry=output, cache=cache)).valid
    assert downloads.download("little", registry=output, cache=cache).name == "1.0.0"


@pytest.mark.parametrize("tenths", range(11))
def test_a_file_whose_connection_is_cut_is_resumed(load: Load, served: Served, output: Path, tenths: int) -> None:
    data = (output / QUOTES[1:]).read_bytes()
    cut = len(data) * tenths // 10
    served.faults[QUOTES] = [body(data[:cut], len(data))]
    assert whole(load(), output)
    asked = served.asked(QUOTES)
    assert asked == [None] if tenths == 10 else [None, f"bytes={cut}-" if cut else None]


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        ([lambda data: body(data[::-1])], "not those that the index promises"),
        ([lambda data: body(data + b"x")], "longer than the index promises"),
        ([lambda data: body(data[:-1])] * 9, "gave up"),
        ([lambda _: status(503)] * 9, "the server answers 503"),
        ([lambda _: status(404)], "does not have it"),
        ([lambda _: status(206, Content_Range="bytes 5-9/10")], "cannot go on"),
    ],
)
def test_nothing_wrong_is_kept_of_a_file(
    load: Load, served: Served, output: Path, cache: Path, faults: Any, message: str
) -> None:
    data = (output / QUOTES[1:]).read_bytes()
    served.faults[QUOTES] = [fault(data) for fault in faults]
    with pytest.raises(OnrecordError, match=message) as caught:
        load()
    assert caught.value.hint
    assert not list(cache.rglob("quotes.parquet"))
    served.faults.clear()
    assert whole(load(), output)


def test_a_server_that_ignores_ranges_starts_again(load: Load, served: Served, output: Path) -> None:
    data = (output / QUOTES[1:]).read_bytes()
    served.faults[QUOTES] = [body(data[:100], len(data))]
    served.ranged = False
    assert whole(load(), output)
    assert served.asked(QUOTES) == [None, "bytes=100-"]


@pytest.mark.parametrize("code", [429, 503])
def test_retry_after_is_heeded_for_each_file(served: Served, cache: Path, code: int, output: Path) -> None:
    slept: list[float] = []
    served.faults[QUOTES] = [status(code, Retry_After="7")]
    registry = open_registry(served.url, patience=Patience(tries=3, pause=0, sleep=slept.append))
    assert whole(downloads.load("little", registry=registry, cache=cache), output)
    assert slept == [7.0]


def test_a_redirect_to_another_host_is_followed_for_each_file(
    load: Load, served: Served, serve: Any, output: Path
) -> None:
    other = serve(output)
    served.faults[QUOTES] = [status(307, Location=other.url.replace("127.0.0.1", "localhost") + QUOTES)]
    assert whole(load(), output)
    assert other.asked(QUOTES) == [None]


def test_a_file_that_drips_is_left(served: Served, cache: Path) -> None:
    drip = Drip()
    served.faults[QUOTES] = [drip] * 9
    registry = open_registry(served.url, patience=Patience(tries=1, pause=0, grace=0.1, slowest=1000))
    with pytest.raises(OnrecordError):
        downloads.load("little", registry=registry, cache=cache)
    assert drip.left.wait(60)
    assert not list(cache.rglob("quotes.parquet"))


def test_an_index_replaced_during_a_download_of_files_harms_nothing(
    load: Load, served: Served, output: Path, dataset: Path
) -> None:
    def replace(_: object) -> bool:
        releases.release(dataset, version="2.0.0", output=output, check=lambda _: Report())
        return False

    served.faults[QUOTES] = [replace]
    assert load().version == "1.0.0"
    assert load().version == "2.0.0"


def test_an_entry_that_promises_a_descriptor_of_a_gigabyte_is_refused_unfetched(
    load: Load, served: Served, output: Path
) -> None:
    index = json.loads((output / "index.json").read_text())
    entry = index["datasets"]["little"]["versions"]["1.0.0"]
    for path, message in (("datapackage.json", "datapackage.json is said"), ("README.md", "README.md is said")):
        entry["files"][path]["bytes"] = 1 << 30
        (output / "index.json").write_text(json.dumps(index))
        for fetch in (load, lambda: downloads.download("little", registry=served.url, cache=output / "c")):
            with pytest.raises(IntegrityError, match=message):
                fetch()
        entry["files"][path]["bytes"] = 1
    assert not served.asked(".zip")
    assert not served.asked("datapackage.json")


def test_an_index_of_a_gigabyte_is_cut_off(load: Load, served: Served) -> None:
    """A server that sends spaces without end is left after 64 MiB."""
    sent = 0

    def flood(handler: Any) -> bool:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        spaces = b" " * (1 << 20)
        for _ in range(1 << 10):
            try:
                handler.wfile.write(spaces)
            except OSError:
                break
            sent += len(spaces)
        return True

    served.faults["/index.json"] = [flood]
    with pytest.raises(RegistryError, match="larger than 67,108,864 bytes"):
        load()
    assert sent < 200 << 20


@pytest.mark.parametrize("error", [KeyboardInterrupt, RegistryError])
def test_one_file_that_ends_a_download_ends_the_others(error: type[BaseException]) -> None:
    """Nobody waits for the rest of a large file after a Ctrl-C."""
    tally = Tally(lambda *_: None, 100)
    stopped: list[str] = []
    all_run = Barrier(3)

    def work(name: str) -> None:
        all_run.wait(timeout=60)
        if name == "first":
            raise error(name)
        try:
            for done in range(2_000):
                tally.of(name)(done, 100)
                time.sleep(0.005)
        except CancelledError:
            stopped.append(name)

    with pytest.raises(error):
        at_once(work, ["first", "second", "third"], stop=tally.stop)
    assert sorted(stopped) == ["second", "third"]


def test_a_file_is_closed_when_whoever_is_told_of_it_breaks_off(tmp_path: Path) -> None:
    def break_off(*_: int) -> None:
        raise KeyboardInterrupt

    part = Part(tmp_path / "x.part", Promise(1, "0" * 64), break_off)
    with pytest.raises(KeyboardInterrupt), part:
        pass
    assert part._file.closed


FULL = """
import resource, signal, sys
from onrecord import download
from onrecord.errors import PackageError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
formats = ["parquet"] if sys.argv[4] == "files" else None
try:
    download.download("little", registry=sys.argv[1], cache=sys.argv[2], formats=formats)
except PackageError as error:
    sys.exit(f"{error}|{error.hint}")
"""


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files")
@pytest.mark.parametrize("way", ["zip", "files"])
@pytest.mark.parametrize("room", [0, 700, 1500])
def test_a_disk_that_is_full_in_truth_is_said_and_given_back(
    served: Served, cache: Path, output: Path, way: str, room: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, served.url, cache, str(room), way], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    message, _, hint = done.stderr.partition("|")
    assert "cannot write the cache" in message
    assert "ONRECORD_CACHE" in hint
    left = [path for path in cache.rglob("*") if path.is_file() and path.suffix not in {".lock", ".serial"}]
    assert not [path for path in left if path.name.endswith((".part", ".zip"))]
    assert whole(downloads.load("little", registry=served.url, cache=cache), output)


READ_ONLY = """
import os, sys
from onrecord import download
from onrecord.errors import PackageError
for spec in ("little", "little"):  # everything is imported before rights to read the code may go
    download.load(spec, registry=sys.argv[1], cache=sys.argv[3])["quotes"]
    download.download(spec, registry=sys.argv[1], cache=sys.argv[3])
if os.geteuid() == 0:
    os.seteuid(65534)
for spec in ("little@1.0.0", "little"):
    download.load(spec, registry=sys.argv[1], cache=sys.argv[2])["quotes"]
    download.download(spec, registry=sys.argv[1], cache=sys.argv[2])
try:
    download.download("other", registry=sys.argv[1], cache=sys.argv[2])
except PackageError as error:
    sys.exit(f"{error}|{error.hint}")
"""


@pytest.mark.skipif(os.name != "posix", reason="takes rights away")
def test_a_cache_that_is_read_only_is_read_and_said(little: Path, tmp_path: Path) -> None:
    """What is in it can be used; what is not cannot be fetched, and the message says where else to."""
    other = Path(shutil.copytree(little, tmp_path / "other"))
    descriptor = json.loads((other / "datapackage.json").read_text())
    (other / "datapackage.json").write_text(json.dumps({**descriptor, "name": "other"}))
    for folder in (little, other):
        releases.release(folder, version="1.0.0", output=tmp_path / "out", check=lambda _: Report())
    downloads.download("little", registry=tmp_path / "out", cache=tmp_path / "cache")
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.geteuid() and not path.stat().st_mode & 0o001:
            path.chmod(path.stat().st_mode | 0o011)
    for path in (tmp_path / "cache").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (tmp_path / "cache").chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, tmp_path / "out", tmp_path / "cache", tmp_path / "first"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "ONRECORD_CONFIG": str(tmp_path / "config")},
        )
    finally:
        for path in (tmp_path / "cache", *(tmp_path / "cache").rglob("*")):
            path.chmod(0o755)
    assert done.returncode == 1, done.stderr
    message, _, hint = done.stderr.partition("|")
    assert "cannot write the cache: Permission denied" in message, done.stderr
    assert "ONRECORD_CACHE" in hint


KILLED = """
import os, signal, sys, threading
from pathlib import Path
from onrecord import download, packages
from onrecord.registry.parts import Part
import shutil

steps = int(sys.argv[3])
lock = threading.Lock()
def dying(owner, name: str):
    function = getattr(owner, name)
    def call(*args, **kwargs):
        global steps
        with lock:
            steps -= 1
            if steps < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    setattr(owner, name, call)
dying(Path, "mkdir"); dying(Path, "replace"); dying(Path, "unlink"); dying(Part, "append"); dying(shutil, "rmtree")
download.load("little", registry=sys.argv[1], cache=sys.argv[2])
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process by a signal")
def test_a_download_of_files_killed_at_any_step_leaves_nothing_wrong(
    served: Served, tmp_path: Path, output: Path
) -> None:
    released = output / "little" / "1.0.0"
    for step in range(0, 120, 3):
        cache = tmp_path / f"cache{step}"
        done = subprocess.run([sys.executable, "-c", KILLED, served.url, cache, str(step)], check=False)
        for folder in cache.glob("*/little/1.0.0+partial"):
            for path in folder.rglob("*"):
                if path.is_file() and not path.name.endswith(".part"):
                    assert path.read_bytes() == (released / path.relative_to(folder)).read_bytes()
        assert whole(downloads.load("little", registry=served.url, cache=cache), output)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert done.returncode == 0, "not killed any more: every step was tried"


@pytest.mark.slow
def test_two_hundred_loads_of_one_release_are_all_right(
    served: Served, tmp_path: Path, output: Path, patience: Patience
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def one(number: int) -> bool:
        registry = open_registry(served.url, patience=patience)
        shared = tmp_path / str(number % 20)
        return whole(downloads.load("little", registry=registry, cache=shared), output)

    with ThreadPoolExecutor(200) as pool:
        assert sum(pool.map(one, range(200))) == 200
    assert len(served.asked(QUOTES)) == 20


FETCH = """
import sys
from onrecord import download
download.load("little", registry=sys.argv[1], cache=sys.argv[2])
"""


@pytest.mark.slow
def test_processes_at_once_fetch_each_file_once(served: Served, cache: Path) -> None:
    command = [sys.executable, "-c", FETCH, served.url, str(cache)]
    running = [subprocess.Popen(command) for _ in range(3)]
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
    assert len(served.asked(QUOTES)) == 1
