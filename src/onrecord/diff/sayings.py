"""What differences of tables mean for who said what: quotes that appeared or vanished, speakers that changed.

A document that was edited is another article with other keys. Its quotes are followed by the document's path and
their own text, so that only what is really new or gone is named so.
"""

# ruff: noqa: S608 -- the names in the queries are our own

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.diff.model import QuoteMoved, QuoteSeen, Sample, SpeakersChanged
from onrecord.diff.tables import one, shortened

if TYPE_CHECKING:
    import duckdb

NEEDED = {
    "articles": ("article_id", "headline", "seed_path"),
    "quotes": ("quote_id", "article_id", "field", "kind", "start", "end", "text"),
    "attributions": ("attribution_id", "quote_id", "speaker_id", "source_text"),
    "speakers": ("speaker_id", "name", "description"),
}
"""The columns that are read here. Where a side lacks one, nothing is said of quotes."""

_WHO = "coalesce(s.name, s.description, a.source_text, 'nobody')"

_KEYED = """
CREATE TEMP TABLE {side}_keyed AS
SELECT quote_id, seed_path, field, text,
       row_number() OVER (PARTITION BY seed_path, field, text ORDER BY start, quote_id) AS place
FROM {side}_quotes SEMI JOIN (FROM changes_quotes WHERE __kind = '{kind}') USING (quote_id)
JOIN {side}_articles USING (article_id)
"""

_MOVED = """
CREATE TEMP TABLE moved AS
SELECT o.quote_id AS old_id, n.quote_id AS new_id
FROM old_keyed o JOIN new_keyed n USING (seed_path, field, text, place)
"""

_MOVES = """
CREATE TEMP TABLE moves AS
FROM moved UNION ALL
SELECT quote_id, quote_id FROM changes_quotes
WHERE __kind = 'changed' AND ("cell field" OR "cell start" OR "cell end")
"""

_AFFECTED = """
CREATE TEMP TABLE affected AS
SELECT old_id, new_id FROM moved UNION
SELECT quote_id, quote_id FROM (
    SELECT quote_id FROM old_attributions SEMI JOIN changes_attributions USING (attribution_id) UNION ALL
    SELECT quote_id FROM new_attributions SEMI JOIN changes_attributions USING (attribution_id) UNION ALL
    SELECT quote_id FROM new_attributions SEMI JOIN changes_speakers USING (speaker_id)
) SEMI JOIN old_quotes USING (quote_id) SEMI JOIN new_quotes USING (quote_id)
"""


def meaning(
    con: duckdb.DuckDBPyConnection, shown: int
) -> Mapping[str, int | Sample[QuoteSeen] | Sample[QuoteMoved] | Sample[SpeakersChanged]]:
    """Return what appeared, vanished, moved and changed, as far as both sides can be read."""
    if not readable(con):
        return {}
    con.execute(_KEYED.format(side="old", kind="removed"))
    con.execute(_KEYED.format(side="new", kind="added"))
    con.execute(_MOVED)
    return {
        "quotes_appeared": _seen(con, "added", "new", shown),
        "quotes_vanished": _seen(con, "removed", "old", shown),
        "quotes_moved": int(one(con, "SELECT count(*) FROM moved")[0]),
        "moves": _moves(con, shown),
        "speakers_changed": _speakers(con, shown),
    }


def readable(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether both sides have the columns that are read here."""
    query = "SELECT table_name, column_name FROM information_schema.columns"
    columns = set(con.execute(query).fetchall())
    needed = [(table, column) for table, names in NEEDED.items() for column in names]
    return all((f"{side}_{table}", column) in columns for side in ("old", "new") for table, column in needed)


def _seen(con: duckdb.DuckDBPyConnection, kind: str, side: str, shown: int) -> Sample[QuoteSeen]:
    """Return the quotes that a side has and the other has not, in order of article and key."""
    con.execute(
        f"CREATE TEMP TABLE only_{side} AS SELECT quote_id FROM changes_quotes "
        f"ANTI JOIN moved ON changes_quotes.quote_id = moved.{side}_id WHERE __kind = '{kind}'"
    )
    rows = con.execute(
        f"WITH few AS (FROM only_{side} ORDER BY quote_id LIMIT {shown:d}), who AS ({_who(side, 'few', 'quote_id')}) "
        f"SELECT q.quote_id, q.kind, {shortened('q.text')}, w.who, {shortened('t.headline')} "
        f"FROM {side}_quotes q SEMI JOIN few USING (quote_id) LEFT JOIN who w USING (quote_id) "
        f"LEFT JOIN {side}_articles t USING (article_id) ORDER BY q.quote_id"
    ).fetchall()
    total = int(one(con, f"SELECT count(*) FROM only_{side}")[0])
    return Sample(tuple(QuoteSeen(row[0], row[1], row[2], tuple(row[3] or ()), row[4]) for row in rows), total)


def _moves(con: duckdb.DuckDBPyConnection, shown: int) -> Sample[QuoteMoved]:
    """Return the quotes of both sides whose place is another: under another key, or under the same."""
    con.execute(_MOVES)
    rows = con.execute(
        f"WITH few AS (FROM moves ORDER BY new_id LIMIT {shown:d}) SELECT new_id, {shortened('n.text')}, "
        "concat(o.field, ':', o.start, '-', o.\"end\"), concat(n.field, ':', n.start, '-', n.\"end\") FROM few "
        "JOIN old_quotes o ON o.quote_id = old_id JOIN new_quotes n ON n.quote_id = new_id ORDER BY new_id"
    ).fetchall()
    return Sample(tuple(QuoteMoved(*row) for row in rows), int(one(con, "SELECT count(*) FROM moves")[0]))


def _speakers(con: duckdb.DuckDBPyConnection, shown: int) -> Sample[SpeakersChanged]:
    """Return the quotes of both sides that are given to others than before."""
    con.execute(_AFFECTED)
    con.execute(
        "CREATE TEMP TABLE given AS SELECT p.new_id AS quote_id, o.who AS old_who, n.who AS new_who FROM affected p "
        f"JOIN ({_who('old', 'affected', 'old_id')}) o ON o.quote_id = p.old_id "
        f"JOIN ({_who('new', 'affected', 'new_id')}) n ON n.quote_id = p.new_id WHERE o.who <> n.who"
    )
    rows = con.execute(
        f"WITH few AS (FROM given ORDER BY quote_id LIMIT {shown:d}) "
        f"SELECT g.quote_id, {shortened('q.text')}, g.old_who, g.new_who FROM few g "
        "JOIN new_quotes q USING (quote_id) ORDER BY g.quote_id"
    ).fetchall()
    total = int(one(con, "SELECT count(*) FROM given")[0])
    return Sample(tuple(SpeakersChanged(row[0], row[1], tuple(row[2]), tuple(row[3])) for row in rows), total)


def _who(side: str, among: str, column: str) -> str:
    """Return the SQL of the speakers of those quotes of a side that a column of a table lists."""
    return (
        f"SELECT a.quote_id, list(DISTINCT {_WHO} ORDER BY {_WHO}) AS who FROM {side}_attributions a "
        f"SEMI JOIN {among} ON a.quote_id = {among}.{column} "
        f"LEFT JOIN {side}_speakers s USING (speaker_id) GROUP BY a.quote_id"
    )
