"""What the options of each converter of this package are called, so that a misspelt one is found before a build."""

from __future__ import annotations

from collections.abc import Mapping

PAGE = frozenset(("encoding", "capture_date"))
OPTIONS: Mapping[str, frozenset[str]] = {
    "capture": PAGE | {"profile"},
    "csv": frozenset(("columns", "delimiter", "encoding")),
    "feed": frozenset(),
    "html": PAGE,
    "jsonl": frozenset(("columns",)),
    "parquet": frozenset(("columns",)),
    "warc": PAGE,
}
ANY = frozenset(("explain",))
"""What every converter understands."""


def known(converter: str | None) -> frozenset[str] | None:
    """Return what the options of a converter are called; of none, those of all; None where only a plug-in knows.

    >>> sorted(known("jsonl"))
    ['columns', 'explain']
    >>> known("mine") is None
    True
    """
    if converter is None:
        return ANY.union(*OPTIONS.values())
    return ANY | OPTIONS[converter] if converter in OPTIONS else None
