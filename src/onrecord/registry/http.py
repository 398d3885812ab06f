"""One question to a server, and what its answer means: bytes, another try later, or an error."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from onrecord.errors import RegistryError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    import httpx

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
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
    import httpx

    headers = {"Accept-Encoding": "identity", "User-Agent": "onrecord"}
    if start or size:
        headers["Range"] = f"bytes={start}-{start + size - 1 if size else ''}"
    timeout = httpx.Timeout(patience.silence, connect=patience.connect)
    try:
        with (
            httpx.Client(
                timeout=timeout, follow_redirects=True, max_redirects=5, event_hooks=_hooks(url), verify=_certificates()
            ) as client,
            client.stream("GET", url, headers=headers) as response,
        ):
            yield _start_of(response, start, url), _paced(response.iter_raw(), patience)
    except (httpx.TransportError, httpx.TooManyRedirects) as error:
        raise AgainError(str(error) or type(error).__name__) from None
    except (httpx.InvalidURL, httpx.StreamError) as error:
        raise RegistryError(f"cannot be fetched: {error}", hint=ADDRESS_HINT, file=url) from None


@cache
def _certificates() -> ssl.SSLContext:
    """Read the trusted certificates once: it takes longer than fetching an index."""
    import httpx

    return httpx.create_ssl_context()


def _hooks(url: str) -> dict[str, list[Callable[..., Any]]]:
    """Refuse to be sent from https to http."""
    encrypted = urlsplit(url).scheme.lower() == "https"

    def look(request: httpx.Request) -> None:
        if encrypted and request.url.scheme != "https":
            raise RegistryError(f"sent on to the unencrypted {request.url}", hint="tell whoever runs it", file=url)

    return {"request": [look]}


def _start_of(response: httpx.Response, start: int, url: str) -> int:
    """Return where an answer starts, or say what the status means."""
    status = response.status_code
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
