"""Publish releases: bring them to where others read them, the data first and the index last.

A reader never sees an index that names a file which is not there: the index is written when all it names has come,
and bytes that are to go are removed when no index names them any more. What a killed run left is found by its
hashes, and the next run goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import files
from onrecord.archives import Promise
from onrecord.errors import ReleaseError
from onrecord.registry import Entry, Index
from onrecord.registry.index import FILE_NAME as INDEX
from onrecord.registry.index import SCHEMA_NAME, json_schema, parse
from onrecord.registry.reading import MOST_INDEX, MOST_SIGNATURE
from onrecord.releases.listing import read_index
from onrecord.releases.merging import merge
from onrecord.releases.staging import promise_of
from onrecord.releases.targets import Target, holds, open_target, read_small
from onrecord.signing import SUFFIX

if TYPE_CHECKING:
    from onrecord.signing import SecretKey

SIGNATURE = f"{INDEX}{SUFFIX}"

Progress = Callable[[int, int], None]
"""Called with the bytes that are there and the bytes of all."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a release: where it is here, its path there, and what it must be."""

    source: Path
    path: str
    promise: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published, or with `dry_run` would be.

    Parameters
    ----------
    target
        Where.
    entries
        The versions that were asked for.
    sent, kept
        Files that were sent, and those that were there already.
    removed
        Files of deleted versions that went.
    changed
        Whether the index there is another now.
    serial
        The count of changes of the index there.
    """

    target: str
    entries: tuple[Entry, ...]
    sent: tuple[Upload, ...]
    kept: tuple[Upload, ...]
    removed: tuple[str, ...]
    changed: bool
    serial: int


def publish(
    release: str | Path,
    *,
    to: str,
    key: SecretKey | None = None,
    progress: Progress = lambda done, total: None,  # noqa: ARG005 -- nobody watches
    dry_run: bool = False,
) -> Published:
    """Bring a release, or all of a registry's folder, to a folder or store.

    Parameters
    ----------
    release
        A registry's folder, or in it the folder or zip of one version.
    to
        A path, or a URL that fsspec can write, as `s3://bucket/path`.
    key
        Signs the index there, where it becomes another than the one here; needed where that is signed.
    progress
        Called with bytes that are there and bytes of all.
    dry_run
        Look, and write nothing.

    Raises
    ------
    ReleaseError
        There is no such release, a version is published with other bytes, the release is not what it was, the
        target is signed and no key is given, or it cannot be written.
    IntegrityError
        The index there is not signed by the key.
    """
    registry, entries = chosen(Path(release))
    here = read_index(registry)
    target = open_target(to)
    if dry_run:
        return _Run(registry, here, entries, target, key, progress).look()
    with target.alone():
        return _Run(registry, here, entries, target, key, progress).go()


def chosen(place: Path) -> tuple[Path, tuple[Entry, ...]]:
    """Return the registry's folder that a place is in, and the entries that it names.

    Raises
    ------
    ReleaseError
        It is neither a registry's folder, nor a version's folder or zip in one.
    """
    for registry in (place, *place.absolute().parents[:2]):
        if (registry / INDEX).is_file():
            entries = [one for listing in read_index(registry).datasets.values() for one in listing.ordered]
            wanted = [one for one in entries if _is_at(place, registry, one)]
            if wanted:
                return registry, tuple(wanted)
    hint = "name the folder that `onrecord release` wrote into, or a version's folder in it, as releases/NAME/1.0.0"
    raise ReleaseError("no release here", hint=hint, file=place)


def _is_at(place: Path, registry: Path, entry: Entry) -> bool:
    places = {registry.resolve(), (registry / entry.folder).resolve(), (registry / entry.archive).resolve()}
    return place.resolve() in places


@dataclass
class _Steps:
    """Tells of one file's bytes as a part of all; not every store tells how far it is."""

    progress: Progress
    done: int
    total: int

    def __call__(self, more: int) -> None:
        self.done = min(self.done + more, self.total)
        self.progress(self.done, self.total)


