"""Compare what came of a collection with what it expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onrecord.reports import Issue
from onrecord.seeds.descriptor import FILE_NAME, Collection
from onrecord.seeds.rules import RULES
from onrecord.seeds.strict import Place, place_of

DUPLICATES = "near_duplicates"
"""The expectation that is no table: how many articles may be nearly the same as another."""


def check(collection: Collection, rows: Mapping[str, int], languages: Iterable[str | None]) -> Iterator[Issue]:
    """Yield a finding for every expectation of `collection.toml` that is missed.

    `rows` counts the rows of tables, and articles that are nearly the same as another; what it does not count
    is not compared. `languages` are those of the articles.
    """
    text = (collection.folder / FILE_NAME).read_text(encoding="utf-8")
    for table, (least, most) in collection.expectations.rows.items():
        if table in rows and (rows[table] < least or (most is not None and rows[table] > most)):
            wanted = f"{least}" if least == most else f"{least} to {'any number' if most is None else most}"
            code = "expected-duplicates" if table == DUPLICATES else "expected-rows"
            yield _missed(code, place_of(text, ("expect", table)), table, str(rows[table]), wanted)
    if collection.expectations.languages is not None:
        for language in languages:
            if language not in collection.expectations.languages:
                wanted = ", ".join(collection.expectations.languages)
                place = place_of(text, ("expect", "languages"))
                yield _missed("expected-languages", place, "articles", str(language), wanted)


def _missed(code: str, place: Place, table: str, value: str, expected: str) -> Issue:
    about = {"expected-rows": f"{table} has rows", "expected-languages": f"{table} has language"}
    message = f"{about.get(code, 'articles that are nearly the same as another:')} {value}, expected {expected}"
    named = "articles" if table == DUPLICATES else table
    return RULES[code].issue(
        message, file=FILE_NAME, line=place.line, column=place.column, table=named, value=value, expected=expected
    )
