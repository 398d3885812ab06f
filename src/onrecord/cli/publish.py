"""`onrecord publish`: releases to where others read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import terminal
from onrecord.cli.options import KeyOption

if TYPE_CHECKING:
    from onrecord.releases import Published


def publish(
    release: Annotated[Path, typer.Argument(help="A version's folder, as releases/NAME/1.0.0, or all of releases.")],
    *,
    to: Annotated[str, typer.Option("--to", help="A folder, s3://BUCKET/PATH, or another URL that fsspec writes.")],
    key: KeyOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be sent, and write nothing.")] = False,
) -> None:
    """Bring releases to a folder or store.

    The data are sent first and the index last, so that no reader is pointed at a file that is not there.

    What is published stays: other datasets and versions are kept, a version with other bytes is refused, and
    what was withdrawn by `onrecord yank` is withdrawn there. A run that was broken off is gone on with by the
    next. S3 needs `pip install 'onrecord[s3]'` and takes credentials from AWS_ACCESS_KEY_ID and the other
    settings of AWS; onrecord keeps none. Let one process publish to a store at a time.

    Example: onrecord publish releases/lemonde-en/1.0.0 --to s3://my-bucket/releases
    """
    from onrecord import releases
    from onrecord.signing import SecretKey

    secret = SecretKey.load(key) if key else None
    with terminal.progress(f"Publishing to {to}", "bytes") as progress:
        made = releases.publish(release, to=to, key=secret, progress=progress, dry_run=dry_run)
    _show(made, dry_run=dry_run)


def _show(made: Published, *, dry_run: bool) -> None:
    sent = sum(upload.promise.bytes for upload in made.sent)
    if dry_run:
        rows = [(upload.path, upload.promise.bytes, "send") for upload in made.sent]
        rows += [(upload.path, upload.promise.bytes, "there") for upload in made.kept]
        rows += [(path, 0, "remove") for path in made.removed]
        rows += [("index.json", 0, "replace")] if made.changed else []
        terminal.table(made.target, ("file", "bytes#", "what"), rows)
        typer.echo("Nothing was written.")
        return
    for entry in made.entries:
        gone = " (withdrawn, its bytes removed)" if entry.deleted else " (withdrawn)" if entry.yanked else ""
        typer.echo(f"Published: {entry.spec} at {made.target}{gone}.")
    there = f", {len(made.kept):,} were there" if made.kept else ""
    removed = f", {len(made.removed):,} removed" if made.removed else ""
    typer.echo(f"{len(made.sent):,} files, {sent:,} bytes sent{there}{removed}; change {made.serial} of the index.")
