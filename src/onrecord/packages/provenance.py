"""Where a package comes from, in W3C PROV-JSON: which documents, made into tables by what, as of which commit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.errors import PackageError
from onrecord.files import read_json

FILE_NAME = "provenance.json"
PREFIXES = {"onrecord": "urn:onrecord:"}
COLUMNS = ("seed_path", "seed_sha256", "converter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What is known of the place that the documents were read from.

    Parameters
    ----------
    commit, path
        The commit and the folder of the collection in its repository.
    dirty
        True where the folder was not as committed, so that the commit does not give the same tables again.
    shallow
        True where git lacks the folder's history; not written down.
    descriptions
        The files that describe the documents, `collection.toml` first among them: path and SHA-256.
    lock
        The name and SHA-256 of the file that pins what was installed.
    license
        The collection's own LICENSE, where it has one.
    """

    commit: str | None = None
    path: str | None = None
    dirty: bool | None = None
    shallow: bool = False
    descriptions: Mapping[str, str] = field(default_factory=dict)
    lock: tuple[str, str] | None = None
    license: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a `provenance.json` says: the origin without its descriptions, whether it has any, and the software."""

    origin: Origin
    has_descriptions: bool
    software: Mapping[str, str]


def provenance(
    folder: Path,
    descriptor: Mapping[str, Any],
    *,
    software: Mapping[str, str],
    origin: Origin,
    lexica: Mapping[str, str],
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
    origin
        Where the documents were read; nothing is said that is not known.
    lexica
        The SHA-256 of each language's words, by language.
    """
    package = {"onrecord:name": descriptor["name"], "onrecord:version": descriptor.get("version")}
    used = {
        "onrecord:seeds": {**_type("Collection"), **_seeds(folder / "data" / "articles.parquet")},
        **_descriptions(origin.descriptions),
        **_lock(origin.lock),
        **{f"onrecord:lexicon-{language}": {"onrecord:sha256": digest} for language, digest in sorted(lexica.items())},
    }
    activity = {
        "prov:label": "onrecord build",
        "onrecord:commit": origin.commit,
        "onrecord:path": origin.path,
        "onrecord:dirty": origin.dirty,
    }
    agents = {f"onrecord:{name}": _agent(version) for name, version in sorted(software.items())}
    return {
        "prefix": PREFIXES,
        "entity": {"onrecord:package": _known({**_type("Collection"), **package}), **used},
        "activity": {"onrecord:build": _known(activity)},
        "agent": agents,
        "used": _relations("used", used, "prov:entity"),
        "wasGeneratedBy": {"_:made": {"prov:entity": "onrecord:package", "prov:activity": "onrecord:build"}},
        "wasDerivedFrom": {
            "_:from": {"prov:generatedEntity": "onrecord:package", "prov:usedEntity": "onrecord:seeds"},
        },
        "wasAssociatedWith": _relations("by", agents, "prov:agent"),
    }


def read_provenance(folder: Path) -> Recorded:
    """Return what the `provenance.json` in a folder says.

    Raises
    ------
    PackageError
        There is none, or it has another form.
    """
    path = folder / FILE_NAME
    found = read_json(path)
    try:
        build, entities = found["activity"]["onrecord:build"], found["entity"]
        lock = entities.get("onrecord:lock")
        origin = Origin(
            commit=_text(build, "onrecord:commit"),
            path=_text(build, "onrecord:path"),
            dirty=None if "onrecord:dirty" not in build else bool(build["onrecord:dirty"]),
            lock=None if lock is None else (str(lock["prov:location"]), str(lock["onrecord:sha256"])),
        )
        software = {name.partition(":")[2]: str(one["onrecord:version"]) for name, one in found["agent"].items()}
        return Recorded(origin, "onrecord:descriptions" in entities, software)
    except (KeyError, TypeError, AttributeError) as error:
        hint = "was it made by `onrecord release`?"
        raise PackageError(f"no provenance of ours: {error}", hint=hint, file=path) from None


def _text(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def _seeds(path: Path) -> dict[str, Any]:
    """Count the documents that articles name; hash their hashes and paths, as `sha256sum` would list them, sorted."""
    import pyarrow.parquet as pq

    if not path.exists() or not set(COLUMNS) <= set(pq.read_schema(path).names):
        return {}
    table = pq.read_table(path, columns=list(COLUMNS))
    rows = zip(table["seed_sha256"].to_pylist(), table["seed_path"].to_pylist(), strict=True)
    count, digest = _digest(rows)
    return {
        "onrecord:documents": count,
        "onrecord:sha256": digest,
        "onrecord:listed_in": "data/articles.csv, columns seed_sha256 and seed_path",
        "onrecord:converters": sorted(set(table["converter"].to_pylist())),
    }


def _descriptions(files: Mapping[str, str]) -> dict[str, Any]:
    if not files:
        return {}
    count, digest = _digest((digest, path) for path, digest in files.items())
    return {"onrecord:descriptions": {**_type("Collection"), "onrecord:files": count, "onrecord:sha256": digest}}


def _lock(lock: tuple[str, str] | None) -> dict[str, Any]:
    return {} if lock is None else {"onrecord:lock": {"prov:location": lock[0], "onrecord:sha256": lock[1]}}


def _digest(rows: Iterable[tuple[str, str]]) -> tuple[int, str]:
    """Return how many files are listed, and the hash of the list as `sha256sum` writes it, sorted."""
    lines = sorted({f"{digest}  {place}\n" for digest, place in rows})
    return len(lines), hashlib.sha256("".join(lines).encode()).hexdigest()


def _agent(version: str) -> dict[str, Any]:
    return {**_type("SoftwareAgent"), "onrecord:version": version}


def _relations(name: str, things: Iterable[str], role: str) -> dict[str, Any]:
    return {f"_:{name}-{one.partition(':')[2]}": {"prov:activity": "onrecord:build", role: one} for one in things}


def _type(name: str) -> dict[str, Any]:
    return {"prov:type": {"$": f"prov:{name}", "type": "prov:QUALIFIED_NAME"}}


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
