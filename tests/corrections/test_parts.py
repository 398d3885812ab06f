from __future__ import annotations

from onrecord.corrections import Correction
from onrecord.seeds import Seed
from onrecord.seeds.corrected import Corrections

SEEDS = [Seed(f"{number:064x}"[::-1], f"{number}.txt", 9) for number in range(4)]


def row(line: int, document: str) -> Correction:
    cells = {"quote": "words", "table": "quotes", "column": "kind", "old": "direct", "reason": ".", "evidence": "."}
    return Correction(line=line, document=document, action="review", **cells)  # type: ignore[arg-type]


def test_a_part_gets_the_rows_that_name_its_documents_and_those_that_name_none() -> None:
    by_path, by_key, within = row(4, "1.txt"), row(3, SEEDS[3].sha256[:16]), row(2, "1.txt#7")
    found = list(Corrections((within, by_key, by_path)).parts([tuple(SEEDS[:2]), tuple(SEEDS[2:])]))
    assert [rows for _, rows in found] == [(within, by_path), (within, by_key)]
    assert [seeds for seeds, _ in found] == [tuple(SEEDS[:2]), tuple(SEEDS[2:])]


def test_rows_that_met_no_article_are_named() -> None:
    known = Corrections((row(2, "1.txt"), row(3, "2.txt")))
    assert [issue.line for issue in known.unmet([2])] == [3]
    assert list(known.unmet([2, 3])) == []


def test_a_document_that_is_misspelt_is_suggested() -> None:
    known = Corrections((row(2, "bridg.html"), row(3, "elsewhere.txt")))
    hints = [issue.hint for issue in known.unmet([], ["bridge.html", "gulls.txt"])]
    assert hints[0] == "did you mean 'bridge.html'?"
    assert hints[1] is not None
    assert "article_id" in hints[1]
