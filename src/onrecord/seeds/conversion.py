"""Turn documents into articles, by the converter that their collection names or that fits them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from onrecord import converters
from onrecord.converters import evidence
from onrecord.errors import CollectionError, OnrecordError
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Severity
from onrecord.seeds import sidecars
from onrecord.seeds.descriptor import FILE_NAME, Collection, load
from onrecord.seeds.documents import Seed, listing, read
from onrecord.seeds.rights import Rights
from onrecord.seeds.rules import RULES

MARK = b"<<<<<<< "


def convert(document: Document, collection: Collection) -> Iterator[Article | Issue]:
    """Yield what the collection's converter, or the one that fits, makes of a document.

    A file beside the document adds what the capture lost, and wins. A converter that fails is a finding
    about its document, not the end of a build. Findings are placed in the document.
    """
    says, mistakes = sidecars.load(collection.folder / document.path)
    if mistakes:
        folder = PurePosixPath(document.path).parent
        yield from (mistake.at((folder / (mistake.file or "")).as_posix()) for mistake in mistakes)
        return
    if marks := list(_conflict(document)):
        yield from marks
        return
    for outcome in _convert(document, collection, sidecars.defaults(says, collection.defaults)):
        if isinstance(outcome, Issue) and outcome.field in says and outcome.severity is not Severity.ERROR:
            continue
        for found in [outcome] if isinstance(outcome, Issue) else sidecars.apply(says, outcome, collection.defaults):
            if isinstance(found, Issue):
                yield _placed(found, document, collection.folder)
            else:
                yield replace(found, permit=collection.rights.permit(says.get("rights")))
                yield from _untold(found, document)


def _conflict(document: Document) -> Iterator[Issue]:
    """Yield the marks of a conflict that a merge left in a document: both sides of it would be taken for text."""
    if MARK not in document.data:
        return
    from onrecord.checks import RULES as CHECKS

    for line, value in evidence.conflict(document.data.splitlines(keepends=True)):
        message = "a merge left a conflict here"
        yield CHECKS["merge-conflict"].issue(message, file=document.path, line=line, column=1, value=value)


def _placed(issue: Issue, document: Document, folder: Path) -> Issue:
    """Return a finding in its document; what the file beside it decides, at its line there."""
    if issue.code == "sidecar-wins" and (place := sidecars.place(folder / document.path, issue.field or "")):
        return replace(issue, file=f"{document.path}{sidecars.SUFFIX}", line=place.line, column=place.column)
    return issue.at(document.path)


def _untold(article: Article, document: Document) -> Iterator[Issue]:
    """Yield that an article's language is not known: without it, nobody can tell who speaks."""
    if article.language is None and article.body:
        message = "nothing tells the language, so quotations get no source"
        yield RULES["language-unknown"].issue(message, file=document.path, table="articles", field="language")


def _convert(document: Document, collection: Collection, defaults: Defaults) -> Iterator[Article | Issue]:
    name = collection.converter or converters.choose(document).name
    converter = converters.find(name)
    outcomes = 0
    try:
        for outcome in converter(document, defaults):
            outcomes += 1
            yield outcome
    except OnrecordError:
        raise
    except Exception as error:  # noqa: BLE001 -- a plug-in may raise anything
        yield _failed(document, name, f"the converter {name!r} failed: {type(error).__name__}: {error}")
        return
    if not outcomes:
        yield _failed(document, name, f"the converter {name!r} found no article and said nothing")


def documents(path: Path, otherwise: Collection) -> Iterator[tuple[Collection, Document | Issue]]:
    """Yield the documents at a path, a file or a folder, with the collection that says how to read them.

    That is the nearest one whose folder holds the path, or else `otherwise`, whose folder is ignored.

    Raises
    ------
    CollectionError
        There is nothing at `path`.
    """
    if not path.exists():
        raise CollectionError("no such file or folder", hint="check the path", file=path)
    nearest = home(path)
    collection = load(nearest) if nearest else otherwise
    folder = path if path.is_dir() else path.parent
    here = replace(collection, folder=folder)
    if path.is_file():
        yield here, Document.of(path.name, path.read_bytes())
        return
    for seed in listing(here):
        yield here, read(here, seed) if isinstance(seed, Seed) else seed


def loose(converter: str | None, defaults: Defaults) -> Collection:
    """Return a collection for documents that belong to none."""
    rights = Rights(license="LicenseRef-unknown", body="included")
    return Collection(
        folder=Path(),
        name="loose",
        title="Loose documents",
        license="LicenseRef-unknown",
        rights=rights,
        defaults=defaults,
        converter=converter,
    )


def home(path: Path) -> Path | None:
    """Return the folder of the collection that a path lies in, or None where it lies in none."""
    start = path.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    return None


def _failed(document: Document, name: str, message: str) -> Issue:
    hint = f"report it to the authors of {name!r}, with the document"
    return RULES["converter-failed"].issue(message, hint=hint, file=document.path)
