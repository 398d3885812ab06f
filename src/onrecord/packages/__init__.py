"""Data Packages: written, read, verified, and put in their place whole."""

from __future__ import annotations

from onrecord.packages.acceptance import acceptance
from onrecord.packages.dataset import Dataset
from onrecord.packages.descriptor import TableFacts, describe, describe_resources, facts_of, write_descriptor
from onrecord.packages.metadata import REHYDRATED, Metadata
from onrecord.packages.publishing import locked, recover, replace_folder, writing
from onrecord.packages.reading import Package, open_package, verify
from onrecord.packages.readme import readme, write_readme

__all__ = [
    "REHYDRATED",
    "Dataset",
    "Metadata",
    "Package",
    "TableFacts",
    "acceptance",
    "describe",
    "describe_resources",
    "facts_of",
    "locked",
    "open_package",
    "readme",
    "recover",
    "replace_folder",
    "verify",
    "write_descriptor",
    "write_readme",
    "writing",
]
