from __future__ import annotations

import gzip
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from onrecord.converters import available, base, choose, find
from onrecord.errors import ConverterError
from onrecord.records import Document
from onrecord.testing import check_converter


@pytest.mark.parametrize(
    ("path", "data", "name"),
    [
        ("a", b"<!DOCTYPE html><p>x", "html"),
        ("a", b"\xef\xbb\xbf \n<html lang=fr>", "html"),
        ("a", gzip.compress(b"<html><body>x", mtime=0), "html"),
        ("a", b'<?xml version="1.0"?><rss version="2.0">', "feed"),
        ("a", b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        ("a", b"WARC/1.0\r\n", "warc"),
        ("a", gzip.compress(b"WARC/1.0\r\n", mtime=0), "warc"),
        ("a", b'{"text": "x"}\n', "jsonl"),
        ("a.csv", b"text\nx\n", "csv"),
        ("a", b"PAR1", "parquet"),
        ("a.html", b"Rain at last\n", "capture"),
        ("a", b"", "capture"),
        ("a", b"\x1f\x8bdamaged", "capture"),
    ],
)
def test_a_converter_is_chosen_by_content(path: str, data: bytes, name: str) -> None:
    choice = choose(Document.of(path, data))
    assert choice.name == name
    assert choice.why


def test_a_misspelt_converter_is_suggested() -> None:
    with pytest.raises(ConverterError) as caught:
        find("captrue")
    assert caught.value.hint == "did you mean 'capture'?"
    with pytest.raises(ConverterError) as caught:
        find("zzz")
    assert "capture" in str(caught.value.hint)


def test_a_broken_plug_in_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    points = {
        "broken": EntryPoint("broken", "no_such_module:convert", base.GROUP),
        "odd": EntryPoint("odd", "onrecord.converters.base:GROUP", base.GROUP),
    }
    monkeypatch.setattr(base, "_entry_points", lambda: points)
    assert available() == ("broken", "odd")
    for name in points:
        with pytest.raises(ConverterError, match=name):
            find(name)


def test_golden_folders_fail_where_they_should(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no cases"):
        check_converter(find("capture"), tmp_path)
    case = tmp_path / "one"
    case.mkdir()
    with pytest.raises(AssertionError, match="0 files"):
        check_converter(find("capture"), tmp_path)
    (case / "input.txt").write_text("Rain at last\n\nIt rained.\n")
    with pytest.raises(AssertionError, match=r"no expected\.json"):
        check_converter(find("capture"), tmp_path, update=False)
    assert check_converter(find("capture"), tmp_path, update=True) == 1
    (case / "input.txt").write_text("Snow at last\n\nIt snowed.\n")
    with pytest.raises(AssertionError, match=r"-.*Rain at last"):
        check_converter(find("capture"), tmp_path, update=False)
