"""What was released of a dataset before: in the registry's folder, or in the registry where it is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord import download
from onrecord.errors import ReleaseError
from onrecord.registry import Entry, Index, Registry, sort_key


@dataclass(frozen=True, slots=True)
class History:
    """The releases of a dataset so far.

    Parameters
    ----------
    base, folder
        The last good one, and where its package stands; None where there is none.
    entries
        All of them, oldest first.
    """

    base: Entry | None = None
    folder: Path | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def newest(self) -> str:
        """The highest version there is, good or not, those before a release aside; 0.0.0 where there is none."""
        return next((one.version for one in reversed(self.entries) if sort_key(one.version)[3]), "0.0.0")

    @property
    def withdrawn(self) -> list[Entry]:
        """The versions after the last good one that were withdrawn, oldest first."""
        after = sort_key(self.base.version) if self.base else sort_key("0.0.0-0")
        return [one for one in self.entries if one.yanked is not None and sort_key(one.version) > after]


def history(name: str, output: Path, index: Index, published: Registry | None, *, below: str | None = None) -> History:
    """Return what was released of a dataset before a version, or at all.

    Parameters
    ----------
    index
        What stands in `output`, the registry's folder.
    published
        Where releases are to be had that are not in the folder.
    below
        Only versions before this one count.

    Raises
    ------
    ReleaseError
        The last good release is listed, and its package is not there.
    RegistryError, IntegrityError
        It cannot be had from where it is published.
    """
    here = _of(name, index)
    there = _of(name, published.index) if published else {}
    known = sorted({**here, **there}.values(), key=lambda one: sort_key(one.version))
    entries = tuple(_withdrawn_in_either(one, here.get(one.version)) for one in known if _is_before(one, below))
    good = [one for one in entries if one.yanked is None and sort_key(one.version)[3]]
    if not good:
        return History(entries=entries)
    base = good[-1]
    folder = output / base.folder
    if not folder.is_dir():
        folder = _fetched(base, published, output)
    return History(base, folder, entries)


def _of(name: str, index: Index) -> dict[str, Entry]:
    listing = index.datasets.get(name)
    return {} if listing is None else dict(listing.versions)


def _withdrawn_in_either(entry: Entry, other: Entry | None) -> Entry:
    return other if entry.yanked is None and other is not None and other.yanked is not None else entry


def _is_before(entry: Entry, version: str | None) -> bool:
    return version is None or sort_key(entry.version) < sort_key(version)


def _fetched(base: Entry, published: Registry | None, output: Path) -> Path:
    if published is None:
        raise ReleaseError(
            f"the package of {base.spec} is not here, and the next version is compared with it",
            hint="name the registry where it is to be had (--published URL), or withdraw it: onrecord yank",
            file=output / base.folder,
        )
    return download.fetch(base.spec, registry=published).folder


def text_of(paths: Iterable[Path]) -> str | None:
    """Return the text of the first file that is there, or None."""
    found = next((path for path in paths if path.is_file()), None)
    return None if found is None else found.read_text(encoding="utf-8")
