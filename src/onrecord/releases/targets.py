"""Where releases are published to: a folder, or a store that fsspec knows, written file by file.

What a target holds is whole or not there under its name where the place allows it: in a folder by a rename, in an
object store because an object appears when all of it has come. Elsewhere a file that broke off is found by its hash
and written again, and no index names it before.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import urlsplit

from onrecord import files
from onrecord.archives import Promise
from onrecord.errors import ReleaseError
from onrecord.registry.transport import file_url_to_path
from onrecord.releases.listing import alone

CHUNK = 1 << 20
Told = Callable[[int], None]
"""Called with how many bytes more are there."""


class Target(Protocol):
    """A place that is written file by file; paths are POSIX, relative to the registry's top."""

    @property
    def name(self) -> str:
        """How a person calls it."""

    def alone(self) -> AbstractContextManager[None]:
        """Hold the right to write, where the place knows such a right."""

    def size(self, path: str) -> int | None:
        """Return the size of a file, or None where there is none."""

    def opened(self, path: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file that is there, to be read."""

    def put(self, source: Path, path: str, told: Told) -> None:
        """Copy a file there."""

    def write(self, path: str, data: bytes) -> None:
        """Write a small file."""

    def remove(self, path: str) -> None:
        """Remove a file, where it is there."""


def open_target(place: str) -> Target:
    """Return the target that a path or URL names.

    Raises
    ------
    ReleaseError
        The URL is of no kind that can be written, or what writes it is not installed.

    Examples
    --------
    >>> open_target("file:///srv/releases").name
    '/srv/releases'
    """
    scheme = urlsplit(place).scheme
    if scheme in {"http", "https"}:
        hint = "name what the web server serves: a folder, s3://BUCKET/PATH, or another URL that fsspec writes"
        raise ReleaseError("a web address cannot be written to", hint=hint, file=place)
    if scheme == "file" or "://" not in place:
        return Folder(Path(file_url_to_path(place)))
    return Store(place)


def holds(target: Target, path: str, promise: Promise) -> bool:
    """Tell whether a target has exactly the promised bytes; they are read back only where the size is right."""
    if target.size(path) != promise.bytes:
        return False
    digest = hashlib.sha256()
    with target.opened(path) as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest() == promise.sha256


def read_small(target: Target, path: str, most: int) -> bytes | None:
    """Return a small file of a target, or None where there is none."""
    size = target.size(path)
    if size is None:
        return None
    if size > most:
        raise ReleaseError(
            f"larger than {most:,} bytes", hint="this is no registry of ours", file=f"{target.name}/{path}"
        )
    with target.opened(path) as file:
        return file.read(most)


class Folder:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.root)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Make the folder, and lock it."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            hint = "name a folder that can be written"
            raise ReleaseError(f"cannot be made: {error.strerror}", hint=hint, file=self.root) from None
        with alone(self.root):
            yield

    def size(self, path: str) -> int | None:
        """Return the size of a file, or None."""
        place = self.root / path
        return place.stat().st_size if place.is_file() else None

    def opened(self, path: str) -> IO[bytes]:
        """Open a file."""
        return (self.root / path).open("rb")

    def put(self, source: Path, path: str, told: Told) -> None:
        """Copy aside, then rename."""
        target = self.root / path
        self._make(target.parent)
        aside = target.with_name(f".{target.name}.aside")
        with source.open("rb") as reading, aside.open("wb") as writing:
            while piece := reading.read(CHUNK):
                writing.write(piece)
                told(len(piece))
            writing.flush()
            os.fsync(writing.fileno())
        aside.chmod(0o644)
        aside.replace(target)

    def _make(self, folder: Path) -> None:
        """Make a folder that a web server may read, whatever the umask."""
        missing = [one for one in (folder, *folder.parents) if not one.exists() and one.is_relative_to(self.root)]
        for one in reversed(missing):
            one.mkdir(exist_ok=True)
            one.chmod(0o755)

    def write(self, path: str, data: bytes) -> None:
        """Write aside, then rename."""
        files.write_whole(self.root / path, data)

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that become empty by it."""
        place = self.root / path
        place.unlink(missing_ok=True)
        for folder in place.parents:
            if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()


class Store:
    """A store that fsspec writes: S3, and what else is installed. Credentials come from the store's own settings."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        with self._faults():
            try:
                from fsspec.core import url_to_fs
            except ImportError:
                raise ReleaseError("no library writes to URLs here", hint=_install(url), file=url) from None
            self.fs: Any
            self.fs, self.root = url_to_fs(self.url, skip_instance_cache=True)
            self.root = self.root.rstrip("/")

    @property
    def name(self) -> str:
        """The URL."""
        return self.url

    def alone(self) -> AbstractContextManager[None]:
        """Hold nothing: stores know no lock, so that one process should publish at a time."""
        return nullcontext()

    def size(self, path: str) -> int | None:
        """Return the size of a file, or None."""
        with self._faults():
            self.fs.invalidate_cache()
            try:
                found = self.fs.info(self._at(path))
            except FileNotFoundError:
                return None
            return int(found["size"]) if found["type"] == "file" else None

    @contextmanager
    def opened(self, path: str) -> Iterator[IO[bytes]]:
        """Open a file."""
        with self._faults(), self.fs.open(self._at(path), "rb") as file:
            yield file

    def put(self, source: Path, path: str, told: Told) -> None:
        """Copy a file, and look whether all of it came."""
        from fsspec.callbacks import Callback

        class Tell(Callback):  # type: ignore[misc]  # fsspec has no types
            def relative_update(self, inc: int = 1) -> None:
                told(inc)

        with self._faults():
            self._with_parent(path, lambda: self.fs.put_file(str(source), self._at(path), callback=Tell()))
        self._came(path, source.stat().st_size)

    def write(self, path: str, data: bytes) -> None:
        """Write a small file, and look whether all of it came."""
        with self._faults():
            self._with_parent(path, lambda: self.fs.pipe_file(self._at(path), data))
        self._came(path, len(data))

    def remove(self, path: str) -> None:
        """Remove a file."""
        with self._faults():
            try:
                self.fs.rm_file(self._at(path))
            except FileNotFoundError:
                return

    def _at(self, path: str) -> str:
        return f"{self.root}/{path}"

    def _with_parent(self, path: str, work: Callable[[], object]) -> None:
        """Do it; where a store has folders and misses one, make that and do it again. A bucket is never made."""
        try:
            work()
        except FileNotFoundError:
            bucket = self.root.partition("/")[0]
            if bucket and not self.fs.exists(bucket):
                raise
            self.fs.makedirs(self._at(path).rpartition("/")[0], exist_ok=True)
            work()

    def _came(self, path: str, size: int) -> None:
        if (found := self.size(path)) != size:
            hint = "publish again: it goes on from here"
            raise ReleaseError(f"{found or 0:,} of {size:,} bytes came", hint=hint, file=f"{self.url}/{path}")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Say what to do about what a store's library raises; that is of many kinds."""
        try:
            yield
        except ReleaseError:
            raise
        except ImportError as error:
            raise ReleaseError(f"cannot be written: {error}", hint=_install(self.url), file=self.url) from None
        except ValueError as error:
            hint = "name a folder, s3://BUCKET/PATH, or another URL that fsspec writes"
            raise ReleaseError(f"cannot be written: {error}", hint=hint, file=self.url) from None
        except Exception as error:  # noqa: BLE001 -- each store's library has its own
            hint = "check address, credentials and network; publish again: it goes on from here"
            said = " ".join(str(error).split()) or type(error).__name__
            raise ReleaseError(f"cannot be written: {said}", hint=hint, file=self.url) from None


def _install(url: str) -> str:
    return "pip install 'onrecord[s3]'" if url.startswith("s3") else "install the library that fsspec names for it"
