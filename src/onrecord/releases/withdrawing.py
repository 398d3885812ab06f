"""Withdraw a version: readers are told why and get another; its bytes stay, or go."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import ReleaseError
from onrecord.registry.index import FILE_NAME as INDEX
from onrecord.releases.listing import alone, may_sign, read_index, write_index

if TYPE_CHECKING:
    from onrecord.registry import Entry
    from onrecord.signing import SecretKey


def yank(spec: str, *, reason: str, output: str | Path, key: SecretKey | None = None, delete: bool = False) -> Entry:
    """Withdraw a version: whoever asks for the dataset gets the next good one and is told.

    Parameters
    ----------
    spec
        NAME@1.2.0.
    reason
        Why, in one sentence.
    output
        The registry's folder.
    key
        Signs the index, where the registry is signed.
    delete
        Remove its bytes as well. The index keeps their sizes and hashes, so that a copy can still be verified.

    Raises
    ------
    ReleaseError
        The registry has no such version, or no reason is given.
    """
    name, _, version = spec.partition("@")
    place = Path(output)
    if not reason.strip():
        raise ReleaseError("no reason is given", hint="say why in one sentence: readers are told")
    with alone(place):
        may_sign(place, key)
        index = read_index(place)
        entry = index.find(name, version)
        if entry is None:
            raise ReleaseError(f"no version {spec!r} here", hint="write NAME@1.2.0", file=place / INDEX)
        listing = index.datasets[name]
        entry = replace(entry, yanked=reason.strip(), deleted=delete or entry.deleted)
        write_index(place, index.put(entry, title=listing.title, description=listing.description), key)
        if entry.deleted:
            remove_bytes(entry, place)
    return entry


def remove_bytes(entry: Entry, output: Path) -> None:
    """Remove zip and folder of a version that the index says is deleted."""
    (output / entry.archive).unlink(missing_ok=True)
    if (output / entry.folder).is_dir():
        shutil.rmtree(output / entry.folder)
