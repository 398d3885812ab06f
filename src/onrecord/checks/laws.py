"""The laws across rows and tables, each one query of DuckDB over Parquet.

A query yields a row for each breach: `row` (the record's number in its file), `key`, `field`, `value` and
`expected`. Offsets count code points, as DuckDB's `substring` does; a piece that reaches beyond its text
is no piece. Tables are joined on disk where memory does not suffice.
"""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from dataclasses import dataclass

from onrecord import schemas


@dataclass(frozen=True, slots=True)
class Law:
    """One query: the rule it proves, the table its breaches are in, and the tables it reads."""

    code: str
    table: str
    tables: tuple[str, ...]
    message: str
    sql: str


PREPARE = """
SET TimeZone = 'UTC';
CREATE MACRO piece(whole, first, last) AS
    CASE WHEN first BETWEEN 0 AND 2147483646 AND last BETWEEN first AND 2147483646
          AND length(substring(whole, first + 1, last - first)) = last - first
         THEN substring(whole, first + 1, last - first) END;
"""
"""Run before the views of the tables are made."""

FIELDS = ("headline", "description", "captions", "body")

TEXTS = "CREATE VIEW texts AS " + " UNION ALL ".join(
    f"SELECT article_id, file_row_number AS article_row, '{field}' AS field, {field} AS text, "
    f"{field} IS NULL AND '{field}' = 'body' AND body_rights = 'withheld' AS hidden FROM articles"
    for field in FIELDS
)
"""The text fields, one row each; `hidden` where rights withhold the text. Run where there are articles."""

_ROW = 'file_row_number AS "row"'


def _breach(key: str, field: str, value: str = "NULL", expected: str = "NULL", *, of: str = "") -> str:
    """Return the head of a query that names breaches in the table with the alias `of`."""
    row = f'{of}.file_row_number AS "row"' if of else _ROW
    return f"SELECT {row}, {key} AS key, '{field}' AS field, {value}::VARCHAR AS value, {expected}::VARCHAR AS expected"


QUOTE_TEXT = Law(
    "text-matches-offsets",
    "quotes",
    ("quotes", "articles"),
    "the text is not what stands between start and end of the article's field",
    f"""{_breach("quote_id", "text", "q.text", "piece(t.text, q.start, q.end)", of="q")}
    FROM quotes q JOIN texts t USING (article_id, field)
    WHERE CASE WHEN t.hidden THEN length(q.text) <> q.end - q.start
               ELSE q.text IS DISTINCT FROM piece(t.text, q.start, q.end) END""",
)
QUOTE_PREFIX = Law(
    "text-matches-offsets",
    "quotes",
    ("quotes", "articles"),
    "the prefix is not what stands before the quote",
    f"""{_breach("quote_id", "prefix", "q.prefix", "piece(t.text, greatest(q.start - 32, 0), q.start)", of="q")}
    FROM quotes q JOIN texts t USING (article_id, field)
    WHERE NOT t.hidden AND coalesce(q.prefix, '') IS DISTINCT FROM piece(t.text, greatest(q.start - 32, 0), q.start)""",
)
QUOTE_SUFFIX = Law(
    "text-matches-offsets",
    "quotes",
    ("quotes", "articles"),
    "the suffix is not what stands after the quote",
    f"""{_breach("quote_id", "suffix", "q.suffix", "piece(t.text, q.end, least(q.end + 32, length(t.text)))", of="q")}
    FROM quotes q JOIN texts t USING (article_id, field)
    WHERE NOT t.hidden
      AND coalesce(q.suffix, '') IS DISTINCT FROM piece(t.text, q.end, least(q.end + 32, length(t.text)))""",
)
SPAN_TEXT = Law(
    "text-matches-offsets",
    "spans",
    ("spans", "quotes"),
    "the text is not what stands between start and end within the quote",
    f"""{
        _breach(
            "quote_id || ',' || s.position",
            "text",
            "s.text",
            "piece(q.text, s.start - q.start, s.end - q.start)",
            of="s",
        )
    }
    FROM spans s JOIN quotes q USING (quote_id)
    WHERE s.text IS DISTINCT FROM piece(q.text, s.start - q.start, s.end - q.start)""",
)
_ASIDE = "piece(t.text, a.start, a.end)"
ASIDE_TEXT = Law(
    "text-matches-offsets",
    "set_aside",
    ("set_aside", "articles"),
    "the text is not what stands between start and end of the article's field",
    f"""{_breach("concat_ws(',', article_id, field, a.start)", "text", "a.text", _ASIDE, of="a")}
    FROM set_aside a JOIN texts t USING (article_id, field)
    WHERE CASE WHEN t.hidden THEN length(a.text) <> a.end - a.start
               ELSE a.text IS DISTINCT FROM piece(t.text, a.start, a.end) END""",
)

