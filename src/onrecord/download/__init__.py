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
from typing import TYPE_CHECKING, Literal, Unpack, overload

from onrecord import packages
from onrecord.download.corner import cached
from onrecord.download.fetching import ENVIRONMENT, Fetcher
from onrecord.download.options import Choice, Options
from onrecord.download.pins import Pin, pin, pinned, read_pins
from onrecord.download.remote import RemoteDataset
from onrecord.errors import IntegrityError, RegistryError
from onrecord.files import write_whole
from onrecord.packages import Dataset
from onrecord.registry import Progress, Registry, Spec, open_registry

if TYPE_CHECKING:
    from onrecord.reports import Issue

__all__ = [
    "Downloaded",
    "Options",
    "Pin",
    "RemoteDataset",
    "default_cache",
    "download",
    "fetch",
    "load",
    "pin",
    "read_pins",
]


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What is in the cache now: the package's folder, and what its reader must know."""

    folder: Path
    issues: tuple[Issue, ...] = ()


def download(spec: str, **options: Unpack[Options]) -> Path:
    """Fetch a dataset and return its folder in the cache; see `fetch`.

    Examples
    --------
    >>> download("lemonde-en@^1.2", registry="https://example.org/releases")  # doctest: +SKIP
    PosixPath('/home/ada/.cache/onrecord/example.org-0f5ba0b1b0ad/lemonde-en/1.2.3')
    """
    return fetch(spec, **options).folder


@overload
def load(spec: str, *, remote: Literal[False] = False, **options: Unpack[Options]) -> Dataset: ...


@overload
def load(spec: str, *, remote: Literal[True], **options: Unpack[Options]) -> RemoteDataset: ...


def load(spec: str, *, remote: bool = False, **options: Unpack[Options]) -> Dataset | RemoteDataset:
    """Fetch a dataset's Parquet files and return it, its tables read when they are asked for.

    Parameters
    ----------
    spec
        NAME, NAME@1.2.0 or NAME@^1.2.
    remote
        Fetch nothing before it is asked for, and then only the columns and row groups that are needed; each byte is
        proved all the same. Nothing of it is kept.
    options
        Those of `fetch`; `formats` are `parquet` by default.

    Raises
    ------
    OnrecordError
        As of `fetch`. A version that was withdrawn is a warning.

    Examples
    --------
    >>> dataset = load("lemonde-en", registry="https://example.org/releases")  # doctest: +SKIP
    >>> dataset["quotes"].num_rows  # doctest: +SKIP
    22
    >>> afar = load("lemonde-en", registry="https://example.org/releases", remote=True)  # doctest: +SKIP
    >>> afar.arrow("quotes", columns=["text"])["text"][0]  # doctest: +SKIP
    """
    made: Dataset | RemoteDataset
    if remote:
        made = _remote(spec, options)
    else:
        options["formats"] = ("parquet",) if (formats := options.get("formats")) is None else formats
        found = fetch(spec, **options)
        made = Dataset(packages.open_package(found.folder), found.issues)
    for issue in made.issues:
        warnings.warn(issue.message, UserWarning, stacklevel=2)
    return made


def fetch(spec: str, **options: Unpack[Options]) -> Downloaded:
    """Fetch a dataset into the cache, where it is not there yet.

    Parameters
    ----------
    spec
        NAME, NAME@1.2.0 or NAME@^1.2. A version named exactly that is in the cache needs no network.
    options
        See `Options`.

    Raises
    ------
    RegistryError
        The registry cannot be reached, or has no such dataset, version or table.
    IntegrityError
        What came is not what the index promises. Nothing of it stays in the cache.
    PackageError
        The cache cannot be written.
    """
    wanted, held, registry = _wanted(spec, options)
    home = _corner(registry, options) / wanted.name
    chosen = Choice.of(options)
    here = _cached(home, wanted, chosen, offline=options.get("offline", False))
    made = Downloaded(here) if here else _fetch(wanted, registry, home, options.get("progress"), chosen)
    if held is not None:
        held.prove(made.folder)
    return made


def _remote(spec: str, options: Options) -> RemoteDataset:
    if options.get("offline"):
        raise RegistryError("what is read from afar cannot be had offline", hint="leave one of the two out")
    wanted, held, registry = _wanted(spec, options)
    resolution = registry.resolve(wanted)
    _note_serial(registry, _corner(registry, options))
    if held is not None:
        held.prove_entry(registry, resolution.entry)
    return RemoteDataset(registry, resolution.entry, resolution.issues)


def _wanted(spec: str, options: Options) -> tuple[Spec, Pin | None, Registry]:
    """Return what is wanted, how it is pinned, and where it is listed."""
    version = options.get("version")
    wanted = Spec.parse(spec if version is None else f"{spec}@{version}")
    lock, registry = options.get("lock"), options.get("registry")
    held = None if lock is None else pinned(wanted, Path(lock))
    if held is not None:
        wanted, registry = Spec(wanted.name, held.version), registry or held.registry
    return wanted, held, registry if isinstance(registry, Registry) else open_registry(registry)


def _corner(registry: Registry, options: Options) -> Path:
    """Return a registry's corner of the cache."""
    cache = options.get("cache")
    return (Path(cache) if cache else default_cache()) / registry.key


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
