"""How quickly does the command line start? `onrecord --help` against `import typer`, in the same run.

.venv/bin/python benchmarks/startup.py
"""

from __future__ import annotations

import subprocess
import sys
import time


def seconds(*command: str, runs: int = 15) -> float:
    """Return the median time of a command in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return sorted(times)[runs // 2]


if __name__ == "__main__":
    floor = seconds(sys.executable, "-c", "import typer")
    ours = seconds(sys.executable, "-m", "onrecord.cli", "--help")
    print(f"import typer: {floor * 1000:.0f} ms; onrecord --help: {ours * 1000:.0f} ms; ratio {ours / floor:.2f}")
