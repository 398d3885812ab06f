"""What is checked in the texts of articles themselves: quotation marks accounted for, and hashes of bodies."""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.checks.findings import Finding
from onrecord.checks.laws import Law, breach
from onrecord.checks.marks import AROUND, Range, unaccounted
from onrecord.records import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import duckdb

    from onrecord.checks.glances import Glances

BATCH = 1_000
_RANGES = """(SELECT article_id, list(concat_ws(' ', field, start, "end")) AS {0} FROM {1} GROUP BY article_id)"""
_SQL = f"""
SELECT t.file_row_number, t.article_id, q.quotes, a.set_aside,
       {", ".join(FIELDS)}
FROM part t LEFT JOIN {_RANGES.format("quotes", "quoted")} q USING (article_id)
            LEFT JOIN {_RANGES.format("set_aside", "aside")} a USING (article_id)
"""
TABLES = ("articles", "quotes", "set_aside")
"""The tables that must be there for quotation marks to be checked."""
BODY_HASH = Law(
    "body-hash",
    "articles",
    ("articles",),
    "the body is not the one its hash was made of",
    f"""{breach("article_id", "'body_sha256'", "body_sha256", "sha256(body)")} FROM articles
    WHERE body IS NOT NULL AND sha256(body) IS DISTINCT FROM body_sha256""",
)


def check_texts(con: duckdb.DuckDBPyConnection, file: Path) -> Iterator[Finding]:
    """Yield the quotation marks of one part of the articles that are accounted for nowhere."""
    found = con.execute(_SQL)
    while rows := found.fetchmany(BATCH):
        for row, key, quotes, aside, *texts in rows:
            for field, text in zip(FIELDS, texts, strict=True):
                if text is not None:
                    for place in unaccounted(text, _ranges(quotes, field), _ranges(aside, field)):
                        yield _mark(text, place, table="articles", file=file, row=row, key=key, field=field)


def check_rows(glances: Glances, rows: Iterable[int], first: int, file: Path) -> Iterator[Finding]:
    """Yield the quotation marks that are accounted for nowhere in some of these articles.

    The keys of quotes and of what is set aside must name articles; `first` is the number of the first article.
    """
    ranges = {name: _Ranges(glances, name) for name in ("quotes", "set_aside")}
    keys = glances["articles"].rows.column("article_id")
    for row in rows:
        for field in FIELDS:
            text = glances["articles"].rows.column(field)[row].as_py()
            if text is not None:
                at = {"table": "articles", "file": file, "row": first + row, "key": keys[row].as_py(), "field": field}
                for place in unaccounted(text, *(each.of(row, field) for each in ranges.values())):
                    yield _mark(text, place, **at)


class _Ranges:
    """What rows of a table take up of the fields of articles."""

    def __init__(self, glances: Glances, name: str) -> None:
        articles = glances.rows(name, "articles")
        count = glances["articles"].rows.num_rows
        self._bounds: list[int] = [] if articles is None else articles.searchsorted(range(count + 1)).tolist()
        self._columns = [glances[name].rows.column(column) for column in ("field", "start", "end")]

    def of(self, row: int, field: str) -> list[Range]:
        first, last = self._bounds[row], self._bounds[row + 1]
        cells = zip(*(column.slice(first, last - first).to_pylist() for column in self._columns), strict=True)
        return [Range(start, end) for name, start, end in cells if name == field and None not in (start, end)]


def unseen(number: int, file: Path) -> Finding:
    """Return the note on sources and cues that cannot be checked since the body they lie in is withheld."""
    message = f"{number:,} sources or cues lie in withheld bodies, outside of what their quotes show of them"
    return Finding(code="offsets-unchecked", message=message, table="attributions", file=file)


def _ranges(listed: list[str] | None, field: str) -> list[Range]:
    """Return the ranges of one field, each given as field, start and end."""
    rows = (each.split(" ") for each in listed or ())
    return [Range(int(row[1]), int(row[2])) for row in rows if row[0] == field and len(row) == 3]


def _mark(text: str, place: int, **at: Any) -> Finding:
    message = f"the quotation mark {text[place]} at {place} is in no quote and not set aside"
    return Finding(code="marks-accounted", message=message, value=text[max(0, place - AROUND) : place + AROUND], **at)
