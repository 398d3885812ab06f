"""How fast the html converter is beside trafilatura alone, on the same pages in the same run.

Usage: python benchmarks/html_speed.py FOLDER [ROUNDS]   (a folder of saved pages, gzipped or not)
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from onrecord.converters.html import convert
from onrecord.records import Defaults, Document


def seconds(read: Callable[[bytes], object], pages: list[bytes]) -> float:
    """Return how long all pages take."""
    start = time.perf_counter()
    for page in pages:
        read(page)
    return time.perf_counter() - start


def alone(page: bytes) -> object:
    """Read a page as trafilatura does by itself: main text and metadata."""
    return trafilatura.bare_extraction(page, favor_precision=True, include_comments=False, with_metadata=True)


def converted(page: bytes) -> object:
    """Read a page as a build does."""
    return list(convert(Document.of("page.html", page), Defaults()))


def main() -> None:
    """Print pages a second of both, the best of the rounds, and their ratio."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    packed = [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]
    pages = [gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data for data in packed]
    times = [(seconds(alone, pages), seconds(converted, pages)) for _ in range(rounds)]
    theirs, ours = (min(column) for column in zip(*times, strict=True))
    print(f"{len(pages)} pages, best of {rounds} rounds")
    print(f"trafilatura alone  {len(pages) / theirs:7.1f} pages/s")
    print(f"html converter     {len(pages) / ours:7.1f} pages/s")
    print(f"ratio              {theirs / ours:7.2f}")


if __name__ == "__main__":
    main()
