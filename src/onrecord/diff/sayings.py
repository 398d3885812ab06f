"""What differences of tables mean for who said what: quotes that appeared or vanished, speakers that changed."""

# ruff: noqa: S608 -- the names in the queries are our own

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.diff.model import QuoteSeen, Sample, SpeakersChanged
from onrecord.diff.tables import one, shortened

if TYPE_CHECKING:
    import duckdb

NEEDED = {
    "articles": ("article_id", "headline"),
    "quotes": ("quote_id", "article_id", "kind", "text"),
    "attributions": ("attribution_id", "quote_id", "speaker_id", "source_text"),
    "speakers": ("speaker_id", "name", "description"),
}
"""The columns that are read here. A side without them says nothing of quotes."""

_WHO = "coalesce(s.name, s.description, a.source_text, 'nobody')"


def readable(con: duckdb.DuckDBPyConnection, side: str) -> bool:
    """Tell whether a side has all the columns needed."""
    query = "SELECT table_name, column_name FROM information_schema.columns"
    columns = set(con.execute(query).fetchall())
    return all((f"{side}_{table}", column) in columns for table, names in NEEDED.items() for column in names)


def seen(con: duckdb.DuckDBPyConnection, kind: str, side: str, shown: int) -> Sample[QuoteSeen]:
    """Return the quotes that a side has and the other has not, in order of article and key."""
    total = int(one(con, f"SELECT count(*) FROM changes_quotes WHERE __kind = '{kind}'")[0])
    rows = con.execute(
        f"WITH few AS (SELECT quote_id FROM changes_quotes WHERE __kind = '{kind}' ORDER BY 1 LIMIT {shown:d}), "
        f"who AS ({_speakers(side, 'few')}) "
        f"SELECT q.quote_id, q.kind, {shortened('q.text')}, w.who, {shortened('t.headline')} "
        f"FROM {side}_quotes q SEMI JOIN few USING (quote_id) LEFT JOIN who w USING (quote_id) "
        f"LEFT JOIN {side}_articles t USING (article_id) ORDER BY q.quote_id"
    ).fetchall()
    return Sample(tuple(QuoteSeen(row[0], row[1], row[2], tuple(row[3] or ()), row[4]) for row in rows), total)


def speakers(con: duckdb.DuckDBPyConnection, shown: int) -> Sample[SpeakersChanged]:
    """Return the quotes of both sides that are given to others than before."""
    con.execute(
        "CREATE TEMP TABLE affected AS SELECT DISTINCT quote_id FROM ("
        + " UNION ALL ".join(
            f"SELECT quote_id FROM {side}_attributions SEMI JOIN changes_attributions USING (attribution_id) UNION ALL "
            f"SELECT quote_id FROM {side}_attributions SEMI JOIN changes_speakers USING (speaker_id)"
            for side in ("old", "new")
        )
        + ")"
    )
    con.execute(
        "CREATE TEMP TABLE given AS SELECT o.quote_id, o.who AS old_who, n.who AS new_who "
        f"FROM ({_speakers('old', 'affected')}) o JOIN ({_speakers('new', 'affected')}) n USING (quote_id) "
        "SEMI JOIN new_quotes USING (quote_id) WHERE o.who <> n.who"
    )
    rows = con.execute(
        f"WITH few AS (SELECT * FROM given ORDER BY quote_id LIMIT {shown:d}) "
        f"SELECT g.quote_id, {shortened('q.text')}, g.old_who, g.new_who FROM few g "
        "JOIN new_quotes q USING (quote_id) ORDER BY g.quote_id"
    ).fetchall()
    total = int(one(con, "SELECT count(*) FROM given")[0])
    return Sample(tuple(SpeakersChanged(row[0], row[1], tuple(row[2]), tuple(row[3])) for row in rows), total)


def _speakers(side: str, among: str) -> str:
    return (
        f"SELECT a.quote_id, list(DISTINCT {_WHO} ORDER BY {_WHO}) AS who FROM {side}_attributions a "
        f"SEMI JOIN {among} USING (quote_id) LEFT JOIN {side}_speakers s USING (speaker_id) GROUP BY a.quote_id"
    )


def meaning(con: duckdb.DuckDBPyConnection, shown: int) -> Mapping[str, Sample[QuoteSeen] | Sample[SpeakersChanged]]:
    """Return what appeared, vanished and changed, as far as both sides can be read."""
    if not (readable(con, "old") and readable(con, "new")):
        return {}
    return {
        "quotes_appeared": seen(con, "added", "new", shown),
        "quotes_vanished": seen(con, "removed", "old", shown),
        "speakers_changed": speakers(con, shown),
    }
