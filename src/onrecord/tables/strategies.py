"""Hypothesis strategies for whole datasets. Needs Hypothesis: import this module from tests only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from onrecord import schemas
from onrecord.derive.strategies import entries
from onrecord.tables.rows import rows

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from onrecord.records import Entry


def tables(
    *, max_articles: int = 3, withhold_body: bool | None = None
) -> SearchStrategy[dict[str, list[dict[str, Any]]]]:
    """Return a strategy for datasets whose keys resolve and whose offsets hold: for each table its rows by key."""
    found = st.lists(
        entries(),
        max_size=max_articles,
        unique_by=(lambda e: e.article.seed_sha256[:16], lambda e: e.article.seed_path),
    )
    withheld = st.booleans() if withhold_body is None else st.just(withhold_body)
    return st.builds(dataset, found, withhold_body=withheld)


def dataset(found: list[Entry], *, withhold_body: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of several entries for every table, by key, a speaker known in several articles once."""
    merged: dict[str, dict[Any, dict[str, Any]]] = {name: {} for name in schemas.names()}
    for entry in found:
        for name, each in rows(entry, withhold_body=withhold_body).items():
            key = schemas.load(name).primary_key
            for row in each:
                merged[name].setdefault(tuple(row[column] for column in key), row)
    return {name: [each[key] for key in sorted(each)] for name, each in merged.items()}
