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
) -> None:
    """Withdraw a released version.

    Its bytes stay and can still be verified. Whoever asks for the dataset gets the next good version;
    whoever asks for this one gets it, and is told the reason.

    Example: onrecord yank lemonde-en@1.0.0 --reason "a quote had the wrong speaker" --output releases
    """
    from onrecord import releases
    from onrecord.signing import SecretKey

    entry = releases.yank(spec, reason=reason, output=output, key=SecretKey.load(key) if key else None)
    typer.echo(f"Withdrawn: {entry.spec}.")
