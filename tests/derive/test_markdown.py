"""The field reference."""

from __future__ import annotations

import pytest

from onrecord import schemas
from onrecord.derive import markdown


@pytest.mark.parametrize("name", schemas.names())
def test_every_field_and_category_is_there(name: str) -> None:
    text = markdown.reference(name)
    for field in schemas.load(name).fields:
        assert f"| `{field.name}` |" in text
        assert all(f"- `{category.value}`: {category.label}" in text for category in field.categories)


def test_lines_of_the_table_have_as_many_cells_as_its_head() -> None:
    lines = [line.replace("\\|", "") for line in markdown.document().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {5}


def test_keys_are_there() -> None:
    text = markdown.reference("attributions", level=3)
    assert text.startswith("### `attributions`: Attributions")
    assert "`speaker_id` refers to `speakers` (`speaker_id`)" in text
