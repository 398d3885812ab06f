"""`onrecord verify`: whether a package is what it was released as, and what its documents give."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import terminal
from onrecord.cli.options import WorkersOption

if TYPE_CHECKING:
    from onrecord.diff import Difference
    from onrecord.releases import Rebuilt


def verify(
    release: Annotated[Path, typer.Argument(help="A release or dataset: a folder or a zip.")],
    *,
    key: Annotated[
        Path | None, typer.Option("--key", help="The public key that must have signed it.", show_default=False)
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build it again from its documents, and compare the bytes.")
    ] = False,
    seeds: Annotated[
        Path | None,
        typer.Option(
            "--seeds",
            help="Rebuild from these documents. By default from the commit that the release names.",
            show_default=False,
        ),
    ] = None,
    repository: Annotated[Path, typer.Option("--repository", help="The git checkout that has the commit.")] = Path(),
    workers: WorkersOption = None,
) -> None:
    """Hold a release against its hashes, its signature, its schemas and the laws of the data.

    Every file is compared with the descriptor and the checksums, these with the signature where a key is
    given, and the tables with their declarations and with each other.

    With --rebuild the release is built again, in a temporary folder, from the documents of the commit that
    it names, and every byte compared; what differs is shown by table and row. Where it was made by other
    versions of the software, which may write the same rows in other bytes, the rows decide.

    Example: onrecord verify releases/lemonde-en/1.0.0 --rebuild
    """
    from onrecord import releases
    from onrecord.signing import PublicKey

    public = PublicKey.parse(key.read_text(encoding="utf-8")) if key else None
    report = releases.verify(release, public)
    terminal.findings(report)
    typer.echo("verified" if report.valid else "not what it was released as", err=True)
    proven = report.valid
    if rebuild or seeds is not None:
        with terminal.progress(f"Rebuilding {release.name}", "documents") as progress:
            again = releases.rebuild(release, seeds=seeds, repository=repository, workers=workers, progress=progress)
        _show(again)
        proven &= again.proven
    raise typer.Exit(0 if proven else 1)


def _show(again: Rebuilt) -> None:
    source = "the documents given" if again.commit is None else f"commit {again.commit[:12]}"
    for name, (then, now) in again.software.items():
        typer.echo(f"It was made with {name} {then or 'unknown'}; here is {now or 'none'}.", err=True)
    if again.same_bytes:
        typer.echo(f"rebuilt from {source}: the same bytes", err=True)
        return
    terminal.table("files that are not the same", ("file", "what"), again.files.items())
    if again.difference is not None:
        _explain(again.difference)
    if again.same_rows and again.software:
        typer.echo(f"rebuilt from {source}: the same rows, written by other software", err=True)
    elif again.same_rows:
        typer.echo(f"rebuilt from {source}: the same rows, in other bytes", err=True)
    else:
        typer.echo(f"rebuilt from {source}: other rows", err=True)


def _explain(difference: Difference) -> None:
    """Print which rows of which tables are not those of the release."""
    changed = [table for table in difference.tables if not table.same]
    if not changed:
        return
    rows = [
        (table.name, table.rows_old, table.rows_new, table.added, table.removed, table.changed) for table in changed
    ]
    columns = ("table", "rows released#", "rebuilt#", "more#", "missing#", "other#")
    terminal.table("rows that are not the same", columns, rows)
    for table in changed:
        cells = [(cell.key, cell.column, cell.old, cell.new) for cell in table.examples.items]
        if cells:
            terminal.table(f"{table.name}: {table.changed:,} rows", ("row", "column", "released", "rebuilt"), cells)
