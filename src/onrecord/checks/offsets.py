"""The law that text and offsets agree, one query of DuckDB a table.

Offsets count code points, as DuckDB's `substring` does; a piece that reaches beyond its text is no piece.
The queries read `quoted` and `aside`: the rows of one part of the articles with the text they lie in, so that
memory is bounded by the part. Where rights withhold the body, what a quote shows of it (its own text, with
prefix and suffix) stands in for it.
"""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from onrecord.checks.laws import Law, breach

_WHOLE = """
    CASE x.field WHEN 'headline' THEN t.headline WHEN 'description' THEN t.description
                 WHEN 'captions' THEN t.captions WHEN 'body' THEN t.body END AS whole,
    x.field = 'body' AND t.body IS NULL AND t.body_rights = 'withheld' AS hidden, t.quote_rights"""

MACROS = """
CREATE MACRO piece(whole, first, last) AS
    CASE WHEN first BETWEEN 0 AND 2147483646 AND last BETWEEN first AND 2147483646
          AND length(substring(whole, first + 1, last - first)) = last - first
         THEN substring(whole, first + 1, last - first) END;
CREATE MACRO before(whole, first) AS piece(whole, greatest(first - 32, 0), first);
CREATE MACRO after(whole, last) AS piece(whole, last, least(last + 32, length(whole)));
"""
"""Run before the tables are there."""

_TEXTS = "file_row_number, article_id, headline, description, captions, body, body_rights, quote_rights FROM articles"
PART = f"""CREATE OR REPLACE TEMP TABLE part AS SELECT {_TEXTS}
WHERE article_id >= getvariable('low') AND article_id < getvariable('high')"""
"""Run for each part, so that its texts are read once."""
WHOLE_PART = f"CREATE OR REPLACE VIEW part AS SELECT {_TEXTS}"
"""Run where the tables hold no more than a part."""

HIDES = "SELECT count(*) FROM part WHERE body IS NULL AND body_rights = 'withheld'"

VIEWS = {
    "quotes": f"""CREATE OR REPLACE VIEW quoted AS SELECT x.*, {_WHOLE} FROM quotes x JOIN part t USING (article_id)
        WHERE x.article_id >= getvariable('low') AND x.article_id < getvariable('high')""",
    "set_aside": f"""CREATE OR REPLACE VIEW aside AS SELECT x.*, {_WHOLE}
        FROM set_aside x JOIN part t USING (article_id)
        WHERE x.article_id >= getvariable('low') AND x.article_id < getvariable('high')""",
}
"""Run for each of these tables that is there; the variables say which articles make the part."""

_ASIDE_WRONG = """text IS NOT NULL AND CASE WHEN hidden THEN length(text) <> "end" - start
    ELSE text IS DISTINCT FROM piece(whole, start, "end") END"""
_QUOTE_WRONG = """CASE
    WHEN text_sha256 IS NULL AND hidden THEN length(text) <> "end" - start
    WHEN text_sha256 IS NULL THEN text IS DISTINCT FROM piece(whole, start, "end")
    WHEN hidden THEN coalesce(length(text) >= "end" - start, false)
    ELSE text_sha256 IS DISTINCT FROM sha256(piece(whole, start, "end"))
         OR NOT coalesce(starts_with(piece(whole, start, "end"), text), true) END"""
"""Where rights cut the text, it is the beginning of what stands there, and the hash is that of the whole."""
_QUOTE_RIGHT = """text_sha256 IS NULL AND start >= 0 AND length(text) = "end" - start
    AND length(coalesce(prefix, '')) = least(start, 32) AND concat(prefix, text, suffix)
        = substring(whole, greatest(start - 32, 0) + 1, "end" + 32 - greatest(start - 32, 0))"""
