"""How well are quotes and sources found? Score extraction against a gold corpus, a third of it kept aside.

    .venv/bin/python benchmarks/accuracy.py [../shared/corpora/polnear_en_train.jsonl]

The corpus and its scorer (`../shared/tools/score_quotes.py`) lie beside the repository and are no part of it;
without them there is nothing to measure. The third kept aside is that of documents whose id's SHA-256 is
divisible by three: rules were never chosen by its errors.
"""

from __future__ import annotations

import hashlib
import json
import runpy
import sys
from pathlib import Path
from typing import Any

from onrecord.cli.quotes import plain
from onrecord.extract import extract

SHARED = Path(__file__).parents[2] / "shared"


def aside(document: dict[str, Any]) -> bool:
    """Whether a document belongs to the third that is kept aside."""
    return int(hashlib.sha256(str(document["id"]).encode()).hexdigest(), 16) % 3 == 0


def predicted(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document's quotes in the form that the scorer reads."""
    text = document["text"]
    return {"id": document["id"], "quotes": [plain(text, quote) for quote in extract(text).quotes]}


def main() -> None:
    """Measure and print."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "corpora" / "polnear_en_train.jsonl"
    scorer = SHARED / "tools" / "score_quotes.py"
    if not corpus.exists() or not scorer.exists():
        raise SystemExit(f"nothing to measure with: {corpus} or {scorer} is not there")
    score = runpy.run_path(str(scorer))["score"]
    documents = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
    for name, part in (
        ("two thirds, read while rules were written", [one for one in documents if not aside(one)]),
        ("the third kept aside", [one for one in documents if aside(one)]),
    ):
        print(f"\n{name}")
        result = score({one["id"]: one for one in part}, {one["id"]: predicted(one) for one in part})
        for key, value in result.items():
            print(f"  {key:28} {value}")


if __name__ == "__main__":
    main()