_CONTEXT = """
    FROM attributions a JOIN quotes q USING (quote_id) JOIN texts t USING (article_id, field),
         LATERAL (SELECT coalesce(q.prefix, '') || q.text || coalesce(q.suffix, '') AS context,
                         q.start - length(coalesce(q.prefix, '')) AS origin) c"""


def _mention(part: str) -> Law:
    """Return the law that a source or cue stands where its offsets say, in the text or what quotes show of it."""
    start, end, text = f"a.{part}_start", f"a.{part}_end", f"a.{part}_text"
    inside = f"{start} >= c.origin AND {end} <= c.origin + length(c.context)"
    shown = f"piece(c.context, {start} - c.origin, {end} - c.origin)"
    found = f"CASE WHEN t.hidden THEN {shown} ELSE piece(t.text, {start}, {end}) END"
    return Law(
        "text-matches-offsets",
        "attributions",
        ("attributions", "quotes", "articles"),
        f"the text of the {part} is not what stands between its start and end",
        f"""{_breach("attribution_id", f"{part}_text", text, found, of="a")} {_CONTEXT}
        WHERE {text} IS NOT NULL AND {start} IS NOT NULL AND {end} IS NOT NULL
          AND CASE WHEN t.hidden AND NOT ({inside}) THEN length({text}) <> {end} - {start}
                   ELSE {text} IS DISTINCT FROM {found} END""",
    )


UNCHECKED = Law(
    "offsets-unchecked",
    "attributions",
    ("attributions", "quotes", "articles"),
    "the source or cue lies in a withheld body, outside of what the quote shows of it",
    f"""{_breach("attribution_id", "source_text", "a.source_text", of="a")} {_CONTEXT}
    WHERE t.hidden AND (a.source_start < c.origin OR a.source_end > c.origin + length(c.context)
                        OR a.cue_start < c.origin OR a.cue_end > c.origin + length(c.context))""",
)
SOURCE_COMPLETE = Law(
    "source-complete",
    "attributions",
    ("attributions",),
    "start, end and text of source or cue, or the source's form, do not go together",
    f"""{_breach("attribution_id", "source_form", "source_form")} FROM attributions
    WHERE (source_start IS NULL) <> (source_text IS NULL) OR (source_end IS NULL) <> (source_text IS NULL)
       OR (cue_start IS NULL) <> (cue_text IS NULL) OR (cue_end IS NULL) <> (cue_text IS NULL)
       OR (source_form = 'none') <> (source_text IS NULL)""",
)
SPAN_ORDER = Law(
    "spans-in-order-and-disjoint",
    "spans",
    ("spans",),
    "the span starts before the one before it ends, or its position does not follow",
    f"""{_breach("quote_id || ',' || position", "start", "start", "'at least ' || coalesce(before, 0)")}
    FROM (SELECT *, lag("end") OVER w AS before, lag(position) OVER w AS previous FROM spans
          WINDOW w AS (PARTITION BY quote_id ORDER BY position))
    WHERE start < before OR "end" <= start OR position <> coalesce(previous + 1, 0)""",
)
ENVELOPE = Law(
    "envelope-matches-spans",
    "quotes",
    ("quotes", "spans"),
    "the envelope does not run from the first span's start to the last one's end",
    f"""{_breach("quote_id", "start", "q.start || ' to ' || q.end", "s.first || ' to ' || s.last", of="q")}
    FROM quotes q JOIN (SELECT quote_id, min(start) AS first, max("end") AS last FROM spans GROUP BY quote_id) s
    USING (quote_id) WHERE q.start <> s.first OR q.end <> s.last""",
)
CUE_OUTSIDE = Law(
    "cue-outside-content",
    "attributions",
    ("attributions", "spans"),
    "the cue lies inside what is said",
    f"""{_breach("attribution_id", "cue_text", "a.cue_text", "'outside ' || s.start || ' to ' || s.end", of="a")}
    FROM attributions a JOIN spans s USING (quote_id) WHERE a.cue_start < s.end AND a.cue_end > s.start""",
)


