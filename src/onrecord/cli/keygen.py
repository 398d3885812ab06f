"""`onrecord keygen`: make a key to sign releases with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def keygen(file: Annotated[Path, typer.Argument(help="Where the secret key goes; it must not exist yet.")]) -> None:
    """Make a key to sign releases with.

    The secret key is for your eyes alone: keep it out of every repository. The public key is written
    beside it, with `.pub`, and is for everyone.

    Example: onrecord keygen ~/.config/onrecord/release.key
    """
    from onrecord.signing import SecretKey

    made = SecretKey.create(file)
    typer.echo(f"Wrote {file} (secret) and {file}.pub (public), key {made.public.fingerprint}.")
    typer.echo("Next: onrecord release NAME --output releases --key " + str(file))
