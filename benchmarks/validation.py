"""All checks of `onrecord validate` against `frictionless validate`, on the same invented tables.

    .venv/bin/python benchmarks/validation.py [--rows 4200000] [--tables articles quotes attributions]
        [--frictionless csv parquet | --alone] [--memory GIB] [--folder FOLDER]

Makes tables that keep every law (`dataset.py`: 11 rows an article in the three tables, a body of 1.8 kB, in CSV some
400 bytes a row), and runs four commands one after another: onrecord on the CSV files and on the Parquet files,
frictionless on a package of each with primary and foreign keys. Prints seconds by the clock and of processors, the
ratio of both, and the peak of resident memory of each command, start of the interpreter included.
Lists and nulls that frictionless cannot read in Parquet are left out of its copy, so that it has less to do; what it
may take of memory can be bounded, since it holds a Parquet file whole. 42,000,000 rows take 25 GB of disk. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from onrecord import schemas

ROWS = {"articles": 1, "quotes": 5, "spans": 6, "attributions": 5, "set_aside": 1, "speakers": 2}
"""Rows of each table for one article, of speakers about as many."""


ARTICLES = 20_000
"""Articles that are invented; more are copies of them under other keys."""


class Measured(NamedTuple):
    """Seconds by the clock and of processors, the peak in MiB, and what the command said last."""

    seconds: float
    processor: float
    peak: float
    said: str

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, processor {self.processor:.1f} s, {self.peak:.0f} MiB"


def run(command: list[str], folder: Path, memory: float | None = None) -> Measured:
    """Run a command, in at most so many GiB of memory, and measure it, the processes it starts included."""
    if memory is not None:
        command = ["prlimit", f"--as={int(memory * (1 << 30))}", *command]
    start = time.perf_counter()
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command, cwd=folder, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said = process.stdout.read() if process.stdout else ""
    _, _, usage = os.wait4(process.pid, 0)
    processor = usage.ru_utime + usage.ru_stime
    return Measured(time.perf_counter() - start, processor, usage.ru_maxrss / 1024, said.strip()[-300:])


def onrecord(folder: Path) -> Measured:
    """Run every check of tables; that other tables of a dataset are missing is the only thing there is to find."""
    code = "import sys; from pathlib import Path; from onrecord import checks\nfrom datetime import date\n"
    code += "print(dict(checks.check_tables(Path(sys.argv[1]), today=date(2027, 1, 1)).totals))"
    return run([sys.executable, "-c", code, str(folder)], folder)


def frictionless(folder: Path, suffix: str, names: list[str], memory: float | None) -> Measured:
    """Run frictionless on a package of the same files."""
    resources = [
        {"name": name, "path": f"data/{name}{suffix}", "type": "table", "schema": declared(name, suffix, names)}
        for name in names
    ]
    (folder / "datapackage.json").write_text(json.dumps({"name": "a", "resources": resources}))
    return run([sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--trusted"], folder, memory)


def declared(name: str, suffix: str, names: list[str]) -> dict[str, Any]:
    """Return the schema of a table, without what the other tables have or frictionless cannot read."""
    whole: dict[str, Any] = json.loads(json.dumps(schemas.load(name).declaration))
    whole["foreignKeys"] = [key for key in whole.get("foreignKeys", []) if key["reference"]["resource"] in names]
    if suffix == ".parquet":
        kept = pq.read_schema(path_for_frictionless(name)).names
        whole["fields"] = [field for field in whole["fields"] if field["name"] in kept]
        whole["foreignKeys"] = [key for key in whole["foreignKeys"] if set(key["fields"]) <= set(kept)]
    return whole


_COPIES: dict[str, Path] = {}


def path_for_frictionless(name: str) -> Path:
    """Return the copy of a Parquet file that frictionless can read."""
    return _COPIES[name]


def copy_readable(source: Path, target: Path) -> None:
    """Copy a Parquet file without columns that are lists or hold nulls, which frictionless rejects."""
    with pq.ParquetFile(source) as file:
        groups = range(file.metadata.num_row_groups)
        kept = []
        for number, field in enumerate(file.schema_arrow):
            flat = file.schema.names.count(field.name) and "list" not in str(field.type)
            if flat and not any(nulls(file, group, field.name) for group in groups):
                kept.append(number)
        names = [file.schema_arrow.names[number] for number in kept]
        with pq.ParquetWriter(target, file.read_row_group(0, names).schema) as writer:
            for group in groups:
                writer.write_table(file.read_row_group(group, names))


def nulls(file: pq.ParquetFile, group: int, name: str) -> bool:
    """Tell whether a column has nulls in a row group, by its statistics."""
    column = file.metadata.row_group(group).column(file.schema.names.index(name))
    return column.statistics is None or bool(column.statistics.null_count)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=4_200_000)
    parser.add_argument("--tables", nargs="+", default=["articles", "quotes", "attributions"], choices=schemas.names())
    parser.add_argument("--frictionless", nargs="*", default=["csv", "parquet"], choices=["csv", "parquet"])
    parser.add_argument("--alone", action="store_const", const=[], dest="frictionless", help="without frictionless")
    parser.add_argument("--memory", type=float, help="the most GiB of memory that frictionless may take")
    parser.add_argument("--folder", type=Path, help="where to make the tables, by default a temporary folder")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as temporary:
        make(Path(temporary), args.rows, args.tables)
        measure(Path(temporary), args.tables, args.frictionless, args.memory)


def make(folder: Path, rows: int, names: list[str]) -> None:
    """Make the tables, CSV and Parquet in folders of their own."""
    count = max(1, rows // sum(ROWS[name] for name in names))
    copies = -(-count // ARTICLES)
    command = [sys.executable, str(Path(__file__).parent / "dataset.py"), str(folder / "made"), str(count // copies)]
    subprocess.run([*command, "--copies", str(copies), "--tables", *names], check=True)
    for suffix in (".csv", ".parquet"):
        (folder / suffix / "data").mkdir(parents=True)
        for name in names:
            (folder / "made" / "data" / f"{name}{suffix}").rename(folder / suffix / "data" / f"{name}{suffix}")
    run(
        [sys.executable, "-c", "import frictionless; from onrecord.checks import passing; import pandera.polars"],
        folder,
    )


def measure(folder: Path, names: list[str], compared: list[str], memory: float | None) -> None:
    """Run the commands and print what they took."""
    total = sum(pq.read_metadata(folder / ".parquet" / "data" / f"{name}.parquet").num_rows for name in names)
    print(f"{total:,} rows of {', '.join(names)}; load {os.getloadavg()[0]:.1f}", flush=True)
    for suffix in (".csv", ".parquet"):
        size = sum((folder / suffix / "data" / f"{name}{suffix}").stat().st_size for name in names) / 1e6
        ours = onrecord(folder / suffix)
        print(f"onrecord {suffix}, {size:,.0f} MB: {ours}, found {ours.said}", flush=True)
        if suffix.removeprefix(".") in compared:
            theirs = against(folder, suffix, names, memory)
            clock, processor = theirs.seconds / ours.seconds, theirs.processor / ours.processor
            print(f"frictionless {suffix}: {theirs}, {clock:.1f}x as long, {processor:.1f}x the processor time")
            print(theirs.said, flush=True)
    print(f"load {os.getloadavg()[0]:.1f}")


def against(folder: Path, suffix: str, names: list[str], memory: float | None = None) -> Measured:
    """Run frictionless on the files it can read."""
    if suffix == ".parquet":
        copies = folder / "readable"
        (copies / "data").mkdir(parents=True)
        for name in names:
            _COPIES[name] = copies / "data" / f"{name}.parquet"
            copy_readable(folder / suffix / "data" / f"{name}.parquet", _COPIES[name])
        return frictionless(copies, suffix, names, memory)
    return frictionless(folder / suffix, suffix, names, memory)


if __name__ == "__main__":
    main()
