"""Build a release again from its documents, and hold the bytes against it.

The documents are those of the commit that the release names, written into a temporary folder, or those that somebody
has. Where the bytes are others, the rows say what is: with other versions of the software, which may write the same
rows in other bytes, the rows decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from onrecord import archives, packages, revisions
from onrecord.archives import Promise
from onrecord.build import build
from onrecord.diff import Difference, diff
from onrecord.errors import OnrecordError, ReleaseError
from onrecord.packages.provenance import Origin, Recorded, read_provenance
from onrecord.packages.sums import UNLISTED
from onrecord.releases.changelog import FILE_NAME as CHANGELOG
from onrecord.releases.history import text_of
from onrecord.releases.origins import origin_of
from onrecord.releases.staging import Staged, software, stage
from onrecord.reports import Severity
from onrecord.seeds.descriptor import FILE_NAME as COLLECTION
from onrecord.signing import SUFFIX

SEEDS_HINT = "or name the documents: --seeds DIR"


class Progress(Protocol):
    """Called with the documents done and the documents there are."""

    def __call__(self, done: int, total: int) -> None:
        """Show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What came of building a release again.

    Parameters
    ----------
    files
        Each file that is not the same: only in the release, only in the rebuild, or with other bytes.
    difference
        The rows that differ, tables with the same rows left out; None where the bytes of all tables are the same.
    software
        What was of another version when the release was made: then and now.
    commit
        Where the documents were read; None for those that were named.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    difference: Difference | None = None
    software: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    commit: str | None = None

    @property
    def same_bytes(self) -> bool:
        """True when every file is the same."""
        return not self.files

    @property
    def same_rows(self) -> bool:
        """True when every table holds the same rows, whatever their bytes."""
        return self.difference is None or self.difference.same

    @property
    def proven(self) -> bool:
        """True when the release is what its documents give: the same bytes, or with other software the same rows."""
        return self.same_bytes or (self.same_rows and bool(self.software))


def rebuild(
    release: str | Path,
    *,
    seeds: Path | None = None,
    repository: Path = Path(),
    workers: int | None = None,
    progress: Progress = lambda done, total: None,  # noqa: ARG005 -- nobody watches
) -> Rebuilt:
    """Build a release again and compare it with what it is.

    Parameters
    ----------
    release
        Its folder or zip.
    seeds
        The collection's folder, or a folder of collections; by default the commit that the release names.
    repository
        A folder of the git checkout that has the commit.

    Raises
    ------
    ReleaseError
        The documents cannot be had, or no longer give a dataset.
    PackageError
        It is no release.
    """
    with TemporaryDirectory(prefix="onrecord-rebuild-") as name, _folder(Path(release), Path(name)) as folder:
        package = packages.open_package(folder)
        if package.version is None:
            raise ReleaseError("no release: it has no version", hint="name what `onrecord release` made", file=folder)
        recorded = read_provenance(folder)
        collection, commit = _collection(package.name, recorded.origin, seeds, repository, Path(name))
        again = _built(collection, Path(name), workers, progress)
        said = _said(folder, recorded, collection)
        (Path(name) / "release").mkdir()
        stage(again, package.version, Path(name) / "release", None, said)
        new = Path(name) / "release" / package.version
        files = _differing(folder, new)
        return Rebuilt(
            files=files,
            difference=diff(folder, new) if any(path.startswith("data/") for path in files) else None,
            software=_other_software(recorded.software),
            commit=commit,
        )


@contextmanager
def _folder(release: Path, home: Path) -> Iterator[Path]:
    """Yield the folder of a release; a zip is unpacked, proved by its own directory."""
    package = packages.open_package(release)
    if not package.is_archive:
        yield package.path
        return
    folder = home / "unpacked"
    folder.mkdir()
    archives.unpack(package.path, folder, package.measure())
    yield folder


def _collection(name: str, origin: Origin, seeds: Path | None, repository: Path, home: Path) -> tuple[Path, str | None]:
    """Return the collection's folder, and the commit that it was checked out of."""
    if seeds is not None:
        found = next((one for one in (seeds, seeds / name) if (one / COLLECTION).is_file()), None)
        if found is None:
            hint = "name the collection's folder, or the folder of all collections"
            raise ReleaseError(f"no collection {name!r} here", hint=hint, file=seeds)
        return found, None
    if origin.commit is None or origin.path is None:
        raise ReleaseError("the release does not say which commit it was built from", hint=SEEDS_HINT[3:])
    if origin.dirty:
        message = f"the documents were not as committed in {origin.commit[:12]} when it was released"
        raise ReleaseError(message, hint=SEEDS_HINT[3:])
    target = home / "seeds" / name
    target.mkdir(parents=True)
    try:
        revisions.check_out(origin.commit, origin.path, target, repository=repository)
    except OnrecordError as error:
        raise ReleaseError(error.message, hint=f"{error.hint}; {SEEDS_HINT}", file=error.file) from None
    return target, origin.commit


def _built(collection: Path, home: Path, workers: int | None, progress: Progress) -> packages.Package:
    made = build(collection, home / "datasets", workers=workers, progress=progress)
    if not made.published:
        first = next(issue for issue in made.report if issue.severity is Severity.ERROR)
        raise ReleaseError(f"cannot be built again: {first.message} [{first.code}]", hint=first.hint, file=first.file)
    return packages.open_package(made.folder)


def _said(folder: Path, recorded: Recorded, collection: Path) -> Staged:
    """Return what the release says of its origin; what describes the documents is taken from where they are now."""
    here = origin_of(collection)
    descriptions = here.descriptions if recorded.has_descriptions else {}
    told = replace(recorded.origin, descriptions=descriptions, license=here.license)
    return Staged(told, text_of([folder / CHANGELOG]) or "")


def _differing(old: Path, new: Path) -> dict[str, str]:
    """Return each file that is not the same in both folders; signatures cannot be made again."""
    before, now = _measured(old), _measured(new)
    found = {}
    for path in sorted(before.keys() | now.keys()):
        if path not in now:
            found[path] = "only in the release"
        elif path not in before:
            found[path] = "only in the rebuild"
        elif before[path] != now[path]:
            found[path] = "other bytes"
    return found


def _measured(folder: Path) -> dict[str, Promise]:
    signatures = {name for name in UNLISTED if name.endswith(SUFFIX)}
    package = packages.open_package(folder)
    return {path: promise for path, promise in package.measure().items() if path not in signatures}


def _other_software(then: Mapping[str, str]) -> dict[str, tuple[str | None, str | None]]:
    now = software()
    return {
        name: (then.get(name), now.get(name))
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    }
