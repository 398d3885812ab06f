"""Texts as bytes: where characters stand, and whether pieces are alike."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.checks import strings
from onrecord.checks.strings import Pieces, Strings, alike

texts = st.lists(st.none() | st.text(st.sampled_from("ab é“🌉\n"), max_size=20), max_size=8)


def column(found: list[str | None], cut: int = 0) -> Strings:
    """Return texts as a column, perhaps as a slice of a longer one."""
    before: list[str | None] = ["“cut away”"] * cut
    return Strings(pa.array([*before, *found, "after"], pa.string()).slice(cut, len(found)))


@settings(deadline=None)
@given(texts, st.integers(0, 3), st.sampled_from([1, 3, 1 << 17]))
def test_characters_are_found_where_they_stand(found: list[str | None], cut: int, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strings, "BLOCK", block)
        some = column(found, cut)
        assert some.sizes.tolist() == [len(text or "") for text in found]
        places = [(row, place) for row, text in enumerate(found) for place in range(len(text or "") + 1)]
        rows, offsets = (np.array([place[n] for place in places], np.int64) for n in (0, 1))
        starts = some.bounds[rows] if len(rows) else rows
        expected = [len((found[row] or "")[:place].encode()) for row, place in places]
        assert (some.at(rows, offsets) - starts).tolist() == expected
    assert bytes(some.data) == "".join(text or "" for text in found).encode()
    assert some.present.tolist() == [text is not None for text in found]


@settings(deadline=None)
@given(st.lists(st.text("ab", max_size=20), min_size=1, max_size=6), st.data())
def test_pieces_are_alike_where_their_bytes_are(found: list[str], data: st.DataObject) -> None:
    whole = "".join(found) + data.draw(st.text("ab", max_size=20))
    begins = [data.draw(st.integers(0, len(whole) - len(text))) for text in found]
    pieces = [whole[at : at + len(text)] for at, text in zip(begins, found, strict=True)]
    starts = np.array(begins, np.int64)
    some = Pieces(column([whole]).data, starts, starts + np.array([len(text) for text in found]))
    assert alike(some, column(list(found)).pieces()) == (pieces == found)


def test_pieces_of_other_lengths_are_not_alike() -> None:
    assert not alike(column(["ab", "c"]).pieces(), column(["a", "bc"]).pieces())


@pytest.mark.parametrize(
    ("found", "width", "expected"),
    [
        (["ab", "cd"], 2, [b"ab", b"cd"]),
        (["ab", "c"], 2, None),
        (["ab", None], 2, None),
        ([], 2, []),
    ],
)
def test_keys_are_texts_of_one_length(found: list[str | None], width: int, expected: list[bytes] | None) -> None:
    key = column(found).key(width)
    assert (None if key is None else key.tolist()) == expected
