"""The laws across rows and tables, each one query of DuckDB over Parquet.

A query yields a row for each breach: `row` (the record's number in its file), `key`, `field`, `value` and
`expected`. Tables are joined on disk where memory does not suffice.
"""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from onrecord import schemas


class Scope(Enum):
    """What has to be seen of tables to find every breach of a law."""

    ARTICLE = "the rows of one article"
    ORDER = "two rows that follow one another, where rows are sorted"
    WHOLE = "all rows"


@dataclass(frozen=True, slots=True)
class Law:
    """One query: the rule it proves, the table its breaches are in, the tables it reads, and what of them it needs."""

    code: str
    table: str
    tables: tuple[str, ...]
    message: str
    sql: str
    scope: Scope = Scope.ARTICLE


def breach(key: str, field: str, value: str = "NULL", expected: str = "NULL", *, of: str = "") -> str:
    r"""Return the head of a query that names breaches in the table with the alias `of`.

    >>> breach("quote_id", "'text'")
    'SELECT file_row_number AS "row", quote_id AS key, \'text\' AS field, NULL AS value, NULL AS expected'
    """
    row = f"{of}.file_row_number" if of else "file_row_number"
    return f'SELECT {row} AS "row", {key} AS key, {field} AS field, {value} AS value, {expected} AS expected'


SOURCE_COMPLETE = Law(
    "source-complete",
    "attributions",
    ("attributions",),
    "start, end and text of source or cue, or the source's form, do not go together",
    f"""{breach("attribution_id", "'source_form'", "source_form")} FROM attributions
    WHERE (source_start IS NULL) <> (source_end IS NULL) OR (source_start IS NULL AND source_text IS NOT NULL)
       OR (cue_start IS NULL) <> (cue_end IS NULL) OR (cue_start IS NULL AND cue_text IS NOT NULL)
       OR (source_form = 'none') <> (source_start IS NULL)""",
)
MENTION_TEXT = Law(
    "source-complete",
    "attributions",
    ("attributions", "quotes", "articles"),
    "start and end of source or cue have no text, and rights allow it",
    f"""{breach("attribution_id", "'source_form'", "source_form", of="a")}
    FROM attributions a JOIN quotes q USING (quote_id) JOIN articles r USING (article_id)
    WHERE r.quote_rights <> 'stand-off' AND ((source_start IS NOT NULL AND source_text IS NULL)
                                             OR (cue_start IS NOT NULL AND cue_text IS NULL))""",
)
SPAN_ORDER = Law(
    "spans-in-order-and-disjoint",
    "spans",
    ("spans",),
    "the span starts before the one before it ends, or its position does not follow",
    f"""{breach("quote_id || ',' || position", "'start'", "start", "'at least ' || coalesce(before, 0)")}
    FROM (SELECT *, lag("end") OVER w AS before, lag(position) OVER w AS previous FROM spans
          WINDOW w AS (PARTITION BY quote_id ORDER BY position))
    WHERE start < before OR "end" <= start OR position <> coalesce(previous + 1, 0)""",
)
ENVELOPE = Law(
    "envelope-matches-spans",
    "quotes",
    ("quotes", "spans"),
    "the envelope does not run from the first span's start to the last one's end",
    f"""{breach("quote_id", "'start'", "q.start || ' to ' || q.end", "s.first || ' to ' || s.last", of="q")}
    FROM quotes q JOIN (SELECT quote_id, min(start) AS first, max("end") AS last FROM spans GROUP BY quote_id) s
    USING (quote_id) WHERE q.start <> s.first OR q.end <> s.last""",
)
CUE_OUTSIDE = Law(
    "cue-outside-content",
    "attributions",
    ("attributions", "spans"),
    "the cue lies inside what is said",
    f"""{breach("attribution_id", "'cue_text'", "a.cue_text", "'outside ' || s.start || ' to ' || s.end", of="a")}
    FROM attributions a JOIN spans s USING (quote_id) WHERE a.cue_start < s.end AND a.cue_end > s.start""",
)


def _complete(other: str) -> Law:
    return Law(
        "quote-complete",
        "quotes",
        ("quotes", other),
        f"the quote has no row in {other}",
        f"""{breach("quote_id", "'quote_id'", "quote_id")}
        FROM quotes WHERE quote_id NOT IN (SELECT quote_id FROM {other} WHERE quote_id IS NOT NULL)""",
    )


