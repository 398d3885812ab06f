"""Find collections and read their documents.

A collection is a folder below `seeds/` with a `collection.toml` and the raw documents as received;
it becomes one dataset.
"""

from __future__ import annotations

from onrecord.seeds import corrected, expectations, takedowns
from onrecord.seeds.conversion import convert, documents, home, loose
from onrecord.seeds.descriptor import Collection, Expectations, check, load, parse
from onrecord.seeds.documents import Seed, distinct, find, listing, read
from onrecord.seeds.rights import Rights
from onrecord.seeds.template import create

__all__ = [
    "Collection",
    "Expectations",
    "Rights",
    "Seed",
    "check",
    "convert",
    "corrected",
    "create",
    "distinct",
    "documents",
    "expectations",
    "find",
    "home",
    "listing",
    "load",
    "loose",
    "parse",
    "read",
    "takedowns",
]
