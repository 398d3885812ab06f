"""The documents of a collection: which files they are, and their bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import translate
from functools import cache
from pathlib import Path

from onrecord.errors import CollectionError
from onrecord.records import Document
from onrecord.reports import Issue
from onrecord.seeds.descriptor import FILE_NAME, Collection
from onrecord.seeds.rules import RULES

NOT_DOCUMENTS = (FILE_NAME, "*.toml", "corrections.csv", "README*", "LICENSE*", ".*", "*~", "*.tmp", "*.part")
"""File names that describe documents, or are left by editors, and are never documents themselves."""

PASSING = frozenset({"seed-vanished", "seed-unreadable", "seed-changed"})
"""Codes of what is said of a document whose bytes could not be had: another time they may."""
SUFFIX = ".toml"
"""What the name of a file that describes a document has after the document's."""


@dataclass(frozen=True, slots=True, order=True)
class Seed:
    """A document that was found: the hash of its bytes, its path in the collection, its size in bytes."""

    sha256: str
    path: str
    size: int


def find(root: Path, names: tuple[str, ...] = ()) -> list[Path]:
    """Return the folders of the named collections below `root`, or of all of them, in order of name.

    Raises
    ------
    CollectionError
        `root` has no such collection, or none at all.
    """
    present = sorted(path.parent for path in root.glob(f"*/{FILE_NAME}"))
    known = {path.name: path for path in present}
    if not present:
        raise CollectionError(f"no collections in {root}", hint="start one with `onrecord new NAME`")
    if missing := [name for name in names if name not in known]:
        raise CollectionError(f"no collection {missing[0]!r} in {root}", hint=f"there are: {', '.join(known)}")
    return [known[name] for name in names] if names else present


def listing(collection: Collection) -> Iterator[Seed | Issue]:
    """Yield every document of a collection in order of path, hashed, without keeping any in memory.

    A link that leads out of the folder is not followed; a file that cannot be read is an Issue. The
    `file` of an Issue is the document's path in its collection.
    """
    root = collection.folder.resolve()
    paths = [(path, path.relative_to(collection.folder).as_posix()) for path in _walk(collection.folder)]
    yield from _orphans([name for _, name in paths])
    for path, name in paths:
        if not _is_document(name, collection.include):
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            yield RULES["seed-outside"].issue("the file is a link out of the collection", file=name)
            continue
        try:
            yield Seed(*_digest(path, name))
        except OSError as error:
            yield _unreadable(name, error)


def distinct(collection: Collection) -> Iterator[Seed | Issue]:
    """Yield the documents of a collection in order of hash, the same bytes once, after what is wrong with others.

    Of several with the same bytes the first in order of path counts; that there are none at all is a finding.
    """
    listed = []
    for outcome in listing(collection):
        if isinstance(outcome, Issue):
            yield outcome
        else:
            listed.append(outcome)
    listed.sort()
    if not listed:
        message = f"the collection {collection.name!r} has no documents"
        yield RULES["no-documents"].issue(message, file=FILE_NAME)
    for last, seed in zip([None, *listed], listed, strict=False):
        if last is not None and last.sha256 == seed.sha256:
            message = f"the same bytes as {last.path}; left out"
            yield RULES["duplicate-document"].issue(message, file=seed.path)
        else:
            yield seed


def read(collection: Collection, seed: Seed) -> Document | Issue:
    """Return a listed document's bytes, or an Issue where it vanished or changed since it was listed."""
    path = collection.folder / seed.path
    try:
        document = Document.of(seed.path, path.read_bytes())
    except OSError as error:
        return _unreadable(seed.path, error)
    if document.sha256 != seed.sha256:
        return RULES["seed-changed"].issue("the file changed during the build", file=seed.path)
    return document


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            yield from _walk(path)
        elif path.is_symlink() or path.is_file():
            yield path


def _orphans(names: list[str]) -> Iterator[Issue]:
    """Yield a finding for every file that describes a document which is not there."""
    documents = {name for name in names if not name.endswith(SUFFIX)}
    for name in names:
        target = name.removesuffix(SUFFIX)
        if target == name or name.rpartition("/")[2] == FILE_NAME or target in documents:
            continue
        meant = [other for other in documents if other.startswith(f"{target}.")]
        meant = meant or get_close_matches(target, documents, n=1, cutoff=0.8)
        hint = f"call it {min(meant)}{SUFFIX}" if meant else RULES["sidecar-orphan"].remedy
        yield RULES["sidecar-orphan"].issue(f"no document is called {target!r}", hint=hint, file=name)


def _is_document(name: str, include: tuple[str, ...]) -> bool:
    base = name.rpartition("/")[2]
    wanted = _pattern(include)
    return not _pattern(NOT_DOCUMENTS).match(base) and bool(wanted.match(name) or wanted.match(base))


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches any of some patterns of file names; one look instead of one each."""
    return re.compile("|".join(translate(name) for name in names) or r"(?!)")


def _digest(path: Path, name: str) -> tuple[str, str, int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return digest.hexdigest(), name, file.tell()


def _unreadable(path: str, error: OSError) -> Issue:
    if isinstance(error, FileNotFoundError):
        return RULES["seed-vanished"].issue("the file vanished during the build", file=path)
    return RULES["seed-unreadable"].issue(f"the file cannot be read: {error.strerror}", file=path)
