"""Differences as Markdown for a pull request: what a reviewer wants to see of the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from onrecord.renderings.text import code, count, markdown, shorten

if TYPE_CHECKING:
    from onrecord.diff.model import Difference, QuoteSeen, Sample, TableDifference

LONGEST = 60_000
"""Characters of the whole: GitHub takes 65,536 in a comment."""

_ROOM = 200
_TEXT = 200


def to_markdown(differences: Mapping[str, Difference]) -> str:
    """Return the differences of datasets by name, at most 60,000 characters of them.

    Examples
    --------
    >>> print(to_markdown({}), end="")
    The tables are the same as before.
    """
    pieces: list[str] = []
    left = LONGEST - _ROOM
    for piece in _pieces(differences):
        left -= len(piece)
        if left < 0:
            pieces.append("\n\nThere is more: run `onrecord diff` to see all of it.\n")
            break
        pieces.append(piece)
    return "".join(pieces)


def _pieces(differences: Mapping[str, Difference]) -> Iterator[str]:
    if all(difference.same for difference in differences.values()):
        yield "The tables are the same as before.\n"
        return
    for name, difference in differences.items():
        yield f"### What changes in {code(name)}\n\n"
        yield "Nothing.\n\n" if difference.same else ""
        if not difference.same:
            yield from _dataset(difference)


def _dataset(difference: Difference) -> Iterator[str]:
    yield from _tables(difference.tables)
    yield from _quotes("appeared", difference.quotes_appeared)
    yield from _quotes("vanished", difference.quotes_vanished)
    moves = difference.moves
    if moves.total:
        yield f"\n<details><summary>{count(moves.total, 'quote')} moved</summary>\n\n"
        yield "| quote | before | now |\n|---|---|---|\n"
        for moved in moves.items:
            yield f"| {_said(moved.text)} | {code(moved.old)} | {code(moved.new)} |\n"
        yield f"{_more(moves, len(moves.items))}\n</details>\n"
    changed = difference.speakers_changed
    if changed.total:
        yield f"\n**Speakers changed of {count(changed.total, 'quote')}**\n\n| quote | before | now |\n|---|---|---|\n"
        for quote in changed.items:
            yield f"| {_said(quote.text)} | {_names(quote.old)} | {_names(quote.new)} |\n"
        yield _more(changed, len(changed.items))
    yield from _counts(difference)
    yield from _cells(difference.tables)


def _counts(difference: Difference) -> Iterator[str]:
    if difference.counts:
        yield "\n**Counts by reason**\n\n| column | reason | before | now |\n|---|---|---:|---:|\n"
    for one in difference.counts:
        where = code(f"{one.table}.{one.column}")
        yield f"| {where} | {markdown(one.reason or 'none')} | {one.old:,} | {one.new:,} |\n"


def _tables(tables: Iterable[TableDifference]) -> Iterator[str]:
    yield "| table | rows before | now | added | removed | changed |\n|---|---:|---:|---:|---:|---:|\n"
    for table in tables:
        numbers = (table.rows_old, table.rows_new, table.added, table.removed, table.changed)
        yield f"| {code(table.name)} | {' | '.join('none' if n is None else f'{n:,}' for n in numbers)} |\n"
    for table in tables:
        for what in ("added", "removed", "retyped"):
            if names := getattr(table, f"columns_{what}"):
                yield f"\nColumns {what} in {code(table.name)}: {', '.join(code(name) for name in names)}.\n"


def _quotes(what: str, quotes: Sample[QuoteSeen]) -> Iterator[str]:
    if quotes.total:
        yield f"\n**{count(quotes.total, 'quote')} {what}**\n\n"
        for quote in quotes.items:
            where = f", in {_said(quote.headline)}" if quote.headline else ""
            yield f"- {_names(quote.speakers)} ({markdown(quote.kind or 'unknown')}): {_said(quote.text)}{where}\n"
        yield _more(quotes, len(quotes.items))


def _cells(tables: Iterable[TableDifference]) -> Iterator[str]:
    changed = [table for table in tables if table.changed]
    if not changed:
        return
    yield "\n<details><summary>Cells that changed</summary>\n"
    for table in changed:
        columns = ", ".join(f"{code(name)} {number:,}" for name, number in table.cells.items())
        yield f"\n{code(table.name)}: {columns}\n\n| row | column | before | now |\n|---|---|---|---|\n"
        for cell in table.examples.items:
            yield f"| {code(cell.key)} | {code(cell.column)} | {_value(cell.old)} | {_value(cell.new)} |\n"
        yield _more(table.examples, len({cell.key for cell in table.examples.items}))
    yield "\n</details>\n"


def _more(sample: Sample[Any], shown: int) -> str:
    return f"\nAnd {sample.total - shown:,} more.\n" if sample.total > shown else ""


def _said(text: str | None) -> str:
    return f"“{markdown(shorten(text, _TEXT))}”" if text else "(withheld)"


def _names(names: Iterable[str]) -> str:
    return ", ".join(markdown(name) for name in names) or "nobody"


def _value(text: str | None) -> str:
    return "empty" if text is None else code(shorten(text, _TEXT))
