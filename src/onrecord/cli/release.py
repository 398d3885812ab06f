"""`onrecord release`: a dataset as files that anyone can serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.options import DatasetsOption


def release(
    collection: Annotated[str, typer.Argument(help="The dataset to release.")],
    *,
    version: Annotated[str, typer.Option("--version", help="Its version: MAJOR.MINOR.PATCH.")],
    output: Annotated[Path, typer.Option("--output", help="The folder of all releases, to be served as it is.")],
    datasets: DatasetsOption = Path("datasets"),
) -> None:
    """Release a dataset for download.

    Writes the package loose and as one zip, checksums, and the index of versions.

    The folder can be served by any web server. Releasing the same dataset again gives the same bytes;
    a version that exists with other bytes is refused.

    Example: onrecord release lemonde-en --version 1.0.0 --output releases
    """
    from onrecord import releases

    made = releases.release(datasets / collection, version=version, output=output)
    typer.echo(f"Released {collection} {version} into {made.folder}.")
    typer.echo(f"Try it: onrecord download {collection}@{version} --registry {output}")
