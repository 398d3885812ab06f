"""Fetch a released dataset, prove every byte of it, and keep it in a cache.

    CACHE/<registry>/<name>/<version>/            a whole package, every file proved
    CACHE/<registry>/<name>/<version>-partial/    single files of one, each proved
    CACHE/<registry>/<name>/.<version>.zip.part   what came of a zip so far; the next download goes on from there

A version gets its name in the cache by one rename, after everything in it was proved; what stands under
that name is used without network. One process fetches a version, others wait for it.
"""

from __future__ import annotations

import os
import shutil
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import archives, packages
from onrecord.errors import IntegrityError, PackageError, RegistryError
from onrecord.packages import Dataset, sums
from onrecord.registry import Entry, Progress, Registry, Resolution, Spec, is_version, open_registry, sort_key
from onrecord.registry.transport import fetch_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onrecord.reports import Issue

ENVIRONMENT = "ONRECORD_CACHE"
FORMATS = ("csv", "parquet")


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What is in the cache now: the package's folder, and what its reader must know."""

    folder: Path
    issues: tuple[Issue, ...] = ()


def download(
    spec: str,
    *,
    registry: str | Path | Registry | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
    tables: Iterable[str] | None = None,
    formats: Iterable[str] | None = None,
    offline: bool = False,
) -> Path:
    """Fetch a dataset and return its folder in the cache; see `fetch`.

    Examples
    --------
    >>> download("lemonde-en@^1.2", registry="https://example.org/releases")  # doctest: +SKIP
    PosixPath('/home/ada/.cache/onrecord/example.org-0f5ba0b1b0ad/lemonde-en/1.2.3')
    """
    return fetch(
        spec, registry=registry, cache=cache, progress=progress, tables=tables, formats=formats, offline=offline
    ).folder


def load(
    spec: str,
    *,
    registry: str | Path | Registry | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
    offline: bool = False,
) -> Dataset:
    """Fetch a dataset and return it, its tables read when they are asked for.

    A warning is given when a version was withdrawn. Errors are those of `fetch`.

    Examples
    --------
    >>> dataset = load("lemonde-en", registry="https://example.org/releases")  # doctest: +SKIP
    >>> dataset["quotes"].num_rows  # doctest: +SKIP
    22
    """
    found = fetch(spec, registry=registry, cache=cache, progress=progress, offline=offline)
    for issue in found.issues:
        warnings.warn(issue.message, UserWarning, stacklevel=2)
    return Dataset(packages.open_package(found.folder), found.issues)


def fetch(
    spec: str,
    *,
    registry: str | Path | Registry | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
    tables: Iterable[str] | None = None,
    formats: Iterable[str] | None = None,
    offline: bool = False,
) -> Downloaded:
    """Fetch a dataset into the cache, where it is not there yet.

    Parameters
    ----------
    spec
        NAME, NAME@1.2.0 or NAME@^1.2. A version named exactly that is in the cache needs no network.
    registry
        A URL or folder; by default what ONRECORD_REGISTRY names.
    cache
        A folder; by default what ONRECORD_CACHE names, or the system's place for caches.
    progress
        Called with the bytes that are here and the bytes of the whole.
    tables, formats
        Fetch these only (`csv`, `parquet`), file by file, together with descriptor, schemas and README.
    offline
        Take the newest version in the cache that fits; ask no network.

    Raises
    ------
    RegistryError
        The registry cannot be reached, or has no such dataset, version or table.
    IntegrityError
        What came is not what the index promises. Nothing of it stays in the cache.
    PackageError
        The cache cannot be written.
    """
    wanted = Spec.parse(spec)
    found = registry if isinstance(registry, Registry) else open_registry(registry)
    home = (Path(cache) if cache else default_cache()) / found.key / wanted.name
    if offline:
        return Downloaded(_newest_cached(home, wanted))
    if wanted.is_exact and (home / str(wanted.wanted)).is_dir():
        return Downloaded(home / str(wanted.wanted))
    resolution = found.resolve(wanted)
    fetcher = _Fetcher(found, resolution.entry, home, progress)
    whole = tables is None and formats is None
    folder = fetcher.whole() if whole else fetcher.part(_chosen(resolution, tables, formats))
    return Downloaded(folder, resolution.issues)


