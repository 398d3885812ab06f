"""Measure release, download and load against the plain tools, on the same bytes, in one run.

    python benchmarks/downloads.py [MEGABYTES]

Writes a package of that size (100 by default) to a temporary folder, serves it by a process of its own on
loopback, and prints seconds and ratios: release against hashing and zipping with the standard library, a first
one and one that follows it; a download of the Parquet files (fetched, proved) against curl alone of the same files;
a download of the zip (fetched, proved, unpacked, proved) against curl alone and against the same by hand (curl,
sha256sum, unzip, sha256sum); load of a cached table against pyarrow.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from onrecord import download, packages, releases
from onrecord.reports import Report

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = {
    "name": "quotes",
    "title": "Quotes",
    "description": "One row is one statement of one source.",
    "fields": [
        {"name": "quote_id", "type": "string", "constraints": {"required": True}},
        {"name": "start", "type": "integer"},
        {"name": "text", "type": "string"},
    ],
    "primaryKey": ["quote_id"],
}
ROUNDS = 7


def main() -> None:
    """Print the measures as JSON."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), megabytes), indent=2))


def measure(home: Path, megabytes: int) -> dict[str, Any]:
    """Return the measures."""
    dataset = write_dataset(home / "bench", megabytes)
    made: dict[str, Any] = {}
    plain = best(lambda: hash_and_zip(dataset, home / "plain.zip"), rounds=2)
    ours = best(lambda: made.update(release=release(dataset, home / "releases")), rounds=2)
    archive = made["release"].archive
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(home / "releases")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONUNBUFFERED": "1"},
        text=True,
    )
    try:
        url = f"http://127.0.0.1:{server.stdout.readline().split('port ')[1].split()[0]}"  # type: ignore[union-attr]
        downloads = download_times(home, url, made["release"].entry.archive)
    finally:
        server.terminate()
        server.wait()
    return {
        "archive_megabytes": round(archive.stat().st_size / 1e6, 1),
        "release_seconds": round(ours, 2),
        "hash_and_zip_seconds": round(plain, 2),
        "release_ratio": round(ours / plain, 2),
        **downloads,
        **load_times(home),
        **difference(home, megabytes, plain),
    }


def difference(home: Path, megabytes: int, plain: float) -> dict[str, Any]:
    """Return what of the next version, with one row more, is not in this one: bytes to fetch against the zip.

    The next version is judged by its difference to this one, which a first release is not; its seconds are told, too.
    """
    dataset = write_dataset(home / "next", megabytes, more=True)
    begun = time.perf_counter()
    made = releases.release(dataset, output=home / "releases", check=good)
    seconds = time.perf_counter() - begun
    if made.entry.version != "1.1.0":
        raise SystemExit(f"one row more is 1.1.0, not {made.entry.version}")
    old, new = (
        packages.chunks.read(home / "releases" / "bench" / version / "chunks.json") for version in ("1.0.0", "1.1.0")
    )
    here = {piece.digest for pieces in old.values() for piece in pieces}
    missing = sum(piece.size for pieces in new.values() for piece in pieces if piece.digest not in here)
    size = made.archive.stat().st_size
    told = {"next_release_seconds": round(seconds, 2), "next_release_ratio": round(seconds / plain, 2)}
    return told | {"one_row_more_bytes": missing, "zip_bytes": size, "one_row_more_share": round(missing / size, 3)}


def good(_: Path) -> Report:
    """Find no fault."""
    return Report()


