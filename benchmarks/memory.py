"""Does memory grow with the corpus? Build 2,000 and 20,000 invented articles and compare the peaks.

    .venv/bin/python benchmarks/memory.py [--small 2000] [--large 20000] [--workers 1]

The peak is that of the sum of the resident memory of the command and its workers, each page shared
between processes counted in parts (PSS), read from /proc twenty times a second. Linux only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from articles import collection


def tree(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += tree(int(child))
    return found


def pss(pid: int) -> int:
    """Return a process's share of memory in KiB; 0 where it has ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def peak(count: int, workers: int) -> tuple[float, float]:
    """Build `count` articles; return the peak in MiB and the seconds taken."""
    with tempfile.TemporaryDirectory() as folder:
        collection(count, Path(folder) / "seeds" / "invented")
        command = [sys.executable, "-m", "onrecord.cli", "build", "--workers", str(workers)]
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        most = 0
        while process.poll() is None:
            try:
                most = max(most, sum(map(pss, tree(process.pid))))
            except OSError:
                continue
            time.sleep(0.05)
        if process.returncode:
            raise SystemExit(f"the build of {count} articles failed")
        return most / 1024, time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--small", type=int, default=2000)
    parser.add_argument("--large", type=int, default=20000)
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    small, took_small = peak(args.small, args.workers)
    large, took_large = peak(args.large, args.workers)
    print(f"{args.small} articles: {small:.0f} MiB, {took_small:.1f} s")
    print(f"{args.large} articles: {large:.0f} MiB, {took_large:.1f} s")
    print(f"ratio of memory: {large / small:.2f} (at most 1.3 is asked)")


if __name__ == "__main__":
    main()
