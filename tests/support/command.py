"""Run the command line in this process, as a user would from a folder."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from onrecord.cli.app import app


def onrecord(*args: str | Path, cwd: Path, stdin: str | None = None, code: int = 0, **env: str) -> Any:
    """Run one command; its result has `stdout` and `stderr`. The exit code must be `code`."""
    with chdir(cwd):
        done = CliRunner().invoke(app, [str(arg) for arg in args], input=stdin, env=env)
    assert done.exit_code == code, (done.stderr, done.exception)
    assert "Traceback" not in done.stderr
    return done
