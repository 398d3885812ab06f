"""Fuzz a converter, guided by coverage of this package's own code.

Usage: python benchmarks/fuzz.py CONVERTER [SECONDS] [CORPUS]   (needs `pip install atheris`)
What it finds is written to the folder it is run in; make a golden case of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["onrecord"]):
    from onrecord.converters import capture, delimited, feed, html, jsonl, parquet, warc
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Severity

CONVERTERS = {
    "capture": capture.convert,
    "csv": delimited.convert,
    "feed": feed.convert,
    "html": html.convert,
    "jsonl": jsonl.convert,
    "parquet": parquet.convert,
    "warc": warc.convert,
}
GOLDEN = Path(__file__).parents[1] / "tests" / "golden"


def main() -> None:
    """Fuzz until the time is up or something breaks."""
    name, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "60"
    corpus = Path(sys.argv[3] if len(sys.argv) > 3 else f"fuzz-{name}")
    corpus.mkdir(exist_ok=True)
    for case in (GOLDEN / name).glob("*/input*"):
        (corpus / case.parent.name).write_bytes(case.read_bytes()[:4096])
    convert = CONVERTERS[name]

    def one(data: bytes) -> None:
        found = list(convert(Document.of("input", data), Defaults(time_zone="Europe/Paris")))
        codes = {item.code for item in found if not isinstance(item, Article)}
        if "converter-failed" in codes:
            raise AssertionError(
                str(next(i for i in found if not isinstance(i, Article) and i.code == "converter-failed"))
            )
        errors = [item for item in found if not isinstance(item, Article) and item.severity is Severity.ERROR]
        if not errors and not any(isinstance(item, Article) for item in found):
            raise AssertionError("neither an article nor an error")
        str(found).encode()

    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
