"""JSON is read alike by every Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import onrecord
from hypothesis import given
from hypothesis import strategies as st

from onrecord.files import NESTED, from_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_what_is_nested_as_people_nest_it_is_read_as_it_is(value: object) -> None:
    assert from_json(json.dumps(value)) == value


@pytest.mark.parametrize("text", ['"' + "[" * 1000 + '"', '["\\"' + "{" * 1000 + '"]', "[" + "[]," * 1000 + "0]"])
def test_marks_in_strings_and_lists_beside_each_other_are_no_nesting(text: str) -> None:
    assert from_json(text) == json.loads(text)


@pytest.mark.parametrize("depth", [NESTED, NESTED + 1, 100_000])
def test_where_nesting_is_too_deep_it_is_refused(depth: int) -> None:
    text = '{"a":' * (depth - 1) + "[" + "]" + "}" * (depth - 1)
    if depth <= NESTED:
        assert from_json(text)
        return
    with pytest.raises(ValueError, match="nested more than 200 deep"):
        from_json(text)


def test_a_corpus_with_such_a_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "deep.jsonl").write_text('{"id": "1", "text": "Hello."}\n' + "[" * 5000 + "\n", encoding="utf-8")
    done = onrecord("extract", "deep.jsonl", cwd=tmp_path, code=1)
    assert "deep.jsonl:2: not JSON: nested more than 200 deep" in done.stderr
