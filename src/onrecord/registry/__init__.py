"""A registry of releases: a folder, served over HTTP or on disk, whose index says what it holds."""

from __future__ import annotations

from onrecord.registry.http import Patience
from onrecord.registry.index import Entry, Index, Listing
from onrecord.registry.parts import Progress
from onrecord.registry.reading import Registry, Resolution, open_registry, resolve
from onrecord.registry.trust import trust, trusted_key
from onrecord.registry.versions import Spec, is_version, sort_key

__all__ = [
    "Entry",
    "Index",
    "Listing",
    "Patience",
    "Progress",
    "Registry",
    "Resolution",
    "Spec",
    "is_version",
    "open_registry",
    "resolve",
    "sort_key",
    "trust",
    "trusted_key",
]
