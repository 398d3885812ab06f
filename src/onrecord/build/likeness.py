"""Which articles are nearly the same: syndicated copies, updated versions. They are linked, and never merged.

Sketches wait on disk. Those that agree in a band are neighbours: each is compared with the earliest of its
band and with the one before it, so that the work grows with the articles and not with their pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.build.rules import RULES
from onrecord.build.sketches import SLOTS
from onrecord.reports import Issue

if TYPE_CHECKING:
    import pyarrow as pa

LEAST = 0.6
"""Share of common shingles from which articles are linked."""
MEMORY = "256MB"
BATCH = 1 << 12

_PAIRS = """
WITH known AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY published NULLS LAST, article_id) AS n, article_id, bands
    FROM read_parquet($path)),
bands AS (SELECT n, article_id, unnest(bands) AS hash, generate_subscripts(bands, 1) AS band FROM known),
beside AS (
    SELECT article_id, first_value(article_id) OVER w AS first, lag(article_id) OVER w AS before, n,
           first_value(n) OVER w AS first_n, lag(n) OVER w AS before_n
    FROM bands WINDOW w AS (PARTITION BY band, hash ORDER BY n)),
pairs AS (
    SELECT n, article_id, first_n AS other_n, first AS other FROM beside WHERE first_n < n
    UNION
    SELECT n, article_id, before_n, before FROM beside WHERE before_n IS NOT NULL)
SELECT p.article_id, one.seed_path, p.other, p.other_n, two.seed_path AS other_path, one.slots, two.slots AS other_slots
FROM pairs p JOIN read_parquet($path) one ON one.article_id = p.article_id
             JOIN read_parquet($path) two ON two.article_id = p.other
"""
"""Pairs come in no order: sorting them with their sketches would take more memory than all else."""


@dataclass(frozen=True, slots=True)
class Link:
    """An article, the earlier one that it is most like, their documents, and how like they are, from 0 to 1."""

    article_id: str
    similar_to: str
    seed_path: str
    similar_path: str
    similarity: float

    def issue(self) -> Issue:
        """Return the finding that names both."""
        return RULES["near-duplicate"].issue(
            f"nearly the same as {self.similar_path}: about {self.similarity:.0%} of their word sequences are common",
            file=self.seed_path,
            table="articles",
            key=self.article_id,
            field="similar_to",
            value=self.similar_to,
        )


def links(path: Path) -> list[Link]:
    """Return the links between the articles whose sketches a Parquet file holds, in order of article.

    Each article is linked to the earlier one that it is most like: by publication, then by key.
    """
    best: dict[str, tuple[float, int, Link]] = {}
    for batch in _pairs(path):
        for number, link in _likely(batch):
            rank = (link.similarity, -number, link)
            if link.article_id not in best or rank[:2] > best[link.article_id][:2]:
                best[link.article_id] = rank
    return [best[key][2] for key in sorted(best)]


def _pairs(path: Path) -> Iterator[pa.RecordBatch]:
    import duckdb

    config: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(path.parent / ".spill")}
    with duckdb.connect(config=config) as con:
        con.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        yield from con.sql(_PAIRS, params={"path": str(path)}).to_arrow_reader(BATCH)


def _likely(batch: pa.RecordBatch) -> Iterator[tuple[int, Link]]:
    """Yield links that are close enough, each with the place of the other article among all."""
    import numpy as np

    columns = {name: batch.column(name).to_pylist() for name in batch.schema.names}
    one, other = (np.frombuffer(b"".join(columns[name]), "<u4").reshape(-1, SLOTS) for name in ("slots", "other_slots"))
    shares = (one == other).mean(axis=1)
    for row in np.flatnonzero(shares >= LEAST):
        link = Link(
            columns["article_id"][row],
            columns["other"][row],
            columns["seed_path"][row],
            columns["other_path"][row],
            round(float(shares[row]), 2),
        )
        yield columns["other_n"][row], link


def linked(batch: pa.RecordBatch, found: dict[str, Link]) -> pa.RecordBatch:
    """Return rows of articles with their links filled in."""
    import pyarrow as pa

    mine = [found.get(key) for key in batch.column("article_id").to_pylist()]
    for name in ("similar_to", "similarity"):
        at = batch.schema.get_field_index(name)
        values = pa.array([link and getattr(link, name) for link in mine], batch.schema.field(at).type)
        batch = batch.set_column(at, batch.schema.field(at), values)
    return batch
