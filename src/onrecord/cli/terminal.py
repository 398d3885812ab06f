"""What commands show: progress bars, tables and findings. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import typer

from onrecord.cli import interrupts

if TYPE_CHECKING:
    from rich.console import Console, OverflowMethod

    from onrecord.reports import Issue, Report

SHOWN = 20
"""Findings shown one by one; the rest are counted."""


class Progress(Protocol):
    """Called with how much is done and how much there is."""

    def __call__(self, done: int, total: int) -> None:
        """Show it."""


def console(*, stderr: bool = True) -> Console:
    """Return a console; colour only on a terminal."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=not (sys.stderr if stderr else sys.stdout).isatty())


@contextmanager
def progress(title: str, unit: str) -> Iterator[Progress]:
    """Show a progress bar on a terminal, of bytes with their speed, and nothing elsewhere.

    A Ctrl-C that got lost is found here.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: interrupts.check()  # noqa: ARG005 -- nobody watches
        return
    from rich import progress as bars

    done = [bars.MofNCompleteColumn(), bars.TextColumn(unit)]
    if unit == "bytes":
        done = [bars.DownloadColumn(), bars.TransferSpeedColumn()]
    columns = (bars.TextColumn("{task.description}"), bars.BarColumn(), *done, bars.TimeRemainingColumn())
    with bars.Progress(*columns, console=console(), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def show(done: int, total: int) -> None:
            interrupts.check()
            bar.update(task, completed=done, total=total)

        yield show


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    lines: bool = False,
    one_line: bool = False,
    wide: str | None = None,
) -> None:
    """Print a table; columns whose name ends in '#' are numbers.

    With `one_line`, long cells are cut; the column `wide` gets twice the room of others.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shape = Table(
        title=title or None, box=box.SIMPLE_HEAD, title_justify="left", show_lines=lines, expand=wide is not None
    )
    for place, name in enumerate(columns):
        number = name.endswith("#")
        cut: OverflowMethod = "ellipsis" if one_line else "fold"
        share = None if wide is None or number or not place else 2 if name == wide else 1
        shape.add_column(
            name.rstrip("#"),
            justify="right" if number else "left",
            overflow=cut,
            no_wrap=one_line or number,
            ratio=share,
        )
    for row in rows:
        shape.add_row(*(Text(printable(cell)) for cell in row))
    console(stderr=False).print(shape)


def printable(value: object) -> str:
    r"""Return a value as text in which no control character can act on a terminal.

    >>> printable("a\x1b[2Jb")
    'a�[2Jb'
    """
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() or c == "\n" else " " if c.isspace() else "\ufffd" for c in text)


COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


def findings(report: Report) -> None:
    """Print findings, worst first, with their hints; then how many there are of each code."""
    from onrecord.reports import Severity

    order = {severity: place for place, severity in enumerate(Severity)}
    worst = sorted(report, key=lambda issue: order[issue.severity])
    for issue in worst[:SHOWN]:
        finding(issue)
    total = sum(report.totals.values())
    if total > min(len(worst), SHOWN):
        counts = ", ".join(f"{code} {count:,}" for code, count in sorted(report.totals.items()))
        typer.echo(f"{total:,} findings in all: {counts}", err=True)


def finding(issue: Issue) -> None:
    """Print one finding and its hint."""
    place = ":".join(printable(part) for part in (issue.file, issue.line, issue.column) if part is not None)
    row = " ".join(
        f"{name} {printable(v)}"
        for name, v in (("table", issue.table), ("row", issue.key), ("column", issue.field))
        if v
    )
    where = "; ".join(part for part in (place, row) if part)
    kind = typer.style(f"{issue.severity}[{issue.code}]", fg=COLOURS[issue.severity])
    typer.echo(f"{where + ': ' if where else ''}{kind} {printable(issue.message)}", err=True)
    if issue.hint:
        typer.echo(f"  hint: {printable(issue.hint)}", err=True)


def ask(what: str, default: str | None = None, option: str = "") -> str:
    """Return the answer to a question, which an option would have given too.

    Raises
    ------
    OnrecordError
        Nobody is there to answer.
    """
    from onrecord.errors import OnrecordError

    try:
        answer: str = typer.prompt(what, default=default, err=True)
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        typer.echo(err=True)
        raise OnrecordError(f"{option} is missing, and nobody is there to answer", hint=f"give {option}") from None
    return answer
