"""A folder on a real HTTP server on loopback, that can be told to misbehave."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


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
        self.lock = threading.Lock()
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
                    sent = answer(self, path.read_bytes(), ranged=served.ranged)
                    with served.lock:
                        served.sent += sent
                else:
                    self.send_error(404)

            def do_HEAD(self) -> None:
                path = served.folder / unquote(urlsplit(self.path).path).lstrip("/")
                if path.is_file():
                    answer(self, path.read_bytes(), ranged=served.ranged)
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
        start = int(first) if first else max(0, len(data) - int(last))
        end = min(int(last) + 1, len(data)) if first and last else len(data)
    handler.send_response(206 if wanted else 200)
    if wanted:
        handler.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(data)}")
    handler.send_header("Content-Length", str(end - start))
    if ranged:
        handler.send_header("Accept-Ranges", "bytes")
    handler.end_headers()
    if handler.command == "HEAD":
        return 0
    with suppress(OSError):
        handler.wfile.write(data[start:end])
    return end - start
