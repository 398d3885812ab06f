"""CSV and Parquet: the same bytes however rows are cut, and the same rows back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from onrecord import tables

if TYPE_CHECKING:
    from pathlib import Path

AWKWARD = [
    "plain",
    'a "quoted" word',
    "line\nbreak",
    "lone\rreturn",
    "\r\n",
    "=1+1",
    "-",
    "é",
    "e\u0301",
    "🙂",
    "שלום",
    ",",
]


def articles(count: int = 12) -> list[dict[str, object]]:
    return [
        {
            "article_id": f"{number:016x}",
            "headline": AWKWARD[number % len(AWKWARD)],
            "authors": [None, [], ["Ada Example", 'O"Neil, B.']][number % 3],
            "date_published": datetime(2024, 3, 1, 9, 51, number, tzinfo=UTC),
            "access": "unknown",
            "is_complete": [None, True, False][number % 3],
            "unread_share": [None, 0.1 + 0.2, 1.0][number % 3],
            "body": AWKWARD[(number + 1) % len(AWKWARD)],
            "body_rights": "included",
            "quote_rights": "included",
            "seed_path": f"{number}.txt",
            "seed_sha256": f"{number:064x}",
            "converter": "capture/1",
        }
        for number in range(count)
    ]


@pytest.mark.parametrize("cut", [1, 5, 12])
@pytest.mark.parametrize(
    ("writer", "reader"), [(tables.CsvWriter, tables.read_csv), (tables.ParquetWriter, tables.read_parquet)]
)
def test_batches_do_not_show(
    tmp_path: Path, cut: int, writer: type, reader: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tables.parquets.GROUP_ROWS, "articles", 7)
    whole = tables.to_batch("articles", articles())
    for path, size in ((tmp_path / "whole", 12), (tmp_path / "cut", cut)):
        with writer(path, "articles") as file:
            for start in range(0, 12, size):
                file.write(whole.slice(start, size))
    assert (tmp_path / "cut").read_bytes() == (tmp_path / "whole").read_bytes()
    assert reader(tmp_path / "cut", "articles").to_pylist() == whole.to_pylist()


def test_a_row_longer_than_a_block_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables.csvs, "BLOCKS", (1 << 10, 1 << 12, 1 << 20))
    rows = articles(40)
    rows[20]["body"] = "a, \n" * 2000
    with tables.CsvWriter(tmp_path / "a.csv", "articles") as file:
        file.write(tables.to_batch("articles", rows))
    assert tables.read_csv(tmp_path / "a.csv", "articles") == pa.Table.from_batches([tables.to_batch("articles", rows)])


NUMBERS = "0 7 10 99 100000 999999 1000000 12345678901 -3 +3 03 0x3 0x12 0x1F 0xFFFF 0xF4240 -0 1.0 1e3 x"


@pytest.mark.parametrize("text", [*NUMBERS.split(), " 3", "3 "])
def test_whole_numbers_are_read_in_one_form_only(tmp_path: Path, text: str) -> None:
    path = tmp_path / "spans.csv"
    key = "0" * 16 + "-" + "0" * 12
    path.write_text(
        f'quote_id,position,start,end,text,is_verbatim\n"{key}",0,{text},5,"a",true\n"{key}",1,,5,"a",true\n'
    )
    if text.lstrip("-").isdigit() and str(int(text)) == text:
        assert tables.read_csv(path, "spans")["start"].to_pylist() == [int(text), None]
    else:
        with pytest.raises(pa.ArrowInvalid):
            tables.read_csv(path, "spans")
