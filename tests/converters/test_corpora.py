from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.converters import delimited, feed, jsonl, parquet
from onrecord.converters.corpus import rows, unpack
from onrecord.errors import ConverterError
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Severity

Convert = Callable[[Document, Defaults], Iterator[Article | Issue]]
CONVERTERS = [jsonl.convert, delimited.convert, parquet.convert, feed.convert]
BODY = "The harbor office counts its gulls twice a year."


def converted(convert: Convert, data: bytes, **options: object) -> tuple[list[Article], list[Issue]]:
    found = list(convert(Document.of("corpus", data), Defaults(options=options)))
    return [i for i in found if isinstance(i, Article)], [i for i in found if isinstance(i, Issue)]


@pytest.mark.parametrize("convert", CONVERTERS, ids=lambda c: c.__module__.rpartition(".")[2])
@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=200))
@pytest.mark.parametrize(
    "prefix", [b"", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"PAR1", b"<rss>", b"title,text\n", b'{"title":']
)
def test_any_bytes_give_an_article_or_an_error(convert: Convert, prefix: bytes, data: bytes) -> None:
    articles, issues = converted(convert, prefix + data)
    assert articles or any(issue.severity is Severity.ERROR for issue in issues)
    assert "converter-failed" not in {issue.code for issue in issues}


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.lists(st.text(max_size=5), max_size=3)
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted({n for names in rows.USUAL.values() for n in names})), scalars))
def test_a_row_may_hold_anything(values: dict[str, object]) -> None:
    found = list(rows.article(rows.Row(values, "1", "0" * 64, 1), Document.of("c", b""), Defaults(), "x 1"))
    assert found
    for item in found:
        if isinstance(item, Article):
            assert item.body or item.headline
            assert item.authors is None or all(item.authors)
            assert item.body != ""
            str(item).encode()


def test_a_row_keeps_its_key_when_others_change() -> None:
    line = json.dumps({"title": "a", "text": BODY}).encode()
    alone, _ = converted(jsonl.convert, line)
    among, _ = converted(jsonl.convert, b'{"title": "b", "text": "x"}\n' + line + b"\r\n")
    assert alone[0].seed_sha256 == among[1].seed_sha256
    assert among[1].seed_path == "corpus#2"


def test_zstd_is_read() -> None:
    import pyarrow as pa

    line = json.dumps({"title": "a", "text": BODY}).encode()
    articles, _ = converted(jsonl.convert, pa.compress(line, codec="zstd", asbytes=True))
    assert articles[0].body == BODY


@pytest.mark.parametrize("convert", [jsonl.convert, delimited.convert])
def test_a_bomb_is_no_corpus(convert: Convert, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "LEAST", 1_000_000)
    articles, issues = converted(convert, gzip.compress(b"a" * 200_000_000))
    assert not articles
    assert any(issue.severity is Severity.ERROR for issue in issues)


def test_a_line_without_end_is_left_out() -> None:
    data = b'{"title": "' + b"a" * (unpack.MAX_RECORD + 10) + b'"}\n{"title": "b"}\n'
    articles, issues = converted(jsonl.convert, data)
    assert [article.headline for article in articles] == ["b"]
    assert (issues[0].code, issues[0].line) == ("record-too-large", 1)


def test_a_misspelt_field_is_suggested() -> None:
    with pytest.raises(ConverterError) as caught:
        converted(jsonl.convert, b'{"t": "a"}', columns={"headlin": "t"})
    assert caught.value.hint == "did you mean 'headline'?"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1717394100, "2024-06-03T05:55:00+00:00"),
        (1717394100000, "2024-06-03T05:55:00+00:00"),
        (datetime(2024, 6, 3, 5, 55, tzinfo=UTC), "2024-06-03T05:55:00+00:00"),
        (date(2024, 6, 3), "2024-06-03T00:00:00+00:00"),
        ("2024-06-03 05:55:00", "2024-06-03T05:55:00+00:00"),
        ("nonsense", None),
        (float("inf"), None),
        (True, None),
    ],
)
def test_dates_of_many_kinds(value: object, expected: str | None) -> None:
    row = rows.Row({"title": "a", "date": value}, "1", "0" * 64)
    article = next(iter(rows.article(row, Document.of("c", b""), Defaults(time_zone="UTC"), "x 1")))
    assert isinstance(article, Article)
    assert (article.date_published and article.date_published.isoformat()) == expected


def test_csv_that_is_written_is_read_back() -> None:
    import csv

    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([["title", "text"], ["one, two", 'a "b"\r\n\r\nc'], ["three", "d\ne"]])
    articles, issues = converted(delimited.convert, text.getvalue().encode())
    assert [article.body for article in articles] == ['a "b"\n\nc', "d\n\ne"]
    assert not issues


def test_a_flood_of_authors_is_none() -> None:
    line = json.dumps({"title": "a", "text": BODY, "authors": [f"Ann Sample{n}" for n in range(10_000)]}).encode()
    articles, issues = converted(jsonl.convert, line)
    assert articles[0].authors is None
    assert [issue.code for issue in issues] == ["too-many-authors"]


def test_many_rows_take_little_memory() -> None:
    import tracemalloc

    data = b"".join(json.dumps({"title": f"t{n}", "text": BODY * 20}).encode() + b"\n" for n in range(3000))
    tracemalloc.start()
    for _ in jsonl.convert(Document.of("corpus", data), Defaults(language="en")):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=300))
def test_web_archives_may_hold_anything(data: bytes) -> None:
    pytest.importorskip("fastwarc", reason="needs onrecord[warc]")
    from onrecord.converters import warc

    for start in (
        b"",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 50\r\n\r\nHTTP/1.1 200 OK\r\n",
        b"PK\x03\x04",
    ):
        articles, issues = converted(warc.convert, start + data)
        assert articles or issues
        assert "converter-failed" not in {issue.code for issue in issues}


def test_a_bomb_in_a_bundle_is_no_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fastwarc", reason="needs onrecord[warc]")
    from onrecord.converters import warc

    monkeypatch.setattr(unpack, "LEAST", 1_000_000)
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("archive/data.warc", b"WARC/1.0\r\nX: " + b"a" * 100_000_000)
    _, issues = converted(warc.convert, bundle.getvalue())
    assert [issue.code for issue in issues] == ["archive-damaged"]
