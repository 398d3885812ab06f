"""`onrecord verify`: whether a package is what it was released as."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import terminal


def verify(
    package: Annotated[Path, typer.Argument(help="A dataset or release: a folder or a zip.")],
    *,
    key: Annotated[
        Path | None, typer.Option("--key", help="The public key that must have signed it.", show_default=False)
    ] = None,
) -> None:
    """Hold a package against its own hashes.

    Every file is compared with the descriptor and the checksums, and these with the signature where a key
    is given. `onrecord validate` checks the data as well.

    Example: onrecord verify releases/lemonde-en/1.0.0
    """
    from onrecord import packages
    from onrecord.signing import PublicKey

    public = PublicKey.parse(key.read_text(encoding="utf-8")) if key else None
    report = packages.verify(package, public)
    terminal.findings(report)
    typer.echo("verified" if report.valid else "not what it was released as", err=True)
    raise typer.Exit(0 if report.valid else 1)