@dataclass
class _Run:
    registry: Path
    here: Index
    entries: tuple[Entry, ...]
    target: Target
    key: SecretKey | None
    progress: Progress

    def look(self) -> Published:
        """Return what would be done."""
        there, merged = self._merged()
        return self._outcome(there, merged, *self._sorted(there, merged))

    def go(self) -> Published:
        """Send what is missing, then the index, then remove what is to go."""
        there, merged = self._merged()
        missing, kept = self._sorted(there, merged)
        self._send(missing)
        there, merged = self._merged()
        if merged != there:
            self._write_index(merged)
        outcome = self._outcome(there, merged, missing, kept)
        for path in outcome.removed:
            self.target.remove(path)
        return outcome

    def _outcome(self, there: Index, merged: Index, missing: list[Upload], kept: list[Upload]) -> Published:
        return Published(
            target=self.target.name,
            entries=self.entries,
            sent=tuple(missing),
            kept=tuple(kept),
            removed=tuple(self._to_go(merged)),
            changed=merged != there,
            serial=merged.serial,
        )

    def _merged(self) -> tuple[Index, Index]:
        """Return the index there, and what becomes of it, which we must be able to sign where it is signed."""
        text = read_small(self.target, INDEX, MOST_INDEX)
        place = f"{self.target.name}/{INDEX}"
        there = Index() if text is None else parse(files.parse_json(text, place), file=place)
        merged = merge(there, self.here, self.entries)
        if merged != there:
            self._prove(text or b"", place)
            self._signature(b"", merged)
        return there, merged

    def _prove(self, text: bytes, place: str) -> None:
        """Prove that nobody changed a signed index since; it is only followed by a signed one."""
        signature = read_small(self.target, SIGNATURE, MOST_SIGNATURE)
        if signature is not None and self.key is not None:
            self.key.public.check(text, signature.decode("ascii", "replace"), file=place)
        elif signature is not None and not (self.registry / SIGNATURE).is_file():
            raise ReleaseError("the index there is signed", hint="give the key that signs it: --key", file=place)

    def _sorted(self, there: Index, merged: Index) -> tuple[list[Upload], list[Upload]]:
        """Return the files that are missing there, and those that are not."""
        missing: list[Upload] = []
        kept: list[Upload] = []
        for entry in self.entries:
            if (known := merged.find(entry.name, entry.version)) is None or known.deleted:
                continue
            listed = (old := there.find(entry.name, entry.version)) is not None and not old.deleted
            for upload in uploads(self.registry, entry):
                there_already = listed or holds(self.target, upload.path, upload.promise)
                (kept if there_already else missing).append(upload)
        return missing, kept

    def _send(self, missing: list[Upload]) -> None:
        total, done = sum(one.promise.bytes for one in missing), 0
        self.progress(0, total)
        for upload in missing:
            _prove_source(upload)
            self.target.put(upload.source, upload.path, _Steps(self.progress, done, total))
            done += upload.promise.bytes
            self.progress(done, total)

    def _write_index(self, merged: Index) -> None:
        """Write the index, and its signature so that at every moment one that fits is there."""
        text = files.to_json(merged.to_dict()).encode()
        self.target.write(SCHEMA_NAME, json_schema())
        signature = self._signature(text, merged)
        if signature is not None:
            old = read_small(self.target, SIGNATURE, MOST_SIGNATURE) or b""
            self.target.write(SIGNATURE, signature + old.replace(signature, b""))
        self.target.write(INDEX, text)
        if signature is not None:
            self.target.write(SIGNATURE, signature)

    def _signature(self, text: bytes, merged: Index) -> bytes | None:
        """Return the signature of an index: made by the key, that of the registry here, or none."""
        if self.key is not None:
            return self.key.sign(text).encode()
        path = self.registry / SIGNATURE
        if merged is self.here and path.is_file():
            return path.read_bytes()
        if path.is_file():
            hint = "give the key that signs it: --key"
            raise ReleaseError("the registry is signed, and the index there becomes another", hint=hint, file=path)
        return None

    def _to_go(self, merged: Index) -> Iterator[str]:
        """Yield the files of versions that are deleted and still there; readers were told before."""
        for listing in merged.datasets.values():
            for entry in (one for one in listing.ordered if one.deleted):
                paths = (entry.archive, *(f"{entry.folder}/{path}" for path in entry.files))
                yield from (path for path in paths if self.target.size(path) is not None)


def uploads(registry: Path, entry: Entry) -> Iterator[Upload]:
    """Yield the files of a version: those of its folder, then its zip."""
    for path, promise in sorted(entry.files.items()):
        yield Upload(registry / entry.folder / path, f"{entry.folder}/{path}", promise)
    yield Upload(registry / entry.archive, entry.archive, entry.promise)


def _prove_source(upload: Upload) -> None:
    try:
        is_whole = promise_of(upload.source) == upload.promise
    except OSError as error:
        hint = "release the same version again: it is written anew, or publish from where it was made"
        raise ReleaseError(f"cannot be read: {error.strerror}", hint=hint, file=upload.source) from None
    if not is_whole:
        hint = "remove the version's folder and zip, and release the same version again"
        raise ReleaseError("not the file that was released", hint=hint, file=upload.source)
