"""The law that every quotation mark is accounted for: in a quote, at its edge, or set aside."""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.checks.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import duckdb

MARKS = frozenset('"“”„‟«»‹›「」『』')
BATCH = 1_000
AROUND = 20

_RANGES = """(SELECT article_id, field, list({{'s': start, 'e': "end"}}) AS {0} FROM {0} GROUP BY ALL)"""
_SQL = f"""
SELECT t.article_row, t.article_id, t.field, t.text, q.quotes, a.set_aside
FROM texts t LEFT JOIN {_RANGES.format("quotes")} q USING (article_id, field)
             LEFT JOIN {_RANGES.format("set_aside")} a USING (article_id, field)
WHERE t.text IS NOT NULL
"""


class Range(NamedTuple):
    """A quote's envelope, or what is set aside."""

    start: int
    end: int


def unaccounted(text: str, quotes: Sequence[Any], set_aside: Sequence[Any]) -> list[int]:
    """Return where quotation marks stand that belong to nothing.

    >>> unaccounted('He said "yes" and "no".', [Range(9, 12)], [])
    [18, 21]
    """
    covered = [_widened(text, each.start, each.end) for each in quotes] + [(each.start, each.end) for each in set_aside]
    at = [place for place, character in enumerate(text) if character in MARKS]
    return [place for place in at if not any(start <= place < end for start, end in covered)]


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return an envelope with the marks at its edges, perhaps a space away."""
    while start > 0 and (text[start - 1] in MARKS or text[start - 1].isspace()):
        start -= 1
    while end < len(text) and (text[end] in MARKS or text[end].isspace()):
        end += 1
    return start, end


def check_marks(con: duckdb.DuckDBPyConnection, file: Path) -> Iterator[Finding]:
    """Yield the quotation marks of all texts that belong to nothing."""
    found = con.execute(_SQL)
    while rows := found.fetchmany(BATCH):
        for row, key, field, text, quotes, aside in rows:
            ranges = [[Range(each["s"], each["e"]) for each in listed or ()] for listed in (quotes, aside)]
            for place in unaccounted(text, *ranges):
                yield finding(text, place, field, file=file, row=row, key=key)


def finding(text: str, place: int, field: str, **more: Any) -> Finding:
    """Return the finding about the mark at `place` of a text."""
    return Finding(
        code="marks-accounted",
        message=f"the quotation mark {text[place]} at {place} is in no quote and not set aside",
        table="articles",
        field=field,
        value=text[max(0, place - AROUND) : place + AROUND],
        **more,
    )
