"""How is content misread, and how often? Count it by class on the two thirds that were read while rules were written.

    .venv/bin/python benchmarks/misreadings.py [../shared/corpora/polnear_en_train.jsonl]

The rates in docs/annotation.md come from here. The third that is kept aside is not looked at by class.
"""

from __future__ import annotations

import json
import runpy
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from accuracy import SHARED, aside
from onrecord.cli.quotes import plain
from onrecord.extract import extract

SLACK = 3
"""Characters by which ends may differ: marks, a comma."""
GROUPS = ("passive-", "noun-", "floating: paragraph before", "colon", "according to", "subject-verb-")


def pieces(document: dict[str, Any], scorer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is found in a document as the scorer cuts it, each piece with its rule."""
    text = document["text"]
    return [
        {**piece, "method": quote.attribution.method if quote.attribution else ""}
        for quote in extract(text).quotes
        for piece in scorer["pieces"](text, plain(text, quote))
    ]


def ends(gold: dict[str, Any], found: dict[str, Any]) -> str:
    """Return where a piece that overlaps gold goes wrong first."""
    if found["end"] > gold["end"] + SLACK:
        return "the narrator's tail is taken in"
    if found["end"] < gold["end"] - SLACK:
        return "cut too soon"
    return "begins too early" if found["start"] < gold["start"] else "begins too late"


def count(document: dict[str, Any], scorer: dict[str, Any], tally: Counter[str]) -> None:
    """Count what is right, wrong and elsewhere in one document."""
    text, gold, found = document["text"], document["quotes"], pieces(document, scorer)
    counted = [q["kind"] == "direct" or bool(scorer["REPORTING"].search(q.get("cue_text") or "")) for q in gold]
    wanted = [scorer["letters"](text, q["start"], q["end"]) for q in gold]
    given = [scorer["letters"](text, q["start"], q["end"]) for q in found]
    pairs = sorted(
        ((scorer["iou"](a, b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(given) if a & b), reverse=True
    )
    near = {j: i for i, j in scorer["match"](pairs, 0.3)}
    exact = {j for _, j in scorer["match"](pairs, 0.8)}
    for j, piece in enumerate(found):
        group = next((name for name in GROUPS if piece["method"].startswith(name)), "others")
        if j in near and not counted[near[j]]:
            continue
        tally[f"{group}: all"] += 1
        if j not in near:
            tally[f"{group}: nothing said there"] += 1
            continue
        tally["content found"] += 1
        if scorer["source_right"](gold[near[j]], piece) is False:
            tally[f"{group}: wrong source"] += 1
        if j not in exact:
            tally["content elsewhere"] += 1
            tally[ends(gold[near[j]], piece)] += 1


def main() -> None:
    """Count and print."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "corpora" / "polnear_en_train.jsonl"
    scorer = SHARED / "tools" / "score_quotes.py"
    if not corpus.exists() or not scorer.exists():
        raise SystemExit(f"nothing to measure with: {corpus} or {scorer} is not there")
    functions, tally = runpy.run_path(str(scorer)), Counter[str]()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        if not aside(document):
            count(document, functions, tally)
    print(f"content elsewhere: {tally['content elsewhere'] / tally['content found']:.3f} of {tally['content found']}")
    for name in ("the narrator's tail is taken in", "cut too soon", "begins too early", "begins too late"):
        print(f"  {name:34} {tally[name] / tally['content elsewhere']:.2f}")
    for group in (*GROUPS, "others"):
        whole = tally[f"{group}: all"]
        missing, wrong = tally[f"{group}: nothing said there"] / whole, tally[f"{group}: wrong source"] / whole
        print(f"{group:34} {whole:5}  nothing said there {missing:.2f}  wrong source {wrong:.2f}")


if __name__ == "__main__":
    main()
