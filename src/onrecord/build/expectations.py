"""Compare a build with what its collection expects of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord import seeds
from onrecord.build.description import languages
from onrecord.build.rules import RULES
from onrecord.reports import Issue
from onrecord.seeds.descriptor import FILE_NAME
from onrecord.seeds.strict import line_of

DUPLICATES = "near_duplicates"
"""The expectation that is no table: how many articles may be nearly the same as another."""


def check(collection: seeds.Collection, rows: dict[str, int], folder: Path) -> Iterator[Issue]:
    """Yield a finding for every expectation of `collection.toml` that the tables in `folder` miss.

    `rows` counts the rows of each table, and articles that are nearly the same as another.
    """
    text = (collection.folder / FILE_NAME).read_text(encoding="utf-8")
    for table, (least, most) in collection.expectations.rows.items():
        if rows[table] < least or (most is not None and rows[table] > most):
            wanted = f"{least}" if least == most else f"{least} to {'any number' if most is None else most}"
            code = "expected-duplicates" if table == DUPLICATES else "expected-rows"
            yield _missed(code, line_of(text, ("expect", table)), table, str(rows[table]), wanted)
    if collection.expectations.languages is not None:
        for language in languages(folder):
            if language not in collection.expectations.languages:
                wanted = ", ".join(collection.expectations.languages)
                line = line_of(text, ("expect", "languages"))
                yield _missed("expected-languages", line, "articles", str(language), wanted)


def _missed(code: str, line: int, table: str, value: str, expected: str) -> Issue:
    about = {"expected-rows": f"{table} has rows", "expected-languages": f"{table} has language"}
    message = f"{about.get(code, 'articles that are nearly the same as another:')} {value}, expected {expected}"
    named = "articles" if table == DUPLICATES else table
    return RULES[code].issue(message, file=FILE_NAME, line=line, table=named, value=value, expected=expected)
