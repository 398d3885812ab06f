"""The two sides of a comparison: folders of Parquet tables, each with its primary key.

What a user names (a folder today) becomes a folder here and nowhere else, so that zips, URLs, releases and git
revisions can join without the comparison knowing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord import schemas
from onrecord.errors import OnrecordError, PackageError
from onrecord.files import read_json

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Table:
    """A Parquet file and the columns of its primary key."""

    name: str
    path: Path
    key: tuple[str, ...]


@contextmanager
def opened(what: str | Path) -> Iterator[Path]:
    """Yield the folder that `what` names, for as long as the block lasts.

    Raises
    ------
    OnrecordError
        It names no folder.
    """
    path = Path(what)
    if not path.is_dir():
        raise OnrecordError("no such folder", hint="name a dataset's folder, or a folder of datasets", file=path)
    yield path


def datasets(folder: Path) -> dict[str, Path] | None:
    """Return the datasets below a folder by name, or None where the folder is a dataset itself."""
    if (folder / DESCRIPTOR).is_file() or (folder / "data").is_dir():
        return None
    found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    return {path.name: path for path in found if (path / DESCRIPTOR).is_file()}


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


def name_of(folder: Path) -> str:
    """Return the name of a dataset: what its descriptor says, or that of its folder."""
    try:
        return str(json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return folder.name
