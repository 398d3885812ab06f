"""`onrecord diff`: what changed from one dataset to another."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import terminal
from onrecord.cli.options import RegistryOption
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.diff import Difference, TableDifference


class Format(StrEnum):
    """How a difference is shown."""

    RICH = "rich"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


def diff(
    old: Annotated[str, typer.Argument(help="The older side.")],
    new: Annotated[str, typer.Argument(help="The newer side.")],
    *,
    registry: RegistryOption = None,
    shown: Annotated[Format, typer.Option("--format", help="How to show the difference.")] = Format.RICH,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Examples to show of each kind.")] = 20,
    rows: Annotated[
        Path | None,
        typer.Option(
            "--rows",
            help="Write the rows that differ into this new folder, as Parquet, a file a table.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Compare two datasets: rows by key, cells, quotes, speakers.

    A side is a dataset's folder or zip, a folder of datasets, the URL of a package or of a registry,
    NAME@VERSION in a registry, or a revision in git with the folder's path in it. Exits with 0 where
    both hold the same, 1 where they differ, 2 on an error.

    Example: onrecord diff main:datasets/lemonde-en datasets/lemonde-en --format html > difference.html
    """
    from onrecord.diff import diff_all

    try:
        found = diff_all(old, new, shown=limit, registry=registry, rows=rows)
    except OnrecordError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        typer.secho(f"hint: {error.hint or 'see onrecord diff --help'}", err=True)
        raise typer.Exit(2) from None
    _show(found, shown)
    raise typer.Exit(0 if all(difference.same for difference in found.values()) else 1)


def _show(found: dict[str, Difference], shown: Format) -> None:
    from onrecord.diff import to_html, to_markdown

    if shown is Format.MARKDOWN:
        typer.echo(to_markdown(found), nl=False)
    elif shown is Format.HTML:
        typer.echo(to_html(found), nl=False)
    elif shown is Format.JSON:
        form = {name: difference.to_dict() for name, difference in found.items()}
        typer.echo(json.dumps(form, ensure_ascii=False, indent=2))
    else:
        for name, difference in found.items():
            _table(name, difference)


def _table(name: str, difference: Difference) -> None:
    """Print what a person wants to know first: rows, then quotes, then speakers, then reasons, then cells."""
    if difference.same:
        typer.echo(f"{terminal.printable(name)}: the same")
        return
    rows = [(t.name, t.rows_old, t.rows_new, t.added, t.removed, t.changed) for t in difference.tables]
    terminal.table(name, ("table", "rows before#", "now#", "added#", "removed#", "changed#"), rows)
    _quotes(difference)
    if difference.counts:
        counts = [(f"{one.table}.{one.column}", one.reason or "none", one.old, one.new) for one in difference.counts]
        terminal.table("counts by reason", ("column", "reason", "before#", "now#"), counts)
    for table in difference.tables:
        _columns(table)


def _quotes(difference: Difference) -> None:
    for what, quotes in (("appeared", difference.quotes_appeared), ("vanished", difference.quotes_vanished)):
        if quotes.total:
            said = [(", ".join(q.speakers), q.kind, q.text) for q in quotes.items]
            terminal.table(f"quotes {what}: {quotes.total:,}", ("speaker", "kind", "text"), said)
    if difference.moves.total:
        moves = [(moved.old, moved.new, moved.text) for moved in difference.moves.items]
        terminal.table(f"quotes that moved: {difference.moves.total:,}", ("before", "now", "text"), moves)
    if difference.speakers_changed.total:
        given = [(", ".join(s.old), ", ".join(s.new), s.text) for s in difference.speakers_changed.items]
        title = f"quotes given to others: {difference.speakers_changed.total:,}"
        terminal.table(title, ("before", "now", "text"), given)


def _columns(table: TableDifference) -> None:
    for what in ("added", "removed", "retyped"):
        if names := getattr(table, f"columns_{what}"):
            typer.echo(f"columns {what} in {table.name}: {', '.join(map(terminal.printable, names))}")
    if table.changed:
        cells = [(cell.key, cell.column, cell.old, cell.new) for cell in table.examples.items]
        terminal.table(f"changed in {table.name}: {table.changed:,}", ("row", "column", "before", "now"), cells)
