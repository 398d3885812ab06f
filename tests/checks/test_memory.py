"""Checks hold no text once for each of its quotes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from onrecord import checks, tables
from onrecord.records import Article, Attribution, Entry, Extraction, Mention, Quote, Source, Span, Speaker

SENTENCE = "Quill said that bolt number {:05} of the bridge was tested twice in the spring. "


def entry(number: int, quotes: int) -> Entry:
    """Return an article in which every sentence is a quote."""
    sentences = [SENTENCE.format(place) for place in range(quotes)]
    body = "".join(sentences).rstrip()
    size = len(sentences[0])
    found = tuple(_quote(body, place * size, place * size + size - 2) for place in range(quotes))
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    article = Article(seed_path=f"{number}.txt", seed_sha256=sha256, converter="test 1", body=body)
    return Entry(article, Extraction(found, ()))


def _quote(body: str, start: int, end: int) -> Quote:
    content = Span(start + 11, end, body[start + 11 : end], is_verbatim=False)
    attribution = Attribution(
        source=Source(start, start + 5, "Quill", "named"),
        cue=Mention(start + 6, start + 10, "said"),
        speakers=(Speaker("Quill", "person"),),
        method="test",
        confidence=1.0,
    )
    return Quote(field="body", kind="indirect", spans=(content,), language="en", attribution=attribution)


@pytest.mark.slow
def test_long_texts_with_many_quotes_fit_into_little_memory(tmp_path: Path) -> None:
    """150 quotes of 12 kB in each of 400 articles: joined text by text these would be 700 MB."""
    entries = sorted((entry(number, 150) for number in range(400)), key=lambda one: one.article.seed_sha256)
    (tmp_path / "data").mkdir()
    every = [tables.rows(one) for one in entries]
    for name in every[0]:
        rows = [row for one in every for row in one[name]]
        batch = tables.to_batch(name, rows)
        with (
            tables.CsvWriter(tmp_path / "data" / f"{name}.csv", name) as csv,
            tables.ParquetWriter(tmp_path / "data" / f"{name}.parquet", name) as parquet,
        ):
            csv.write(batch)
            parquet.write(batch)
    report = checks.check_tables(tmp_path)
    assert report.valid, list(report)[:3]
