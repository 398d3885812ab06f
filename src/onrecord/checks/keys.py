"""The law that keys are derived from content: every one is made again from its row.

Digests are made by DuckDB; only what does not fit at first sight is looked at twice.
"""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.checks.findings import Finding
from onrecord.checks.laws import Law
from onrecord.records import Speaker
from onrecord.tables import ids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from onrecord.checks.glances import Glances

MESSAGE = "the key is not the one its content gives"
BATCH = 10_000

ARTICLES = Law(
    "ids-derived",
    "articles",
    ("articles",),
    MESSAGE,
    """SELECT file_row_number AS "row", article_id AS key, 'article_id' AS field, article_id AS value,
              left(seed_sha256, 16) AS expected
       FROM articles WHERE article_id <> left(seed_sha256, 16)""",
)
_QUOTE = "article_id || '-' || left(sha256(field || chr(0) || text || chr(0) || {}), 12)"
QUOTES = Law(
    "ids-derived",
    "quotes",
    ("quotes",),
    MESSAGE,
    f"""WITH odd AS (SELECT DISTINCT article_id, field, text FROM quotes
                        WHERE text_sha256 IS NULL AND quote_id <> {_QUOTE.format("'0'")}),
             ranked AS (SELECT q.*, rank() OVER w - 1 AS low, count(*) OVER same AS ties
                        FROM quotes q SEMI JOIN odd USING (article_id, field, text)
                        WINDOW w AS (PARTITION BY article_id, field, text ORDER BY start, "end"),
                               same AS (PARTITION BY article_id, field, text, start, "end"))
        SELECT file_row_number AS "row", quote_id AS key, 'quote_id' AS field, quote_id AS value,
               {_QUOTE.format("low")} AS expected
        FROM ranked
        WHERE NOT list_contains([{_QUOTE.format("k")} for k in range(low, low + ties)], quote_id)""",
)
_ATTRIBUTION = "quote_id || '-' || left(sha256(coalesce(source_text, '') || chr(0) || coalesce(speaker_id, '')), 8)"
ATTRIBUTIONS = Law(
    "ids-derived",
    "attributions",
    ("attributions",),
    MESSAGE,
    f"""SELECT file_row_number AS "row", attribution_id AS key, 'attribution_id' AS field, attribution_id AS value,
               {_ATTRIBUTION} AS expected
        FROM attributions
        WHERE attribution_id <> {_ATTRIBUTION} AND NOT (source_start IS NOT NULL AND source_text IS NULL)""",
)
LAWS = (ARTICLES, QUOTES, ATTRIBUTIONS)
_DERIVED = {
    QUOTES: (
        ("quote_id", "article_id", "field", "text", "text_sha256"),
        f"""SELECT count(*) FROM quick WHERE text_sha256 IS NULL AND quote_id <> {_QUOTE.format("'0'")}""",
    ),
    ATTRIBUTIONS: (
        ("attribution_id", "quote_id", "speaker_id", "source_start", "source_text"),
        f"""SELECT count(*) FROM quick WHERE attribution_id <> {_ATTRIBUTION}
        AND NOT (source_start IS NOT NULL AND source_text IS NULL)""",
    ),
}
"""For each law what it reads, and what has to be nothing for it to hold."""


def derived(con: duckdb.DuckDBPyConnection, law: Law, glances: Glances) -> bool:
    """Tell whether the law is one of these, and surely holds."""
    import pyarrow as pa

    if law not in _DERIVED:
        return False
    columns, wrong = _DERIVED[law]
    con.register("quick", pa.Table.from_batches([glances[law.table].rows.select(columns)]))
    return con.execute(wrong).fetchall() == [(0,)]


_FOLDED = r"lower(trim(regexp_replace({}, '[ \t\r\n]+', ' ', 'g')))"
_SPEAKERS = rf"""
WITH named AS (
    SELECT *, coalesce({_FOLDED.format("name")}, '') AS folded,
           name IS NOT NULL AND (kind = 'organisation' OR kind = 'person' AND folded LIKE '% %') AS shared,
           coalesce({_FOLDED.format("description")}, '') AS rest
    FROM speakers),
expected AS (
    SELECT *, CASE WHEN shared THEN left(sha256(kind || chr(0) || folded), 16)
                   ELSE left(speaker_id, 16) || '-s' || left(sha256(kind || chr(0) || folded || chr(0) || rest), 12)
              END AS expected
    FROM named)
SELECT file_row_number, speaker_id, kind, name, description,
       (SELECT min(source_text) FROM attributions a WHERE a.speaker_id = e.speaker_id) AS source_text
FROM expected e
WHERE speaker_id IS NOT NULL AND kind IS NOT NULL
  AND (name IS NOT NULL OR description IS NOT NULL OR speaker_id NOT IN (
           SELECT speaker_id FROM attributions
           WHERE speaker_id IS NOT NULL AND source_start IS NOT NULL AND source_text IS NULL))
  AND (speaker_id <> expected OR regexp_matches(concat(name, description), '[^ -~]')
   OR (name IS NULL AND description IS NULL))
ORDER BY file_row_number
"""


def speakers(con: duckdb.DuckDBPyConnection, file: Path) -> Iterator[Finding]:
    """Yield the speakers whose key is not the one that kind, name and description, or the source's words, give."""
    found = con.execute(_SPEAKERS)
    while rows := found.fetchmany(BATCH):
        for row in rows:
            yield from _speaker(row, file)


def _speaker(row: tuple[Any, ...], file: Path) -> Iterator[Finding]:
    number, key, kind, name, description, source = row
    expected = ids.speaker_id(key[:16], Speaker(name, kind, description), source)
    if expected != key:
        yield Finding(
            code="ids-derived",
            message=MESSAGE,
            table="speakers",
            file=file,
            row=number,
            key=key,
            field="speaker_id",
            value=key,
            expected=expected,
        )
