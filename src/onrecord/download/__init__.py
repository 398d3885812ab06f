"""Fetch a released dataset, prove every byte of it, and keep it in a cache.

    CACHE/<registry>/<name>/<version>/            a whole package, every file proved
    CACHE/<registry>/<name>/<version>+partial/    single files of one, each proved
    CACHE/<registry>/<name>/.<version>.zip.part   what came of a zip so far; the next download goes on from there

A version gets its name in the cache by one rename, after everything in it was proved; what stands under
that name is used without network. One process fetches a version, others wait for it.
"""

from __future__ import annotations

import os
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import packages
from onrecord.download.corner import FORMATS, cached
from onrecord.download.fetching import ENVIRONMENT, Fetcher
from onrecord.download.pins import Pin, pin, pinned, read_pins
from onrecord.errors import IntegrityError, RegistryError
from onrecord.files import write_whole
from onrecord.packages import Dataset
from onrecord.registry import Entry, Progress, Registry, Spec, open_registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reports import Issue

__all__ = ["Downloaded", "Pin", "default_cache", "download", "fetch", "load", "pin", "read_pins"]

DATA = ("data/", "ranges/")
"""Folders of a package with what describes single tables."""


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
    lock: str | Path | None = None,
) -> Path:
    """Fetch a dataset and return its folder in the cache; see `fetch`.

    Examples
    --------
    >>> download("lemonde-en@^1.2", registry="https://example.org/releases")  # doctest: +SKIP
    PosixPath('/home/ada/.cache/onrecord/example.org-0f5ba0b1b0ad/lemonde-en/1.2.3')
    """
    return fetch(
        spec,
        registry=registry,
        cache=cache,
        progress=progress,
        tables=tables,
        formats=formats,
        offline=offline,
        lock=lock,
    ).folder


def load(
    spec: str,
    *,
    registry: str | Path | Registry | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
    tables: Iterable[str] | None = None,
    formats: Iterable[str] | None = None,
    offline: bool = False,
    lock: str | Path | None = None,
) -> Dataset:
    """Fetch a dataset and return it, its tables read when they are asked for.

    A warning is given when a version was withdrawn. Errors are those of `fetch`.

    Examples
    --------
    >>> dataset = load("lemonde-en", registry="https://example.org/releases")  # doctest: +SKIP
    >>> dataset["quotes"].num_rows  # doctest: +SKIP
    22
    """
    found = fetch(
        spec,
        registry=registry,
        cache=cache,
        progress=progress,
        tables=tables,
        formats=("parquet",) if formats is None else formats,
        offline=offline,
        lock=lock,
    )
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
    lock: str | Path | None = None,
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
    lock
        A lock file, which says version, registry and hash; see `pin`.

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
    held = None if lock is None else pinned(wanted, Path(lock))
    if held is not None:
        wanted, registry = Spec(wanted.name, held.version), registry or held.registry
    found = registry if isinstance(registry, Registry) else open_registry(registry)
    home = (Path(cache) if cache else default_cache()) / found.key / wanted.name
    chosen = Choice(None if tables is None else tuple(tables), None if formats is None else tuple(formats))
    here = _cached(home, wanted, chosen, offline=offline)
    made = Downloaded(here) if here else _fetch(wanted, found, home, progress, chosen)
    if held is not None:
        held.prove(made.folder)
    return made


@dataclass(frozen=True, slots=True)
class Choice:
    """The tables and formats that are asked for; None is all."""

    tables: tuple[str, ...] | None
    formats: tuple[str, ...] | None

    @property
    def is_all(self) -> bool:
        """True when the whole package is asked for."""
        return self.tables is None and self.formats is None

    def files(self, entry: Entry) -> list[str]:
        """Return the files to fetch: those of the tables in the formats, and what describes them.

        Raises
        ------
        RegistryError
            There is no such table or format.
        """
        kinds = set(FORMATS if self.formats is None else self.formats)
        if unknown := sorted(kinds - set(FORMATS)):
            raise RegistryError(f"no format {unknown[0]!r}", hint=f"formats: {', '.join(FORMATS)}")
        there = {Path(path).stem for path in entry.files if path.startswith("data/")}
        names = there if self.tables is None else set(self.tables)
        if unknown := sorted(names - there):
            raise RegistryError(f"{entry.spec} has no table {unknown[0]!r}", hint=f"tables: {', '.join(sorted(there))}")
        data = {f"data/{name}.{kind}" for name in names for kind in kinds}
        return sorted(path for path in entry.files if path in data or not path.startswith(DATA))


def _cached(home: Path, wanted: Spec, chosen: Choice, *, offline: bool) -> Path | None:
    """Return what the cache has, where that is all that is asked for."""
    if not (offline or wanted.is_exact):
        return None
    found = cached(home, wanted, chosen.tables, chosen.formats)
    if offline and found is None:
        raise RegistryError(f"{wanted} is not in the cache", hint="download it once with the network", file=home)
    return found


def _fetch(wanted: Spec, registry: Registry, home: Path, progress: Progress | None, chosen: Choice) -> Downloaded:
    resolution = registry.resolve(wanted)
    _note_serial(registry, home.parent)
    fetcher = Fetcher(registry, resolution.entry, home, progress)
    folder = fetcher.whole() if chosen.is_all else fetcher.part(chosen.files(resolution.entry))
    return Downloaded(folder, resolution.issues)


def default_cache() -> Path:
    """Return where downloads are kept: ONRECORD_CACHE, or the system's place for caches."""
    import platformdirs

    given = os.environ.get(ENVIRONMENT)
    return Path(given) if given else platformdirs.user_cache_path("onrecord", appauthor=False)


def _note_serial(registry: Registry, corner: Path) -> None:
    """Remember the newest index that was seen, and refuse a signed one that is older: it may hide a version."""
    path = corner / ".serial"
    try:
        seen = int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        seen = 0
    if registry.index.serial < seen and registry.public_key is not None:
        raise IntegrityError(
            f"the registry went back from change {seen} to {registry.index.serial}",
            hint=f"ask its publisher; if they did so, remove {path}",
            file=registry.location,
        )
    if registry.index.serial != seen:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, str(registry.index.serial).encode())
