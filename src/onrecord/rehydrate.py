"""Fill the bodies that rights keep out of a dataset, from the reader's own copies of the documents.

A document is known by its bytes and not by its name. Its body is made by the converter that made the row, and
stands in the new package only when its hash is the one that the row gives.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import archives, converters, files, packages, seeds, tables
from onrecord.errors import PackageError
from onrecord.packages import sums
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.packages.readme import FILE_NAME as README
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Report, Severity

if TYPE_CHECKING:
    import pyarrow as pa

Convert = Callable[[Path], Iterator[Article | Issue]]
"""Makes articles of the document at a path."""

WANTED = ("article_id", "seed_sha256", "seed_path", "body", "body_rights", "body_sha256")
CONTAINERS = frozenset({"csv", "feed", "jsonl", "parquet", "warc"})
"""Converters that make many articles of one document, whose rows may carry the hash of a part of it."""


@dataclass(frozen=True, slots=True)
class Rehydration:
    """What came of it: bodies filled, bodies that were withheld, and a finding for each that stays empty."""

    filled: int
    withheld: int
    report: Report
    folder: Path


def rehydrate(
    package: str | Path, copies: str | Path, output: str | Path, *, convert: Convert | None = None
) -> Rehydration:
    """Write a package like `package`, its withheld bodies filled from documents below `copies`.

    Parameters
    ----------
    package
        A package's folder.
    copies
        A folder with one's own copies of the documents, under any names; a `collection.toml` above them says
        how they are read, or else the package does.
    output
        The folder of the new package. It is for its owner: `onrecord release` refuses it.
    convert
        Makes articles of the document at a path; by default as just said.

    Returns
    -------
    Rehydration
        With findings `copy-missing` (no document with the row's hash) and `body-differs` (a document is there,
        and another body comes out of it).

    Raises
    ------
    PackageError
        There is no package, `package` is a zip, or `output` is the package itself or one of `copies`.
    """
    source = packages.open_package(package)
    target = Path(output)
    if source.is_archive:
        raise PackageError("bodies are filled in a folder", hint="unpack the zip first", file=source.path)
    if not Path(copies).is_dir():
        raise PackageError("no such folder", hint="name the folder that holds your copies", file=copies)
    if target.resolve() in {source.path.resolve(), Path(copies).resolve()}:
        raise PackageError("the output would replace what is read", hint="name another folder", file=target)
    with packages.writing(target) as staging, closing(_Bodies(staging / ".bodies")) as bodies:
        _gather(source, Path(copies), bodies, convert or _reader(source))
        report = Report()
        filled, withheld = _write(source, staging, bodies, report)
        bodies.close()
        _describe(source, staging)
    return Rehydration(filled, withheld, report, target)


class _Bodies:
    """Bodies by article, on disk, and which documents were seen."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = sqlite3.connect(path)
        self._database.execute("CREATE TABLE bodies (article_id TEXT PRIMARY KEY, body TEXT)")

    def put(self, article: Article) -> None:
        key = article.seed_sha256[:16]
        self._database.execute("INSERT OR IGNORE INTO bodies VALUES (?, ?)", (key, article.body))

    def get(self, article_id: str) -> tuple[bool, str | None]:
        """Return whether the article was seen, and its body."""
        row = self._database.execute("SELECT body FROM bodies WHERE article_id = ?", (article_id,)).fetchone()
        return (False, None) if row is None else (True, row[0])

    def close(self) -> None:
        self._database.close()
        self._path.unlink(missing_ok=True)


def _gather(source: packages.Package, copies: Path, bodies: _Bodies, convert: Convert) -> None:
    """Convert the documents whose bytes a row names, and those that may hold many articles."""
    wanted = {row["seed_sha256"] for batch in _articles(source) for row in batch if _is_withheld(row)}
    for path in _documents(copies):
        if files.sha256_of(path) in wanted or _is_container(path):
            for outcome in convert(path):
                if isinstance(outcome, Article):
                    bodies.put(outcome)


