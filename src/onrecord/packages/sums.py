"""`SHA256SUMS`: the form that `sha256sum --check` reads, over every file of a released package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.archives import unsafe
from onrecord.errors import PackageError
from onrecord.signing import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "SHA256SUMS"
UNLISTED = frozenset({FILE_NAME, FILE_NAME + SUFFIX})
"""What the checksums cannot list: themselves, and their signature."""
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def format_sums(hashes: Mapping[str, str]) -> str:
    r"""Return the text for a path's hash each, sorted by path.

    >>> format_sums({"b": "0" * 64, "a": "1" * 64}).splitlines()[0][-4:]
    '1  a'
    """
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items()))


def parse_sums(text: str) -> dict[str, str]:
    """Return the hash of each path.

    Raises
    ------
    PackageError
        A line is malformed, names an unsafe path, or a path a second time.
    """
    hashes: dict[str, str] = {}
    for number, line in enumerate(text.split("\n")[:-1], 1):
        match = LINE.fullmatch(line)
        if match is None or unsafe(match[2]) or match[2] in hashes:
            raise PackageError("not a checksum line", hint="fetch the release again", file=FILE_NAME, line=number)
        hashes[match[2]] = match[1]
    return hashes