def default_cache() -> Path:
    """Return where downloads are kept: ONRECORD_CACHE, or the system's place for caches."""
    import platformdirs

    given = os.environ.get(ENVIRONMENT)
    return Path(given) if given else platformdirs.user_cache_path("onrecord", appauthor=False)


def _newest_cached(home: Path, wanted: Spec) -> Path:
    here = [path for path in home.glob("*") if is_version(path.name) and wanted.admits(path.name)]
    if not here:
        raise RegistryError(f"{wanted} is not in the cache", hint="download it once with the network", file=home)
    return max(here, key=lambda path: sort_key(path.name))


def _chosen(resolution: Resolution, tables: Iterable[str] | None, formats: Iterable[str] | None) -> list[str]:
    """Return the files to fetch: those of the tables in the formats, and all that is not in `data/`."""
    entry = resolution.entry
    kinds = set(FORMATS if formats is None else formats)
    if unknown := sorted(kinds - set(FORMATS)):
        raise RegistryError(f"no format {unknown[0]!r}", hint=f"formats: {', '.join(FORMATS)}")
    there = {Path(path).stem for path in entry.files if path.startswith("data/")}
    names = there if tables is None else set(tables)
    if unknown := sorted(names - there):
        raise RegistryError(f"{entry.spec} has no table {unknown[0]!r}", hint=f"tables: {', '.join(sorted(there))}")
    data = {f"data/{name}.{kind}" for name in names for kind in kinds}
    return sorted(path for path in entry.files if path in data or not path.startswith("data/"))


class _Fetcher:
    """Brings one version into the cache."""

    def __init__(self, registry: Registry, entry: Entry, home: Path, progress: Progress | None) -> None:
        self.registry = registry
        self.entry = entry
        self.folder = home / entry.version
        self.progress = progress

    def whole(self) -> Path:
        """Fetch the zip, prove and unpack it, and give it its name."""
        if self.folder.is_dir():
            return self.folder
        with _writable(self.folder), packages.locked(self.folder, wait=True):
            packages.recover(self.folder)
            if not self.folder.is_dir():
                self._fetch_whole()
        return self.folder

    def _fetch_whole(self) -> None:
        part = self.folder.parent / f".{self.entry.version}.zip.part"
        staging = self.folder.parent / f".{self.entry.version}.staging"
        self._need_room(self.entry.promise.bytes + sum(promise.bytes for promise in self.entry.files.values()))
        with _no_rest(part):
            fetch_file(
                self.registry.place(self.entry.archive),
                part,
                self.entry.promise,
                progress=self.progress,
                patience=self.registry.patience,
            )
        staging.mkdir()
        try:
            archives.unpack(part, staging, self.entry.files)
            self._judge(staging)
            part.unlink()
            packages.replace_folder(staging, self.folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            part.unlink(missing_ok=True)

    def part(self, paths: list[str]) -> Path:
        """Fetch single files, each proved before it gets its name."""
        if self.folder.is_dir():
            return self.folder
        folder = self.folder.with_name(f"{self.entry.version}-partial")
        with _writable(folder), packages.locked(folder, wait=True):
            missing = [path for path in paths if not (folder / path).exists()]
            self._need_room(sum(self.entry.files[path].bytes for path in missing))
            for path in missing:
                self._fetch_file(path, folder / path)
        return folder

    def _fetch_file(self, path: str, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        with _no_rest(part):
            fetch_file(
                self.registry.place(f"{self.entry.folder}/{path}"),
                part,
                self.entry.files[path],
                progress=self.progress,
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
        if sums.FILE_NAME in self.entry.files:
            listed = sums.parse_sums((folder / sums.FILE_NAME).read_text(encoding="utf-8"))
            promised = {path: promise.sha256 for path, promise in self.entry.files.items() if path != sums.FILE_NAME}
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


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
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
