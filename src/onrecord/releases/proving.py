"""Verify a release: its hashes, its signature, its schemas and the laws of the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import packages
from onrecord.packages import sums
from onrecord.releases.rules import RULES
from onrecord.reports import Report
from onrecord.signing import SUFFIX
from onrecord.validation import validate

if TYPE_CHECKING:
    from onrecord.signing import PublicKey


def verify(path: str | Path, public_key: PublicKey | None = None) -> Report:
    """Return every finding about a package: of its files, its tables and, where a key is given, its signature.

    Raises
    ------
    PackageError, IntegrityError
        It is no package, or its zip is not to be trusted.
    """
    package = packages.open_package(path)
    report = validate(package.path)
    if public_key is not None:
        report.extend(package.verify_signature(public_key))
    elif sums.FILE_NAME + SUFFIX in package.measure():
        report.add(RULES["signature-unchecked"].issue("it is signed, and no key is given", file=str(package.path)))
    return report
