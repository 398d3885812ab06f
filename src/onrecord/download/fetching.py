"""Bring one version into the cache: whole by its zip, or some of its files."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from onrecord import archives, packages
from onrecord.download.corner import PARTIAL, is_whole, neighbours
from onrecord.download.deltas import Delta
from onrecord.download.parallel import Tally, at_once
from onrecord.errors import IntegrityError, PackageError
from onrecord.packages import sums
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.packages.reading import MOST_DESCRIPTOR
from onrecord.registry.transport import fetch_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from onrecord.archives import Promise
    from onrecord.registry import Entry, Progress, Registry

ENVIRONMENT = "ONRECORD_CACHE"
MOST_DESCRIBING = 64 << 20
"""Bytes of a file of a package that is not a table, at most."""


class Fetcher:
    """Brings one version into the cache."""

    def __init__(self, registry: Registry, entry: Entry, home: Path, progress: Progress | None) -> None:
        self.registry = registry
        self.entry = entry
        self.folder = home / entry.version
        self.progress: Progress = progress or (lambda *_: None)

    def whole(self) -> Path:
        """Fetch the package, prove it, and give it its name."""
        if is_whole(self.folder):
            return self.folder
        self._judge_sizes(self.entry.files)
        with writable(self.folder), packages.locked(self.folder, wait=True):
            packages.recover(self.folder)
            if not is_whole(self.folder):
                self._fetch_whole()
        return self.folder

    def _fetch_whole(self) -> None:
        self._need_room(self.entry.promise.bytes + self._bytes(self.entry.files))
        with _staged(self.folder) as staging:
            if not self._by_difference(staging, list(self.entry.files), self.entry.promise.bytes):
                self._by_zip(staging)
            self._judge(staging)
            packages.replace_folder(staging, self.folder, durable=False)

    def _by_difference(self, staging: Path, paths: list[str], instead: int) -> bool:
        """Make files out of other versions that are here, where there are some and it is worth it."""
        for old in neighbours(self.folder):
            if Delta(self.registry, self.entry, old, self.progress).build(staging, paths, instead=instead):
                return True
        return False

    def _by_zip(self, staging: Path) -> None:
        part = self.folder.parent / f".{self.entry.version}.zip.part"
        with _no_rest(part):
            fetch_file(
                self.registry.place(self.entry.archive),
                part,
                self.entry.promise,
                progress=self.progress,
                patience=self.registry.patience,
            )
        try:
            archives.unpack(part, staging, self.entry.files)
        finally:
            part.unlink(missing_ok=True)

    def part(self, paths: list[str]) -> Path:
        """Fetch single files, each proved before it gets its name."""
        if is_whole(self.folder):
            return self.folder
        self._judge_sizes(paths)
        folder = self.folder.with_name(f"{self.entry.version}{PARTIAL}")
        with writable(folder), packages.locked(folder, wait=True):
            packages.recover(folder)
            if missing := [path for path in paths if not _has(folder / path, self.entry.files[path])]:
                self._fetch_part(folder, missing)
        return folder

    def _fetch_part(self, folder: Path, missing: list[str]) -> None:
        total = self._bytes(missing)
        self._need_room(total)
        with _staged(folder) as staging:
            if self._by_difference(staging, missing, total):
                for path in missing:
                    _placed(staging / path, folder / path)
            else:
                self._by_files(folder, missing, total)
        self._judge_sums(folder)

    def _by_files(self, folder: Path, paths: list[str], total: int) -> None:
        """Fetch files beside each other, the largest first."""
        tally = Tally(self.progress, total)
        ordered = sorted(paths, key=lambda path: -self.entry.files[path].bytes)
        with _no_rest(*(_part(folder / path) for path in paths)):
            at_once(partial(self._fetch_file, folder, tally), ordered, stop=tally.stop)

    def _fetch_file(self, folder: Path, tally: Tally, path: str) -> None:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = _part(target)
        fetch_file(
            self.registry.place(f"{self.entry.folder}/{path}"),
            part,
            self.entry.files[path],
            progress=tally.of(path),
            patience=self.registry.patience,
        )
        part.replace(target)

    def _judge(self, folder: Path) -> None:
        """Prove that a package is the one it is listed as, and that its own checksums agree with the index."""
        package = packages.open_package(folder)
        if (package.name, package.version) != (self.entry.name, self.entry.version):
            raise IntegrityError(
                f"the archive holds {package.name}@{package.version}, not {self.entry.spec}",
                hint=archives.HINT,
                file=folder,
            )
        self._judge_sums(folder)

    def _judge_sums(self, folder: Path) -> None:
        if sums.FILE_NAME not in self.entry.files:
            return
        listed = sums.parse_sums((folder / sums.FILE_NAME).read_text(encoding="utf-8"))
        promised = {path: promise.sha256 for path, promise in self.entry.files.items() if path not in sums.UNLISTED}
        if listed != promised:
            raise IntegrityError(f"{sums.FILE_NAME} and the index disagree", hint=archives.HINT, file=folder)

    def _judge_sizes(self, paths: Iterable[str]) -> None:
        """Refuse before anything is fetched what no descriptor can be."""
        for path in paths:
            most = MOST_DESCRIPTOR if path == DESCRIPTOR else MOST_DESCRIBING
            if not path.startswith("data/") and self.entry.files[path].bytes > most:
                raise IntegrityError(
                    f"{path} is said to have {self.entry.files[path].bytes:,} bytes, more than {most:,}",
                    hint="tell whoever runs the registry; nothing was fetched",
                    file=self.registry.place(self.entry.folder),
                )

    def _bytes(self, paths: Iterable[str]) -> int:
        return sum(self.entry.files[path].bytes for path in paths)

    def _need_room(self, needed: int) -> None:
        free = shutil.disk_usage(self.folder.parent).free
        if needed > free:
            raise PackageError(
                f"{self.entry.spec} needs {needed:,} bytes, the cache has room for {free:,}",
                hint=f"free some disk space, or set {ENVIRONMENT} to a folder elsewhere",
                file=self.folder.parent,
            )


def _has(path: Path, promise: Promise) -> bool:
    return path.is_file() and path.stat().st_size == promise.bytes


def _part(target: Path) -> Path:
    """Return where a file is kept that has not come in full."""
    return target.with_name(f".{target.name}.part")


def _placed(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside another, and remove it; call it with the lock held."""
    staging = folder.with_name(f".{folder.name}.staging")
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Say what to do when the cache cannot be written."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise PackageError(
            f"cannot write the cache: {error.strerror or error}",
            hint=f"free some disk space, or set {ENVIRONMENT} to a folder that can be written",
            file=error.filename or folder.parent,
        ) from None


@contextmanager
def _no_rest(*parts: Path) -> Iterator[None]:
    """On a full disk give the room back; after a broken connection keep what came."""
    try:
        yield
    except OSError:
        for part in parts:
            part.unlink(missing_ok=True)
        raise
