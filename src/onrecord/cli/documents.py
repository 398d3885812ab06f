"""Pages of documentation that are made: print them, or check that a file holds them."""

from __future__ import annotations

from pathlib import Path

import typer

from onrecord.errors import OnrecordError


def current_or_print(text: str, check: Path | None, command: str) -> None:
    """Print a page, or raise an error unless the file `check` holds it; `command` is what makes it."""
    if check is None:
        typer.echo(text, nl=False)
    elif not check.is_file() or check.read_text(encoding="utf-8") != text:
        raise OnrecordError("not what is made now", hint=f"run `{command} > {check}`", file=check)