def _documents(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (path for name in sorted(names) if (path := Path(root) / name).is_file())


def _is_container(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(1 << 16)
    return converters.choose(Document(path.name, start, "")).name in CONTAINERS


def _reader(source: packages.Package) -> Convert:
    """Read a document as the collection above it says, or else as the package says that its own were read."""
    says: Mapping[str, Any] = source.descriptor.get("onrecord:documents", {})
    defaults = Defaults(
        publisher=says.get("publisher"),
        language=says.get("language"),
        time_zone=says.get("time_zone"),
        options=says.get("options", {}),
    )
    otherwise = seeds.loose(says.get("converter"), defaults)

    def convert(path: Path) -> Iterator[Article | Issue]:
        for collection, document in seeds.documents(path, otherwise):
            if isinstance(document, Issue):
                yield document
            else:
                yield from seeds.convert(document, collection)

    return convert


def _is_withheld(row: Mapping[str, Any]) -> bool:
    return row["body"] is None and row["body_rights"] == "withheld" and row["body_sha256"] is not None


def _articles(source: packages.Package) -> Iterator[list[dict[str, Any]]]:
    for batch in tables.stream_parquet(source.path / "data" / "articles.parquet", "articles"):
        yield batch.select(list(WANTED)).to_pylist()


def _write(source: packages.Package, staging: Path, bodies: _Bodies, report: Report) -> tuple[int, int]:
    """Write the package's files anew, the table of articles with its bodies."""
    _copy(source.path, staging)
    filled = withheld = 0
    with (
        tables.CsvWriter(staging / "data" / "articles.csv", "articles") as as_csv,
        tables.ParquetWriter(staging / "data" / "articles.parquet", "articles") as as_parquet,
    ):
        for batch in tables.stream_parquet(source.path / "data" / "articles.parquet", "articles"):
            rows = batch.select(list(WANTED)).to_pylist()
            found = {row["article_id"]: _body(row, bodies, report) for row in rows if _is_withheld(row)}
            withheld += len(found)
            filled += sum(body is not None for body in found.values())
            made = _with_bodies(batch, rows, found)
            as_csv.write(made)
            as_parquet.write(made)
    return filled, withheld


def _with_bodies(batch: pa.RecordBatch, rows: list[dict[str, Any]], found: Mapping[str, str | None]) -> pa.RecordBatch:
    import pyarrow as pa

    bodies = [row["body"] or found.get(row["article_id"]) for row in rows]
    rights = ["included" if found.get(row["article_id"]) else row["body_rights"] for row in rows]
    for name, values in (("body", bodies), ("body_rights", rights)):
        place = batch.schema.get_field_index(name)
        batch = batch.set_column(place, batch.schema.field(place), pa.array(values, batch.schema.field(place).type))
    return batch


def _body(row: Mapping[str, Any], bodies: _Bodies, report: Report) -> str | None:
    """Return the body that has the row's hash, or None and say why."""
    seen, body = bodies.get(row["article_id"])
    if body is not None and hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest() == row["body_sha256"]:
        return body
    code, severity, message, hint = (
        (
            "body-differs",
            Severity.ERROR,
            "the document is here, but another body comes out of it",
            "use the version that made the dataset",
        )
        if seen
        else (
            "copy-missing",
            Severity.WARNING,
            "none of your documents is the one of this article",
            "add it; its name does not matter",
        )
    )
    report.add(
        Issue(
            code=code,
            severity=severity,
            message=message,
            hint=hint,
            table="articles",
            key=row["article_id"],
            field="body",
            value=row["seed_path"],
            expected=row["seed_sha256"],
        )
    )
    return None


def _copy(source: Path, staging: Path) -> None:
    written = {DESCRIPTOR, README, *sums.UNLISTED, "data/articles.csv", "data/articles.parquet"}
    (staging / "data").mkdir()
    for name, path in files.files_below(source):
        if name not in written and not archives.unsafe(name) and not name.startswith("."):
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, staging / name)


def _describe(source: packages.Package, staging: Path) -> None:
    """Describe the new files, and say that they are not to be handed on."""
    facts = packages.facts_of(staging)
    rights = {**source.descriptor.get("onrecord:rights", {}), "body": packages.REHYDRATED}
    resources = packages.describe_resources(staging, facts)
    descriptor = {**source.descriptor, "onrecord:rights": rights, "resources": resources}
    files.write_whole(staging / DESCRIPTOR, files.to_json(descriptor).encode())
    packages.write_readme(staging)
