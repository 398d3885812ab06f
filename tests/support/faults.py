"""Ways in which a server misbehaves; see `served.Served.faults`."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from served import Fault


def status(code: int, **headers: str) -> Fault:
    """Answer with a status."""

    def fault(handler: BaseHTTPRequestHandler) -> bool:
        handler.send_response(code)
        for name, value in {"Content-Length": "0", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        return True

    return fault


def body(data: bytes, length: int | None = None) -> Fault:
    """Answer with other bytes, under a wrong length if given, and hang up."""

    def fault(handler: BaseHTTPRequestHandler) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data) if length is None else length))
        handler.end_headers()
        handler.wfile.write(data)
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)
        return True

    return fault


class Drip:
    """Answer with a byte now and then, until whoever asked hangs up; `left` is set when that is seen."""

    def __init__(self) -> None:
        self.left = threading.Event()

    def __call__(self, handler: BaseHTTPRequestHandler) -> bool:
        """Drip for two minutes at most."""
        handler.send_response(200)
        handler.end_headers()
        for _ in range(6_000):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                self.left.set()
                break
            time.sleep(0.02)
        return True
