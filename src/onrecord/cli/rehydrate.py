"""`onrecord rehydrate`: fill withheld texts from one's own copies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import terminal


def rehydrate(
    package: Annotated[Path, typer.Argument(help="A dataset whose bodies are withheld: a folder.")],
    *,
    seeds: Annotated[Path, typer.Option("--seeds", help="The folder that holds your copies of the documents.")],
    output: Annotated[Path, typer.Option("--output", help="The folder to write the filled dataset to.")],
) -> None:
    """Fill withheld texts from your own copies.

    Each text is proven by its hash.

    Documents are found by their bytes, whatever their names. An article without its document, or whose
    text comes out otherwise, stays empty and is named.

    Example: onrecord rehydrate datasets/lemonde-en --seeds seeds --output filled
    """
    from onrecord import rehydrate as rehydration

    outcome = rehydration.rehydrate(package, seeds, output)
    terminal.findings(outcome.report)
    typer.echo(f"Filled {outcome.filled:,} of {outcome.withheld:,} texts into {output}.")
    raise typer.Exit(0 if outcome.report.valid else 1)
