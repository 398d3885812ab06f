"""What stands in a dataset's corner of the cache: whole versions, and single files of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord import packages
from onrecord.errors import IntegrityError, PackageError
from onrecord.packages import chunks, sums
from onrecord.registry import Spec, is_version, sort_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

FORMATS = ("csv", "parquet")
PARTIAL = "+partial"
"""Follows the version in the name of a folder that holds single files; no version ends so."""


def is_whole(folder: Path) -> bool:
    """Tell whether a package stands in the cache and each of its tables still has its size.

    It was proved when it came; this finds what was cut or lost since, without reading it again.
    """
    return _holds(folder, None, None)


def has(folder: Path, tables: Collection[str] | None, formats: Collection[str] | None) -> bool:
    """Tell whether a folder holds tables in formats, or all where none are named; see `is_whole`."""
    return (folder / sums.FILE_NAME).is_file() and _holds(folder, tables, formats)


def _holds(folder: Path, tables: Collection[str] | None, formats: Collection[str] | None) -> bool:
    if not folder.is_dir():
        return False
    try:
        package = packages.open_package(folder)
    except (PackageError, IntegrityError):
        return False
    if tables is not None and not set(tables) <= set(package.tables):
        return False
    wanted = {f"data/{table}.{form}" for table in tables or package.tables for form in formats or FORMATS}
    everything = tables is None and formats is None
    places = [
        (folder / path, one.get("bytes")) for path, one in package.resources.items() if everything or path in wanted
    ]
    return all(path.is_file() and size in {None, path.stat().st_size} for path, size in places)


def cached(home: Path, wanted: Spec, tables: Collection[str] | None, formats: Collection[str] | None) -> Path | None:
    """Return the newest version that fits and holds the tables in the formats; None where there is none."""
    whole = [path for path in home.glob("*") if _fits(path.name, wanted) and is_whole(path)]
    found = [(sort_key(path.name), True, path) for path in whole]
    if tables is not None or formats is not None:
        parts = [path for path in home.glob(f"*{PARTIAL}") if _fits(_version(path), wanted)]
        found += [(sort_key(_version(path)), False, path) for path in parts if has(path, tables, formats)]
    return max(found)[2] if found else None


def neighbours(folder: Path) -> Iterator[Path]:
    """Yield the folder to make a version in `folder` out of: of this or the newest other version that is here."""
    others = [path for path in folder.parent.glob("*") if path != folder and _usable(path)]
    own = folder.name.removesuffix(PARTIAL)
    ordered = sorted(others, key=lambda path: (_version(path) == own, sort_key(_version(path)), is_version(path.name)))
    yield from ordered[-1:]


def _usable(path: Path) -> bool:
    if is_version(path.name):
        return is_whole(path)
    return path.name.endswith(PARTIAL) and is_version(_version(path)) and (path / chunks.FILE_NAME).is_file()


def _fits(version: str, wanted: Spec) -> bool:
    return is_version(version) and wanted.admits(version)


def _version(path: Path) -> str:
    return path.name.removesuffix(PARTIAL)
