"""The reader's own copies: found by their bytes, converted, and their texts kept on disk until they are wanted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord import converters, files, packages, seeds
from onrecord.records import FIELDS, Article, Defaults, Document
from onrecord.reports import Issue

Convert = Callable[[Path], Iterator[Article | Issue]]
"""Makes articles of the document at a path."""

CONTAINERS = frozenset({"csv", "feed", "jsonl", "parquet", "warc"})
"""Converters that make many articles of one document, whose rows may carry the hash of a part of it."""


class Texts:
    """Bodies that copies gave, and the fields of articles that were filled, in a database at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = sqlite3.connect(path)
        self._database.execute("CREATE TABLE copies (article_id TEXT PRIMARY KEY, body TEXT)")
        self._database.execute(f"CREATE TABLE filled (article_id TEXT PRIMARY KEY, {', '.join(FIELDS)})")
        self._database.execute("CREATE TABLE quotes (quote_id TEXT PRIMARY KEY, field TEXT)")

    def add_copy(self, article: Article) -> None:
        """Keep the body that a copy gave."""
        row = (article.seed_sha256[:16], article.body)
        self._database.execute("INSERT OR IGNORE INTO copies VALUES (?, ?)", row)

    def copy(self, article_id: str) -> tuple[bool, str | None]:
        """Return whether an article has a copy, and its body."""
        row = self._database.execute("SELECT body FROM copies WHERE article_id = ?", (article_id,)).fetchone()
        return (False, None) if row is None else (True, row[0])

    def add_filled(self, row: Mapping[str, Any]) -> None:
        """Keep the fields of an article whose body was proved."""
        values = (row["article_id"], *(row[name] for name in FIELDS))
        self._database.execute("INSERT OR REPLACE INTO filled VALUES (?, ?, ?, ?, ?)", values)

    def field(self, article_id: str, name: str) -> str | None:
        """Return the text of a field of an article that was filled; None for any other."""
        place = 1 + FIELDS.index(name)
        row = self._database.execute("SELECT * FROM filled WHERE article_id = ?", (article_id,)).fetchone()
        return None if row is None else row[place]

    def add_quote(self, quote_id: str, field: str) -> None:
        """Keep which field a quote stands in."""
        self._database.execute("INSERT OR REPLACE INTO quotes VALUES (?, ?)", (quote_id, field))

    def field_of_quote(self, quote_id: str) -> str | None:
        """Return the text of the field that a quote of a filled article stands in."""
        row = self._database.execute("SELECT field FROM quotes WHERE quote_id = ?", (quote_id,)).fetchone()
        return None if row is None else self.field(quote_id[:16], row[0])

    def close(self) -> None:
        """Remove the database."""
        self._database.close()
        self._path.unlink(missing_ok=True)


def gather(wanted: set[str], folder: Path, texts: Texts, convert: Convert) -> None:
    """Convert the documents whose SHA-256 is wanted, and those that may hold many articles."""
    for path in _documents(folder):
        if files.sha256_of(path) in wanted or _is_container(path):
            for outcome in convert(path):
                if isinstance(outcome, Article):
                    texts.add_copy(outcome)


def reader(source: packages.Package) -> Convert:
    """Return what reads a document as the collection above it says, or else as the package says of its own."""
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


def _documents(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (path for name in sorted(names) if (path := Path(root) / name).is_file())


def _is_container(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(1 << 16)
    return converters.choose(Document(path.name, start, "")).name in CONTAINERS
