"""`onrecord validate`: what is wrong, where, and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import terminal


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Collections, datasets, CSV or Parquet files. By default, datasets and seeds.",
            show_default=False,
        ),
    ] = None,
    *,
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report",
            metavar="json=FILE",
            help="Write the findings to a file; '-' is standard output.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check collections, datasets and tables.

    Exits with 1 where something is wrong.

    Example: onrecord validate datasets/lemonde-en
    """
    from onrecord import validation
    from onrecord.reports import Report

    wanted = [_destination(text) for text in report or ()]
    whole = Report()
    for path in paths or [path for path in (Path("seeds"), Path("datasets")) if path.exists()] or [Path()]:
        whole.merge(validation.validate(path))
    terminal.findings(whole)
    for destination in wanted:
        text = json.dumps(whole.to_dict(), ensure_ascii=False, indent=2) + "\n"
        typer.echo(text, nl=False) if destination == "-" else Path(destination).write_text(text, encoding="utf-8")
    typer.echo("valid" if whole.valid else "invalid", err=True)
    raise typer.Exit(0 if whole.valid else 1)


def _destination(text: str) -> str:
    form, _, file = text.partition("=")
    if form != "json" or not file:
        raise typer.BadParameter(f"{text!r}: write json=FILE", param_hint="--report")
    return file
