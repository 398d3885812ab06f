"""`onrecord new`: start a collection."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.options import SeedsOption


def new(
    collection: Annotated[str, typer.Argument(help="Its name: lower-case letters, digits, '-', '_' and '.'.")],
    *,
    seeds: SeedsOption = Path("seeds"),
) -> None:
    """Start a collection: a folder with a commented collection.toml.

    Example: onrecord new my-collection
    """
    from onrecord.seeds import create

    folder = create(seeds, collection)
    typer.echo(f"Made {folder / 'collection.toml'}.")
    typer.echo(f"Next: fill it in, put documents into {folder}, then run `onrecord build {collection}`.")
