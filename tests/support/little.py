"""A small dataset of two invented tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord import packages

ARTICLES = {
    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
    "name": "articles",
    "title": "Articles",
    "description": "One row is one article.",
    "fields": [
        {"name": "article_id", "type": "string", "description": "The key.", "constraints": {"required": True}},
        {"name": "headline", "type": "string"},
        {"name": "word_count", "type": "integer", "constraints": {"minimum": 0}},
    ],
    "missingValues": [""],
    "primaryKey": ["article_id"],
}
QUOTES = {
    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
    "name": "quotes",
    "title": "Quotes",
    "description": "One row is one statement of one source.",
    "fields": [
        {"name": "quote_id", "type": "string", "constraints": {"required": True}},
        {"name": "article_id", "type": "string", "constraints": {"required": True}},
        {"name": "kind", "type": "string", "categories": [{"value": "direct", "label": "Word for word"}]},
        {"name": "text", "type": "string"},
    ],
    "missingValues": [""],
    "primaryKey": ["quote_id"],
    "foreignKeys": [{"fields": ["article_id"], "reference": {"resource": "articles", "fields": ["article_id"]}}],
}
SCHEMAS = {"articles": ARTICLES, "quotes": QUOTES}
ROWS: dict[str, list[dict[str, Any]]] = {
    "articles": [
        {"article_id": "a1", "headline": 'The mayor says "no", again', "word_count": 120},
        {"article_id": "a2", "headline": None, "word_count": None},
    ],
    "quotes": [
        {"quote_id": "q1", "article_id": "a1", "kind": "direct", "text": 'Never,\nnot "once"'},
        {"quote_id": "q2", "article_id": "a2", "kind": "direct", "text": "« Peut-être »"},
    ],
}
METADATA = packages.Metadata(
    name="little",
    title="A little dataset",
    description="Two invented articles.",
    license="CC-BY-4.0",
    keywords=("news", "quotations"),
    contributors=({"title": "Ada Invented", "role": "maintainer"},),
    sources=({"title": "The Daily Invention"},),
    languages=("en", "fr"),
    homepage="https://example.org/little",
    rights_license="LicenseRef-Daily-Invention",
    rights_body="withheld",
    rights_statement="All rights reserved by the Daily Invention.",
)


def write_tables(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "schemas").mkdir()
    for table, schema in SCHEMAS.items():
        (folder / "schemas" / f"{table}.schema.json").write_text(json.dumps(schema, indent=2), encoding="utf-8")
        names = [field["name"] for field in schema["fields"]]  # type: ignore[index]
        with (folder / "data" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[table])
        pq.write_table(pa.Table.from_pylist(rows[table]), folder / "data" / f"{table}.parquet")


def write_dataset(folder: Path, rows: dict[str, list[dict[str, Any]]] | None = None) -> Path:
    rows = rows or ROWS
    write_tables(folder, rows)
    facts = {table: packages.TableFacts(len(rows[table]), f"hash-of-{table}") for table in rows}
    packages.write_descriptor(folder, METADATA, facts)
    packages.write_readme(folder)
    (folder / "report.json").write_text('{"valid": true}\n', encoding="utf-8")
    return folder
