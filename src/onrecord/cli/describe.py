"""`onrecord describe`: the field reference."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import terminal


def describe(
    table: Annotated[str | None, typer.Argument(help="A table; all by default.", show_default=False)] = None,
    *,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, as in docs/fields.md.")] = False,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="Exit with 1 unless this file holds the current Markdown.", show_default=False),
    ] = None,
) -> None:
    """Show the tables and their columns.

    They come from the declarations that everything is made from.

    Example: onrecord describe quotes
    """
    from onrecord import schemas
    from onrecord.cli.documents import current_or_print
    from onrecord.derive import markdown as derived

    names = (table,) if table else schemas.names()
    if markdown or check:
        current_or_print(derived.document(names), check, "onrecord describe --markdown")
        return
    for name in names:
        schema = schemas.load(name)
        rows = ((f.name, f.type, "yes" if f.required else "", f.description) for f in schema.fields)
        terminal.table(f"{name}: {schema.description}", ("column", "type", "required", "description"), rows)
