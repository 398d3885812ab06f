"""The law that rows hold no more words of quotes, and no fewer, than the rights of their article say."""

from __future__ import annotations

from onrecord.checks.laws import Law, breach
from onrecord.tables.withholding import UNSPACED

CODE = "quote-rights"
MESSAGE = "{field!r} holds more or less than the rights of its article say"
_SPACE = r"\t-\r\x{1c}-\x{1f}\x{85}\p{Z}"
_UNSPACED = "".join(c if c == "-" else rf"\x{{{ord(c):x}}}" for c in UNSPACED)
_WORD = f"[{_UNSPACED}]|[^{_SPACE}{_UNSPACED}]+"


def _words(text: str) -> str:
    return f"len(regexp_extract_all({text}, '{_WORD}'))"


def _wrong(alias: str) -> str:
    """Return the condition that a text is there against its rights, or is not there although they allow it."""
    return f"""CASE r.quote_rights
        WHEN 'included' THEN {alias}.text IS NULL
        WHEN 'stand-off' THEN {alias}.text IS NOT NULL
        ELSE {_words(f"{alias}.text")} > coalesce(r.quote_words, 0) END"""


_QUOTE_WRONG = f"({_wrong('q')} OR (q.text_sha256 IS NOT NULL AND r.quote_rights = 'included'))"
_QUOTE_FIELD = f"CASE WHEN {_QUOTE_WRONG} THEN 'text' ELSE 'prefix' END"
QUOTES = Law(
    CODE,
    "quotes",
    ("quotes", "articles"),
    MESSAGE,
    f"""{breach("quote_id", _QUOTE_FIELD, "q.text", "r.quote_rights", of="q")}
    FROM quotes q JOIN articles r USING (article_id)
    WHERE {_QUOTE_WRONG} OR (q.text IS NULL AND q.text_sha256 IS NULL)
       OR (r.quote_rights <> 'included' AND (q.prefix IS NOT NULL OR q.suffix IS NOT NULL))""",
)
SPANS = Law(
    CODE,
    "spans",
    ("spans", "quotes", "articles"),
    MESSAGE,
    f"""{breach("quote_id || ',' || s.position", "'text'", "s.text", "r.quote_rights", of="s")}
    FROM spans s JOIN quotes q USING (quote_id) JOIN articles r USING (article_id) WHERE {_wrong("s")}""",
)
ASIDE = Law(
    CODE,
    "set_aside",
    ("set_aside", "articles"),
    MESSAGE,
    f"""{breach("concat_ws(',', article_id, field, a.start)", "'text'", "a.text", "r.quote_rights", of="a")}
    FROM set_aside a JOIN articles r USING (article_id) WHERE {_wrong("a")}""",
)
_MENTION = "CASE WHEN a.source_text IS NULL THEN 'cue_text' ELSE 'source_text' END"
MENTIONS = Law(
    CODE,
    "attributions",
    ("attributions", "quotes", "articles"),
    MESSAGE,
    f"""{breach("attribution_id", _MENTION, "coalesce(a.source_text, a.cue_text)", "r.quote_rights", of="a")}
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
