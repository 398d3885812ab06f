"""Bytes from a registry, over HTTP or from disk: whole small texts, and files of known size that resume.

What is fetched is untrusted: no more is read than was promised, a redirect never leaves encryption, and a
server that answers too slowly or breaks off is asked again a few times, later each time.
"""

from __future__ import annotations

import hashlib
import random
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from onrecord.errors import IntegrityError, RegistryError
from onrecord.registry import http
from onrecord.registry.http import PATIENCE, AbsenceError, AgainError, Patience
from onrecord.registry.parts import CHUNK, Part, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.archives import Promise

MOST_TURNS = 10_000
OFFLINE_HINT = "check the network and the registry's address; what is in the cache can be had offline"


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


def file_url_to_path(place: str) -> str:
    """Return the path of a `file:` URL; any other place as it is.

    >>> file_url_to_path("file:///srv/releases")
    '/srv/releases'
    """
    parts = urlsplit(place)
    return unquote(parts.path) if parts.scheme == "file" else place


def read_text(place: str, *, most: int, patience: Patience = PATIENCE) -> bytes:
    """Return the bytes of a text of unknown size, at most `most`.

    Raises
    ------
    AbsenceError
        It is not there.
    RegistryError
        It cannot be reached, or is larger than `most`.
    """
    found = bytearray()

    def attempt() -> bool:
        found.clear()
        with _opened(place, 0, patience) as (_, pieces):
            for piece in pieces:
                found.extend(piece)
                if len(found) > most:
                    raise RegistryError(f"larger than {most:,} bytes", hint="this is no registry of ours", file=place)
        return True

    _persist(attempt, place, patience)
    return bytes(found)


def read_promised(place: str, promise: Promise, *, patience: Patience = PATIENCE) -> bytes:
    """Return the bytes of a promised file.

    Raises
    ------
    IntegrityError
        The bytes are not the promised ones.
    RegistryError
        The file is not there, is larger, or the server fails again and again.
    """
    data = read_text(place, most=promise.bytes, patience=patience)
    if hashlib.sha256(data).hexdigest() != promise.sha256:
        raise IntegrityError(
            "the bytes are not those that the index promises",
            hint="nothing was read of them; try again later, and tell whoever runs the registry if it stays",
            file=place,
        )
    return data


def save(place: str, target: Path, *, most: int, patience: Patience = PATIENCE) -> None:
    """Write the bytes of a place of unknown size to a file, at most `most`; nothing proves them here.

    Raises
    ------
    AbsenceError
        It is not there.
    RegistryError
        It cannot be reached, or is larger than `most`.
    """

    def attempt() -> bool:
        with target.open("wb") as file, _opened(place, 0, patience) as (_, pieces):
            for piece in pieces:
                file.write(piece)
                if file.tell() > most:
                    raise RegistryError(f"larger than {most:,} bytes", hint="download it by other means", file=place)
        return True

    _persist(attempt, place, patience)


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
    with Part(target, promise, progress or (lambda *_: None)) as part:
        _fill(part, place, patience)
        if not part.is_promised and part.resumed:
            part.restart()
            _fill(part, place, patience)
    if not part.is_promised:
        target.unlink(missing_ok=True)
        raise IntegrityError(
            "the bytes are not those that the index promises",
            hint="nothing was unpacked; try again later, and tell whoever runs the registry if it stays",
            file=place,
        )


def fetch_range(place: str, start: int, size: int, *, patience: Patience = PATIENCE) -> bytes:
    """Return `size` bytes of a place from byte `start` on; nothing proves them here.

    Raises
    ------
    RegistryError
        The place is not there, has fewer bytes, or its server gives no ranges.
    """
    found = bytearray()

    def attempt() -> bool:
        had = len(found)
        try:
            with _opened(place, start + had, patience, size=size - had) as (begun, pieces):
                if begun != start + had:
                    raise RegistryError("the server gives no ranges", hint="fetch the whole file", file=place)
                for piece in pieces:
                    found.extend(piece[: size - len(found)])
                    if len(found) == size:
                        break
        except AgainError:
            if len(found) <= had:
                raise
        if len(found) <= had:
            raise AgainError("it is shorter than was said")
        return len(found) == size

    _persist(attempt, place, patience)
    return bytes(found)


def _fill(part: Part, place: str, patience: Patience) -> None:
    """Ask for what is missing until all of it is here."""

    def attempt() -> bool:
        had = part.size
        if part.is_full:
            return True
        try:
            with _opened(place, had, patience) as (start, pieces):
                if start != had:
                    part.restart()
                part.append(pieces, place)
        except AgainError:
            if part.size <= had:
                raise
        if part.size <= had:
            raise AgainError("it is shorter than the index says")
        return part.is_full

    _persist(attempt, place, patience)


def _persist(attempt: Callable[[], bool], place: str, patience: Patience) -> None:
    """Try until all is here; give up when nothing more came for a number of tries."""
    failures = 0
    for _ in range(MOST_TURNS):
        try:
            if attempt():
                return
            failures = 0
        except AgainError as again:
            failures += 1
            if failures >= patience.tries:
                raise RegistryError(f"gave up after {failures} tries: {again}", hint=OFFLINE_HINT, file=place) from None
            patience.sleep(_delay(failures, again.after, patience))
    raise RegistryError("gave up: it comes in too many pieces", hint=OFFLINE_HINT, file=place)


def _delay(failures: int, after: float | None, patience: Patience) -> float:
    """Double the pause each time, with a tenth by chance so that many clients do not come at once."""
    wanted = patience.pause * 2 ** (failures - 1) * (1 + random.random() / 10)  # noqa: S311 -- spreads load
    return float(min(max(wanted, after or 0.0), patience.longest))


@contextmanager
def _opened(
    place: str, start: int, patience: Patience, *, size: int | None = None
) -> Iterator[tuple[int, Iterator[bytes]]]:
    """Open a place from byte `start` on; yield where its bytes start, and the bytes, `size` of them at least."""
    if is_url(place):
        with http.opened(place, start, patience, size=size) as found:
            yield found
        return
    try:
        with Path(place).open("rb") as file:
            file.seek(start)
            yield start, iter(lambda: file.read(CHUNK), b"")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise AbsenceError("no such file", hint="check the registry's path", file=place) from None
