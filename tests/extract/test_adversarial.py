"""Time and memory grow with the text, whatever it holds."""

from __future__ import annotations

import sys
import time
import tracemalloc
from types import FrameType

import pytest

from onrecord.extract import engine
from onrecord.extract.lexicon import load

EN = load("en")
UNITS = {
    "straight marks": '"',
    "spaced marks": '" ',
    "opening marks": "“",
    "opening marks, one a paragraph": "“\n\n",
    "closing marks": "”",
    "apostrophes": "' ",
    "typewriter marks": "''",
    "single words in marks": "a' 'b ",
    "alternating marks": "“‘",
    "capitals": "Ab ",
    "one long word": "x",
    "one line without an end": "word ",
    "initials": "A.",
    "abbreviations": "Mr. ",
    "commas": "a, ",
    "dots": ". ",
    "brackets": "( said ",
    "dashes": "- ",
    "spaces": " ",
    "breaks": " \n ",
    "verbs": "said ",
    "nested clauses": "Moss said that ",
    "conjunctions": "and said ",
    "relatives": "who said, ",
    "inversions": '"A?" ',
    "broken quotations": '"A b," he said. ',
    "informants": "according to ",
    "colons": ': "a" ',
    "inches": "6'2\" ",
    "turns": "Q: a\n",
    "masks": "\ue000\ue001",
    "paragraphs left open": "“Hello there he is.\n\n",
}


def calls(text: str) -> int:
    """Count the calls, of Python and C, that reading a text takes."""
    count = 0

    def tick(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tick)
    try:
        engine.statements(text, "body", EN)
    finally:
        sys.setprofile(None)
    return count


def of_length(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_twice_the_text_takes_twice_the_work(unit: str) -> None:
    engine.statements("Moss said so.", "body", EN)
    once, twice = (calls(of_length(unit, length)) for length in (12_000, 24_000))
    assert twice <= 2.2 * once + 400


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_no_pattern_runs_away(unit: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        engine.statements(of_length(unit, length), "body", EN)
        return time.process_time() - start

    once = max(min(seconds(60_000) for _ in range(2)), 0.02)
    assert min(seconds(240_000) for _ in range(2)) <= 4 * 2.2 * once


@pytest.mark.slow
def test_memory_stays_within_twenty_times_the_text() -> None:
    text = ("word " * 19 + '"said" ') * 20_000
    tracemalloc.start()
    engine.statements(text, "body", EN)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 20 * len(text)


def test_a_long_line_is_cut_and_read_to_its_end() -> None:
    text = "word " * 4_000 + "“It fell,” Moss said."
    said, _ = engine.statements(text, "body", EN)
    assert said[-1].source is not None
    assert said[-1].source.text == "Moss"
