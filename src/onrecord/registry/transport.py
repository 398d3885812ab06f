"""Bytes from a registry, over HTTP or from disk: whole small texts, and files of known size that resume.

What is fetched is untrusted: no more is read than was promised, a redirect never leaves encryption, and a
server that answers too slowly or breaks off is asked again a few times, later each time.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from onrecord.errors import IntegrityError, RegistryError

if TYPE_CHECKING:
    import httpx

    from onrecord.archives import Promise

Progress = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes of the whole."""

CHUNK = 1 << 18
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
OFFLINE_HINT = "check the network and the registry's address; what is in the cache can be had offline"


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


class _Again(Exception):  # noqa: N818 -- a turn of the loop, not a failure
    """A try failed; the next may not."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


def is_url(place: str) -> bool:
    """Tell whether a place is to be had over HTTP.

    >>> is_url("https://example.org/x"), is_url("releases")
    (True, False)
    """
    return place.lower().startswith(("http://", "https://"))


def join(base: str, path: str) -> str:
    """Return the place of a path below a base, a URL or a folder.

    >>> join("https://example.org/releases/", "a b/x.zip")
    'https://example.org/releases/a%20b/x.zip'
    """
    if is_url(base):
        return f"{base.rstrip('/')}/{quote(path)}"
    return str(Path(base) / path)


def read_text(place: str, *, most: int, patience: Patience = PATIENCE) -> bytes:
    """Return the bytes of a text of unknown size, at most `most`.

    Raises
    ------
    RegistryError
        It is not there, cannot be reached, or is larger than `most`.
    """
    found = bytearray()
    if not is_url(place):
        with _local(place, 0) as pieces:
            _gather(found, pieces, most, place)
        return bytes(found)

    def attempt() -> bool:
        found.clear()
        with _remote(place, 0, patience) as (_, pieces):
            _gather(found, pieces, most, place)
        return True

    _persist(attempt, place, patience)
    return bytes(found)


def _gather(found: bytearray, pieces: Iterator[bytes], most: int, place: str) -> None:
    for piece in pieces:
        found += piece
        if len(found) > most:
            raise RegistryError(f"larger than {most:,} bytes", hint="this is no registry of ours", file=place)


def fetch_file(
    place: str,
    target: Path,
    promise: Promise,
    *,
    progress: Progress | None = None,
    patience: Patience = PATIENCE,
) -> None:
    """Fetch a file into `target`, going on where an earlier try left off, and prove it.

    Raises
    ------
    IntegrityError
        The bytes are not the promised ones; `target` is removed.
    RegistryError
        The file is not there, or the server fails again and again; what came so far stays in `target`.
    """
    told = progress or (lambda *_: None)
    resumed = _fetch(place, target, promise, told, patience)
    if _is_promised(target, promise):
        return
    target.unlink(missing_ok=True)
    if resumed:
        _fetch(place, target, promise, told, patience)
        if _is_promised(target, promise):
            return
        target.unlink(missing_ok=True)
    raise IntegrityError(
        "the bytes are not those that the index promises",
        hint="nothing was unpacked; try again later, and tell whoever runs the registry if it stays",
        file=place,
    )


def _is_promised(target: Path, promise: Promise) -> bool:
    with target.open("rb") as file:
        return (
            target.stat().st_size == promise.bytes and hashlib.file_digest(file, "sha256").hexdigest() == promise.sha256
        )


def _fetch(place: str, target: Path, promise: Promise, told: Progress, patience: Patience) -> bool:
    """Bring `target` to its promised size; return whether a part of it was there before."""
    had = target.stat().st_size if target.exists() else 0
    if had > promise.bytes:
        target.unlink()
        had = 0
    target.touch()

    def attempt() -> bool:
        return _once(place, target, promise, told, patience)

    if not is_url(place):
        with _local(place, had) as pieces:
            _append(target, pieces, promise, told, place)
    else:
        _persist(attempt, place, patience)
    return had > 0


def _once(place: str, target: Path, promise: Promise, told: Progress, patience: Patience) -> bool:
    """Ask once for what is missing; return True when all is here, False when some more came."""
    here = target.stat().st_size
    if here == promise.bytes:
        return True
    try:
        with _remote(place, here, patience) as (start, pieces):
            if start != here:
                _truncate(target)
            _append(target, pieces, promise, told, place)
    except _Again:
        if target.stat().st_size > here:
            return False
        raise
    if target.stat().st_size < promise.bytes:
        if target.stat().st_size > here:
            return False
        raise _Again("it is shorter than the index says")
    return True


def _append(target: Path, pieces: Iterator[bytes], promise: Promise, told: Progress, place: str) -> None:
    here = target.stat().st_size
    told(here, promise.bytes)
    with target.open("ab") as file:
        for piece in pieces:
            here += len(piece)
            if here > promise.bytes:
                file.close()
                target.unlink()
                raise IntegrityError(
                    "longer than the index promises", hint="nothing was unpacked; do not use it", file=place
                )
            file.write(piece)
            told(here, promise.bytes)


def _truncate(target: Path) -> None:
    with target.open("wb"):
        pass


def _persist(attempt: Callable[[], bool], place: str, patience: Patience) -> None:
    """Try until all is here; give up when nothing more came for a number of tries."""
    failures = 0
    while True:
        try:
            if attempt():
                return
            failures = 0
        except _Again as again:
            failures += 1
            if failures >= patience.tries:
                raise RegistryError(f"gave up after {failures} tries: {again}", hint=OFFLINE_HINT, file=place) from None
            patience.sleep(_delay(failures, again.after, patience))


def _delay(failures: int, after: float | None, patience: Patience) -> float:
    """Double the pause each time, with a tenth by chance so that many clients do not come at once."""
    wanted = patience.pause * 2 ** (failures - 1) * (1 + random.random() / 10)  # noqa: S311 -- spreads load
    return float(min(max(wanted, after or 0.0), patience.longest))


@contextmanager
def _local(place: str, start: int) -> Iterator[Iterator[bytes]]:
    try:
        with Path(place).open("rb") as file:
            file.seek(start)
            yield iter(lambda: file.read(CHUNK), b"")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise RegistryError("no such file", hint="check the registry's path", file=place) from None


@contextmanager
def _remote(place: str, start: int, patience: Patience) -> Iterator[tuple[int, Iterator[bytes]]]:
    """Open a URL from byte `start`; yield where the answer starts, and its bytes."""
    import httpx

    headers = {"Accept-Encoding": "identity", "User-Agent": "onrecord"}
    if start:
        headers["Range"] = f"bytes={start}-"
    timeout = httpx.Timeout(patience.silence, connect=patience.connect)
    try:
        with (
            httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=5, event_hooks=_hooks(place)) as client,
            client.stream("GET", place, headers=headers) as response,
        ):
            yield _start_of(response, start, place), _paced(response.iter_raw(), patience)
    except (httpx.TransportError, httpx.TooManyRedirects) as error:
        raise _Again(str(error) or type(error).__name__) from None
    except (httpx.InvalidURL, httpx.StreamError) as error:
        raise RegistryError(f"cannot be fetched: {error}", hint="check the registry's address", file=place) from None


def _hooks(place: str) -> dict[str, list[Callable[..., Any]]]:
    """Refuse to be sent from https to http."""
    encrypted = urlsplit(place).scheme.lower() == "https"

    def look(request: httpx.Request) -> None:
        if encrypted and request.url.scheme != "https":
            raise RegistryError(f"sent on to the unencrypted {request.url}", hint="tell whoever runs it", file=place)

    return {"request": [look]}


def _start_of(response: httpx.Response, start: int, place: str) -> int:
    """Return where an answer starts, or say what the status means."""
    status = response.status_code
    if status == 200:
        return 0
    if status == 206 and start and response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
        return start
    if status in {206, 416}:
        raise RegistryError(f"cannot go on at byte {start:,}", hint="try again without the cache", file=place)
    if status in AGAIN:
        raise _Again(f"the server answers {status}", _after(response.headers.get("Retry-After")))
    if status in {404, 410}:
        raise RegistryError("the registry does not have it", hint="check the registry's address", file=place)
    raise RegistryError(f"the server answers {status}", hint="check the registry's address", file=place)


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
            raise _Again(f"only {size / passed:,.0f} bytes a second arrive")


def file_url_to_path(place: str) -> str:
    """Return the path of a `file:` URL; any other place as it is.

    >>> file_url_to_path("file:///srv/releases")
    '/srv/releases'
    """
    parts = urlsplit(place)
    return unquote(parts.path) if parts.scheme == "file" else place
