"""The hygiene of text: characters nobody sees, letters written in two ways, and text decoded wrongly.

Nearly all text is clean, so one look at each column picks the few cells that are looked at more closely.
Patterns are those of Rust's regex and of Python's `re` alike, and need linear time.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from onrecord import schemas
from onrecord.checks.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import polars as pl

    from onrecord.records import Article
    from onrecord.reports import Issue
    from onrecord.schemas import Field

AROUND = 20
"""Characters to each side of a fault that a finding shows."""
FORMULA = r"^[=+\-@\t\r]"
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
BIDI = "[\u202a-\u202e\u2066-\u2069]"
"""Embeddings, overrides and isolates; marks of direction (U+200E, U+200F) are common and hide nothing."""
_LETTER = "[0-9A-Za-z\u00c0-\u024f\u0370-\u052f]"
ZERO_WIDTH = f"[\u180e\u200b\u2060\ufeff]|{_LETTER}[\u200c\u200d]+{_LETTER}"
"""Joiners are letters' own in Arabic or Indic scripts and in emoji, but serve nothing between Latin letters."""
MOJIBAKE = (
    "\ufffd|[\u0080-\u009f]|Ã[¡-©¬-²µ-º¼-¾€ƒ†‡ˆ‰Š‹ŒŽ˜™š›œžŸ]|[a-zà-ÿ0-9.,;:!?«]Â[\u00a0«»]|Â[£©®°±²³µ¶·¼½¾]"
    "|â€|ðŸ|ï»¿|(?:[ÐÑ][\u00a0-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]){3}"
)
"""UTF-8 read as Windows-1252 or Latin-1 (é as Ã©, ’ as â€™), Windows-1252 read as Latin-1 (’ as U+0092), and what
a decoder puts for bytes it cannot read. Left out is what capitals before closing marks give: IRMÃ», GRÃ”."""
PATTERNS = {"control-character": CONTROL, "bidi-control": BIDI, "zero-width": ZERO_WIDTH, "mojibake": MOJIBAKE}
_COMPOSED_ALIKE = "[\u0300-\u1fff\u2000\u2001\u2126-\u212b\u2329\u232a\u2adc\u3000-\U0010ffff]"
"""Every character that can make text other than its normal form C is one of these."""
SUSPECT = "|".join((*PATTERNS.values(), _COMPOSED_ALIKE))
NOT_NFC = "not-nfc"
MESSAGES = {
    "control-character": "{!r} holds a control character: {}",
    "bidi-control": "{!r} holds a character that turns the direction of writing: {}",
    "zero-width": "{!r} holds a character that nobody sees: {}",
    "mojibake": "{!r} was decoded wrongly: {}",
    NOT_NFC: "{!r} writes a letter otherwise than in normal form C: {}",
}
"""What is said of a field and a character in it."""


class Unclean(NamedTuple):
    """What is wrong with which cells of a column."""

    code: str
    field: str
    mask: pl.Series


def texts_of(name: str) -> list[Field]:
    """Return the columns of a table that hold free text, or lists of texts."""
    declared = (field for field in schemas.load(name).fields if not field.pattern and not field.categories)
    return [field for field in declared if field.type == "string" or field.item is not None]


def unhygienic(name: str, frame: pl.DataFrame, columns: Collection[str] | None = None) -> Iterator[Unclean]:
    """Yield what is wrong with the texts of a frame of one table, or of some of its columns, lists included."""
    import polars as pl

    declared = [field for field in texts_of(name) if columns is None or field.name in columns]
    texts = [field.name for field in declared if field.item is None]
    lists = [field.name for field in declared if field.item is not None]
    whole = [*map(pl.col, texts), *(pl.col(column).list.join("\n") for column in lists)]
    suspect = frame.select(each.str.contains(SUSPECT).fill_null(value=False) for each in whole)
    for mask in suspect:
        if mask.any():
            yield from _closer(mask.name, frame.select(whole).get_column(mask.name), mask)
    begins = frame.select(pl.col(column).str.contains(FORMULA).fill_null(value=False) for column in texts)
    yield from (Unclean("formula-cell", found.name, found) for found in begins if found.any())