def _complete(other: str) -> Law:
    return Law(
        "quote-complete",
        "quotes",
        ("quotes", other),
        f"the quote has no row in {other}",
        f"""{_breach("quote_id", "quote_id", "quote_id")}
        FROM quotes WHERE quote_id NOT IN (SELECT quote_id FROM {other} WHERE quote_id IS NOT NULL)""",
    )


SPEAKER_UNUSED = Law(
    "speaker-unused",
    "speakers",
    ("speakers", "attributions"),
    "no attribution names the speaker",
    f"""{_breach("speaker_id", "speaker_id", "speaker_id")} FROM speakers
    WHERE speaker_id NOT IN (SELECT speaker_id FROM attributions WHERE speaker_id IS NOT NULL)""",
)
BODY_RIGHTS = Law(
    "body-rights",
    "articles",
    ("articles",),
    "the body is there although rights withhold it",
    f"""{_breach("article_id", "body", "body")} FROM articles WHERE body_rights = 'withheld' AND body IS NOT NULL""",
)
BODY_HASH = Law(
    "body-hash",
    "articles",
    ("articles",),
    "the body is not the one its hash was made of",
    f"""{_breach("article_id", "body_sha256", "body_sha256", "sha256(body)")} FROM articles
    WHERE body IS NOT NULL AND body_sha256 IS DISTINCT FROM sha256(body)""",
)
SAID_ORDER = Law(
    "said-order",
    "attributions",
    ("attributions",),
    "said_latest is before said_earliest",
    f"""{_breach("attribution_id", "said_latest", "said_latest", "'not before ' || said_earliest")}
    FROM attributions WHERE said_latest < said_earliest""",
)
SAID_AFTER = Law(
    "said-after-published",
    "attributions",
    ("attributions", "quotes", "articles"),
    "said after the article appeared",
    f"""{_breach("attribution_id", "said_earliest", "a.said_earliest", "'not after ' || p.latest", of="a")}
    FROM attributions a JOIN quotes q USING (quote_id)
    JOIN (SELECT article_id, greatest(date_published, date_modified)::DATE AS latest FROM articles) p USING (article_id)
    WHERE a.said_earliest > p.latest + 1""",
)
MODIFIED_BEFORE = Law(
    "modified-before-published",
    "articles",
    ("articles",),
    "changed before it was published",
    f"""{_breach("article_id", "date_modified", "date_modified", "'not before ' || date_published")}
    FROM articles WHERE date_modified < date_published""",
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
        f"""{_breach(key, columns[0], _key(columns))} FROM {table}
        WHERE ({names}) IN (SELECT ({names}) FROM {table} WHERE {present} GROUP BY {names} HAVING count(*) > 1)""",
    )


def _foreign(table: str, key: schemas.ForeignKey) -> Law:
    own, other = key.fields[0], key.references[0]
    return Law(
        "keys-resolve",
        table,
        (table, key.table),
        f"{own} names no row of {key.table}",
        f"""{_breach(_key(schemas.load(table).primary_key), own, own)} FROM {table}
        WHERE {own} IS NOT NULL AND {own} NOT IN (SELECT {other} FROM {key.table} WHERE {other} IS NOT NULL)""",
    )


def laws() -> list[Law]:
    """Return every law, keys from the declarations first.

    >>> sorted({law.code for law in laws() if law.tables == ("attributions",)})
    ['primary-key-unique', 'said-order', 'source-complete']
    """
    declared = [schemas.load(name) for name in schemas.names()]
    keys = [_unique(each.name, each.primary_key, "primary-key-unique") for each in declared]
    keys += [_unique(each.name, key, "unique-key") for each in declared for key in each.unique_keys]
    keys += [_foreign(each.name, key) for each in declared for key in each.foreign_keys]
    return [*keys, *FIXED]


FIXED = (
    *(QUOTE_TEXT, QUOTE_PREFIX, QUOTE_SUFFIX, SPAN_TEXT, ASIDE_TEXT, _mention("source"), _mention("cue"), UNCHECKED),
    *(SOURCE_COMPLETE, SPAN_ORDER, ENVELOPE, CUE_OUTSIDE, _complete("spans"), _complete("attributions")),
    *(SPEAKER_UNUSED, BODY_RIGHTS, BODY_HASH, SAID_ORDER, SAID_AFTER, MODIFIED_BEFORE),
)
