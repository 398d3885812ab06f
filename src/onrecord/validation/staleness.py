"""Whether a dataset is made of the documents that its collection holds now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord import seeds
from onrecord.errors import OnrecordError
from onrecord.files import read_json
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.registry.transport import is_url
from onrecord.reports import Issue, rules
from onrecord.seeds.descriptor import FILE_NAME

RULES = rules("""
stale-dataset | W | The documents are not those of the dataset | Readers of the dataset miss what the documents say, and
    a release would name documents that it was not made of. | a document was added after the last build
    | build it again: onrecord build NAME
""")
ARTICLES = "data/articles"


def tombstones(folder: Path) -> set[str]:
    """Return the keys of the articles that a dataset says were taken down."""
    return {str(one["article_id"]) for one in read_json(folder / DESCRIPTOR).get("onrecord:tombstones", ())}


def stale(dataset: Path, collection: Path) -> Iterator[Issue]:
    """Yield a finding where the documents in a collection's folder are not those that the dataset was built from."""
    import pyarrow.parquet as pq

    articles = dataset / f"{ARTICLES}.parquet"
    if not articles.is_file() or not (collection / FILE_NAME).is_file():
        return
    table = pq.read_table(articles, columns=["seed_path", "seed_sha256"])
    built = dict(zip(table["seed_path"].to_pylist(), table["seed_sha256"].to_pylist(), strict=True))
    found = (seed for seed in seeds.listing(seeds.load(collection)) if not isinstance(seed, Issue))
    gone, known = tombstones(dataset), set(built.values())
    here = {seed.path: seed.sha256 for seed in found if seed.sha256[:16] not in gone}
    for path in sorted(here.keys() | built.keys()):
        if path not in here:
            yield _issue("the dataset has an article of a document that is not here", path, dataset)
        elif path in built and built[path] != here[path]:
            yield _issue("the document changed since the dataset was built", path, dataset)
        elif path not in built and here[path] not in known:
            yield _issue("the dataset has no article of this document", path, dataset)


def _issue(message: str, path: str, dataset: Path) -> Issue:
    return RULES["stale-dataset"].issue(message, file=path, hint=f"build it again: onrecord build {dataset.name}")


def stale_among(places: Iterable[str]) -> Iterator[Issue]:
    """Yield what is stale of the datasets at some places whose collections are at one of them too, by their names.

    A finding about a document that is gone stands in the dataset. What cannot be read has findings of its own.
    """
    import pyarrow as pa

    near = [Path(place) for place in places if not is_url(place)]
    folders = [folder for place in near for folder in (place, *sorted(place.glob("[!.]*"))) if folder.is_dir()]
    collections = {folder.name: folder for folder in folders if (folder / FILE_NAME).is_file()}
    for dataset in folders:
        collection = collections.get(dataset.name)
        if collection is not None and (dataset / DESCRIPTOR).is_file():
            try:
                found = list(stale(dataset, collection))
            except (OnrecordError, pa.ArrowInvalid, OSError, KeyError):
                continue
            yield from (_placed(issue, dataset, collection) for issue in found)


def _placed(issue: Issue, dataset: Path, collection: Path) -> Issue:
    document = collection / (issue.file or "")
    return issue.at((document if document.exists() else dataset / f"{ARTICLES}.csv").as_posix())
