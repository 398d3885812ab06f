"""Make releases, compare, withdraw, prove and publish them.

    OUTPUT/index.json                          the datasets and versions, with sizes and hashes
    OUTPUT/index.schema.json                   the form of the index
    OUTPUT/<name>/<name>-<version>.zip         the package in one piece
    OUTPUT/<name>/<version>/...                the same package, file by file
    OUTPUT/<name>/<version>/SHA256SUMS         what `sha256sum --check` reads

The bytes depend on the dataset, its version and what was released before alone. Everything is written aside and
renamed, the index last, so that nobody is ever pointed at a file that is not whole.
"""

from __future__ import annotations

from onrecord.packages.provenance import Origin
from onrecord.releases.listing import read_index
from onrecord.releases.making import AUTO, Checker, Release, release
from onrecord.releases.origins import origin_of
from onrecord.releases.proving import verify
from onrecord.releases.publishing import Published, publish
from onrecord.releases.rebuilding import Rebuilt, rebuild
from onrecord.releases.verdicts import Level, Reason, Verdict, judge
from onrecord.releases.withdrawing import yank

__all__ = [
    "AUTO",
    "Checker",
    "Level",
    "Origin",
    "Published",
    "Reason",
    "Rebuilt",
    "Release",
    "Verdict",
    "judge",
    "origin_of",
    "publish",
    "read_index",
    "rebuild",
    "release",
    "verify",
    "yank",
]
