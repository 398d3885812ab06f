from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.build.likeness import LEAST, links
from onrecord.build.sketches import SHINGLE, SLOTS, rows, schema, sketch
from onrecord.records import Article

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("r", "lo", "na", "tim")]


def words(seed: int, count: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)  # noqa: S311 -- invented text


def shared(one: list[str], other: list[str]) -> float:
    sets = [{tuple(each[at : at + SHINGLE]) for at in range(len(each) - SHINGLE + 1)} for each in (one, other)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def likeness(one: str, other: str) -> float:
    first, second = sketch(one), sketch(other)
    assert first is not None
    assert second is not None
    return float((first == second).mean())


@pytest.mark.parametrize("kept", [300, 270, 240, 200, 150, 100, 0])
def test_sketches_estimate_the_share_of_common_shingles(kept: int) -> None:
    one = words(1)
    other = one[:kept] + words(2, 300 - kept)
    assert likeness(" ".join(one), " ".join(other)) == pytest.approx(shared(one, other), abs=0.14)


@pytest.mark.parametrize("count", [24, 40, 80])
def test_short_texts_that_share_nothing_are_not_alike(count: int) -> None:
    assert likeness(" ".join(words(1, count)), " ".join(words(2, count))) < 0.3


def test_case_marks_and_line_ends_do_not_matter() -> None:
    text = " ".join(words(1))
    assert likeness(text, text.upper().replace(" ", ",\n\n")) == 1


def test_scripts_without_spaces_are_sketched() -> None:
    text = "橋は春に開通すると技師は述べた。市長は住民が長く待っていたと語った。"
    assert likeness(text, text.replace("春", "秋")) > 0.4


@given(st.text())
def test_any_text_has_a_sketch_or_is_too_short(text: str) -> None:
    made = sketch(text)
    assert made is None or (len(made) == SLOTS and (made == sketch(text)).all())


def article(number: int, text: str, **more: object) -> Article:
    key = f"{number:016x}" * 4
    return Article(seed_path=f"{number}.txt", seed_sha256=key, converter="test 1", body=text, **more)  # type: ignore[arg-type]


def to_batch(articles: list[Article]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([row for each in articles for row in rows(each)], schema=schema())


def write(tmp_path: Path, articles: list[Article], *, batches: int = 1) -> Path:
    path = tmp_path / "sketches.parquet"
    size = -(-len(articles) // batches) or 1
    with pq.ParquetWriter(path, to_batch([]).schema) as writer:
        for at in range(0, len(articles), size):
            writer.write_batch(to_batch(articles[at : at + size]))
    return path


def test_copies_and_versions_are_linked_and_others_are_not(tmp_path: Path) -> None:
    report = words(1)
    texts = [
        words(2),
        report,
        words(3),
        [*report[:280], *words(4, 30)],
        words(5),
        [*words(6, 20), *report],
        words(7, 9),
    ]
    found = links(write(tmp_path, [article(number, " ".join(text)) for number, text in enumerate(texts)]))
    assert [(link.seed_path, link.similar_path) for link in found] == [("3.txt", "1.txt"), ("5.txt", "1.txt")]
    for link in found:
        assert link.similarity >= LEAST
        assert link.issue().code == "near-duplicate"
        assert "1.txt" in link.issue().message
        assert link.issue().file == link.seed_path


def test_the_order_of_publication_says_which_is_the_copy(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    text = " ".join(words(1))
    early, late = (datetime(2024, 3, day, tzinfo=UTC) for day in (1, 2))
    one, two, unknown = article(1, text, date_published=late), article(2, text, date_published=early), article(0, text)
    found = links(write(tmp_path, [unknown, one, two]))
    assert {link.seed_path: link.similar_path for link in found} == {"1.txt": "2.txt", "0.txt": "2.txt"}


def test_however_rows_come_the_links_are_the_same(tmp_path: Path) -> None:
    base = words(1)
    texts = [" ".join([*base[: 300 - 2 * number], *words(number + 9, 2 * number)]) for number in range(30)]
    articles = [article(number, text) for number, text in enumerate(texts)]
    first = links(write(tmp_path, articles))
    assert len(first) == 29
    assert links(write(tmp_path, articles, batches=7)) == first
    assert all(one.article_id < other.article_id for one, other in pairwise(first))


def test_many_copies_cost_no_more_than_their_number(tmp_path: Path) -> None:
    text = " ".join(words(1))
    found = links(write(tmp_path, [article(number, text) for number in range(3000)]))
    assert len(found) == 2999
    assert {link.similar_path for link in found} == {"0.txt"}


def test_no_articles_have_no_links(tmp_path: Path) -> None:
    assert links(write(tmp_path, [])) == []
