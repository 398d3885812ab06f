"""`onrecord info`: the versions and tables of one dataset."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli import terminal
from onrecord.cli.options import RegistryOption


def info(name: Annotated[str, typer.Argument(help="The dataset.")], *, registry: RegistryOption = None) -> None:
    """Show the versions of a dataset.

    Withdrawn versions are shown with the reason.

    Example: onrecord info lemonde-en --registry releases
    """
    from onrecord.registry import open_registry

    found = open_registry(registry)
    entry = found.resolve(name).entry
    listing = found.index.datasets[entry.name]
    typer.echo(f"{entry.name}: {terminal.printable(listing.title)}")
    if listing.description:
        typer.echo(terminal.printable(listing.description))
    rows = ((one.version, one.promise.bytes, one.yanked or "") for one in listing.ordered)
    terminal.table("Versions", ("version", "bytes#", "withdrawn"), rows)
    tables = ((table, facts.get("rows", "")) for table, facts in entry.tables.items())
    terminal.table(f"Tables of {entry.spec}", ("table", "rows#"), tables)
