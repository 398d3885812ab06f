"""`onrecord trust`: accept a registry only with its key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def trust(
    registry: Annotated[str, typer.Argument(help="The registry: a URL or a folder.")],
    key: Annotated[Path, typer.Argument(help="Its public key: a file that ends in .pub.")],
) -> None:
    """Accept a registry only with its key.

    From now on, downloads from this registry must be signed by the key.

    Example: onrecord trust https://example.org/releases release.key.pub
    """
    from onrecord.registry import open_registry
    from onrecord.registry.trust import trust as keep
    from onrecord.signing import PublicKey

    public = PublicKey.parse(key.read_text(encoding="utf-8"))
    path = keep(open_registry(registry).key, public)
    typer.echo(f"{registry} is trusted with key {public.fingerprint}, kept in {path}.")
