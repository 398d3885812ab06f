"""The tables of a dataset's folder, each with its primary key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord import schemas
from onrecord.errors import PackageError
from onrecord.files import read_json


@dataclass(frozen=True, slots=True)
class Table:
    """A Parquet file and the columns of its primary key."""

    name: str
    path: Path
    key: tuple[str, ...]


def tables(folder: Path | None) -> dict[str, Table]:
    """Return the tables of a dataset by name; none of no dataset.

    Raises
    ------
    PackageError
        A table declares no primary key.
    """
    if folder is None:
        return {}
    files = sorted((folder / "data").glob("*.parquet"))
    return {path.stem: Table(path.stem, path, _key(folder, path.stem)) for path in files}


def _key(folder: Path, name: str) -> tuple[str, ...]:
    """Return the primary key that the dataset's own declaration gives, or else ours."""
    shipped = folder / "schemas" / f"{name}{schemas.SUFFIX}"
    if shipped.is_file():
        key = read_json(shipped).get("primaryKey") or ()
        columns = (key,) if isinstance(key, str) else tuple(map(str, key))
    else:
        columns = schemas.load(name).primary_key
    if not columns:
        raise PackageError(f"table {name!r} has no primary key", hint="rows are compared by it", file=folder)
    return columns
