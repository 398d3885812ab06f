"""Bring the index of a registry and that of a target together: nothing is lost, and nothing is taken back.

What either has stays, a version that either has withdrawn is withdrawn, and the count of changes only rises, so that
a reader who insists on signatures can tell an old index from a new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.errors import ReleaseError
from onrecord.registry import Entry, Index, Listing


def merge(there: Index, here: Index, entries: Iterable[Entry]) -> Index:
    """Return the index of a target with some entries of another, and every withdrawal that is known here.

    The serial is that of `there` where nothing changes, of `here` where it becomes the same as that and is newer,
    and otherwise above both.

    Raises
    ------
    ReleaseError
        The target has an entry with other bytes.
    """
    datasets = {name: dict(listing.versions) for name, listing in there.datasets.items()}
    for entry in (*_withdrawn(there, here), *entries):
        versions = datasets.setdefault(entry.name, {})
        versions[entry.version] = joined(versions.get(entry.version), entry)
    listings = {name: _listing(name, versions, there, here) for name, versions in datasets.items()}
    if listings == there.datasets:
        return there
    if listings == here.datasets and here.serial > there.serial:
        return here
    return Index(listings, max(there.serial, here.serial) + 1)


def joined(there: Entry | None, here: Entry) -> Entry:
    """Return one entry for two of the same version.

    Raises
    ------
    ReleaseError
        They promise other bytes.
    """
    if there is None:
        return here
    if replace(there, yanked=None, deleted=False) != replace(here, yanked=None, deleted=False):
        raise ReleaseError(
            f"{here.spec} is published with other bytes", hint="a version never changes: release this as a new one"
        )
    reason = here.yanked if here.yanked is not None else there.yanked
    return replace(here, yanked=reason, deleted=here.deleted or there.deleted)


def _withdrawn(there: Index, here: Index) -> Iterable[Entry]:
    """Yield what is withdrawn here and published there."""
    for listing in here.datasets.values():
        for entry in listing.ordered:
            if entry.yanked is not None and there.find(entry.name, entry.version) is not None:
                yield entry


def _listing(name: str, versions: dict[str, Entry], there: Index, here: Index) -> Listing:
    """Return a dataset's listing; title and description are those of whoever has its newest version."""
    newest = Listing(name, "", None, versions).ordered[-1].version
    old, new = there.datasets.get(name), here.datasets.get(name)
    told = new if new is not None and (newest in new.versions or old is None) else old
    return Listing(name, told.title if told else name, told.description if told else None, versions)
