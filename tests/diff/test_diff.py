from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.diff import Cell, Difference, QuoteSeen, SpeakersChanged, diff, diff_all, to_markdown
from onrecord.diff.markdown import LONGEST
from onrecord.diff.sides import Table
from onrecord.diff.tables import compare, comparing
from onrecord.errors import OnrecordError, PackageError

Rows = dict[str, list[dict[str, Any]]]
Make = Callable[[str, Rows], Path]


def table(difference: Difference, name: str) -> Any:
    return next(each for each in difference.tables if each.name == name)


def test_a_dataset_is_the_same_as_itself_and_as_a_copy_with_other_bytes(old: Path, tmp_path: Path) -> None:
    assert diff(old, old).same
    copy = Path(shutil.copytree(old, tmp_path / "copy"))
    for path in (copy / "data").iterdir():
        pq.write_table(pq.read_table(path), path, compression="none", row_group_size=1)
    assert diff(old, copy).same


def test_rows_are_told_apart_by_key(old: Path, make: Make, rows: Rows) -> None:
    rows["articles"][1]["headline"] = "Rain at last"
    rows["articles"].append({"article_id": "a3"})
    rows["articles"].pop(0)
    found = table(diff(old, make("new", rows)), "articles")
    assert (found.rows_old, found.rows_new, found.added, found.removed, found.changed) == (2, 2, 1, 1, 1)
    assert found.cells == {"headline": 1}
    assert found.examples.items == (Cell("a2", "headline", "Rain again", "Rain at last"),)


def test_a_long_comparison_says_nothing_between() -> None:
    """DuckDB writes a bar to standard output after two seconds, in the midst of what a command prints there."""
    with comparing() as con:
        assert con.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)


