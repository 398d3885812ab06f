"""A package that no registry lists: fetched from its URL, each file held against what the package says of itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from onrecord import archives, packages
from onrecord.download.parallel import at_once
from onrecord.errors import IntegrityError, PackageError
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.packages.reading import MOST_DESCRIPTOR
from onrecord.registry.transport import fetch_file, join, read_text, save

MOST_ZIP = 1 << 32
"""Bytes of a zip of unknown size that are fetched at most."""


def fetch_zip(url: str, target: Path) -> None:
    """Fetch a zip that nobody promised anything of, at most 4 GiB."""
    save(url, target, most=MOST_ZIP)


def fetch_package(url: str, folder: Path, *, formats: Collection[str] | None = None) -> Path:
    """Fetch the package whose folder or `datapackage.json` a URL names; return its new folder.

    Parameters
    ----------
    url
        The folder, or its descriptor.
    folder
        Where to put it; it is made.
    formats
        Fetch tables in these formats only (`csv`, `parquet`).

    Raises
    ------
    RegistryError
        It cannot be reached, or there is no package.
    PackageError
        Its descriptor has not the form of one, or promises no bytes.
    IntegrityError
        A file is not what the descriptor promises, or a path leaves the package.
    """
    base = url.removesuffix(DESCRIPTOR).rstrip("/")
    folder.mkdir()
    (folder / DESCRIPTOR).write_bytes(read_text(f"{base}/{DESCRIPTOR}", most=MOST_DESCRIPTOR))
    resources = packages.open_package(folder).resources
    chosen = [path for path in resources if formats is None or Path(path).suffix.removeprefix(".") in formats]
    at_once(lambda path: _fetch(base, path, folder, _promise(resources[path], base)), chosen)
    schemas = {one["schema"] for one in resources.values() if isinstance(one.get("schema"), str)}
    at_once(lambda path: _fetch_schema(base, path, folder), sorted(schemas))
    return folder


def _promise(resource: Mapping[str, Any], base: str) -> archives.Promise:
    try:
        return archives.Promise(int(resource["bytes"]), str(resource["hash"]).removeprefix("sha256:"))
    except (KeyError, ValueError):
        hint = "release the dataset again: each file needs its size and hash"
        raise PackageError("the descriptor promises no bytes", hint=hint, file=f"{base}/{DESCRIPTOR}") from None


def _fetch(base: str, path: str, folder: Path, promise: archives.Promise) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    fetch_file(join(base, path), target, promise)


def _fetch_schema(base: str, path: str, folder: Path) -> None:
    if reason := archives.unsafe(path):
        raise IntegrityError(f"the path {path!r} {reason}", hint=archives.HINT, file=base)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(read_text(join(base, path), most=MOST_DESCRIPTOR))
