"""`onrecord yank`: withdraw a released version."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.options import KeyOption, OutputOption


def yank(
    spec: Annotated[str, typer.Argument(metavar="NAME@VERSION", help="The version to withdraw.")],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why, in one sentence: readers are told.")],
    output: OutputOption,
    key: KeyOption = None,
    delete: Annotated[bool, typer.Option("--delete", help="Remove its bytes as well.")] = False,
) -> None:
    """Withdraw a released version.

    Whoever asks for the dataset gets the next good version and is told the reason. The bytes of this one stay
    for whoever asks for it exactly; with --delete they go, and only their hashes stay, so that a copy can still
    be verified. `onrecord publish` brings the withdrawal to where the version is published.

    Example: onrecord yank lemonde-en@1.0.0 --reason "a quote had the wrong speaker" --output releases
    """
    from onrecord import releases
    from onrecord.signing import SecretKey

    secret = SecretKey.load(key) if key else None
    entry = releases.yank(spec, reason=reason, output=output, key=secret, delete=delete)
    typer.echo(f"Withdrawn: {entry.spec}{', and its bytes removed' if entry.deleted else ''}.")
    typer.echo(f"Where it is published, too: onrecord publish {output} --to TARGET")