def test_instants_are_shown_in_utc_wherever_they_are_compared(
    old: Path, make: Make, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    rows["articles"][0]["date_published"] = datetime(2024, 3, 1, 23, 30, tzinfo=UTC)
    [cell] = table(diff(old, make("new", rows)), "articles").examples.items
    assert cell.new == "2024-03-01 23:30:00+00"


def test_null_is_unlike_any_value_and_like_null(old: Path, make: Make, rows: Rows) -> None:
    rows["articles"][0]["authors"] = None
    rows["speakers"][0]["description"] = None
    found = diff(old, make("new", rows))
    assert table(found, "articles").examples.items == (Cell("a1", "authors", "[Ada Invented]", None),)
    assert table(found, "speakers").cells == {"description": 1}


def test_quotes_that_appear_and_vanish_are_named_with_their_speakers(old: Path, make: Make, rows: Rows) -> None:
    rows["quotes"][2] |= {"quote_id": "a2-q2", "text": "Dry."}
    rows["attributions"][2] |= {"quote_id": "a2-q2", "attribution_id": "a2-q2-x"}
    found = diff(old, make("new", rows))
    assert found.quotes_appeared.items == (QuoteSeen("a2-q2", "direct", "Dry.", ("nobody",), "Rain again"),)
    assert [quote.quote_id for quote in found.quotes_vanished.items] == ["a2-q1"]
    assert found.speakers_changed.total == 0


def test_a_quote_given_to_another_is_named(old: Path, make: Make, rows: Rows) -> None:
    rows["speakers"].append({"speaker_id": "s2", "name": "Otto Vane", "kind": "person"})
    rows["attributions"][1]["speaker_id"] = "s2"
    found = diff(old, make("new", rows))
    changed = SpeakersChanged("a1-q2", "it will open", ("Mara Quill",), ("Otto Vane",))
    assert found.speakers_changed.items == (changed,)


def test_quotes_of_an_edited_document_are_followed_by_their_text(old: Path, make: Make, rows: Rows) -> None:
    moved = json.loads(json.dumps(rows).replace("a1", "a9"))
    moved["attributions"][0] |= {"speaker_id": None, "source_text": "the mayor"}
    moved["quotes"][1]["text"] = "it will not open"
    found = diff(old, make("new", moved))
    assert table(found, "quotes").added == 2
    assert found.quotes_moved == 1
    assert [quote.text for quote in found.quotes_appeared.items] == ["it will not open"]
    assert [quote.text for quote in found.quotes_vanished.items] == ["it will open"]
    changed = SpeakersChanged("a9-q1", "It is safe.", ("Mara Quill",), ("the mayor",))
    assert found.speakers_changed.items == (changed,)


def test_of_a_text_said_twice_in_an_edited_document_each_is_followed_once(old: Path, make: Make, rows: Rows) -> None:
    moved = json.loads(json.dumps(rows).replace("a1", "a9"))
    moved["quotes"].append({**moved["quotes"][0], "quote_id": "a9-q7", "start": 50})
    found = diff(old, make("new", moved))
    assert (found.quotes_moved, found.quotes_vanished.total) == (2, 0)
    assert [quote.quote_id for quote in found.quotes_appeared.items] == ["a9-q7"]


def test_a_speaker_renamed_changes_every_quote_of_theirs(old: Path, make: Make, rows: Rows) -> None:
    rows["speakers"][0]["name"] = "Mara J. Quill"
    found = diff(old, make("new", rows), shown=1)
    assert (found.speakers_changed.total, len(found.speakers_changed.items)) == (2, 1)
    assert found.quotes_appeared.total == 0


def test_a_second_attribution_of_a_quote_is_a_change_of_speakers(old: Path, make: Make, rows: Rows) -> None:
    rows["attributions"].append({"attribution_id": "a1-q1-y", "quote_id": "a1-q1", "source_text": "the mayor"})
    [changed] = diff(old, make("new", rows)).speakers_changed.items
    assert changed.new == ("Mara Quill", "the mayor")


def test_columns_come_go_and_change_their_type(old: Path, tmp_path: Path) -> None:
    new = Path(shutil.copytree(old, tmp_path / "new"))
    path = new / "data" / "quotes.parquet"
    quotes = pq.read_table(path).drop_columns(["prefix"]).append_column("mood", pa.array(["x"] * 3))
    quotes = quotes.set_column(quotes.schema.get_field_index("start"), "start", quotes["start"].cast(pa.string()))
    pq.write_table(quotes, path)
    found = table(diff(old, new), "quotes")
    assert (found.columns_added, found.columns_removed, found.columns_retyped) == (("mood",), ("prefix",), ("start",))
    assert found.changed == 0
    assert not found.same


def test_folders_of_datasets_are_compared_by_name(old: Path, make: Make, rows: Rows, tmp_path: Path) -> None:
    new = make("new", rows)
    shutil.copytree(new, tmp_path / "new" / "another")
    found = diff_all(old.parent, new.parent)
    assert {name: difference.same for name, difference in found.items()} == {"invented": True, "another": False}
    assert found["another"].quotes_appeared.total == 3
    assert table(found["another"], "quotes").rows_old is None
    assert diff_all(new.parent, old.parent)["another"].quotes_vanished.total == 3


def test_rows_with_one_key_are_refused(old: Path, make: Make, rows: Rows) -> None:
    rows["spans"] += [rows["spans"][0]] * 2
    with pytest.raises(PackageError, match="two new rows of spans have the key a1-q1, 0"):
        diff(old, make("new", rows))


def test_ranges_of_keys_hold_every_row_once(old: Path, make: Make, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    rows["spans"] += [rows["spans"][0] | {"position": n} for n in range(1, 5)]
    rows["spans"].append({"quote_id": None, "position": 7, "text": "no key"})
    rows["spans"].sort(key=lambda row: (row["position"], row["quote_id"] or ""))
    new = make("new", rows)
    for side in (old, new):
        pq.write_table(pq.read_table(side / "data/spans.parquet"), side / "data/spans.parquet", row_group_size=2)
    whole = diff(old, new)
    monkeypatch.setattr("onrecord.diff.changes.RANGE", 1)
    assert diff(old, new) == whole
    assert table(whole, "spans").added == 5


@pytest.mark.parametrize("data", [b"", b"PAR1 this is none PAR1"])
def test_a_file_that_is_no_table_is_named(old: Path, tmp_path: Path, data: bytes) -> None:
    new = Path(shutil.copytree(old, tmp_path / "new"))
    (new / "data" / "quotes.parquet").write_bytes(data)
    with pytest.raises(PackageError) as caught:
        diff(old, new)
    assert "quotes.parquet" in str(caught.value)


def test_what_is_no_dataset_is_refused(old: Path, tmp_path: Path) -> None:
    (tmp_path / "empty" / "data").mkdir(parents=True)
    with pytest.raises(PackageError, match="no Parquet tables"):
        diff(old, tmp_path / "empty")
    with pytest.raises(OnrecordError, match="no such folder"):
        diff(old, tmp_path / "gone")


def test_a_folder_whose_name_is_a_pattern_is_a_folder(old: Path, make: Make, rows: Rows) -> None:
    rows["speakers"][0]["name"] = "Another"
    new = make("n[e]w*'?", rows)
    make("new", rows)
    assert table(diff(old, new), "speakers").cells == {"name": 1}
    assert diff(new, new).same


cells = st.none() | st.sampled_from(["", "a", "b"])
tables = st.dictionaries(st.integers(0, 5), st.tuples(cells, cells), max_size=6)


@given(old=tables, new=tables)
@settings(max_examples=20, deadline=None)
def test_any_two_tables_compare_as_their_rows_do(
    old: dict[int, Any], new: dict[int, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    sides = []
    for name, rows in (("old", old), ("new", new)):
        columns = {"k": list(rows), "x": [row[0] for row in rows.values()], "y": [row[1] for row in rows.values()]}
        schema = pa.schema({"k": pa.int64(), "x": pa.string(), "y": pa.string()})
        pq.write_table(pa.table(columns, schema=schema), folder / f"{name}.parquet")
        sides.append(Table("t", folder / f"{name}.parquet", ("k",)))
    with comparing() as con:
        found = compare(con, "t", sides[0], sides[1], 99)
    common = old.keys() & new.keys()
    changed = {key for key in common if old[key] != new[key]}
    assert (found.added, found.removed) == (len(new.keys() - old.keys()), len(old.keys() - new.keys()))
    assert found.changed == len(changed)
    assert {(cell.key, cell.column, cell.old, cell.new) for cell in found.examples.items} == {
        (str(key), "xy"[at], old[key][at], new[key][at])
        for key in changed
        for at in (0, 1)
        if old[key][at] != new[key][at]
    }


def test_markdown_says_what_a_reviewer_asks(old: Path, make: Make, rows: Rows) -> None:
    rows["speakers"][0]["name"] = "Mara *J.* Quill"
    rows["quotes"].pop(2)
    text = to_markdown({"invented": diff(old, make("new", rows))})
    assert "| <code>quotes</code> | 3 | 2 | 0 | 1 | 0 |" in text
    assert "**1 quote vanished**\n\n- nobody (direct): “Wet &#124; wet.”, in “Rain again”" in text
    assert "| “It is safe.” | Mara Quill | Mara &#42;J.&#42; Quill |" in text
    assert "| <code>s1</code> | <code>name</code> | <code>Mara Quill</code> |" in text


def test_markdown_fits_a_comment(old: Path, make: Make, rows: Rows) -> None:
    wide = [{"quote_id": f"z{n:04}", "article_id": "a1", "text": "@" * 500} for n in range(500)]
    found = diff(old, make("new", rows | {"quotes": rows["quotes"] + wide}), shown=500)
    text = to_markdown({"invented": found})
    assert LONGEST - 3_000 < len(text) <= LONGEST
    assert text.endswith("There is more: run `onrecord diff` to see all of it.\n")


def test_the_json_form_is_plain(old: Path, make: Make, rows: Rows) -> None:
    rows["quotes"].pop()
    form = diff(old, make("new", rows)).to_dict()
    assert json.loads(json.dumps(form))["same"] is False
    assert list(form)[:2] == ["same", "tables"]
