"""All checks of `onrecord validate` against `frictionless validate`, on the same invented tables.

    .venv/bin/python benchmarks/validation.py [--rows 4200000] [--tables articles quotes attributions]
        [--frictionless csv parquet]

Makes a dataset that keeps every law (`dataset.py`: 20 rows an article, 11 of them in the three tables asked for),
cuts it down to the tables, and runs four commands one after another: onrecord on the CSV files and on the Parquet
files, frictionless on a package of each with primary and foreign keys. Prints seconds, the ratio, and the peak of
resident memory of each command, start of the interpreter included. Lists and nulls that frictionless cannot read
in Parquet are left out of its copy, so that it has less to do. Linux only.
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


class Measured(NamedTuple):
    """Seconds, the peak in MiB, and what the command said last."""

    seconds: float
    peak: float
    said: str


def run(command: list[str], folder: Path) -> Measured:
    """Run a command and measure it, the processes it starts included."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = process.stdout.read() if process.stdout else ""
    _, _, usage = os.wait4(process.pid, 0)
    return Measured(time.perf_counter() - start, usage.ru_maxrss / 1024, said.strip()[-300:])


def onrecord(folder: Path) -> Measured:
    """Run every check of tables; that other tables of a dataset are missing is the only thing there is to find."""
    code = "import sys; from pathlib import Path; from onrecord import checks\nfrom datetime import date\n"
    code += "print(dict(checks.check_tables(Path(sys.argv[1]), today=date(2027, 1, 1)).totals))"
    return run([sys.executable, "-c", code, str(folder)], folder)


def frictionless(folder: Path, suffix: str, names: list[str]) -> Measured:
    """Run frictionless on a package of the same files."""
    resources = [
        {"name": name, "path": f"data/{name}{suffix}", "type": "table", "schema": declared(name, suffix, names)}
        for name in names
    ]
    (folder / "datapackage.json").write_text(json.dumps({"name": "a", "resources": resources}))
    return run([sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--trusted"], folder)


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
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(Path(temporary), args.rows, args.tables, args.frictionless)


def measure(folder: Path, rows: int, names: list[str], compared: list[str]) -> None:
    """Make the tables, run the commands and print what they took."""
    count = max(1, rows // sum(ROWS[name] for name in names))
    made = Path(__file__).parent / "dataset.py"
    subprocess.run([sys.executable, str(made), str(folder / "made"), str(count)], check=True)
    for suffix in (".csv", ".parquet"):
        (folder / suffix / "data").mkdir(parents=True)
        for name in names:
            (folder / "made" / "data" / f"{name}{suffix}").rename(folder / suffix / "data" / f"{name}{suffix}")
    total = sum(pq.read_metadata(folder / ".parquet" / "data" / f"{name}.parquet").num_rows for name in names)
    print(f"{total:,} rows of {', '.join(names)}; load {os.getloadavg()[0]:.1f}")
    for suffix in (".csv", ".parquet"):
        ours = onrecord(folder / suffix)
        print(f"onrecord {suffix}: {ours.seconds:.1f} s, {ours.peak:.0f} MiB, found {ours.said}", flush=True)
        if suffix.removeprefix(".") in compared:
            theirs = against(folder, suffix, names)
            ratio = theirs.seconds / ours.seconds
            print(f"frictionless {suffix}: {theirs.seconds:.1f} s, {theirs.peak:.0f} MiB, {ratio:.1f}x as long")
            print(theirs.said)
    print(f"load {os.getloadavg()[0]:.1f}")


def against(folder: Path, suffix: str, names: list[str]) -> Measured:
    """Run frictionless on the files it can read."""
    if suffix == ".parquet":
        copies = folder / "readable"
        (copies / "data").mkdir(parents=True)
        for name in names:
            _COPIES[name] = copies / "data" / f"{name}.parquet"
            copy_readable(folder / suffix / "data" / f"{name}.parquet", _COPIES[name])
        return frictionless(copies, suffix, names)
    return frictionless(folder / suffix, suffix, names)


if __name__ == "__main__":
    main()
