"""Where the documents of a dataset stand, as its provenance tells it: commit, descriptions, lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord import files, revisions, seeds
from onrecord.errors import ReleaseError
from onrecord.packages.provenance import Origin
from onrecord.releases.rules import RULES
from onrecord.releases.takedowns import tombstones
from onrecord.reports import Issue
from onrecord.seeds.descriptor import FILE_NAME

LICENSE_FILE = "LICENSE"


def origin_of(collection: Path, *, lock: Path | None = None) -> Origin:
    """Return what is known of a collection's folder; nothing where there is none.

    Parameters
    ----------
    collection
        The folder with `collection.toml`.
    lock
        The file that pins what was installed.

    Raises
    ------
    ReleaseError
        The lock is not there.
    """
    if lock is not None and not lock.is_file():
        raise ReleaseError("no such file", hint="name the file that pins what is installed", file=lock)
    found = revisions.revision_of(collection)
    own = collection / LICENSE_FILE
    return Origin(
        commit=None if found is None else found.commit,
        path=None if found is None else found.path,
        dirty=None if found is None else found.dirty,
        shallow=found is not None and found.shallow,
        descriptions=described(collection),
        lock=None if lock is None else (lock.name, files.sha256_of(lock)),
        license=own.read_bytes() if own.is_file() else None,
    )


def described(collection: Path) -> dict[str, str]:
    """Return path and SHA-256 of the files that say how a collection's documents are read."""
    return {path: files.sha256_of(place) for path, place in sorted(_descriptions(collection))}


def _descriptions(folder: Path) -> Iterator[tuple[str, Path]]:
    for place in folder.rglob("*"):
        path = place.relative_to(folder)
        hidden = any(part.startswith(".") for part in path.parts)
        if (
            place.is_file()
            and not hidden
            and (place.suffix == ".toml" or path.name in {"corrections.csv", LICENSE_FILE})
        ):
            yield path.as_posix(), place


def stale(dataset: Path, collection: Path) -> Iterator[Issue]:
    """Yield a finding where the documents in a collection's folder are not those that the dataset was built from."""
    import pyarrow.parquet as pq

    articles = dataset / "data" / "articles.parquet"
    if not articles.is_file() or not (collection / FILE_NAME).is_file():
        return
    table = pq.read_table(articles, columns=["seed_path", "seed_sha256"])
    built = dict(zip(table["seed_path"].to_pylist(), table["seed_sha256"].to_pylist(), strict=True))
    found = (seed for seed in seeds.listing(seeds.load(collection)) if not isinstance(seed, Issue))
    gone, known = tombstones(dataset), set(built.values())
    here = {seed.path: seed.sha256 for seed in found if seed.sha256[:16] not in gone}
    for path in sorted(here.keys() | built.keys()):
        if path not in here:
            yield RULES["stale-dataset"].issue("the dataset has an article of a document that is not here", file=path)
        elif path in built and built[path] != here[path]:
            yield RULES["stale-dataset"].issue("the document changed since the dataset was built", file=path)
        elif path not in built and here[path] not in known:
            yield RULES["stale-dataset"].issue("the dataset has no article of this document", file=path)