def _closer(field: str, column: pl.Series, suspect: pl.Series) -> Iterator[Unclean]:
    """Yield what is wrong with the suspect cells of a column."""
    import polars as pl

    rows = suspect.arg_true()
    few = column.gather(rows)
    found = {code: few.str.contains(pattern) for code, pattern in PATTERNS.items()}
    found[NOT_NFC] = few != few.str.normalize("NFC")
    for code, mask in found.items():
        if mask.any():
            whole = pl.Series(field, [False]).new_from_index(0, len(column))
            yield Unclean(code, field, whole.scatter(rows.filter(mask), True))


def check_hygiene(article: Article) -> Iterator[Issue]:
    r"""Yield what is wrong with the texts of an article, once a field; each value is a piece of one line.

    Examples
    --------
    >>> from onrecord.records import Article
    >>> article = Article(seed_path="a", seed_sha256="ab" * 32, converter="c/1", body="By the\n\nold cafÃ©.")
    >>> [(issue.field, issue.value) for issue in check_hygiene(article)]
    [('body', 'old cafÃ©.')]
    """
    for field in texts_of("articles"):
        value = getattr(article, field.name, None)
        text = "\n".join(value) if isinstance(value, tuple) else str(value or "")
        if re.search(SUSPECT, text):
            for code in (*PATTERNS, NOT_NFC):
                if _breaks(code, text):
                    yield _unclean(code, field.name, text)


def _breaks(code: str, text: str) -> bool:
    return not unicodedata.is_normalized("NFC", text) if code == NOT_NFC else bool(re.search(PATTERNS[code], text))


def _unclean(code: str, field: str, text: str) -> Issue:
    start, end = place(code, text)
    before, after = text[max(0, start - AROUND) : start], text[start : end + AROUND]
    value = before.rpartition("\n")[2] + after.partition("\n")[0]
    rule, there = RULES[code], offence(code, text)[0]
    hint = hint_of(code, text) or rule.remedy
    return rule.issue(MESSAGES[code].format(field, there), table="articles", field=field, value=value, hint=hint)


def hint_of(code: str, text: str) -> str | None:
    """Return what was surely meant, where text was decoded wrongly."""
    meant = mended(text) if code == "mojibake" else None
    return f"this is {meant}: {RULES[code].remedy}" if meant else None


def offence(code: str, text: str) -> tuple[str, str]:
    r"""Return what is there, named, and the text around it.

    Parameters
    ----------
    code
        The rule that the text breaks.
    text
        The cell; of a list, its items with line breaks between.

    Examples
    --------
    >>> offence("bidi-control", "user \u202enimda")
    ('U+202E RIGHT-TO-LEFT OVERRIDE at 5', 'user \u202enimda')
    """
    start, end = place(code, text)
    named = ", ".join(_named(character) for character in text[start:end][:4])
    return f"{named} at {start}", text[max(0, start - AROUND) : end + AROUND]


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".strip() if not character.isascii() or not name else character


def mended(text: str) -> str | None:
    """Return what garbled text says, what it was decoded as, or None where that is not sure.

    >>> mended("the cafÃ© is closed")
    'é, read as Ã©'
    """
    start, _ = place("mojibake", text)
    for length in (2, 3, 4):
        garbled = text[start : start + length]
        try:
            meant = garbled.encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        if len(meant) == 1 and meant.isprintable():
            return f"{meant}, read as {garbled}"
    return None


def place(code: str, text: str) -> tuple[int, int]:
    """Return where the text that breaks a rule starts and ends."""
    if code == NOT_NFC:
        composed = unicodedata.normalize("NFC", text)
        same = next((n for n, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed))
        return same, min(same + 2, len(text))
    found = re.search(PATTERNS[code], text)
    return found.span() if found else (0, 1)
