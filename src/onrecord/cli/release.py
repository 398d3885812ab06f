"""`onrecord release`: a dataset as files that anyone can serve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import terminal
from onrecord.cli.options import DatasetsOption, KeyOption, OutputOption, SeedsOption

if TYPE_CHECKING:
    from onrecord.releases import Release

LOCKS = ("requirements.lock", "uv.lock")


def release(
    collection: Annotated[str, typer.Argument(help="The dataset to release.")],
    *,
    version: Annotated[
        str, typer.Option("--version", help="MAJOR.MINOR.PATCH, or auto: what follows from the difference.")
    ] = "auto",
    output: OutputOption,
    datasets: DatasetsOption = Path("datasets"),
    seeds: SeedsOption = Path("seeds"),
    key: KeyOption = None,
    published: Annotated[
        str | None,
        typer.Option(
            "--published",
            help="The registry that holds the releases so far, where the output does not.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show all, and write nothing.")] = False,
) -> None:
    """Release a dataset for download.

    Writes the package loose and as one zip, checksums, and the index of versions.

    The version follows from the difference to the last good release: MAJOR when a column, key or row goes,
    MINOR when rows or columns come, PATCH when values are corrected; where nothing differs, nothing is
    released. CHANGELOG.md is written from the same difference. The folder can be served by any web server.
    Releasing the same dataset again gives the same bytes; a version that exists with other bytes is refused.
    With a key, checksums and index are signed. The provenance names the commit of the seeds, and the lock file
    beside their folder.

    Example: onrecord release lemonde-en --output releases
    """
    from onrecord import releases
    from onrecord.errors import ReleaseError
    from onrecord.registry import open_registry
    from onrecord.reports import Report
    from onrecord.signing import SecretKey
    from onrecord.validation import staleness

    dataset, source = datasets / collection, seeds / collection
    if not dataset.exists():
        raise ReleaseError("no such dataset", hint=f"build it first: onrecord build {collection}", file=dataset)
    terminal.findings(Report(staleness.stale(dataset, source)))
    made = releases.release(
        dataset,
        version=version,
        output=output,
        key=SecretKey.load(key) if key else None,
        origin=releases.origin_of(source, lock=_lock(seeds)),
        published=open_registry(published) if published else None,
        dry_run=dry_run,
    )
    _show(made, dry_run=dry_run)


def _lock(seeds: Path) -> Path | None:
    return next((path for name in LOCKS if (path := seeds.absolute().parent / name).is_file()), None)


def _show(made: Release, *, dry_run: bool) -> None:
    from onrecord.releases.changelog import newest_entry
    from onrecord.reports import Report

    terminal.findings(Report(made.issues))
    spec = made.entry.spec
    if made.existed and not made.changelog:
        typer.echo(f"The same as {spec}: nothing to release.")
        return
    if dry_run:
        rows = [(path, one.bytes, one.sha256[:16]) for path, one in sorted(made.entry.files.items())]
        rows.append((made.entry.archive.rpartition("/")[2], made.entry.promise.bytes, made.entry.promise.sha256[:16]))
        terminal.table(spec, ("file", "bytes#", "SHA-256 begins"), rows)
    typer.echo(f"CHANGELOG.md says of {spec}:\n\n{terminal.printable(newest_entry(made.changelog))}")
    if made.existed:
        typer.echo(f"Stood there already: {spec} in {made.folder}.")
    elif dry_run:
        typer.echo(f"Nothing was written. Without --dry-run, {spec} comes to {made.folder}.")
    else:
        typer.echo(f"Released: {spec} in {made.folder}.")
        typer.echo(f"Prove it: onrecord verify {made.folder} --rebuild")
        typer.echo(f"Try it: onrecord download {spec} --registry {made.output}")
