"""Fill in the words that rights keep out of a dataset, from the reader's own copies of the documents.

A document is known by its bytes and not by its name. Its body is made by the converter that made the row, and
stands in the new package only when its hash is the one that the row gives.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import archives, files, packages, tables
from onrecord.errors import PackageError
from onrecord.packages import sums
from onrecord.packages.descriptor import FILE_NAME as DESCRIPTOR
from onrecord.packages.descriptor import in_order
from onrecord.packages.readme import FILE_NAME as README
from onrecord.rehydrate.copies import Convert, Texts, gather, reader
from onrecord.rehydrate.filling import fill, is_withheld
from onrecord.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Convert", "Rehydration", "rehydrate"]


@dataclass(frozen=True, slots=True)
class Rehydration:
    """What came of it: bodies filled, bodies that were withheld, and a finding for each that stays empty."""

    filled: int
    withheld: int
    report: Report
    folder: Path


def rehydrate(
    package: str | Path, copies: str | Path, output: str | Path, *, convert: Convert | None = None
) -> Rehydration:
    """Write a package like `package`, its withheld words filled in from documents below `copies`.

    Parameters
    ----------
    package
        A package's folder.
    copies
        A folder with one's own copies of the documents, under any names; a `collection.toml` above them says
        how they are read, or else the package does.
    output
        The folder of the new package. It is for its owner: `onrecord release` refuses it.
    convert
        Makes articles of the document at a path; by default as just said.

    Returns
    -------
    Rehydration
        With findings `copy-missing` (no document with the row's hash), `body-differs` (a document is there,
        and another body comes out of it) and `quote-differs` (the package contradicts itself).

    Raises
    ------
    PackageError
        There is no package, `package` is a zip, or `output` is the package itself or one of `copies`.
    """
    source = packages.open_package(package)
    target = Path(output)
    if source.is_archive:
        raise PackageError("bodies are filled in a folder", hint="unpack the zip first", file=source.path)
    if not Path(copies).is_dir():
        raise PackageError("no such folder", hint="name the folder that holds your copies", file=copies)
    if target.resolve() in {source.path.resolve(), Path(copies).resolve()}:
        raise PackageError("the output would replace what is read", hint="name another folder", file=target)
    report = Report()
    with packages.writing(target) as staging:
        with closing(Texts(staging / ".texts")) as texts:
            wanted = {row["seed_sha256"] for row in _rows(source, "articles") if is_withheld(row)}
            gather(wanted, Path(copies), texts, convert or reader(source))
            _copy(source.path, staging)
            filled, withheld = _write(source, staging, texts, report)
        _describe(source, staging)
    return Rehydration(filled, withheld, report, target)


def _rows(source: packages.Package, table: str) -> Iterator[dict[str, Any]]:
    for batch in tables.stream_parquet(source.path / "data" / f"{table}.parquet", table):
        yield from batch.to_pylist()


def _write(source: packages.Package, staging: Path, texts: Texts, report: Report) -> tuple[int, int]:
    """Write the tables anew, each row filled as far as it can be; return bodies filled and bodies withheld."""
    withheld = empty = 0
    for table in in_order(source.tables):
        with ExitStack() as stack:
            path = staging / "data" / table
            writers = (
                stack.enter_context(tables.CsvWriter(path.with_suffix(".csv"), table)),
                stack.enter_context(tables.ParquetWriter(path.with_suffix(".parquet"), table)),
            )
            for batch in tables.stream_parquet(source.path / "data" / f"{table}.parquet", table):
                rows = batch.to_pylist()
                withheld += sum(is_withheld(row) for row in rows) if table == "articles" else 0
                for row in rows:
                    report.extend(fill(table, row, texts))
                empty += sum(is_withheld(row) for row in rows) if table == "articles" else 0
                for writer in writers:
                    writer.write(tables.to_batch(table, rows))
    return withheld - empty, withheld


def _copy(source: Path, staging: Path) -> None:
    """Copy what is not a table, and not written anew."""
    (staging / "data").mkdir()
    for name, path in files.files_below(source):
        is_written = name.startswith(("data/", ".")) or name in {DESCRIPTOR, README, *sums.UNLISTED, *DESCRIBING}
        if not is_written and not archives.unsafe(name):
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, staging / name)


DESCRIBING = frozenset({"CITATION.cff", "chunks.json", "croissant.json", "provenance.json"})
"""What a release says of its own bytes, which are others here."""


def _describe(source: packages.Package, staging: Path) -> None:
    """Describe the new files, and say that they are not to be handed on."""
    rights = {**source.descriptor.get("onrecord:rights", {}), "body": packages.REHYDRATED}
    rights.pop("quotes", None)
    resources = packages.describe_resources(staging, packages.facts_of(staging))
    descriptor = {**source.descriptor, "onrecord:rights": rights, "resources": resources}
    files.write_whole(staging / DESCRIPTOR, files.to_json(descriptor).encode())
    packages.write_readme(staging)
