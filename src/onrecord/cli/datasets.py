"""`onrecord datasets`: what a registry offers."""

from __future__ import annotations

import typer

from onrecord.cli import terminal
from onrecord.cli.options import RegistryOption


def datasets(*, registry: RegistryOption = None) -> None:
    """List what a registry offers.

    Example: onrecord datasets --registry releases
    """
    from onrecord.registry import open_registry

    index = open_registry(registry).index
    rows = [
        (name, good[-1].version if (good := [e for e in listing.ordered if not e.yanked]) else "-", listing.title)
        for name, listing in sorted(index.datasets.items())
    ]
    terminal.table(f"{len(rows)} datasets", ("name", "newest", "title"), rows)
    if rows:
        typer.echo(f"More of one: onrecord info {rows[0][0]}")
