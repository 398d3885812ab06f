"""`datapackage.json`: Data Package 2.0, made from the files of a dataset and what it says of itself.

A CSV file is a table, with its schema by path, so that the declaration stands once in a package. A
Parquet file is a file: its `format` is written `apache-parquet`, because the standard's profile knows
no `type` but "table", and frictionless reads whatever has the format "parquet" as a table, lists and
nullable integers of which it refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord import schemas
from onrecord.errors import PackageError
from onrecord.files import read_json, sha256_of, to_json, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from onrecord.packages.metadata import Metadata

FILE_NAME = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
}


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What the writer of a table knows: how many rows it has, and the hash of its logical content."""

    rows: int | None = None
    content_hash: str | None = None


def describe(folder: Path, metadata: Metadata, facts: Mapping[str, TableFacts] | None = None) -> dict[str, Any]:
    """Return the descriptor of the dataset in `folder`.

    Every `data/<table>.csv` becomes a table with the schema `schemas/<table>.schema.json`, every
    `data/<table>.parquet` a file; each with its size in bytes and its SHA-256. `facts` adds rows and
    the hash of the logical content.

    Raises
    ------
    PackageError
        The folder holds no table, or a table without a schema.
    """
    resources = describe_resources(folder, facts)
    return {"$schema": PROFILE, **metadata.to_descriptor(), "resources": resources}


def describe_resources(folder: Path, facts: Mapping[str, TableFacts] | None = None) -> list[dict[str, Any]]:
    """Return the resources of the dataset in `folder`; see `describe`."""
    known = facts or {}
    tables = table_names(folder)
    if not tables:
        raise PackageError("no tables here", hint="expected data/<table>.csv", file=folder)
    resources = [_table(folder, table, known.get(table, TableFacts())) for table in tables]
    resources += [
        _file(folder, table, known.get(table, TableFacts()))
        for table in tables
        if (folder / "data" / f"{table}.parquet").exists()
    ]
    return resources


def facts_of(folder: Path) -> dict[str, TableFacts]:
    """Read the facts of every table of a dataset from its Parquet files, one pass each."""
    import pyarrow.parquet as pq

    from onrecord import tables

    found = {}
    for table in table_names(folder):
        path = folder / "data" / f"{table}.parquet"
        rows = pq.read_metadata(path).num_rows
        found[table] = TableFacts(rows, tables.content_hash(table, tables.stream_parquet(path, table)))
    return found


def write_descriptor(folder: Path, metadata: Metadata, facts: Mapping[str, TableFacts] | None = None) -> dict[str, Any]:
    """Write `datapackage.json` into `folder`, and return what it says; see `describe`."""
    descriptor = describe(folder, metadata, facts)
    write_whole(folder / FILE_NAME, to_json(descriptor).encode())
    return descriptor


def table_names(folder: Path) -> list[str]:
    """Return the tables that a dataset's folder holds as CSV, in the order in which they are told of."""
    return in_order(path.stem for path in (folder / "data").glob("*.csv"))


def in_order(names: Iterable[str]) -> list[str]:
    """Sort names of tables: as they are declared, any other after them.

    >>> in_order(["zeta", "spans", "articles"])
    ['articles', 'spans', 'zeta']
    """
    order = schemas.names()
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))


def _table(folder: Path, table: str, facts: TableFacts) -> dict[str, Any]:
    schema = f"schemas/{table}.schema.json"
    declared = read_json(folder / schema)
    path = f"data/{table}.csv"
    resource = {
        "name": table,
        "type": "table",
        "title": declared.get("title"),
        "description": declared.get("description"),
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_bytes(folder / path),
        **_facts(facts),
        "dialect": DIALECT,
        "schema": schema,
    }
    return {key: value for key, value in resource.items() if value is not None}


def _file(folder: Path, table: str, facts: TableFacts) -> dict[str, Any]:
    path = f"data/{table}.parquet"
    return {
        "name": f"{table}-parquet",
        "description": f"The rows of `{table}`, as Parquet.",
        "path": path,
        "scheme": "file",
        "format": "apache-parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_bytes(folder / path),
        **_facts(facts),
        "onrecord:table": table,
    }


def _bytes(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "hash": f"sha256:{sha256_of(path)}"}


def _facts(facts: TableFacts) -> dict[str, Any]:
    known = {"onrecord:rows": facts.rows, "onrecord:content_hash": facts.content_hash}
    return {key: value for key, value in known.items() if value is not None}
