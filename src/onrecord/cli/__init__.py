"""The command line: `main` runs one command and turns what stopped it into one line, a hint and an exit code."""

from __future__ import annotations

from onrecord.cli import interrupts

__all__ = ["main"]


def main() -> None:
    """Run the command line; Ctrl-C ends it even while it is being imported."""
    interrupts.quiet()
    from onrecord.cli.app import app

    app()
