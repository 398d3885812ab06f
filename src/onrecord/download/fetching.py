"""Bring one version into the cache: whole by its zip, or some of its files."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from onrecord import archives, packages
from onrecord.download.deltas import Delta
from onrecord.errors import IntegrityError, PackageError
from onrecord.packages import sums
from onrecord.registry import is_version, sort_key
from onrecord.registry.transport import fetch_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onrecord.archives import Promise
    from onrecord.registry import Entry, Progress, Registry

ENVIRONMENT = "ONRECORD_CACHE"


def is_whole(folder: Path) -> bool:
    """Tell whether a package stands in the cache and each of its tables still has its size.

    It was proved when it came; this finds what was cut or lost since, without reading it again.
    """
    if not folder.is_dir():
        return False
    try:
        resources = packages.open_package(folder).resources
    except (PackageError, IntegrityError):
        return False
    places = ((folder / path, one.get("bytes")) for path, one in resources.items())
    return all(path.is_file() and size in {None, path.stat().st_size} for path, size in places)


class Fetcher:
    """Brings one version into the cache."""

    def __init__(self, registry: Registry, entry: Entry, home: Path, progress: Progress | None) -> None:
        self.registry = registry
        self.entry = entry
        self.folder = home / entry.version
        self.progress = progress

    def whole(self) -> Path:
        """Fetch the zip, prove and unpack it, and give it its name."""
        if is_whole(self.folder):
            return self.folder
        with writable(self.folder), packages.locked(self.folder, wait=True):
            packages.recover(self.folder)
            if not is_whole(self.folder):
                self._fetch_whole()
        return self.folder

    def _fetch_whole(self) -> None:
        staging = self.folder.parent / f".{self.entry.version}.staging"
        self._need_room(self.entry.promise.bytes + sum(promise.bytes for promise in self.entry.files.values()))
        staging.mkdir()
        try:
            if not self._by_difference(staging):
                self._by_zip(staging)
            self._judge(staging)
            packages.replace_folder(staging, self.folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)

    def _by_difference(self, staging: Path) -> bool:
        """Make the version out of the newest other one that is here, where there is one and it is worth it."""
        others = [path for path in self.folder.parent.glob("*") if is_version(path.name) and is_whole(path)]
        if not others:
            return False
        old = max(others, key=lambda path: sort_key(path.name))
        return Delta(self.registry, self.entry, old, self.progress or (lambda *_: None)).build(staging)

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
        folder = self.folder.with_name(f"{self.entry.version}-partial")
        with writable(folder), packages.locked(folder, wait=True):
            missing = [path for path in paths if not self._has(folder / path, self.entry.files[path])]
            total = sum(self.entry.files[path].bytes for path in missing)
            self._need_room(total)
            done = 0
            for path in missing:
                self._fetch_file(path, folder / path, _shifted(self.progress, done, total))
                done += self.entry.files[path].bytes
            self._judge_sums(folder)
        return folder

    @staticmethod
    def _has(path: Path, promise: Promise) -> bool:
        return path.is_file() and path.stat().st_size == promise.bytes

    def _fetch_file(self, path: str, target: Path, progress: Progress | None) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        with _no_rest(part):
            fetch_file(
                self.registry.place(f"{self.entry.folder}/{path}"),
                part,
                self.entry.files[path],
                progress=progress,
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

    def _need_room(self, needed: int) -> None:
        free = shutil.disk_usage(self.folder.parent).free
        if needed > free:
            raise PackageError(
                f"{self.entry.spec} needs {needed:,} bytes, the cache has room for {free:,}",
                hint=f"free some disk space, or set {ENVIRONMENT} to a folder elsewhere",
                file=self.folder.parent,
            )


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Tell of one file as a part of many."""
    return None if progress is None else lambda done, _: progress(before + done, total)


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
def _no_rest(part: Path) -> Iterator[None]:
    """On a full disk give the room back; after a broken connection keep what came."""
    try:
        yield
    except OSError:
        part.unlink(missing_ok=True)
        raise
