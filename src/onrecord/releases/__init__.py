"""Make a release: a folder that anyone can serve, with the package loose and as one zip, and an index.

    OUTPUT/index.json                          the datasets and versions, with sizes and hashes
    OUTPUT/index.schema.json                   the form of the index
    OUTPUT/<name>/<name>-<version>.zip         the package in one piece
    OUTPUT/<name>/<version>/...                the same package, file by file
    OUTPUT/<name>/<version>/SHA256SUMS         what `sha256sum --check` reads

The bytes depend on the dataset and the version alone. Everything is written aside and renamed, the index
last, so that nobody is ever pointed at a file that is not whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import packages
from onrecord.errors import BuildError, ReleaseError
from onrecord.registry import Entry, is_version
from onrecord.registry.index import FILE_NAME as INDEX
from onrecord.registry.versions import NAME
from onrecord.releases.listing import may_sign, read_index, write_index
from onrecord.releases.staging import promise_of, stage
from onrecord.reports import Issue, Report, Severity

if TYPE_CHECKING:
    from onrecord.archives import Promise
    from onrecord.signing import SecretKey

__all__ = ["Checker", "Release", "read_index", "release", "yank"]

Checker = Callable[[Path], Report]


@dataclass(frozen=True, slots=True)
class Release:
    """What was released: its entry in the index, where it stands, and whether it stood there before."""

    entry: Entry
    output: Path
    existed: bool

    @property
    def archive(self) -> Path:
        """The zip."""
        return self.output / self.entry.archive

    @property
    def folder(self) -> Path:
        """The loose package."""
        return self.output / self.entry.folder


def release(
    dataset: str | Path,
    *,
    version: str,
    output: str | Path,
    check: Checker | None = None,
    key: SecretKey | None = None,
    commit: str | None = None,
) -> Release:
    """Release the dataset in a folder as `version`, into a registry's folder.

    Parameters
    ----------
    dataset
        A built package.
    version
        By Semantic Versioning, like 1.2.0.
    output
        The registry's folder; made when it is not there.
    check
        Returns findings about the package's folder; any error among them forbids the release. By default
        `onrecord.checks.check_tables`.
    key
        Signs the checksums and the index. A registry that was signed once is only changed with a key.
    commit
        The revision that the documents were read at, for `provenance.json`.

    Raises
    ------
    ReleaseError
        The version is none, the package is not valid, the version exists with other bytes, or another
        process is releasing into the same folder.
    """
    if not is_version(version):
        raise ReleaseError(f"{version!r} is no version", hint="write one like 1.2.0")
    package = _checked(Path(dataset), check)
    place = Path(output)
    place.mkdir(parents=True, exist_ok=True)
    with _alone(place), _aside(place) as staging:
        may_sign(place, key)
        entry = stage(package, version, staging, key, commit)
        return _publish(entry, package, staging, place, key)


def yank(spec: str, *, reason: str, output: str | Path, key: SecretKey | None = None) -> Entry:
    """Withdraw a version: its bytes stay, and whoever asks for the dataset gets another and is told.

    Raises
    ------
    ReleaseError
        The registry has no such version.
    """
    name, _, version = spec.partition("@")
    place = Path(output)
    with _alone(place):
        may_sign(place, key)
        index = read_index(place)
        entry = index.find(name, version)
        if entry is None:
            raise ReleaseError(f"no version {spec!r} here", hint="write NAME@1.2.0", file=place / INDEX)
        listing = index.datasets[name]
        entry = replace(entry, yanked=reason)
        write_index(place, index.put(entry, title=listing.title, description=listing.description), key)
    return entry


def _checked(folder: Path, check: Checker | None) -> packages.Package:
    package = packages.open_package(folder)
    if package.is_archive:
        raise ReleaseError("a release is made of a folder", hint="unpack the zip, or build the dataset", file=folder)
    if not NAME.fullmatch(package.name):
        raise ReleaseError(f"{package.name!r} cannot be a dataset's name", hint="use a-z, 0-9, '-', '_' and '.'")
    if package.descriptor.get("onrecord:rights", {}).get("body") == packages.REHYDRATED:
        raise ReleaseError("bodies were filled in: it is for its owner", hint="release the build itself", file=folder)
    report = package.verify()
    if report.valid:
        report = (check or _check_tables)(folder)
    for issue in report:
        if issue.severity is Severity.ERROR:
            raise _not_valid(issue, report.severities[Severity.ERROR] - 1, folder)
    return package


def _not_valid(issue: Issue, more: int, folder: Path) -> ReleaseError:
    rest = f" (and {more:,} more)" if more else ""
    hint = f"`onrecord validate {folder}` tells all"
    return ReleaseError(f"not valid: {issue.message} [{issue.code}]{rest}", hint=hint, file=issue.file)


def _check_tables(folder: Path) -> Report:
    from onrecord import checks

    report: Report = checks.check_tables(folder)
    return report


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    try:
        with packages.locked(output / INDEX):
            yield
    except BuildError as error:
        raise ReleaseError(error.message, hint=error.hint, file=output) from None
    except OSError as error:
        hint = "nothing was released; see that the disk has room and the folder can be written"
        raise ReleaseError(
            f"cannot write: {error.strerror or error}", hint=hint, file=error.filename or output
        ) from None


@contextmanager
def _aside(output: Path) -> Iterator[Path]:
    staging = output / ".staging"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _publish(entry: Entry, package: packages.Package, staging: Path, output: Path, key: SecretKey | None) -> Release:
    index = read_index(output)
    old = index.find(entry.name, entry.version)
    if old is not None and replace(old, yanked=None) != entry:
        raise ReleaseError(
            f"{entry.spec} exists with other bytes",
            hint="a version never changes: release this as a new one",
            file=output / entry.archive,
        )
    _place(entry, staging, output)
    if old is None:
        listed = index.put(entry, title=_title(package), description=package.descriptor.get("description"))
        write_index(output, listed, key)
    return Release(entry if old is None else old, output, existed=old is not None)


def _title(package: packages.Package) -> str:
    return str(package.descriptor.get("title", package.name))


def _place(entry: Entry, staging: Path, output: Path) -> None:
    """Move zip and folder to their places; what a killed release left there under no index is replaced."""
    (output / entry.name).mkdir(exist_ok=True)
    archive, folder = output / entry.archive, output / entry.folder
    if not _holds(archive, entry.promise):
        (staging / archive.name).replace(archive)
    packages.recover(folder)
    if not folder.is_dir() or packages.Package(folder, {"name": entry.name, "resources": []}).measure() != entry.files:
        packages.replace_folder(staging / entry.version, folder)
    for path in (output / entry.name, *(one for one in (folder, *folder.rglob("*")) if one.is_dir())):
        path.chmod(0o755)


def _holds(path: Path, promise: Promise) -> bool:
    return path.is_file() and promise_of(path) == promise
