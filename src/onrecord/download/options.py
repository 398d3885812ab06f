"""What may be said of a download beside what is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypedDict

from onrecord.download.corner import FORMATS
from onrecord.errors import RegistryError
from onrecord.registry import Entry, Progress, Registry

DATA = ("data/", "ranges/")
"""Folders of a package with what describes single tables."""


class Options(TypedDict, total=False):
    """Options of a download, each of which may be left out.

    Parameters
    ----------
    version
        The version or range, where the name alone is given: `1.2.0`, `^1.2`.
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
    """

    version: str | None
    registry: str | Path | Registry | None
    cache: str | Path | None
    progress: Progress | None
    tables: Iterable[str] | None
    formats: Iterable[str] | None
    offline: bool
    lock: str | Path | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The tables and formats that are asked for; None is all."""

    tables: tuple[str, ...] | None
    formats: tuple[str, ...] | None

    @classmethod
    def of(cls, options: Options) -> Self:
        """Return what options choose."""
        tables, formats = options.get("tables"), options.get("formats")
        return cls(None if tables is None else tuple(tables), None if formats is None else tuple(formats))

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
