"""The law that rows hold no more words of quotes, and no fewer, than the rights of their article say."""

# ruff: noqa: S608 -- names of tables and columns are our own, and values never enter a query

from __future__ import annotations

from onrecord.checks.laws import Law, breach

CODE = "quote-rights"
MESSAGE = "{field!r} holds more or less than the rights of its article say"
_SPACE = r"\t-\r\x{1c}-\x{1f}\x{85}\p{Z}"
_UNSPACED = r"\x{0e00}-\x{0eff}\x{1000}-\x{109f}\x{1780}-\x{17ff}\x{3040}-\x{30ff}\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}\x{f900}-\x{faff}"
_WORD = f"[{_UNSPACED}]|[^{_SPACE}{_UNSPACED}]+"


def _words(text: str) -> str:
    return f"len(regexp_extract_all({text}, '{_WORD}'))"


def _wrong(alias: str, hashed: str) -> str:
    """Return the condition that a text is not what rights say; `hashed` tells whether it is not whole."""
    text = f"{alias}.text"
    return f"""CASE r.quote_rights
        WHEN 'included' THEN {text} IS NULL OR {hashed}
        WHEN 'stand-off' THEN {text} IS NOT NULL
        ELSE {_words(text)} > coalesce(r.quote_words, 0) END"""


QUOTES = Law(
    CODE,
    "quotes",
    ("quotes", "articles"),
    MESSAGE,
    f"""{breach("quote_id", f"CASE WHEN {_wrong('q', 'q.text_sha256 IS NOT NULL')} THEN 'text' ELSE 'prefix' END", "q.text", "r.quote_rights", of="q")}
    FROM quotes q JOIN articles r USING (article_id)
    WHERE {_wrong("q", "q.text_sha256 IS NOT NULL")}
       OR (r.quote_rights <> 'included' AND (q.prefix IS NOT NULL OR q.suffix IS NOT NULL))
       OR (q.text IS NULL AND q.text_sha256 IS NULL)""",
)
SPANS = Law(
    CODE,
    "spans",
    ("spans", "quotes", "articles"),
    MESSAGE,
    f"""{breach("quote_id || ',' || s.position", "'text'", "s.text", "r.quote_rights", of="s")}
    FROM spans s JOIN quotes q USING (quote_id) JOIN articles r USING (article_id)
    WHERE {_wrong("s", "s.text_sha256 IS NOT NULL")} OR (s.text IS NULL AND s.text_sha256 IS NULL)""",
)
ASIDE = Law(
    CODE,
    "set_aside",
    ("set_aside", "articles"),
    MESSAGE,
    f"""{breach("concat_ws(',', article_id, field, a.start)", "'text'", "a.text", "r.quote_rights", of="a")}
    FROM set_aside a JOIN articles r USING (article_id) WHERE {_wrong("a", "false")}""",
)
MENTIONS = Law(
    CODE,
    "attributions",
    ("attributions", "quotes", "articles"),
    MESSAGE,
    f"""{breach("attribution_id", "CASE WHEN (a.source_text IS NULL) = (a.cue_text IS NULL) OR a.source_text IS NOT NULL THEN 'source_text' ELSE 'cue_text' END", "coalesce(a.source_text, a.cue_text)", "r.quote_rights", of="a")}
    FROM attributions a JOIN quotes q USING (quote_id) JOIN articles r USING (article_id)
    WHERE r.quote_rights = 'stand-off' AND (a.source_text IS NOT NULL OR a.cue_text IS NOT NULL)""",
)
WORDS = Law(
    CODE,
    "articles",
    ("articles",),
    "quotes are shortened, and it is not said to how many words",
    f"""{breach("article_id", "'quote_words'", "quote_words", "'a number where shortened'")}
    FROM articles WHERE (quote_rights = 'shortened') <> (quote_words IS NOT NULL)""",
)
LAWS = (WORDS, QUOTES, SPANS, ASIDE, MENTIONS)
