from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import onrecord
from newsroom import collection

from onrecord import seeds
from onrecord.records import Article, Document
from onrecord.reports import Issue

LOST = """\
The harbour bridge will open

By  and

Published on March 1, 2024, at 10:51 am (Paris)

"The bridge is safe," said Mara Quill, an engineer.
"""


def outcomes(tmp_path: Path, sidecar: str, text: str = LOST) -> tuple[Article | None, list[Issue]]:
    folder = collection(tmp_path, articles=0)
    (folder / "a.txt").write_text(text)
    (folder / "a.txt.toml").write_text(sidecar)
    found = list(seeds.convert(Document.of("a.txt", text.encode()), seeds.load(folder)))
    articles = [one for one in found if isinstance(one, Article)]
    return articles[0] if articles else None, [one for one in found if isinstance(one, Issue)]


def test_what_a_capture_lost_is_filled_and_no_longer_reported(tmp_path: Path) -> None:
    article, issues = outcomes(tmp_path, 'authors = ["Ada Marsh", "Rolf Pell"]\nurl = "https://example.org/bridge"\n')
    assert article is not None
    assert article.authors == ("Ada Marsh", "Rolf Pell")
    assert article.url == "https://example.org/bridge"
    assert article.byline is not None
    assert "byline-lost" not in {issue.code for issue in issues}


def test_it_wins_visibly(tmp_path: Path) -> None:
    article, issues = outcomes(tmp_path, 'headline = "The bridge"\ndate_published = 2024-03-02T08:00:00+01:00\n')
    assert article is not None
    assert article.headline == "The bridge"
    assert article.date_published == datetime(2024, 3, 2, 7, tzinfo=UTC)
    notes = {issue.field: issue for issue in issues if issue.code == "sidecar-wins"}
    assert "says 'The bridge', where " in notes["headline"].message
    assert "says 2024-03-02T07:00:00Z, where " in notes["date_published"].message
    assert set(notes) == {"headline", "date_published"}
    assert notes["headline"].value == "The harbour bridge will open"
    assert (notes["headline"].file, notes["headline"].line) == ("a.txt.toml", 1)
    assert (notes["date_published"].file, notes["date_published"].line) == ("a.txt.toml", 2)
    assert notes["date_published"].value == "2024-03-01T09:51:00Z"


def test_a_local_time_is_read_in_the_zone_that_is_given(tmp_path: Path) -> None:
    article, _ = outcomes(tmp_path, 'time_zone = "America/New_York"\ndate_modified = 2024-03-02T08:00:00\n')
    assert article is not None
    assert article.date_modified == datetime(2024, 3, 2, 13, tzinfo=UTC)
    assert (article.time_zone, article.time_zone_evidence) == ("America/New_York", "stated")


def test_a_capture_date_resolves_relative_dates(tmp_path: Path) -> None:
    text = LOST.replace("Published on March 1, 2024, at 10:51 am (Paris)", "Published today at 10:51 am (Paris)")
    without, _ = outcomes(tmp_path / "one", 'url = "https://example.org/"\n', text)
    article, _ = outcomes(tmp_path / "two", "capture_date = 2024-03-01\n", text)
    assert without is not None
    assert without.date_published is None
    assert article is not None
    assert article.date_published == datetime(2024, 3, 1, 9, 51, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sidecar", "line", "message"),
    [
        ('\nautors = ["A"]', 2, "unknown key 'autors'"),
        ('authors = "A"', 1, "'authors' must be a list, not text"),
        ('authors = [""]', 1, "'authors' must hold text only"),
        ("date_published = 2024-03-01", 1, "'date_published' must be a date with a time, not a date"),
        ("date_published = 2024-03-01T10:00:00", 1, "'date_published' has neither an offset nor a zone"),
        ('access = "paid"', 1, "'paid' is not a choice"),
        ('language = "English!"', 1, "'English!' is no BCP-47 tag"),
        ('license = "free"', 1, "'free' is no SPDX licence"),
        ("headline = ", 1, "not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_no_article_is_made(
    tmp_path: Path, sidecar: str, line: int, message: str
) -> None:
    article, [issue] = outcomes(tmp_path, sidecar)
    assert article is None
    assert issue.message.startswith(message)
    assert (issue.file, issue.line) == ("a.txt.toml", line)
    assert issue.hint


def test_its_zone_helps_to_read_the_document(tmp_path: Path) -> None:
    text = LOST.replace("March 1, 2024, at 10:51 am (Paris)", "May 7, 2024, at 10:00 am")
    article, _ = outcomes(tmp_path, 'time_zone = "America/New_York"\n', text)
    assert article is not None
    assert article.date_published == datetime(2024, 5, 7, 14, tzinfo=UTC)


def test_what_the_collection_says_is_no_value_of_the_document(tmp_path: Path) -> None:
    folder = collection(tmp_path, articles=0)
    (folder / "a.txt").write_text(LOST)
    (folder / "a.txt.toml").write_text('publisher = "The Other Gazette"\n')
    says = seeds.load(folder)
    assert says.defaults.publisher not in (None, "The Other Gazette")
    found = list(seeds.convert(Document.of("a.txt", LOST.encode()), says))
    [article] = [one for one in found if isinstance(one, Article)]
    assert article.publisher == "The Other Gazette"
    assert "sidecar-wins" not in {one.code for one in found if isinstance(one, Issue)}


@pytest.mark.parametrize(
    ("name", "hint"),
    [("a.toml", "call it a.txt.toml"), ("a.txxt.toml", "call it a.txt.toml"), ("gone.html.toml", "or remove it")],
)
def test_a_file_beside_no_document_is_reported(tmp_path: Path, name: str, hint: str) -> None:
    folder = collection(tmp_path, articles=0)
    for file in ("a.txt", "a.txt.toml", name):
        (folder / file).write_text(LOST if file == "a.txt" else "")
    issues = [one for one in seeds.listing(seeds.load(folder)) if isinstance(one, Issue)]
    assert [(one.code, one.file) for one in issues] == [("sidecar-orphan", name)]
    assert hint in (issues[0].hint or "")


def test_where_its_values_come_from_is_told(tmp_path: Path) -> None:
    folder = collection(tmp_path, articles=0)
    (folder / "a.txt").write_text(LOST)
    (folder / "a.txt.toml").write_text('authors = ["Ada Marsh"]\n')
    done = onrecord("convert", folder, "--explain", cwd=tmp_path)
    assert "the file beside the document" in done.stdout


def test_convert_shows_the_text_and_says_what_the_dataset_may_hold(tmp_path: Path) -> None:
    folder = collection(tmp_path, articles=0)
    (folder / "a.txt").write_text(LOST)
    (folder / "a.txt.toml").write_text('[rights]\nbody = "withheld"\nquotes = "stand-off"\n')
    [row] = map(json.loads, onrecord("convert", folder, "--format", "jsonl", cwd=tmp_path).stdout.splitlines())
    assert row["body"]
    assert (row["body_rights"], row["quote_rights"]) == ("withheld", "stand-off")
