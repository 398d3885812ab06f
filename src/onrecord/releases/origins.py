"""Where the documents of a dataset stand, as its provenance tells it: commit, descriptions, lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord import files, revisions
from onrecord.errors import ReleaseError
from onrecord.packages.provenance import Origin

LICENSE_FILE = "LICENSE"


def origin_of(collection: Path, *, lock: Path | None = None) -> Origin:
    """Return what is known of a collection's folder; nothing where there is none.

    Parameters
    ----------
    collection
        The folder with `collection.toml`.
    lock
        The file that pins what was installed.

    Raises
    ------
    ReleaseError
        The lock is not there.
    """
    if lock is not None and not lock.is_file():
        raise ReleaseError("no such file", hint="name the file that pins what is installed", file=lock)
    found = revisions.revision_of(collection)
    own = collection / LICENSE_FILE
    return Origin(
        commit=None if found is None else found.commit,
        path=None if found is None else found.path,
        dirty=None if found is None else found.dirty,
        shallow=found is not None and found.shallow,
        descriptions=described(collection),
        lock=None if lock is None else (lock.name, files.sha256_of(lock)),
        license=own.read_bytes() if own.is_file() else None,
    )


def described(collection: Path) -> dict[str, str]:
    """Return path and SHA-256 of the files that say how a collection's documents are read."""
    return {path: files.sha256_of(place) for path, place in sorted(_descriptions(collection))}


def _descriptions(folder: Path) -> Iterator[tuple[str, Path]]:
    for place in folder.rglob("*"):
        path = place.relative_to(folder)
        hidden = any(part.startswith(".") for part in path.parts)
        if (
            place.is_file()
            and not hidden
            and (place.suffix == ".toml" or path.name in {"corrections.csv", LICENSE_FILE})
        ):
            yield path.as_posix(), place
