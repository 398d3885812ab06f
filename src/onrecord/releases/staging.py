"""Write a release aside: the package with its version, its checksums, its zip."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from typing import TYPE_CHECKING, Any

from onrecord import archives, files, packages
from onrecord.archives import Promise
from onrecord.errors import LexiconError, ReleaseError
from onrecord.extract import lexicon
from onrecord.packages import chunks, citing, croissant, licensing, provenance, ranges, sums
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.packages.readme import FILE_NAME as README
from onrecord.registry import Entry
from onrecord.releases import changelog
from onrecord.signing import SUFFIX, SecretKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WRITTEN = frozenset(
    {
        DESCRIPTOR,
        README,
        citing.CITATION_NAME,
        croissant.FILE_NAME,
        provenance.FILE_NAME,
        chunks.FILE_NAME,
        changelog.FILE_NAME,
        licensing.FILE_NAME,
        *sums.UNLISTED,
    }
)
"""What a release writes anew."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What a release says that does not stand in the dataset: where it comes from, and what changed."""

    origin: provenance.Origin
    changelog: str


def stage(package: packages.Package, version: str, staging: Path, key: SecretKey | None, said: Staged) -> Entry:
    """Write the release aside: the package with its version, its checksums, its zip."""
    name = package.name
    folder = staging / version
    _copy(package.path, folder)
    descriptor = _versioned(package.descriptor, version)
    files.write_whole(folder / DESCRIPTOR, files.to_json(descriptor).encode())
    _write_descriptions(folder, descriptor, said)
    files.write_whole(folder / licensing.FILE_NAME, _license(package, said.origin, descriptor))
    ranges.write(folder, [path for path, _ in files.files_below(folder) if path.endswith(".parquet")])
    chunks.write(folder, (path for path, _ in files.files_below(folder) if path.startswith("data/")))
    hashes = {path: files.sha256_of(place) for path, place in files.files_below(folder)}
    checksums = sums.format_sums(hashes).encode()
    files.write_whole(folder / sums.FILE_NAME, checksums)
    if key is not None:
        files.write_whole(folder / f"{sums.FILE_NAME}{SUFFIX}", key.sign(checksums).encode())
    archive = staging / f"{name}-{version}.zip"
    archives.pack(files.files_below(folder), archive)
    archive.chmod(0o644)
    return Entry(
        name=name,
        version=version,
        folder=f"{name}/{version}",
        archive=f"{name}/{archive.name}",
        promise=promise_of(archive),
        files={path: promise_of(place) for path, place in files.files_below(folder)},
        tables=_tables(descriptor),
    )


def _write_descriptions(folder: Path, descriptor: dict[str, Any], said: Staged) -> None:
    """Say the same of the dataset to people, to those who cite it, and to machine learning tools."""
    packages.write_readme(folder)
    schemas = {
        one["name"]: files.read_json(folder / one["schema"])
        for one in descriptor["resources"]
        if one.get("type") == "table"
    }
    texts = {
        citing.CITATION_NAME: citing.citation_cff(descriptor),
        citing.ZENODO_NAME: files.to_json(citing.zenodo_json(descriptor)),
        croissant.FILE_NAME: files.to_json(croissant.croissant(descriptor, schemas)),
        changelog.FILE_NAME: said.changelog,
        provenance.FILE_NAME: files.to_json(
            provenance.provenance(
                folder, descriptor, software=software(), origin=said.origin, lexica=_lexica(descriptor)
            )
        ),
    }
    for name, text in texts.items():
        files.write_whole(folder / name, text.encode())


def _license(package: packages.Package, origin: provenance.Origin, descriptor: Mapping[str, Any]) -> bytes:
    """Return the collection's own LICENSE, that of the dataset, or one that says what the descriptor says."""
    own = package.path / licensing.FILE_NAME
    return origin.license or (own.read_bytes() if own.is_file() else licensing.license_text(descriptor).encode())


def software() -> dict[str, str]:
    """Return what the bytes of tables depend on: this package, and the writer of Parquet."""
    return {name: metadata.version(name) for name in ("onrecord", "pyarrow")}


def _lexica(descriptor: Mapping[str, Any]) -> dict[str, str]:
    """Return the SHA-256 of the words of each language that the articles are in, and of the one for the rest."""
    found = {}
    for language in (*descriptor.get("onrecord:languages", ()), lexicon.UNKNOWN_LANGUAGE):
        try:
            words = lexicon.load(language)
        except LexiconError:
            continue
        found[words.language] = sha256(words.source.encode()).hexdigest()
    return found


def _copy(source: Path, target: Path) -> None:
    """Copy what belongs to a package: no hidden file, and nothing that is written anew."""
    target.mkdir()
    for path, place in files.files_below(source):
        if any(part.startswith(".") for part in path.split("/")) or _is_written(path):
            continue
        if reason := archives.unsafe(path):
            raise ReleaseError(f"the path {path!r} {reason}", hint="rename the file", file=place)
        copy = target / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place, copy)
        copy.chmod(0o644)


def _is_written(path: str) -> bool:
    return path in WRITTEN or path.startswith(f"{ranges.FOLDER}/")


def _versioned(descriptor: Mapping[str, Any], version: str) -> dict[str, Any]:
    """Put the version where the standard has it, after the description."""
    first = ("$schema", "name", "title", "description")
    found = {key: descriptor[key] for key in first if key in descriptor}
    return {
        **found,
        "version": version,
        **{key: value for key, value in descriptor.items() if key not in {*first, "version"}},
    }


def _tables(descriptor: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    facts = {"rows": "onrecord:rows", "content_hash": "onrecord:content_hash"}
    return {
        one["name"]: {ours: one[key] for ours, key in facts.items() if key in one}
        for one in descriptor["resources"]
        if one.get("type") == "table"
    }


def promise_of(path: Path) -> Promise:
    """Return what a file is, as a promise to whoever fetches it."""
    return Promise(path.stat().st_size, files.sha256_of(path))
