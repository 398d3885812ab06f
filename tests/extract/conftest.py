"""Reading one invented text, in the shape a person would write down: kind, source, cue, pieces."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.extract import engine
from onrecord.extract.lexicon import load
from onrecord.extract.model import Statement
from onrecord.records import SetAside

Reader = Callable[[str], tuple[list[Statement], list[SetAside]]]
Line = tuple[str, str | None, str | None, list[str]]


@pytest.fixture
def read() -> Reader:
    lexicon = load("en")
    return lambda text: engine.statements(text, "body", lexicon)


@pytest.fixture
def lines(read: Reader) -> Callable[[str], list[Line]]:
    def written(text: str) -> list[Line]:
        return [
            (
                said.kind,
                said.source.text if said.source else None,
                said.cue.text if said.cue else None,
                [span.text for span in said.spans],
            )
            for said in read(text)[0]
        ]

    return written