SPEAKER_UNUSED = Law(
    "speaker-unused",
    "speakers",
    ("speakers", "attributions"),
    "no attribution names the speaker",
    f"""{breach("speaker_id", "'speaker_id'", "speaker_id")} FROM speakers
    WHERE speaker_id NOT IN (SELECT speaker_id FROM attributions WHERE speaker_id IS NOT NULL)""",
    Scope.WHOLE,
)
BODY_RIGHTS = Law(
    "body-rights",
    "articles",
    ("articles",),
    "the body is there although rights withhold it",
    f"""{breach("article_id", "'body'", "body")} FROM articles WHERE body_rights = 'withheld' AND body IS NOT NULL""",
)
SAID_ORDER = Law(
    "said-order",
    "attributions",
    ("attributions",),
    "said_latest is before said_earliest",
    f"""{breach("attribution_id", "'said_latest'", "said_latest", "'not before ' || said_earliest")}
    FROM attributions WHERE said_latest < said_earliest""",
)
SAID_AFTER = Law(
    "said-after-published",
    "attributions",
    ("attributions", "quotes", "articles"),
    "said after the article appeared",
    f"""{breach("attribution_id", "'said_earliest'", "a.said_earliest", "'not after ' || p.latest", of="a")}
    FROM attributions a JOIN quotes q USING (quote_id)
    JOIN (SELECT article_id, greatest(date_published, date_modified)::DATE AS latest FROM articles) p USING (article_id)
    WHERE a.said_earliest > p.latest + 1""",
)
MODIFIED_BEFORE = Law(
    "modified-before-published",
    "articles",
    ("articles",),
    "changed before it was published",
    f"""{breach("article_id", "'date_modified'", "date_modified", "'not before ' || date_published")}
    FROM articles WHERE date_modified < date_published""",
)
ADDRESS_REPEATED = Law(
    "address-repeated",
    "articles",
    ("articles",),
    "another article has the same address",
    f"""{breach("article_id", "'url'", "url")} FROM articles
    WHERE url IN (SELECT url FROM articles WHERE url IS NOT NULL GROUP BY url HAVING count(*) > 1)""",
    Scope.WHOLE,
)

_LAST = "getvariable('today')::DATE + 1"
"""The last day that can be: instants are in UTC, and somewhere it is tomorrow already."""
FUTURE_ARTICLE = Law(
    "future-date",
    "articles",
    ("articles",),
    "the day lies in the future",
    f"""{
        breach(
            "article_id",
            f"CASE WHEN date_published::DATE > {_LAST} THEN 'date_published' ELSE 'date_modified' END",
            f"CASE WHEN date_published::DATE > {_LAST} THEN date_published ELSE date_modified END",
            f"'not after ' || ({_LAST})::DATE",
        )
    } FROM articles WHERE greatest(date_published, date_modified)::DATE > {_LAST}""",
)
FUTURE_SAID = Law(
    "future-date",
    "attributions",
    ("attributions",),
    "the day lies in the future",
    f"""{
        breach(
            "attribution_id",
            f"CASE WHEN said_earliest > {_LAST} THEN 'said_earliest' ELSE 'said_latest' END",
            f"CASE WHEN said_earliest > {_LAST} THEN said_earliest ELSE said_latest END",
            f"'not after ' || ({_LAST})::DATE",
        )
    } FROM attributions WHERE greatest(said_earliest, said_latest) > {_LAST}""",
)


def _key(columns: tuple[str, ...]) -> str:
    return "concat_ws(',', " + ", ".join(f'"{column}"' for column in columns) + ")"


def _unique(table: str, columns: tuple[str, ...], code: str) -> Law:
    names = ", ".join(f'"{column}"' for column in columns)
    present = " AND ".join(f'"{column}" IS NOT NULL' for column in columns)
    key = _key(schemas.load(table).primary_key)
    return Law(
        code,
        table,
        (table,),
        f"another row has the same {', '.join(columns)}",
        f"""{breach(key, f"'{columns[0]}'", _key(columns))} FROM {table}
        WHERE ({names}) IN (SELECT ({names}) FROM {table} WHERE {present} GROUP BY {names} HAVING count(*) > 1)""",
        Scope.ORDER if columns == schemas.load(table).primary_key and table != "speakers" else Scope.WHOLE,
    )


def _foreign(table: str, key: schemas.ForeignKey) -> Law:
    own, other = key.fields[0], key.references[0]
    return Law(
        "keys-resolve",
        table,
        (table, key.table),
        f"{own} names no row of {key.table}",
        f"""{breach(_key(schemas.load(table).primary_key), f"'{own}'", own)} FROM {table}
        WHERE {own} IS NOT NULL AND {own} NOT IN (SELECT {other} FROM {key.table} WHERE {other} IS NOT NULL)""",
        Scope.WHOLE if key.table in (table, "speakers") else Scope.ARTICLE,
    )


def laws() -> list[Law]:
    """Return every law, keys from the declarations first.

    >>> sorted({law.code for law in laws() if law.tables == ("attributions",)})
    ['future-date', 'primary-key-unique', 'said-order', 'source-complete']
    """
    declared = [schemas.load(name) for name in schemas.names()]
    keys = [_unique(each.name, each.primary_key, "primary-key-unique") for each in declared]
    keys += [_unique(each.name, key, "unique-key") for each in declared for key in each.unique_keys]
    keys += [_foreign(each.name, key) for each in declared for key in each.foreign_keys]
    return [*keys, *FIXED]


FIXED = (
    *(SOURCE_COMPLETE, MENTION_TEXT, SPAN_ORDER, ENVELOPE, CUE_OUTSIDE, _complete("spans"), _complete("attributions")),
    *(SPEAKER_UNUSED, BODY_RIGHTS, SAID_ORDER, SAID_AFTER, MODIFIED_BEFORE, FUTURE_ARTICLE, FUTURE_SAID),
    ADDRESS_REPEATED,
)
