"""`onrecord diff`: what changed from one dataset to another."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import terminal
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.diff import Difference


class Format(StrEnum):
    """How a difference is shown."""

    RICH = "rich"
    JSON = "json"
    MARKDOWN = "markdown"


def diff(
    old: Annotated[str, typer.Argument(help="The older dataset, or a folder of datasets.")],
    new: Annotated[str, typer.Argument(help="The newer dataset, or a folder of datasets.")],
    *,
    shown: Annotated[Format, typer.Option("--format", help="How to show the difference.")] = Format.RICH,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Examples to show of each kind.")] = 20,
) -> None:
    """Compare two datasets: rows by key, cells, quotes, speakers.

    Exits with 0 where they hold the same, 1 where they differ, 2 on an error.

    Example: onrecord diff releases/lemonde-en/1.0.0 datasets/lemonde-en
    """
    from onrecord.diff import diff_all

    try:
        found = diff_all(old, new, shown=limit)
    except OnrecordError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        typer.secho(f"hint: {error.hint or 'see onrecord diff --help'}", err=True)
        raise typer.Exit(2) from None
    _show(found, shown)
    raise typer.Exit(0 if all(difference.same for difference in found.values()) else 1)


def _show(found: dict[str, Difference], shown: Format) -> None:
    from onrecord.diff import to_markdown

    if shown is Format.MARKDOWN:
        typer.echo(to_markdown(found), nl=False)
    elif shown is Format.JSON:
        form = {name: difference.to_dict() for name, difference in found.items()}
        typer.echo(json.dumps(form, ensure_ascii=False, indent=2))
    else:
        for name, difference in found.items():
            _table(name, difference)


def _table(name: str, difference: Difference) -> None:
    """Print what a person wants to know first: rows, then quotes, then speakers, then cells."""
    if difference.same:
        typer.echo(f"{terminal.printable(name)}: the same")
        return
    rows = [(t.name, t.rows_old, t.rows_new, t.added, t.removed, t.changed) for t in difference.tables]
    terminal.table(name, ("table", "rows before#", "now#", "added#", "removed#", "changed#"), rows)
    for what, quotes in (("appeared", difference.quotes_appeared), ("vanished", difference.quotes_vanished)):
        if quotes.total:
            said = [(", ".join(q.speakers), q.kind, q.text) for q in quotes.items]
            terminal.table(f"quotes {what}: {quotes.total:,}", ("speaker", "kind", "text"), said)
    if difference.quotes_moved:
        typer.echo(f"quotes of edited documents that stayed, with other keys: {difference.quotes_moved:,}\n")
    if difference.speakers_changed.total:
        given = [(", ".join(s.old), ", ".join(s.new), s.text) for s in difference.speakers_changed.items]
        title = f"quotes given to others: {difference.speakers_changed.total:,}"
        terminal.table(title, ("before", "now", "text"), given)
    for table in difference.tables:
        if table.changed:
            cells = [(cell.key, cell.column, cell.old, cell.new) for cell in table.examples.items]
            terminal.table(f"changed in {table.name}: {table.changed:,}", ("row", "column", "before", "now"), cells)
