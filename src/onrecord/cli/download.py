"""`onrecord download`: a released dataset, verified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import terminal
from onrecord.cli.options import RegistryOption


def download(
    spec: Annotated[str, typer.Argument(metavar="NAME[@VERSION]", help="The dataset; the newest version by default.")],
    *,
    registry: RegistryOption,
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

    Every byte is checked before anything is unpacked into the cache.

    The path of the unpacked dataset is printed. Nothing that fails a check is kept.

    Example: onrecord download lemonde-en --registry releases
    """
    from onrecord import download as downloads

    with terminal.progress(f"Downloading {spec}", "bytes") as progress:
        folder = downloads.download(spec, registry=registry, cache=cache, progress=progress)
    typer.echo(str(folder))
