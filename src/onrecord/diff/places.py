"""What a user names, opened: a folder, a zip, a URL, a registry, a released version, or a revision in git.

Everything becomes a folder, or several by name, here and nowhere else, so that the comparison knows of folders only.
Of a package from elsewhere only the Parquet tables and what describes them are fetched; each is proved.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord import archives, download, packages, revisions
from onrecord.download.places import fetch_package, fetch_zip
from onrecord.errors import IntegrityError, OnrecordError, PackageError, RegistryError
from onrecord.files import read_json
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.registry import Registry, Spec, open_registry
from onrecord.registry.http import AbsenceError
from onrecord.registry.index import FILE_NAME as INDEX
from onrecord.registry.reading import ENVIRONMENT
from onrecord.registry.transport import file_url_to_path, is_url

HINT = (
    "name a dataset's folder or zip, a folder of datasets, the URL of a package or registry, NAME@VERSION with "
    "--registry, or a revision in git with the folder's path in it, as main:datasets/lemonde-en"
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a dataset's folder, or several by name.

    Parameters
    ----------
    name
        What to call a dataset that stands alone.
    folder
        Where it stands; None where there are several.
    datasets
        The folders of several.
    """

    name: str
    folder: Path | None
    datasets: Mapping[str, Path]


@contextmanager
def opened(what: str | Path, registry: str | Path | Registry | None = None) -> Iterator[Side]:
    """Yield the side that `what` names, for as long as the block lasts.

    Raises
    ------
    OnrecordError
        It names nothing that can be compared.
    """
    text = file_url_to_path(str(what))
    with TemporaryDirectory(prefix="onrecord-side-") as aside:
        yield _side(text, Path(aside), registry)


def _side(text: str, aside: Path, registry: str | Path | Registry | None) -> Side:
    path = Path(text)
    if is_url(text):
        return _url(text, aside)
    if path.is_dir():
        return _registry(open_registry(path)) if _is_registry(path) else _folder(path)
    if path.is_file() and path.name in {DESCRIPTOR, INDEX}:
        return _side(str(path.parent), aside, registry)
    if path.is_file():
        return _folder(_unpacked(path, aside / "package"))
    if "@" in text or (registry is not None and ":" not in text and "/" not in text):
        return _folder(_released(text, registry))
    if ":" in text:
        revision, _, place = text.partition(":")
        revisions.check_out(revision, place.strip("/") or ".", aside, repository=Path())
        return _folder(aside, Path(place).name or revision)
    raise OnrecordError("no such folder", hint=HINT, file=text)


def _is_registry(folder: Path) -> bool:
    return (folder / INDEX).is_file() and not (folder / DESCRIPTOR).exists()


def _released(spec: str, registry: str | Path | Registry | None) -> Path:
    Spec.parse(spec)
    if registry is None and not os.environ.get(ENVIRONMENT):
        hint = f"say where releases are listed: --registry, or {ENVIRONMENT}"
        raise RegistryError(f"no registry for {spec}", hint=hint)
    return download.fetch(spec, registry=registry, formats=("parquet",)).folder


def _url(url: str, aside: Path) -> Side:
    """Open a package's zip, its folder, or a registry, whichever a URL names."""
    if url.partition("?")[0].endswith(".zip"):
        fetch_zip(url, aside / "package.zip")
        return _folder(_unpacked(aside / "package.zip", aside / "package"))
    if url.endswith(INDEX):
        return _registry(open_registry(url))
    try:
        return _folder(fetch_package(url, aside / "package", formats=("parquet",)))
    except AbsenceError:
        if url.endswith(DESCRIPTOR):
            raise
    try:
        return _registry(open_registry(url))
    except AbsenceError:
        raise RegistryError(f"neither {DESCRIPTOR} nor {INDEX} there", hint=HINT, file=url) from None


def _registry(registry: Registry) -> Side:
    """Return the newest version of every dataset of a registry."""
    listings = registry.index.datasets.values()
    names = [one.name for one in listings if any(not entry.yanked for entry in one.versions.values())]
    fetched = {name: download.fetch(name, registry=registry, formats=("parquet",)).folder for name in sorted(names)}
    return Side(registry.location, None, fetched)


def _unpacked(path: Path, folder: Path) -> Path:
    """Unpack a package that its own descriptor and checksums agree with."""
    package = packages.open_package(path)
    found = package.measure()
    if issues := list(package.verify()):
        raise IntegrityError(f"{issues[0].message}: {issues[0].file}", hint="fetch or build it again", file=path)
    folder.mkdir()
    archives.unpack(path, folder, found)
    return folder


def _folder(folder: Path, name: str | None = None) -> Side:
    """Return a dataset's folder, or the datasets right below a folder."""
    if (folder / DESCRIPTOR).is_file() or (folder / "data").is_dir():
        return Side(_name(folder) or name or folder.name, folder, {})
    below = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    found = {path.name: path for path in below if (path / DESCRIPTOR).is_file()}
    if below and not found:
        raise OnrecordError("no dataset there", hint=HINT, file=folder)
    return Side(name or folder.name, None, found)


def _name(folder: Path) -> str | None:
    """Return the name that a dataset's descriptor gives it, where it gives one."""
    try:
        return str(read_json(folder / DESCRIPTOR)["name"])
    except (PackageError, KeyError):
        return None
