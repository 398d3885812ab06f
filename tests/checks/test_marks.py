"""Quotation marks: every one in a quote, at its edge, or set aside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import extract
from onrecord.checks.marks import Range, unaccounted
from onrecord.derive.strategies import MARKS


@settings(deadline=None)
@given(st.text(st.sampled_from(MARKS + " ab1_.\n"), max_size=20), st.lists(st.integers(0, 20), min_size=2, max_size=4))
def test_looking_at_characters_first_changes_nothing(text: str, bounds: list[int]) -> None:
    quote = Range(*sorted(bounds[:2]))
    aside = [Range(*sorted(bounds[2:]))] if len(bounds) == 4 else []
    assert unaccounted(text, [quote], aside) == extract.unaccounted(text, [quote], aside)


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("“Yes,” she said.", Range(1, 5), []),
        ("« Yes », she said.", Range(2, 5), []),
        ("It's the dogs' own rock'n'roll.", None, [13]),
        ("“Yes,” she said. “No", Range(1, 5), [17]),
    ],
)
def test_examples(text: str, quote: Range | None, expected: list[int]) -> None:
    assert unaccounted(text, [] if quote is None else [quote], []) == expected
