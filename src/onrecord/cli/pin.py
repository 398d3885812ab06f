"""`onrecord pin`: write down exact versions, for a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.options import RegistryOption


def pin(
    specs: Annotated[list[str], typer.Argument(metavar="NAME[@VERSION]", help="The datasets.")],
    *,
    registry: RegistryOption = None,
    lock: Annotated[Path, typer.Option("--lock", help="The lock file.")] = Path("onrecord.lock"),
) -> None:
    """Write down exact versions and hashes.

    `onrecord download NAME --lock onrecord.lock` then gives the same bytes, or an error.

    Example: onrecord pin lemonde-en@^1.0 --registry releases
    """
    from onrecord import download as downloads

    pins = downloads.pin(specs, registry=registry, path=lock)
    for name, one in pins.items():
        typer.echo(f"{name}@{one.version} from {one.registry}")
    typer.echo(f"Written to {lock}.")
