"""`onrecord release`: a dataset as files that anyone can serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.options import DatasetsOption, KeyOption, OutputOption


def release(
    collection: Annotated[str, typer.Argument(help="The dataset to release.")],
    *,
    version: Annotated[str, typer.Option("--version", help="Its version: MAJOR.MINOR.PATCH.")],
    output: OutputOption,
    datasets: DatasetsOption = Path("datasets"),
    key: KeyOption = None,
    commit: Annotated[
        str | None,
        typer.Option("--commit", help="The commit the seeds stand at, for the provenance.", show_default=False),
    ] = None,
) -> None:
    """Release a dataset for download.

    Writes the package loose and as one zip, checksums, and the index of versions.

    The folder can be served by any web server. Releasing the same dataset again gives the same bytes;
    a version that exists with other bytes is refused. With a key, checksums and index are signed.

    Example: onrecord release lemonde-en --version 1.0.0 --output releases
    """
    from onrecord import releases
    from onrecord.signing import SecretKey

    secret = SecretKey.load(key) if key else None
    made = releases.release(datasets / collection, version=version, output=output, key=secret, commit=commit)
    typer.echo(f"{'Stood there already' if made.existed else 'Released'}: {collection} {version} in {made.folder}.")
    typer.echo(f"Try it: onrecord download {collection}@{version} --registry {output}")
