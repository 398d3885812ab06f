"""Web archives: what a record says of itself reaches the page within it."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue

pytest.importorskip("fastwarc", reason="needs onrecord[warc]")

from onrecord.converters import warc

PAGE = (
    "<html lang=en><body><article><h1>Rain at last on Saint-Orlan</h1><p>Published today at 10:34</p><p>"
    + "The ovens of Saint-Orlan have recorded the morning humidity since 1931, and nobody asked for it. " * 4
    + "</p></article></body></html>"
)


def record(page: str = PAGE, *, date: str | None = "2024-05-07T12:00:00Z", number: int = 1) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    when = f"WARC-Date: {date}\r\n" if date else ""
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n{when}"
    head += f"WARC-Record-ID: <urn:uuid:0000-{number}>\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


def read(data: bytes, **options: object) -> tuple[list[Article], dict[str, Issue]]:
    defaults = Defaults(time_zone="Europe/Paris", options=dict(options))
    found = list(warc.convert(Document.of("a.warc", data), defaults))
    articles = [item for item in found if isinstance(item, Article)]
    return articles, {item.code: item for item in found if isinstance(item, Issue)}


def test_today_is_the_day_of_the_record() -> None:
    later = record(date="2024-06-01T12:00:00Z", number=2)
    one, other = read(record() + later)[0]
    assert one.date_published == datetime(2024, 5, 7, 8, 34, tzinfo=UTC)
    assert other.date_published == datetime(2024, 6, 1, 8, 34, tzinfo=UTC)


def test_the_day_that_somebody_says_goes_before_the_records() -> None:
    [article], _ = read(record(), capture_date="2024-05-09")
    assert article.date_published == datetime(2024, 5, 9, 8, 34, tzinfo=UTC)


@pytest.mark.parametrize("date", [None, "yesterday", "9999-99-99T00:00:00Z"])
def test_a_record_without_a_day_leaves_today_open(date: str | None) -> None:
    [article], issues = read(record(date=date))
    assert article.date_published is None
    assert "relative-date" in issues


def test_a_date_after_the_record_is_doubted() -> None:
    [article], issues = read(record(PAGE.replace("today at 10:34", "May 9, 2024, at 10:34")))
    assert article.date_published == datetime(2024, 5, 9, 8, 34, tzinfo=UTC)
    assert issues["date-after-capture"].field == "date_published"


def test_a_record_cut_short_is_reported_and_what_was_read_before_is_kept() -> None:
    whole = record() + record(number=2)
    assert "archive-damaged" not in read(whole)[1]
    for cut in (len(record(number=2)) // 2, 200, 3):
        articles, issues = read(whole[:-cut])
        assert articles[0].url == "https://news.example/1"
        assert issues["archive-damaged"].severity.value == "error"


def test_a_compressed_archive_cut_short_is_reported() -> None:
    members = gzip.compress(record(), mtime=0) + gzip.compress(record(number=2), mtime=0)
    assert len(read(members)[0]) == 2
    articles, issues = read(members[:-100])
    assert len(articles) == 1
    assert issues["archive-damaged"].severity.value == "error"


def test_an_archive_of_pictures_and_errors_is_empty() -> None:
    picture = record().replace(b"text/html; charset=utf-8", b"image/png; charset=utf-8")
    missing = record().replace(b"200 OK", b"404 No")
    articles, issues = read(picture + missing)
    assert articles == []
    assert issues["empty-document"].severity.value == "error"
    assert "1 image/png" in issues["records-set-aside"].message
