"""Where a package comes from, in W3C PROV-JSON: which documents, made into tables by what."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME = "provenance.json"
PREFIXES = {"onrecord": "urn:onrecord:"}
COLUMNS = ("seed_path", "seed_sha256", "converter")


def provenance(
    folder: Path, descriptor: Mapping[str, Any], *, software: Mapping[str, str], commit: str | None = None
) -> dict[str, Any]:
    """Return the provenance of the package in `folder` (https://www.w3.org/submissions/prov-json/).

    Parameters
    ----------
    folder
        Where its tables stand; the documents are those that `articles` names.
    descriptor
        What the package says of itself.
    software
        Versions of what the bytes depend on, by name.
    commit
        The revision of the repository that holds the documents, where it is known.
    """
    package = {"onrecord:name": descriptor["name"], "onrecord:version": descriptor.get("version")}
    activity = {"prov:label": "onrecord build", "onrecord:commit": commit}
    seeds = _seeds(folder / "data" / "articles.parquet")
    return {
        "prefix": PREFIXES,
        "entity": {
            "onrecord:package": _known({**_type("Collection"), **package}),
            "onrecord:seeds": {**_type("Collection"), **seeds},
        },
        "activity": {"onrecord:build": _known(activity)},
        "agent": {
            f"onrecord:{name}": {**_type("SoftwareAgent"), "onrecord:version": version}
            for name, version in sorted(software.items())
        },
        "used": {"_:used": {"prov:activity": "onrecord:build", "prov:entity": "onrecord:seeds"}},
        "wasGeneratedBy": {"_:made": {"prov:entity": "onrecord:package", "prov:activity": "onrecord:build"}},
        "wasDerivedFrom": {
            "_:from": {"prov:generatedEntity": "onrecord:package", "prov:usedEntity": "onrecord:seeds"},
        },
        "wasAssociatedWith": {
            f"_:by-{name}": {"prov:activity": "onrecord:build", "prov:agent": f"onrecord:{name}"}
            for name in sorted(software)
        },
    }


def _seeds(path: Path) -> dict[str, Any]:
    """Count the documents that articles name; hash their hashes and paths, as `sha256sum` would list them, sorted."""
    import pyarrow.parquet as pq

    if not path.exists() or not set(COLUMNS) <= set(pq.read_schema(path).names):
        return {}
    table = pq.read_table(path, columns=list(COLUMNS))
    rows = zip(table["seed_sha256"].to_pylist(), table["seed_path"].to_pylist(), strict=True)
    lines = sorted({f"{digest}  {place}\n" for digest, place in rows})
    converters = sorted(set(table["converter"].to_pylist()))
    return {
        "onrecord:documents": len(lines),
        "onrecord:sha256": hashlib.sha256("".join(lines).encode()).hexdigest(),
        "onrecord:converters": converters,
    }


def _type(name: str) -> dict[str, Any]:
    return {"prov:type": {"$": f"prov:{name}", "type": "prov:QUALIFIED_NAME"}}


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
