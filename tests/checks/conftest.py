"""A small dataset that keeps every law, written as a build writes it, and tools to break it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from onrecord import schemas, tables
from onrecord.records import Article, Attribution, Entry, Extraction, Mention, Quote, SetAside, Source, Span, Speaker
from onrecord.tables.strategies import dataset

if TYPE_CHECKING:
    from pathlib import Path

BODY = (
    "The bridge 🌉 is old.\r\n\r\n“It is safe,” said Ada Moss, the mayor. “It always was.”\n\n"
    "A “smart” bridge, café owners fear. The engineer told reporters that it “may\nsway”."
)


def span(text: str, piece: str) -> Span:
    start = text.index(piece)
    return Span(start, start + len(piece), piece, is_verbatim=True)


def mention(text: str, piece: str) -> Mention:
    start = text.index(piece)
    return Mention(start, start + len(piece), piece)


def source(text: str, piece: str) -> Source:
    start = text.index(piece)
    return Source(start, start + len(piece), piece, "nominal")


def entry(number: int = 0) -> Entry:
    """Return an article with a broken quotation, a mixed one, an indirect echo and a term set aside."""
    body = f"{BODY}\n\nIt opened in {1900 + number}."
    article = Article(
        seed_path=f"{number:03}.txt",
        seed_sha256=f"{number + 10:02x}" * 32,
        converter="capture/1",
        headline="Bridge “safe”",
        description="=A standfirst, with commas\nand lines",
        authors=("Ada Example", 'B. "Bob" Moss'),
        date_published=datetime(2024, 3, 1, 9, 51, tzinfo=UTC),
        date_modified=datetime(2024, 3, 1, 18, 47, tzinfo=UTC),
        language="en",
        body=body,
    )
    ada = Speaker("Ada Moss", "person", "the mayor")
    engineer = Speaker(None, "person", "the engineer", "unnamed")
    first = Quote(
        field="body",
        kind="direct",
        spans=(span(body, "It is safe,"), span(body, "It always was.")),
        language="en",
        attribution=Attribution(
            source=source(body, "Ada Moss, the mayor"),
            cue=mention(body, "said"),
            speakers=(ada,),
            said_earliest=date(2024, 2, 29),
            said_latest=date(2024, 3, 1),
            method="beside its cue",
            confidence=0.9,
        ),
    )
    head = Quote(
        field="headline",
        kind="direct",
        spans=(span("Bridge “safe”", "safe"),),
        language="en",
        attribution=Attribution(source=None, cue=None, method="nobody near", confidence=0.1),
    )
    at = body.index("that it ") + 5
    second = Quote(
        field="body",
        kind="mixed",
        spans=(Span(at, at + 2, "it", is_verbatim=False), span(body, "may\nsway")),
        language="en",
        attribution=Attribution(
            source=source(body, "The engineer"),
            cue=mention(body, "told"),
            speakers=(engineer,),
            method="that-clause",
            confidence=0.7,
        ),
    )
    term = span(body, "“smart”")
    aside = SetAside("body", term.start, term.end, term.text, "scare quote")
    return Entry(article, Extraction((head, first, second), (aside,)))


class Folder:
    """A dataset's rows, to be changed, and its folder."""

    def __init__(self, path: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
        self.path = path
        self.rows = rows

    def write(self, *, formats: tuple[str, ...] = ("csv", "parquet")) -> Path:
        """Write all tables, in the order the rows have."""
        data = self.path / "data"
        data.mkdir(exist_ok=True)
        for name in schemas.names():
            for form, writer in (("csv", tables.CsvWriter), ("parquet", tables.ParquetWriter)):
                if form in formats:
                    with writer(data / f"{name}.{form}", name) as file:
                        file.write(tables.to_batch(name, self.rows[name]))
        return self.path

    def csv(self, name: str) -> Path:
        return self.path / "data" / f"{name}.csv"

    def parquet(self, name: str) -> Path:
        return self.path / "data" / f"{name}.parquet"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Three articles, bodies included."""
    return Folder(tmp_path, dataset([entry(number) for number in range(3)]))


@pytest.fixture
def withheld(tmp_path: Path) -> Folder:
    """Three articles, bodies withheld."""
    return Folder(tmp_path, dataset([entry(number) for number in range(3)], withhold_body=True))
