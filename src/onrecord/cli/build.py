"""`onrecord build`: documents in, datasets out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import terminal
from onrecord.cli.options import DatasetsOption, SeedsOption, WorkersOption

if TYPE_CHECKING:
    from onrecord.build import Build


def build(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="COLLECTION", help="Collections; all by default.")
    ] = None,
    *,
    seeds: SeedsOption = Path("seeds"),
    datasets: DatasetsOption = Path("datasets"),
    workers: WorkersOption = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Leave documents with errors out instead of stopping.")
    ] = False,
) -> None:
    """Build datasets from collections.

    Documents are converted and read, the tables validated and packaged.

    A build that finds an error changes nothing: the last good dataset stays. The same documents give
    the same bytes, whatever the number of workers.

    Example: onrecord build lemonde-en
    """
    from onrecord import seeds as collections
    from onrecord.build import build as run

    failed = False
    for folder in collections.find(seeds, tuple(names or ())):
        with terminal.progress(f"Building {folder.name}", "documents") as progress:
            outcome = run(folder, datasets, workers=workers, keep_going=keep_going, progress=progress)
        show(outcome)
        failed |= not outcome.published
    raise typer.Exit(1 if failed else 0)


def show(outcome: Build) -> None:
    """Print what was found, the rows made, and where to look next."""
    terminal.findings(outcome.report)
    if not outcome.published:
        typer.echo(f"{outcome.name} was not built; {outcome.folder} is as it was.", err=True)
        typer.echo("Mend the errors, or leave those documents out with --keep-going.", err=True)
        return
    terminal.table(f"{outcome.name}: {outcome.documents:,} documents", ("table", "rows#"), outcome.rows.items())
    typer.echo(f"Next: read {outcome.folder / 'README.md'}, or open {outcome.folder / 'data' / 'quotes.csv'}.")
    typer.echo(f"To publish it: onrecord release {outcome.name} --output releases")
