"""A finished package, read from a folder or a zip: what it says of itself, and whether its bytes agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import archives
from onrecord.errors import IntegrityError, PackageError
from onrecord.files import files_below, parse_json, read_json, sha256_of
from onrecord.packages import sums
from onrecord.packages.descriptor import FILE_NAME
from onrecord.packages.rules import RULES
from onrecord.reports import Issue, Report
from onrecord.signing import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onrecord.signing import PublicKey

MOST_DESCRIPTOR = 16 << 20
HINT = "fetch or build the package again"
SIZE = f"the file has another size than {FILE_NAME} lists"
BYTES = f"the file's bytes are not those that {FILE_NAME} lists"


@dataclass(frozen=True)
class Package:
    """A data package at `path`, a folder or a zip file.

    Parameters
    ----------
    path
        The folder, or the zip.
    descriptor
        What `datapackage.json` says.
    """

    path: Path
    descriptor: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """The dataset's name."""
        return str(self.descriptor["name"])

    @property
    def version(self) -> str | None:
        """The released version, or None for a build."""
        return self.descriptor.get("version")

    @cached_property
    def resources(self) -> dict[str, Mapping[str, Any]]:
        """The resources by their path in the package."""
        return {one["path"]: one for one in self.descriptor["resources"]}

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables, in the descriptor's order."""
        return tuple(one["name"] for one in self.descriptor["resources"] if one.get("type") == "table")

    def rows(self) -> dict[str, int]:
        """Return how many rows each table has, as the descriptor says."""
        tables = (self.resources[f"data/{name}.csv"] for name in self.tables if f"data/{name}.csv" in self.resources)
        return {one["name"]: int(one["onrecord:rows"]) for one in tables if "onrecord:rows" in one}

    @property
    def is_archive(self) -> bool:
        """True for a zip."""
        return self.path.is_file()

    def read(self, name: str) -> bytes:
        """Return one small file of the package, of at most 16 MiB."""
        if reason := archives.unsafe(name):
            raise IntegrityError(f"the path {name!r} {reason}", hint=HINT, file=self.path)
        if self.is_archive:
            return archives.read(self.path, name, most_bytes=MOST_DESCRIPTOR)
        return (self.path / name).read_bytes()

    def measure(self) -> dict[str, archives.Promise]:
        """Return size and SHA-256 of every file of the package, read through once."""
        if self.is_archive:
            return archives.measure(self.path)
        return {name: archives.Promise(path.stat().st_size, sha256_of(path)) for name, path in files_below(self.path)}

    def verify(self) -> Report:
        """Hold every file against the descriptor and, in a release, against `SHA256SUMS`.

        Findings are `file-missing`, `file-size`, `file-hash` and, where `SHA256SUMS` stands, `file-unlisted`.
        """
        found = self.measure()
        issues = {issue.file: issue for issue in self._against_descriptor(found)}
        if sums.FILE_NAME in found:
            issues = {issue.file: issue for issue in self._against_sums(found)} | issues
        return Report(issues.values())

    def verify_signature(self, public_key: PublicKey) -> Iterator[Issue]:
        """Yield `signature` where `SHA256SUMS` is not signed by the key."""
        try:
            text, signature = self.read(sums.FILE_NAME), self.read(sums.FILE_NAME + SUFFIX)
            public_key.check(text, signature.decode("ascii", "replace"), file=sums.FILE_NAME)
        except (FileNotFoundError, IntegrityError):
            message = f"the checksums are not signed by the key {public_key.fingerprint}"
            yield self._issue("signature", sums.FILE_NAME, message)

    def _against_descriptor(self, found: Mapping[str, archives.Promise]) -> Iterator[Issue]:
        for path, resource in self.resources.items():
            if path not in found:
                yield self._issue("file-missing", path, "the descriptor lists a file that is not there")
                continue
            if found[path].bytes != resource.get("bytes", found[path].bytes):
                yield self._issue("file-size", path, SIZE, resource["bytes"], found[path].bytes)
            elif resource.get("hash", "").removeprefix("sha256:") not in {"", found[path].sha256}:
                yield self._issue("file-hash", path, BYTES, resource["hash"], f"sha256:{found[path].sha256}")

    def _against_sums(self, found: Mapping[str, archives.Promise]) -> Iterator[Issue]:
        listed = sums.parse_sums(self.read(sums.FILE_NAME).decode("utf-8", "replace"))
        for path, digest in listed.items():
            if path not in found:
                yield self._issue("file-missing", path, f"{sums.FILE_NAME} lists a file that is not there")
            elif found[path].sha256 != digest:
                yield self._issue("file-hash", path, BYTES, digest, found[path].sha256)
        for path in sorted(found.keys() - listed.keys() - sums.UNLISTED):
            yield self._issue("file-unlisted", path, f"{sums.FILE_NAME} does not list this file")

    def _issue(self, code: str, path: str, message: str, expected: object = None, value: object = None) -> Issue:
        return RULES[code].issue(
            message,
            file=f"{self.path}/{path}",
            expected=None if expected is None else str(expected),
            value=None if value is None else str(value),
        )


def verify(path: str | Path, public_key: PublicKey | None = None) -> Report:
    """Hold every file of a package against what it says of itself, and its checksums against a key.

    Findings are those of `Package.verify`, and `signature` where the key did not sign `SHA256SUMS`.
    """
    package = open_package(path)
    report = package.verify()
    if public_key is not None:
        report.extend(package.verify_signature(public_key))
    return report


def open_package(path: str | Path) -> Package:
    """Read the descriptor of a package: a folder, its `datapackage.json`, or a zip.

    Raises
    ------
    PackageError
        There is no package, or its descriptor has not the form of one.
    IntegrityError
        The zip is broken or unsafe, or the descriptor names unsafe paths.
    """
    place = Path(path)
    if place.name == FILE_NAME:
        place = place.parent
    if not place.exists():
        raise PackageError("no such package", hint="name a folder or zip with a datapackage.json", file=place)
    if place.is_dir():
        descriptor = read_json(place / FILE_NAME, most=MOST_DESCRIPTOR)
    else:
        descriptor = parse_json(archives.read(place, FILE_NAME, most_bytes=MOST_DESCRIPTOR), place)
    _judge(place, descriptor)
    return Package(place, descriptor)


def _judge(place: Path, descriptor: Mapping[str, Any]) -> None:
    resources = descriptor.get("resources")
    if not isinstance(descriptor.get("name"), str) or not isinstance(resources, list):
        raise PackageError("the descriptor lacks a name or resources", hint=HINT, file=place)
    for resource in resources:
        whole = isinstance(resource, dict) and all(isinstance(resource.get(key), str) for key in ("name", "path"))
        if not whole:
            raise PackageError("a resource lacks a name or a path", hint=HINT, file=place)
        for name in (resource["path"], resource["name"]):
            if reason := archives.unsafe(name):
                raise IntegrityError(f"the path {name!r} {reason}", hint=archives.HINT, file=place)
