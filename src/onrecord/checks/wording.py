"""What is said of a cell: what is wrong with it, what was expected, and, where that is sure, what to write."""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

from onrecord.checks import hygiene

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.schemas import Field

MESSAGES = {
    "required": "{!r} is empty and must not be",
    "min-length": "{!r} is an empty text",
    "pattern": "{!r} has not the form it must have",
    "minimum": "{!r} is too small",
    "maximum": "{!r} is too large",
    "finite": "{!r} is not a finite number",
    "category": "{!r} is none of its categories",
    **hygiene.MESSAGES,
    "formula-cell": "{!r} begins like a formula",
    "not-sorted": "the row's key is smaller than the one before it",
}
"""What is wrong, by code, given the column."""
KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a day",
    "datetime": "an instant",
    "array": "a list of texts",
}
"""Types of columns in words."""
EXAMPLES = {
    "integer": "a whole number such as 12",
    "number": "a number such as 0.5",
    "boolean": "true or false",
    "date": "a day such as 2024-03-01",
    "datetime": "an instant in UTC such as 2024-03-01T09:51:00Z",
    "array": 'a JSON array of texts such as ["a", "b"]',
}
"""How cells of a type are written."""
PATTERNS = {
    "[0-9a-f]{16}": "16 hexadecimal digits in small letters",
    "[0-9a-f]{64}": "64 hexadecimal digits in small letters",
    "[0-9a-f]{16}-[0-9a-f]{12}": "16 and 12 hexadecimal digits in small letters, parted by -",
    "[0-9a-f]{16}-[0-9a-f]{12}-[0-9a-f]{8}": "16, 12 and 8 hexadecimal digits in small letters, parted by -",
    "[0-9a-f]{16}(-s[0-9a-f]{12})?": "16 hexadecimal digits in small letters, or 16, -s and 12",
    "Q[1-9][0-9]*": "an item of Wikidata such as Q42",
    "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*": "a language tag such as en or fr-CA",
    r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*": "an IANA time zone such as Europe/Paris",
    r"[A-Za-z0-9.+\-]+( (AND|OR|WITH) [A-Za-z0-9.+\-]+)*": "an SPDX licence such as CC-BY-4.0",
}
"""The patterns of columns in words."""


def expected(code: str, field: Field) -> str | None:
    """Return what a column asks for, in words."""
    wanted = field.item if field.item is not None else field
    return _EXPECTED[code](wanted) if code in _EXPECTED else None


_EXPECTED: dict[str, Callable[[Field], str | None]] = {
    "pattern": lambda field: PATTERNS.get(field.pattern or "", field.pattern),
    "minimum": lambda field: f"at least {field.minimum}",
    "maximum": lambda field: f"at most {field.maximum}",
    "category": lambda field: ", ".join(field.values),
    "min-length": lambda _: "some text, or an empty cell without quotation marks",
    "required": lambda field: KINDS[field.type],
}


def suggestion(code: str, field: Field, value: str | None) -> str | None:
    """Return what to do about a value, where what is meant is sure."""
    if value is None:
        return None
    if code == "mojibake":
        return hygiene.hint_of(code, value)
    if code == "category":
        return _category(field.values, value.strip().casefold())
    if code == "pattern" and not value:
        return "leave the cell empty, without quotation marks"
    if code == "pattern" and field.pattern and field.item is None:
        for meant in (value.strip(), value.strip().lower()):
            if meant != value and re.fullmatch(field.pattern, meant):
                return f"write {meant}"
    return None


def _category(known: tuple[str, ...], value: str) -> str | None:
    """Return the category that a value is far closer to than to any other."""
    likeness = {each: SequenceMatcher(None, value, each).ratio() for each in get_close_matches(value, known, 2, 0.75)}
    best = sorted(likeness, key=lambda each: likeness[each], reverse=True)
    sure = best and (len(best) == 1 or likeness[best[0]] - likeness[best[1]] >= GAP)
    return f"write {best[0]}" if sure else None


GAP = 0.1
"""How much liker the best category must be than the next one."""
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YES, _NO = {"yes", "y", "1", "oui", "ja", "wahr", "vrai"}, {"no", "n", "0", "non", "nein", "falsch", "faux"}


def meant(kind: str, text: str) -> str | None:
    """Return how a cell that is not of its type would be written, where what is meant is sure.

    Examples
    --------
    >>> meant("number", "0,5"), meant("boolean", "Yes"), meant("date", "31/12/2024"), meant("date", "03/04/2024")
    ('0.5', 'true', '2024-12-31', None)
    """
    text = text.strip()
    if kind == "integer" and re.fullmatch(r"-?\d{1,18}(\.0+)?", text):
        return text.partition(".")[0]
    if kind == "integer" and re.fullmatch(r"\d{1,3}([,_ \u00a0\u202f]\d{3})+", text):
        return re.sub(r"\D", "", text)
    if kind == "number" and re.fullmatch(r"-?\d{1,9},\d{1,9}", text):
        return text.replace(",", ".")
    if kind == "boolean" and text.casefold() in _YES | _NO:
        return "true" if text.casefold() in _YES else "false"
    return _day(text) if kind == "date" else None


def _day(text: str) -> str | None:
    """Return a day written with its year last, if only one of its other numbers can be the month."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    one, two, year = map(int, found.groups())
    days = set()
    for day, month in ((one, two), (two, one)):
        try:
            days.add(date(year, month, day).isoformat())
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None