def write_dataset(folder: Path, megabytes: int, *, more: bool = False) -> Path:
    """Write a package of one table."""
    (folder / "data").mkdir(parents=True)
    (folder / "schemas").mkdir()
    rows = megabytes * 5_000
    digests = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(rows)]
    if more:
        digests.insert(rows // 2, hashlib.sha256(b"one more").hexdigest())
    texts = [f"The {one[:6]} of the {one[6:9]} said {one[9:40]} again and again" for one in digests]
    table = pa.table(
        {"quote_id": [one[:28] for one in digests], "start": [int(one[:6], 16) for one in digests], "text": texts}
    )
    pc.write_csv(table, folder / "data" / "quotes.csv")
    pq.write_table(table, folder / "data" / "quotes.parquet", compression="zstd", use_content_defined_chunking=True)
    (folder / "schemas" / "quotes.schema.json").write_text(json.dumps(SCHEMA))
    packages.write_descriptor(folder, packages.Metadata(name="bench", title="Bench", license="CC0-1.0"))
    packages.write_readme(folder)
    return folder


def release(dataset: Path, output: Path) -> releases.Release:
    """Release it into an empty registry."""
    shutil.rmtree(output, ignore_errors=True)
    return releases.release(dataset, version="1.0.0", output=output, check=good)


def hash_and_zip(dataset: Path, target: Path) -> None:
    """Do what a release cannot do without, with the standard library."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(dataset.rglob("*.*")):
            archive.write(path, compress_type=zipfile.ZIP_STORED if path.suffix == ".parquet" else None)
            with path.open("rb") as file:
                hashlib.file_digest(file, "sha256")
    with target.open("rb") as file:
        hashlib.file_digest(file, "sha256")


def download_times(home: Path, url: str, archive: str) -> dict[str, Any]:
    """Return seconds of curl and of a download, of the Parquet files one by one and of the zip, and of the zip by hand.

    Rounds of both take turns, so that what else the machine does meets both.
    """
    release = home / "releases" / "bench" / "1.0.0"
    paths = [path.relative_to(release) for path in release.rglob("*") if path.is_file() and path.suffix != ".csv"]
    paths = [path for path in paths if path.parts[0] != "ranges"]

    def curl(places: list[str]) -> None:
        outputs = [part for number, place in enumerate(places) for part in ("-o", str(home / f"{number}.curl"), place)]
        subprocess.run(["curl", "-sS", *outputs], check=True)  # noqa: S607

    def fetch(formats: list[str] | None, cache: Path) -> None:
        download.download("bench", registry=url, cache=cache, formats=formats)

    files = [f"{url}/bench/1.0.0/{path.as_posix()}" for path in paths]
    plain, ours = in_turns(lambda _: curl(files), lambda cache: fetch(["parquet"], cache), home / "caches")
    zipped, whole = in_turns(lambda _: curl([f"{url}/{archive}"]), lambda cache: fetch(None, cache), home / "caches")
    by_hand = best(lambda: unpack_by_hand(home))
    fetch(None, home / "cache")
    return {
        "parquet_megabytes": round(sum((release / path).stat().st_size for path in paths) / 1e6, 1),
        "parquet_seconds": round(ours, 3),
        "curl_parquet_seconds": round(plain, 3),
        "parquet_speed_to_curl": round(plain / ours, 2),
        "zip_seconds": round(whole, 3),
        "curl_zip_seconds": round(zipped, 3),
        "zip_speed_to_curl": round(zipped / whole, 2),
        "zip_speed_to_curl_sha256sum_unzip_sha256sum": round((zipped + by_hand) / whole, 2),
    }


def unpack_by_hand(home: Path) -> None:
    """Prove and unpack the zip that curl left, as one does without onrecord."""
    shutil.rmtree(home / "by-hand", ignore_errors=True)
    zipped = str(home / "0.curl")
    for command in (["sha256sum", zipped], ["unzip", "-q", zipped, "-d", str(home / "by-hand")]):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=home / "by-hand", check=True)  # noqa: S607


def in_turns(one: Callable[[Path], object], other: Callable[[Path], object], folder: Path) -> tuple[float, float]:
    """Return the seconds of the fastest round of each of two, given an empty cache's place each time."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS):
        for work, found in zip((one, other), times, strict=True):
            begun = time.perf_counter()
            work(folder / str(number))
            found.append(time.perf_counter() - begun)
        shutil.rmtree(folder, ignore_errors=True)
    return min(times[0]), min(times[1])


def load_times(home: Path) -> dict[str, Any]:
    """Return seconds of loading a table from the cache, and of pyarrow."""
    folder = next((home / "cache").glob("*/bench/1.0.0"))
    registry = str(home / "releases")
    download.download("bench@1.0.0", registry=registry, cache=home / "cache")
    table = folder / "data" / "quotes.parquet"
    plain, ours = in_turns(
        lambda _: pq.read_table(table),
        lambda _: download.load("bench@1.0.0", registry=registry, cache=home / "cache")["quotes"],
        home / "caches",
    )
    return {"load_seconds": round(ours, 4), "read_table_seconds": round(plain, 4), "load_ratio": round(ours / plain, 2)}


def best(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Return the seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    main()
