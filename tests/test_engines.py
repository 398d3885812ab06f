from __future__ import annotations

from collections.abc import Iterator

import pytest
from engine_work import die, fail, slow_first

from onrecord import engines
from onrecord.errors import BuildError


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    with engines.create(workers) as engine:
        assert list(engine.map(slow_first, range(20))) == [n * 2 for n in range(20)]


@pytest.mark.parametrize("workers", [1, 2])
def test_items_are_taken_as_they_are_needed(workers: int) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with engines.create(workers) as engine:
        results = engine.map(slow_first, items())
        assert next(results) == 0
        assert len(taken) <= 2 * workers


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_reaches_the_caller(workers: int) -> None:
    with engines.create(workers) as engine, pytest.raises(ValueError, match="3"):
        list(engine.map(fail, [3]))


def test_a_worker_that_dies_is_an_error_with_a_remedy() -> None:
    with engines.create(2) as engine, pytest.raises(BuildError, match="worker process died") as error:
        list(engine.map(die, [1]))
    assert "--workers 1" in (error.value.hint or "")


def test_by_default_every_core_works() -> None:
    with engines.create() as engine:
        assert engine.workers == engines.cores()
