"""Say of the tables in a folder what they are: schemas, report, descriptor, README."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from onrecord import packages, schemas, seeds
from onrecord.build.staging import Written
from onrecord.files import to_json, write_whole
from onrecord.reports import Report

REPORT_NAME = "report.json"


def describe(
    collection: seeds.Collection,
    folder: Path,
    written: Written,
    report: Report,
    tombstones: tuple[Mapping[str, str], ...] = (),
) -> None:
    """Make a package of the tables in `folder`: everything that follows from them and from the collection."""
    (folder / "schemas").mkdir()
    for name in schemas.names():
        shutil.copyfile(schemas.path(name), folder / "schemas" / f"{name}.schema.json")
    write_whole(folder / REPORT_NAME, to_json(report.to_dict()).encode())
    facts = {name: packages.TableFacts(written.rows[name], written.contents[name]) for name in schemas.names()}
    packages.write_descriptor(folder, replace(metadata(collection, folder), tombstones=tombstones), facts)
    packages.write_readme(folder)


def metadata(collection: seeds.Collection, folder: Path) -> packages.Metadata:
    """Return what the package says of itself: what its collection says, and the languages of its articles."""
    return packages.Metadata(
        name=collection.name,
        title=collection.title,
        description=collection.description,
        license=collection.license,
        homepage=collection.homepage,
        keywords=collection.keywords,
        citation=collection.citation,
        contributors=collection.contributors,
        sources=({"title": collection.defaults.publisher},) if collection.defaults.publisher else (),
        documents={
            "converter": collection.converter,
            "options": dict(collection.defaults.options),
            "publisher": collection.defaults.publisher,
            "language": collection.defaults.language,
            "time_zone": collection.defaults.time_zone,
        },
        languages=tuple(language for language in languages(folder) if language),
        rights_license=collection.rights.license,
        rights_body=collection.rights.body,
        rights_quotes=_quotes(collection.rights),
        rights_statement=collection.rights.statement,
    )


def _quotes(rights: seeds.Rights) -> str | None:
    """Return how quotes are limited, in words, or None where they are not."""
    return f"shortened to {rights.quote_words} words" if rights.quotes == "shortened" else _LIMITS[rights.quotes]


_LIMITS = {"included": None, "stand-off": "stand-off"}


def languages(folder: Path) -> list[str | None]:
    """Return the languages of the articles in `folder`, sorted; null where one is not known."""
    import duckdb

    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        path = str(folder / "data" / "articles.parquet")
        found = con.execute("SELECT DISTINCT language FROM read_parquet($1) ORDER BY 1", [path]).fetchall()
    return [language for (language,) in found]
