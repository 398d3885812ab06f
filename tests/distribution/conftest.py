"""A small dataset of two invented tables, and a place to serve one from."""

from __future__ import annotations

import copy
import csv
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord import packages, releases
from onrecord.registry import Patience
from onrecord.reports import Report

ARTICLES = {
    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
    "name": "articles",
    "title": "Articles",
    "description": "One row is one article.",
    "fields": [
        {"name": "article_id", "type": "string", "description": "The key.", "constraints": {"required": True}},
        {"name": "headline", "type": "string"},
        {"name": "word_count", "type": "integer", "constraints": {"minimum": 0}},
    ],
    "missingValues": [""],
    "primaryKey": ["article_id"],
}
QUOTES = {
    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
    "name": "quotes",
    "title": "Quotes",
    "description": "One row is one statement of one source.",
    "fields": [
        {"name": "quote_id", "type": "string", "constraints": {"required": True}},
        {"name": "article_id", "type": "string", "constraints": {"required": True}},
        {"name": "kind", "type": "string", "categories": [{"value": "direct", "label": "Word for word"}]},
        {"name": "text", "type": "string"},
    ],
    "missingValues": [""],
    "primaryKey": ["quote_id"],
    "foreignKeys": [{"fields": ["article_id"], "reference": {"resource": "articles", "fields": ["article_id"]}}],
}
SCHEMAS = {"articles": ARTICLES, "quotes": QUOTES}
ROWS: dict[str, list[dict[str, Any]]] = {
    "articles": [
        {"article_id": "a1", "headline": 'The mayor says "no", again', "word_count": 120},
        {"article_id": "a2", "headline": None, "word_count": None},
    ],
    "quotes": [
        {"quote_id": "q1", "article_id": "a1", "kind": "direct", "text": 'Never,\nnot "once"'},
        {"quote_id": "q2", "article_id": "a2", "kind": "direct", "text": "« Peut-être »"},
    ],
}
METADATA = packages.Metadata(
    name="little",
    title="A little dataset",
    description="Two invented articles.",
    license="CC-BY-4.0",
    keywords=("news", "quotations"),
    contributors=({"title": "Ada Invented", "role": "maintainer"},),
    sources=({"title": "The Daily Invention"},),
    languages=("en", "fr"),
    homepage="https://example.org/little",
    rights_license="LicenseRef-Daily-Invention",
    rights_body="withheld",
    rights_statement="All rights reserved by the Daily Invention.",
)

Writer = Callable[..., Path]


def write_tables(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "schemas").mkdir()
    for table, schema in SCHEMAS.items():
        (folder / "schemas" / f"{table}.schema.json").write_text(json.dumps(schema, indent=2), encoding="utf-8")
        names = [field["name"] for field in schema["fields"]]  # type: ignore[index]
        with (folder / "data" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[table])
        pq.write_table(pa.Table.from_pylist(rows[table]), folder / "data" / f"{table}.parquet")


def write_dataset(folder: Path, rows: dict[str, list[dict[str, Any]]] | None = None) -> Path:
    rows = rows or ROWS
    write_tables(folder, rows)
    facts = {table: packages.TableFacts(len(rows[table]), f"hash-of-{table}") for table in rows}
    packages.write_descriptor(folder, METADATA, facts)
    packages.write_readme(folder)
    (folder / "report.json").write_text('{"valid": true}\n', encoding="utf-8")
    return folder


@pytest.fixture
def make_dataset(tmp_path: Path) -> Writer:
    """Write the little dataset, or one with other rows, into a folder below `tmp_path`."""
    return lambda name="little", rows=None: write_dataset(tmp_path / "datasets" / name, rows)


@pytest.fixture(scope="session")
def little(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little dataset, for copying."""
    return write_dataset(tmp_path_factory.mktemp("session") / "little")


@pytest.fixture
def dataset(little: Path, tmp_path: Path) -> Path:
    shutil.copytree(little, tmp_path / "datasets" / "little")
    return tmp_path / "datasets" / "little"


@pytest.fixture
def rows() -> dict[str, list[dict[str, Any]]]:
    return copy.deepcopy(ROWS)


@pytest.fixture
def metadata() -> packages.Metadata:
    return METADATA


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


class Served:
    """A folder on a real HTTP server on loopback, that can be told to misbehave.

    `faults[path]` is a list of faults, one used up a request; a fault is a function of the handler that
    answers in place of the file and returns True, or False to go on as usual.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: dict[str, list[Fault]] = {}
        self.requests: list[tuple[str, str | None]] = []
        self.headers: list[dict[str, str]] = []
        self.ranged = True
        self.sent = 0
        self._server = Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    def asked(self, ending: str) -> list[str | None]:
        """Return the Range of each request for a path that ends so."""
        return [wanted for path, wanted in self.requests if path.endswith(ending)]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        served = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                served.requests.append((self.path, self.headers.get("Range")))
                served.headers.append({name.lower(): value for name, value in self.headers.items()})
                path = served.folder / unquote(urlsplit(self.path).path).lstrip("/")
                faults = served.faults.get(self.path, [])
                if faults and faults.pop(0)(self):
                    return
                if path.is_file():
                    served.sent += answer(self, path.read_bytes(), ranged=served.ranged)
                else:
                    self.send_error(404)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
                pass

        return Handler


Fault = Callable[[BaseHTTPRequestHandler], bool]


def answer(handler: BaseHTTPRequestHandler, data: bytes, *, ranged: bool = True) -> int:
    """Send a file, or the range of it that was asked for; return how many bytes of it."""
    wanted = handler.headers.get("Range", "") if ranged else ""
    start, end = 0, len(data)
    if wanted:
        first, last = wanted.removeprefix("bytes=").split("-")
        start, end = int(first), int(last) + 1 if last else len(data)
    handler.send_response(206 if wanted else 200)
    if wanted:
        handler.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(data)}")
    handler.send_header("Content-Length", str(end - start))
    handler.end_headers()
    with suppress(OSError):
        handler.wfile.write(data[start:end])
    return end - start


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Served]]:
    """Serve folders until the test ends."""
    running: list[Served] = []

    def start(folder: Path) -> Served:
        running.append(Served(folder))
        return running[-1]

    yield start
    for one in running:
        one.close()


@pytest.fixture(scope="session")
def little_releases(little: Path) -> Path:
    """A registry's folder with one release of the little dataset, for copying."""
    releases.release(little, version="1.0.0", output=little.parent / "releases", check=lambda _: Report())
    return little.parent / "releases"


@pytest.fixture
def output(little_releases: Path, tmp_path: Path) -> Path:
    shutil.copytree(little_releases, tmp_path / "releases")
    return tmp_path / "releases"


@pytest.fixture
def served(output: Path, serve: Callable[[Path], Served]) -> Served:
    return serve(output)


@pytest.fixture
def patience() -> Patience:
    """Three tries, and no waiting."""
    return Patience(tries=3, pause=0, connect=5, silence=5, sleep=lambda _: None)
