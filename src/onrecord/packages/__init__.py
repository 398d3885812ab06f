"""Data Packages: written, read, verified, and put in their place whole."""

from __future__ import annotations

from onrecord.packages.acceptance import acceptance
from onrecord.packages.descriptor import TableFacts, describe, write_descriptor
from onrecord.packages.metadata import Metadata
from onrecord.packages.publishing import locked, recover, replace_folder, writing
from onrecord.packages.readme import readme, write_readme

__all__ = [
    "Metadata",
    "TableFacts",
    "acceptance",
    "describe",
    "locked",
    "readme",
    "recover",
    "replace_folder",
    "write_descriptor",
    "write_readme",
    "writing",
]
