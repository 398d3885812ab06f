"""The command line: `main` runs one command and turns what stopped it into one line, a hint and an exit code."""

from __future__ import annotations

from onrecord.cli.app import main

__all__ = ["main"]
