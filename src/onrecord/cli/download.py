"""`onrecord download`: a released dataset, verified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import terminal
from onrecord.cli.options import RegistryOption


def download(
    spec: Annotated[str, typer.Argument(metavar="NAME[@VERSION]", help="The dataset: NAME, NAME@1.2.0 or NAME@^1.2.")],
    *,
    registry: RegistryOption = None,
    table: Annotated[
        list[str] | None, typer.Option("--table", help="Fetch this table only; may be given again.", show_default=False)
    ] = None,
    form: Annotated[
        list[str] | None, typer.Option("--format", help="Fetch csv or parquet only.", show_default=False)
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Copy the dataset to this folder, which must be new.", show_default=False),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Use what is in the cache, and no network.")] = False,
    lock: Annotated[
        Path | None,
        typer.Option(
            "--lock", help="Take version, registry and hash from this file; see `onrecord pin`.", show_default=False
        ),
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            help="Where to keep it. By default, this user's cache.",
            envvar="ONRECORD_CACHE",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Fetch a released dataset, verified.

    Every byte is checked before anything is unpacked into the cache, and nothing that fails a check is
    kept. A broken transfer goes on where it stopped. The path of the dataset is printed.

    Example: onrecord download lemonde-en --registry releases
    """
    from onrecord import download as downloads
    from onrecord.errors import OnrecordError
    from onrecord.reports import Report

    if to is not None and to.exists():
        raise OnrecordError("the folder exists", hint="name a new one", file=to)
    with terminal.progress(f"Downloading {spec}", "bytes") as progress:
        found = downloads.fetch(
            spec,
            registry=registry,
            cache=cache,
            progress=progress,
            tables=table,
            formats=form,
            offline=offline,
            lock=lock,
        )
    terminal.findings(Report(found.issues))
    typer.echo(str(_copied(found.folder, to) if to else found.folder))


def _copied(folder: Path, to: Path) -> Path:
    """Copy a dataset aside and move it into place, so that it is there whole or not at all."""
    import shutil

    from onrecord import packages

    with packages.writing(to) as staging:
        shutil.copytree(folder, staging, dirs_exist_ok=True)
    return to
