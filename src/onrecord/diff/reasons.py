"""How many rows give which reason, before and now: why marks were set aside, sources missed, quotes new or gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.diff import sayings
from onrecord.diff.model import Count

if TYPE_CHECKING:
    import duckdb

REASONS = (("attributions", "method"), ("set_aside", "reason"))
"""Columns that hold a reason."""

_COUNTED = """
SELECT reason, coalesce(o.number, 0), coalesce(n.number, 0)
FROM (SELECT coalesce({column}, '') AS reason, count(*) AS number FROM old_{table} GROUP BY ALL) o
FULL JOIN (SELECT coalesce({column}, '') AS reason, count(*) AS number FROM new_{table} GROUP BY ALL) n USING (reason)
WHERE o.number IS DISTINCT FROM n.number ORDER BY reason
"""

_WHY = """
SELECT CASE WHEN there.article_id IS NOT NULL THEN 'read' WHEN path.seed_path IS NOT NULL THEN 'edited'
       ELSE 'article' END AS why, count(*)
FROM only_{here} JOIN {here}_quotes USING (quote_id) JOIN {here}_articles a USING (article_id)
LEFT JOIN {other}_articles there ON there.article_id = a.article_id
LEFT JOIN (SELECT DISTINCT seed_path FROM {other}_articles) path ON path.seed_path = a.seed_path
GROUP BY why
"""


def counts(con: duckdb.DuckDBPyConnection) -> Iterator[Count]:
    """Yield the reasons that more or fewer rows give than before; call it after `sayings.meaning`."""
    columns = set(con.execute("SELECT table_name, column_name FROM information_schema.columns").fetchall())
    for table, column in REASONS:
        if {(f"old_{table}", column), (f"new_{table}", column)} <= columns:
            for reason, old, new in con.execute(_COUNTED.format(table=table, column=column)).fetchall():
                yield Count(table, column, reason, old, new)
    if sayings.readable(con):
        vanished = dict(con.execute(_WHY.format(here="old", other="new")).fetchall())
        appeared = dict(con.execute(_WHY.format(here="new", other="old")).fetchall())
        for why in sorted(vanished | appeared):
            yield Count("quotes", "why", why, vanished.get(why, 0), appeared.get(why, 0))
