"""Measure `onrecord diff` against reading both sides once, on the same files, in one run.

    python benchmarks/differences.py [ARTICLES] [FOLDER]

Makes a dataset of 20 rows an article (200,000 articles, 4 million rows, by default) and one in which a hundredth of
the rows changed and a thousandth is gone, in FOLDER if given, else a temporary one. Prints rows, seconds of the wall
and of the processor, and the most memory of a process each: of reading every cell of both with pyarrow, batch by
batch, and of the difference.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

READ = """
import sys, pyarrow.parquet as pq
from pathlib import Path
for side in sys.argv[1:]:
    for path in sorted(Path(side).glob("data/*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=1 << 14):
                pass
"""
COMPARE = """
import sys
from onrecord.diff import diff
found = diff(sys.argv[1], sys.argv[2])
print(sum(t.added + t.removed + t.changed for t in found.tables))
"""
CHANGED = {
    "articles": "headline",
    "quotes": "prefix",
    "spans": "text",
    "attributions": "source_text",
    "speakers": "description",
    "set_aside": "text",
}


def main() -> None:
    """Print the measures as JSON."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    if len(sys.argv) > 2:
        print(json.dumps(measure(Path(sys.argv[2]), articles), indent=2))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), articles), indent=2))


def measure(home: Path, articles: int) -> dict[str, Any]:
    """Return the measures."""
    old, new = home / "old", home / "new"
    if not old.exists():
        script = Path(__file__).parent / "dataset.py"
        subprocess.run([sys.executable, str(script), str(old), str(articles)], check=True)
    if not new.exists():
        change(old, new)
    rows = [sum(pq.read_metadata(path).num_rows for path in (side / "data").glob("*.parquet")) for side in (old, new)]
    reading = min((run(READ, old, new) for _ in range(2)), key=lambda one: float(one["seconds"]))
    comparing = min((run(COMPARE, old, new) for _ in range(2)), key=lambda one: float(one["seconds"]))
    return {
        "rows": rows,
        "rows_that_differ": int(comparing.pop("said")),
        "reading": reading,
        "comparing": comparing,
        "ratio_of_seconds": round(comparing["seconds"] / reading["seconds"], 2),
        "ratio_of_processor_seconds": round(comparing["processor_seconds"] / reading["processor_seconds"], 2),
    }


def change(old: Path, new: Path) -> None:
    """Write the tables again, a hundredth of the rows changed and a thousandth gone."""
    (new / "data").mkdir(parents=True)
    for path in sorted((old / "data").glob("*.parquet")):
        column = CHANGED[path.stem]
        target = new / "data" / path.name
        with pq.ParquetFile(path) as file, pq.ParquetWriter(target, file.schema_arrow, compression="zstd") as out:
            for group in range(file.num_row_groups):
                out.write_table(changed(file.read_row_group(group), column))


def changed(table: pa.Table, column: str) -> pa.Table:
    """Change a text in every hundredth row, and leave every thousandth out."""
    numbers = pa.array(range(table.num_rows))
    texts = table[column].combine_chunks()
    other = pc.binary_join_element_wise(texts, pa.scalar("!"), pa.scalar(""), null_handling="replace")
    every = pc.equal(pc.subtract(numbers, pc.multiply(pc.divide(numbers, 100), 100)), 0)
    place = table.column_names.index(column)
    table = table.set_column(place, table.schema.field(place), pc.if_else(every, other, texts))
    gone = pc.equal(pc.subtract(numbers, pc.multiply(pc.divide(numbers, 1000), 1000)), 1)
    return table.filter(pc.invert(gone))


def run(program: str, *sides: Path) -> dict[str, Any]:
    """Run a program in a process of its own; return seconds, the most memory in MiB, and what it said."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", program, *map(str, sides)], stdout=subprocess.PIPE, text=True)
    said = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    found: dict[str, Any] = {
        "seconds": round(time.perf_counter() - begun, 2),
        "processor_seconds": round(usage.ru_utime + usage.ru_stime, 2),
        "most_mebibytes": round(usage.ru_maxrss / 1024),
    }
    return {**found, "said": said.strip()} if said else found


if __name__ == "__main__":
    main()
