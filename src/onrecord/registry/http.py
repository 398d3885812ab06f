"""One question to a server, and what its answer means: bytes, another try later, or an error."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from onrecord.errors import RegistryError
from onrecord.registry import connections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from urllib3 import BaseHTTPResponse

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
PIECE = 1 << 18
ADDRESS_HINT = "check the registry's address"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server.

    Parameters
    ----------
    tries
        Answers or connections that may fail in a row without one more byte arriving.
    pause, longest
        Seconds before the second try, doubled each time up to the longest; `Retry-After` is heeded up to it.
    connect, silence
        Seconds to wait for a connection, and for the next bytes.
    slowest, grace
        Bytes a second that must arrive on average, looked at after a grace of seconds.
    """

    tries: int = 5
    pause: float = 0.5
    longest: float = 60.0
    connect: float = 10.0
    silence: float = 30.0
    slowest: float = 256.0
    grace: float = 60.0
    sleep: Callable[[float], None] = time.sleep


PATIENCE = Patience()


class AbsenceError(RegistryError):
    """The registry answers, and does not have what was asked for."""


class AgainError(Exception):
    """A try failed, and the next may not; `after` is how many seconds the server wants it to wait."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


@contextmanager
def opened(
    url: str, start: int, patience: Patience, *, size: int | None = None
) -> Iterator[tuple[int, Iterator[bytes]]]:
    """Ask for `size` bytes of a URL, or all, from byte `start` on; yield where the answer starts, and its bytes.

    Raises
    ------
    AgainError
        The connection or the server failed in a way that may pass.
    RegistryError
        It failed in a way that will not.
    """
    from urllib3.exceptions import HTTPError, LocationValueError

    headers = {"Accept-Encoding": "identity", "User-Agent": "onrecord"}
    if start or size:
        headers["Range"] = f"bytes={start}-{start + size - 1 if size else ''}"
    try:
        response = _answer(url, headers, patience)
        try:
            yield _start_of(response, start, url), _paced(_pieces(response), patience)
        finally:
            response.close()
            response.release_conn()
    except LocationValueError as error:
        raise RegistryError(f"cannot be fetched: {error}", hint=ADDRESS_HINT, file=url) from None
    except HTTPError as error:
        raise AgainError(_said(error)) from None


def _answer(url: str, headers: dict[str, str], patience: Patience) -> BaseHTTPResponse:
    """Ask, and follow where the server sends on to, but never away from encryption."""
    from urllib3 import Timeout

    timeout = Timeout(connect=patience.connect, read=patience.silence)
    place = url
    for _ in range(MOST_REDIRECTS + 1):
        response = connections.manager(place).request(
            "GET",
            place,
            headers=headers | connections.credentials(place),
            timeout=timeout,
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
        if response.status not in REDIRECTS or "Location" not in response.headers:
            return response
        response.close()
        place = sent_on(place, response.headers["Location"])
    raise AgainError(f"sent on more than {MOST_REDIRECTS} times")


def sent_on(url: str, location: str) -> str:
    """Return where a redirect leads.

    Raises
    ------
    RegistryError
        It leads away from encryption, or from HTTP.

    Examples
    --------
    >>> sent_on("https://example.org/a/b", "c"), sent_on("http://example.org/", "https://cdn.example.org/b")
    ('https://example.org/a/c', 'https://cdn.example.org/b')
    """
    place = urljoin(url, location)
    scheme = urlsplit(place).scheme.lower()
    if scheme not in {"http", "https"}:
        raise RegistryError(f"sent on to {place[:200]!r}, which is not HTTP", hint="tell whoever runs it", file=url)
    if urlsplit(url).scheme.lower() == "https" and scheme != "https":
        raise RegistryError(f"sent on to the unencrypted {place[:200]}", hint="tell whoever runs it", file=url)
    return place


def _pieces(response: BaseHTTPResponse) -> Iterator[bytes]:
    """Yield bytes as they come, as many at once as have come."""
    while piece := response.read1(PIECE):
        yield piece


def _said(error: Exception) -> str:
    """Return what went wrong, without the names of objects that urllib3 puts before it."""
    return str(error).rpartition(">: ")[2] or type(error).__name__


def _start_of(response: BaseHTTPResponse, start: int, url: str) -> int:
    """Return where an answer starts, or say what the status means."""
    status = response.status
    if status == 200:
        return 0
    if status == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
        return start
    if status in {206, 416}:
        raise RegistryError(f"the server cannot go on at byte {start:,}", hint="try again later", file=url)
    if status in AGAIN:
        raise AgainError(f"the server answers {status}", _after(response.headers.get("Retry-After")))
    if status in {404, 410}:
        raise AbsenceError("the registry does not have it", hint=ADDRESS_HINT, file=url)
    raise RegistryError(f"the server answers {status}", hint=ADDRESS_HINT, file=url)


def _after(value: str | None) -> float | None:
    """Read `Retry-After`: seconds, or a date."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _paced(pieces: Iterator[bytes], patience: Patience) -> Iterator[bytes]:
    """Pass bytes on, and break off a drip."""
    begun, size = time.monotonic(), 0
    for piece in pieces:
        size += len(piece)
        yield piece
        passed = time.monotonic() - begun
        if passed > patience.grace and size < patience.slowest * passed:
            raise AgainError(f"only {size / passed:,.0f} bytes a second arrive")
