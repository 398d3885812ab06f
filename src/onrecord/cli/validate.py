"""`onrecord validate`: what is wrong, where, and what to do."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import OnrecordError
from onrecord.reports import Severity

if TYPE_CHECKING:
    from onrecord.renderings import Destination, Setting
    from onrecord.reports import Report

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"


def validate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            help="Collections, datasets, their zips or URLs, CSV or Parquet files. By default, datasets and seeds.",
            show_default=False,
        ),
    ] = None,
    *,
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report",
            metavar="FORMAT=FILE",
            help="Write the findings to a file: rich, json, github, sarif, junit or markdown. Give it several times "
            "for several files; the file '-' is standard output.",
            show_default=False,
        ),
    ] = None,
    shown: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="Print the findings in this format instead.", show_default=False
        ),
    ] = None,
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="The least severity that makes the command fail.")
    ] = Severity.ERROR,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Let the findings in this file rest.", show_default=False),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(
            "--write-baseline", metavar="FILE", help="Write all findings to this file: they rest.", show_default=False
        ),
    ] = None,
    touched: Annotated[
        Path | None,
        typer.Option(
            "--touched",
            metavar="LIST",
            help="A file that names the files a change touches, one a line: their findings come first.",
            show_default=False,
        ),
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(
            "--today",
            metavar="DAY",
            formats=["%Y-%m-%d"],
            help="The day after which nothing can have been published; by default today.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check collections, datasets and tables.

    Exits with 1 where something is wrong.

    Example: onrecord validate datasets/lemonde-en --report sarif=out.sarif --report junit=out.xml
    """
    from onrecord import baselines, renderings

    wanted = _wanted(report or [], shown)
    places = paths or [place for place in ("seeds", "datasets") if Path(place).exists()] or ["."]
    resting = baselines.read(baseline) if baseline else None
    setting = _setting(fail_on, touched)
    whole = _validate(places, (today or datetime.now(UTC)).date())
    if write_baseline:
        baselines.write(whole, write_baseline)
        typer.echo(f"{sum(whole.totals.values()):,} findings rest in {write_baseline}", err=True)
    if resting:
        whole = baselines.apply(
            whole, resting, [place if "://" in place else Path(place).as_posix() for place in places]
        )
    _say(whole, wanted, setting)
    failed = renderings.fails(whole, fail_on) and not write_baseline
    typer.echo("valid" if whole.valid else "invalid", err=True)
    raise typer.Exit(1 if failed else 0)


def _wanted(texts: list[str], shown: str | None) -> list[Destination]:
    """Return where reports go; a mistake in an option is a usage error."""
    from onrecord import renderings

    try:
        wanted = [renderings.destination(text) for text in [*texts, *([f"{shown}=-"] if shown else [])]]
    except OnrecordError as error:
        raise typer.BadParameter(f"{error}; {error.hint}", param_hint="--report or --format") from None
    if sum(each.path is None for each in wanted) > 1:
        raise typer.BadParameter("standard output can hold one report", param_hint="--report or --format")
    return wanted


def _setting(fail_on: Severity, touched: Path | None) -> Setting:
    from onrecord import __version__, renderings
    from onrecord.cli.rules import every

    return renderings.Setting(
        lines=renderings.lines_of,
        rules=every(),
        touched=touched.read_text(encoding="utf-8", errors="replace").splitlines() if touched else (),
        fail_on=fail_on,
        width=max(40, shutil.get_terminal_size((100, 24)).columns) if sys.stderr.isatty() else 100,
        colour=sys.stderr.isatty() and "NO_COLOR" not in os.environ,
        version=__version__,
    )


def _validate(places: list[str], today: date) -> Report:
    """Validate every path; one that is there but cannot be used is a finding, so that every report names it."""
    from onrecord import validation
    from onrecord.reports import Report

    whole = Report()
    for place in places:
        try:
            whole.merge(validation.validate(place, today=today))
        except OnrecordError as error:
            if error.file is None or not Path(error.file).is_file():
                raise
            rule = validation.RULES["unusable"]
            hint = error.hint or rule.remedy
            whole.add(rule.issue(error.message, hint=hint, file=Path(error.file).as_posix(), line=error.line))
    whole.extend(validation.stale_among(places))
    return whole


def _say(report: Report, wanted: list[Destination], setting: Setting) -> None:
    from onrecord import renderings

    if all(each.path is not None for each in wanted):
        typer.echo(renderings.render("rich", report, setting), err=True, nl=False)
    for each in wanted:
        each.write(report, setting)
        if each.path is None:
            typer.echo(renderings.render(each.format, report, setting), nl=False)
    if (summary := os.environ.get(STEP_SUMMARY)) and any(each.format == "github" for each in wanted):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(renderings.render("markdown", report, setting))
