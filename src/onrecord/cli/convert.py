"""`onrecord convert`: documents to rows of the articles table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli import terminal
from onrecord.cli.options import ZoneOption

if TYPE_CHECKING:
    from onrecord.records import Document
    from onrecord.reports import Issue
    from onrecord.seeds import Collection


FEW = 3
"""Articles up to which every field is shown."""


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSONL = "jsonl"


def convert(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Documents, or folders of them.")],
    *,
    form: Annotated[Form, typer.Option("--format", help="A table to read, or one JSON object a line.")] = Form.TABLE,
    converter: Annotated[
        str | None,
        typer.Option("--converter", help="What reads them. By default, chosen by content.", show_default=False),
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", help="The converter's profile.", show_default=False)
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="The outlet.", show_default=False)] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="The language, as a BCP-47 tag.", show_default=False)
    ] = None,
    time_zone: ZoneOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show where each field comes from, and how sure that is.")
    ] = False,
) -> None:
    """Convert documents to articles rows.

    Nothing is extracted, checked or written.

    In the folder of a collection, its collection.toml says how documents are read.

    Example: onrecord convert seeds/lemonde-en --format jsonl
    """
    from onrecord import seeds
    from onrecord.records import Defaults
    from onrecord.reports import Issue, Report

    options = {"profile": profile} if profile else {}
    defaults = Defaults(publisher=publisher, language=language, time_zone=time_zone, options=options)
    otherwise = seeds.loose(converter, defaults)
    report, rows, origins = Report(), [], []
    for outcome in (found for path in paths for found in _rows(path, otherwise, explain=explain)):
        if isinstance(outcome, Issue) and outcome.code == "origin":
            origins.append(outcome)
        elif isinstance(outcome, Issue):
            report.add(outcome)
        elif form is Form.JSONL:
            typer.echo(json.dumps(outcome, ensure_ascii=False, default=_plain))
        else:
            rows.append(outcome)
    if form is Form.TABLE:
        _show(rows)
    if origins:
        _show_origins(origins)
    terminal.findings(report)
    raise typer.Exit(0 if report.valid else 1)


def _rows(path: Path, otherwise: Collection, *, explain: bool) -> Iterator[dict[str, Any] | Issue]:
    """Yield articles rows, and findings placed in the file as the user named it; asked to explain, origins too."""
    from onrecord import seeds, tables
    from onrecord.records import Document, Entry, Extraction
    from onrecord.reports import Issue

    for given, document in seeds.documents(path, otherwise):
        collection = _explaining(given) if explain else given
        if explain and isinstance(document, Document):
            _say_converter(collection, document)
        found = [document] if isinstance(document, Issue) else seeds.convert(document, collection)
        for outcome in found:
            if isinstance(outcome, Issue):
                yield outcome.at(str(collection.folder / (outcome.file or "")))
            else:
                allowed, whole = (
                    tables.rows(Entry(one, Extraction((), ())))["articles"][0]
                    for one in (outcome, replace(outcome, permit=None))
                )
                rights = {name: allowed[name] for name in ("body_rights", "quote_rights", "quote_words")}
                yield whole | rights  # the text is shown to whoever has the document; the rights are the dataset's


def _explaining(collection: Collection) -> Collection:
    """Return the collection with its converter asked to say where each field comes from."""
    defaults = collection.defaults
    return replace(collection, defaults=replace(defaults, options={**defaults.options, "explain": True}))


def _say_converter(collection: Collection, document: Document) -> None:
    """Say what reads a document, and why."""
    from onrecord import converters

    if collection.converter is not None:
        typer.echo(f"{document.path}: read by {collection.converter}, as was asked for", err=True)
        return
    choice = converters.choose(document)
    typer.echo(f"{document.path}: read by {choice.name}: {choice.why}", err=True)


ORIGIN = re.compile(r"[^:]*: (.*) \(confidence ([\d.]+)\)", re.DOTALL)


def _show_origins(origins: list[Issue]) -> None:
    """Print where each field of each document comes from, and how sure that is."""
    for file, group in groupby(origins, key=lambda origin: origin.file):
        rows = ((o.field, *ORIGIN.fullmatch(o.message).groups(), o.line or "") for o in group)  # type: ignore[union-attr]
        terminal.table(f"Where each field comes from: {file}", ("column", "evidence", "sure#", "line#"), rows)


def _plain(value: datetime) -> str:
    """Return an instant as the tables have it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _show(rows: list[dict[str, Any]]) -> None:
    """Print a few articles field by field, and many a line each."""
    if len(rows) <= FEW:
        for row in rows:
            stated = ((name, _cell(value)) for name, value in row.items() if value is not None)
            terminal.table(row["seed_path"], ("column", "value"), stated)
        return
    cells = ((row["seed_path"], row["headline"], _day(row["date_published"]), row["word_count"]) for row in rows)
    terminal.table(f"{len(rows):,} articles", ("document", "headline", "published#", "words#"), cells, one_line=True)


def _day(published: datetime | None) -> str:
    return "" if published is None else _plain(published)[:10]


def _cell(value: Any) -> object:
    if isinstance(value, list | tuple):
        return ", ".join(value)
    return _plain(value) if isinstance(value, datetime) else value