"""True of nearly all quotes, and found by looking at the text once; where it is not, each piece is looked at."""
_PREFIX_WRONG = (
    "quote_rights = 'included' AND NOT hidden AND coalesce(prefix, '') IS DISTINCT FROM before(whole, start)"
)
_SUFFIX_WRONG = (
    "quote_rights = 'included' AND NOT hidden AND coalesce(suffix, '') IS DISTINCT FROM after(whole, \"end\")"
)
_CHOSEN = f"CASE WHEN {_QUOTE_WRONG} THEN {{}} WHEN {_PREFIX_WRONG} THEN {{}} ELSE {{}} END"
QUOTES = Law(
    "text-matches-offsets",
    "quotes",
    ("quotes", "articles"),
    "{field!r} is not what stands there in the article's text",
    f"""{
        breach(
            "quote_id",
            _CHOSEN.format("'text'", "'prefix'", "'suffix'"),
            _CHOSEN.format("text", "prefix", "suffix"),
            _CHOSEN.format('piece(whole, start, "end")', "before(whole, start)", 'after(whole, "end")'),
        )
    } FROM quoted WHERE CASE WHEN {_QUOTE_RIGHT} THEN false
                             ELSE ({_QUOTE_WRONG}) OR ({_PREFIX_WRONG}) OR ({_SUFFIX_WRONG}) END""",
)
ASIDE = Law(
    "text-matches-offsets",
    "set_aside",
    ("set_aside", "articles"),
    "{field!r} is not what stands there in the article's text",
    f"""{breach("concat_ws(',', article_id, field, start)", "'text'", "text", 'piece(whole, start, "end")')}
    FROM aside WHERE {_ASIDE_WRONG}""",
)
_SPAN = "piece(q.text, s.start - q.start, s.end - q.start)"
_CUT = "nullif(substring(q.text, greatest(s.start - q.start, 0) + 1, greatest(s.end - s.start, 0)), '')"
SPANS = Law(
    "text-matches-offsets",
    "spans",
    ("spans", "quotes"),
    "{field!r} is not what stands there in the quote",
    f"""{breach("quote_id || ',' || s.position", "'text'", "s.text", _SPAN, of="s")}
    FROM spans s JOIN quotes q USING (quote_id)
    WHERE s.text IS DISTINCT FROM CASE WHEN q.text_sha256 IS NULL THEN {_SPAN} ELSE {_CUT} END""",
)

_MENTIONS = f"""
    FROM (SELECT * EXCLUDE whole,
                 CASE WHEN hidden THEN concat(prefix, text, suffix) ELSE whole END AS whole,
                 CASE WHEN hidden THEN start - length(coalesce(prefix, '')) ELSE 0 END AS origin
          FROM (SELECT x.*, {_WHOLE}
                FROM (SELECT a.*, q.article_id, q.field, q.start, q.text, q.prefix, q.suffix
                      FROM attributions a JOIN quotes q USING (quote_id)
                      WHERE q.article_id >= getvariable('low') AND q.article_id < getvariable('high')
                        AND a.quote_id >= getvariable('low') AND a.quote_id < getvariable('high')) x
                JOIN part t USING (article_id)))"""
"""Texts are joined last, to rows that are ready, so that no join has to hold a text once for each quote."""
_FOUND = "piece(whole, {0}_start - origin, {0}_end - origin)"
_UNSEEN = "(hidden AND ({0}_start < origin OR {0}_end > origin + length(whole)))"
_RIGHT = (
    "(NOT hidden AND {0}_start >= 0 AND length({0}_text) = {0}_end - {0}_start "
    "AND {0}_text = substring(whole, {0}_start + 1, {0}_end - {0}_start))"
)
_WRONG = (
    f"CASE WHEN {_RIGHT} THEN false ELSE "
    "({0}_text IS NOT NULL AND {0}_start IS NOT NULL AND {0}_end IS NOT NULL AND "
    f"CASE WHEN {_UNSEEN} THEN length({{0}}_text) <> {{0}}_end - {{0}}_start "
    f"ELSE {{0}}_text IS DISTINCT FROM {_FOUND} END) END"
)
_EITHER = f"CASE WHEN {_WRONG.format('source')} THEN {{}} ELSE {{}} END"
MENTIONS = Law(
    "text-matches-offsets",
    "attributions",
    ("attributions", "quotes", "articles"),
    "{field!r} is not what stands there in the article's text",
    f"""{
        breach(
            "attribution_id",
            _EITHER.format("'source_text'", "'cue_text'"),
            _EITHER.format("source_text", "cue_text"),
            _EITHER.format(_FOUND.format("source"), _FOUND.format("cue")),
        )
    } {_MENTIONS} WHERE {_WRONG.format("source")} OR {_WRONG.format("cue")}""",
)
UNSEEN = (
    f"""SELECT count(*) FILTER ({_UNSEEN.format("source")}) + count(*) FILTER ({_UNSEEN.format("cue")}) {_MENTIONS}"""
)
"""How many sources and cues of a part cannot be checked, since the body they lie in is withheld."""

BY_PART = (QUOTES, ASIDE, MENTIONS)
"""Laws that read `quoted` or `aside`: run once for each part."""
