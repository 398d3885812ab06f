"""What does a build cost where little or nothing changed? A first build against the ones after it.

    .venv/bin/python benchmarks/incremental.py [--documents 1000] [--documents 10000] [--workers 1]

Builds invented articles, builds them again, then changes, adds and removes one document and builds after each.
Times are processor seconds of the command and its workers; the result of the last build is compared with a
clean build, byte for byte.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from articles import article, collection


def seconds(folder: Path, datasets: str, workers: int) -> float:
    """Build, and return the processor time in seconds."""
    command = [sys.executable, "-m", "onrecord.cli", "build", "--datasets", datasets, "--workers", str(workers)]
    before = os.times()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def same(one: Path, other: Path) -> bool:
    """Tell whether two datasets hold the same files with the same bytes."""
    names = [{path.relative_to(root) for path in root.rglob("*") if path.is_file()} for root in (one, other)]
    return names[0] == names[1] and not any(filecmp.cmpfiles(one, other, names[0], shallow=False)[1:])


def measure(count: int, workers: int) -> None:
    """Print what each build costs, in seconds and as a share of the first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds = folder / "seeds" / "invented"
        collection(count, seeds)
        first = seconds(folder, "datasets", workers)
        print(f"{count:,} documents: first build {first:.1f} s, {1000 * first / count:.1f} ms a document")
        changes = {
            "unchanged": lambda: None,
            "one changed": lambda: (seeds / "000007.txt").write_text(article(count + 1), encoding="utf-8"),
            "one added": lambda: (seeds / "another.txt").write_text(article(count + 2), encoding="utf-8"),
            "one removed": (seeds / "000003.txt").unlink,
        }
        for what, change in changes.items():
            change()
            took = seconds(folder, "datasets", workers)
            print(f"  {what}: {took:.2f} s, {took / first:.1%} of the first build")
        seconds(folder, "clean", workers)
        equal = same(folder / "datasets" / "invented", folder / "clean" / "invented")
        print(f"  the same bytes as a clean build: {'yes' if equal else 'NO'}")
        shutil.rmtree(folder / "datasets")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, action="append")
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    for count in args.documents or [1000, 10000]:
        measure(count, args.workers)


if __name__ == "__main__":
    main()
