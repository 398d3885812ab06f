"""Very many findings: a few of each code are kept, all are counted, and none of it takes much memory."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from onrecord import checks, tables
from onrecord.tables.strategies import dataset

from .conftest import Folder, entry
from .test_memory import entry as long_entry

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 20_000
PEAK = """
import resource, sys
from pathlib import Path
from onrecord import checks
report = checks.check_tables(Path(sys.argv[1]))
print(report.totals["text-matches-offsets"], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_all_are_counted_and_a_hundred_kept(tmp_path: Path, form: str) -> None:
    """Every row breaks a constraint, and a law on pairs of its cells."""
    (row, *_) = dataset([entry()])["attributions"]
    path = tmp_path / f"attributions.{form}"
    writer = tables.CsvWriter if form == "csv" else tables.ParquetWriter
    with writer(path, "attributions") as file:
        rows = [
            row | {"attribution_id": f"{n:016x}-{n:012x}-{n:08x}", "quote_id": f"{n:016x}-{n:012x}"}
            for n in range(ROWS)
        ]
        file.write(tables.to_batch("attributions", [one | {"confidence": 1.5, "source_form": "none"} for one in rows]))
    report = checks.check_file(path)
    assert {code: report.totals[code] for code in ("maximum", "source-complete", "ids-derived")} == {
        "maximum": ROWS,
        "source-complete": ROWS,
        "ids-derived": ROWS,
    }
    kept = [issue for issue in report if issue.code == "maximum"]
    assert len(kept) == 100
    assert [issue.key for issue in kept] == [f"{n:016x}-{n:012x}-{n:08x}" for n in range(100)]
    assert all((issue.line is None) == (form == "parquet") for issue in kept)


@pytest.mark.slow
def test_wrong_offsets_of_many_quotes_in_long_texts_fit_into_little_memory(tmp_path: Path) -> None:
    """60,000 quotes of 12 kB of text each: 700 MB, were it joined to each of them."""
    entries = sorted((long_entry(number, 150) for number in range(400)), key=lambda one: one.article.seed_sha256)
    folder = Folder(tmp_path, dataset(entries))
    for row in folder.rows["quotes"]:
        row["text"] = row["text"].upper()
    folder.write(formats=("parquet",))
    command = [sys.executable, "-c", PEAK, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    total, peak = map(int, done.stdout.split()[-2:])
    assert total >= len(folder.rows["quotes"])
    assert peak < 900, peak
