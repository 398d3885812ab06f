"""Names and paths as they stand in SQL."""

from __future__ import annotations

from pathlib import Path


def quoted(name: str) -> str:
    """Return a name as an SQL identifier.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(path: Path) -> str:
    """Return a path as an SQL literal in which nothing is a pattern.

    >>> literal(Path("/a/[b]'s.parquet"))
    "'/a/[[]b]''s.parquet'"
    """
    plain = "".join(f"[{c}]" if c in "*?[" else c for c in str(path.absolute()))
    return "'" + plain.replace("'", "''") + "'"


def plain(path: Path) -> str:
    """Return a path as an SQL literal, for a file to be written.

    >>> plain(Path("/a/b's.parquet"))
    "'/a/b''s.parquet'"
    """
    return "'" + str(path.absolute()).replace("'", "''") + "'"
