"""Differences as one HTML file that needs nothing else: no script, no font, no address is fetched.

All that comes from data is escaped, what would act instead of being read is shown by its name, and text of unknown
direction is isolated. Tables have captions and headers, what changed is told by more than colour, and the page is
usable by keyboard, at any width, in the dark, and on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from onrecord.renderings.text import count, visible

if TYPE_CHECKING:
    from onrecord.diff.model import Difference, QuoteSeen, Sample, TableDifference

TITLE = "What changes in the data"


def to_html(differences: Mapping[str, Difference]) -> str:
    """Return the differences of datasets by name, as a whole page.

    Examples
    --------
    >>> page = to_html({})
    >>> page.startswith("<!DOCTYPE html>"), "The tables are the same as before." in page
    (True, True)
    """
    style = (resources.files("onrecord.diff") / "page.css").read_text(encoding="utf-8")
    return "".join(
        [
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{TITLE}</title>\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
            f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{TITLE}</h1>\n",
            *_datasets(differences),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _datasets(differences: Mapping[str, Difference]) -> Iterator[str]:
    if all(difference.same for difference in differences.values()):
        yield "<p>The tables are the same as before.</p>\n"
        return
    if len(differences) > 1:
        links = "".join(f'<li><a href="#{_anchor(name)}">{_text(name)}</a></li>\n' for name in differences)
        yield f'<nav aria-label="Datasets"><ul>\n{links}</ul></nav>\n'
    for name, difference in differences.items():
        yield f'<section id="{_anchor(name)}">\n<h2>{_text(name)}</h2>\n'
        yield from ["<p>Nothing changes.</p>\n"] if difference.same else _dataset(difference)
        yield "</section>\n"


def _dataset(difference: Difference) -> Iterator[str]:
    yield from _tables(difference.tables)
    yield from _quotes("new", "appeared", difference.quotes_appeared)
    yield from _quotes("gone", "vanished", difference.quotes_vanished)
    changed = difference.speakers_changed
    rows = [(_said(one.text), _names(one.old), _names(one.new)) for one in changed.items]
    yield from _part(f"{count(changed.total, 'quote')} given to others", ("quote", "before", "now"), rows, changed)
    moves = difference.moves
    rows = [
        (_said(one.text), f"<code>{_text(one.old)}</code>", f"<code>{_text(one.new)}</code>") for one in moves.items
    ]
    yield from _part(f"{count(moves.total, 'quote')} moved", ("quote", "before", "now"), rows, moves)
    yield from _counts(difference)
    for table in difference.tables:
        yield from _cells(table)


def _tables(tables: Iterable[TableDifference]) -> Iterator[str]:
    heads = ("table", "rows before", "rows now", "added", "removed", "changed")
    rows = [
        (
            f"<code>{_text(t.name)}</code>",
            *(_number(n) for n in (t.rows_old, t.rows_new, t.added, t.removed, t.changed)),
        )
        for t in tables
    ]
    yield _table("Rows of each table", heads, rows, numbers=True)
    for table in tables:
        for what in ("added", "removed", "retyped"):
            if names := getattr(table, f"columns_{what}"):
                listed = ", ".join(f"<code>{_text(name)}</code>" for name in names)
                yield f"<p>Columns {what} in <code>{_text(table.name)}</code>: {listed}.</p>\n"


def _quotes(sign: str, what: str, quotes: Sample[QuoteSeen]) -> Iterator[str]:
    mark = {"new": "ins", "gone": "del"}[sign]
    rows = [
        (_names(one.speakers), _text(one.kind or "unknown"), f"<{mark}>{_said(one.text)}</{mark}>", _said(one.headline))
        for one in quotes.items
    ]
    heads = ("speaker", "kind", "quote", "article")
    yield from _part(f"{count(quotes.total, 'quote')} {what}", heads, rows, quotes)


def _counts(difference: Difference) -> Iterator[str]:
    if difference.counts:
        heads = ("column", "reason", "before", "now")
        rows = [
            (
                f"<code>{_text(one.table)}.{_text(one.column)}</code>",
                _text(one.reason or "none"),
                _number(one.old),
                _number(one.new),
            )
            for one in difference.counts
        ]
        yield f"<h3>Counts by reason</h3>\n{_table('Reasons given by more or fewer rows than before', heads, rows)}"


def _cells(table: TableDifference) -> Iterator[str]:
    if not table.changed:
        return
    columns = ", ".join(f"<code>{_text(name)}</code> {number:,}" for name, number in table.cells.items())
    name = _text(table.name)
    rows = [
        (f"<code>{_text(cell.key)}</code>", f"<code>{_text(cell.column)}</code>", *_compared(cell.old, cell.new))
        for cell in table.examples.items
    ]
    yield f"<details>\n<summary>Cells that changed in <code>{name}</code>: {columns}</summary>\n"
    yield _table(f"Cells of {name}", ("row", "column", "before", "now"), rows)
    yield _more(table.examples.total - len({cell.key for cell in table.examples.items}), "row")
    yield "</details>\n"


def _compared(old: str | None, new: str | None) -> tuple[str, str]:
    """Return two values with what differs between them marked."""
    if old is None or new is None:
        return _value(old, "del"), _value(new, "ins")
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    return _marked(old, start, end, "del"), _marked(new, start, end, "ins")


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def _marked(text: str, start: int, end: int, mark: str) -> str:
    middle = text[start : len(text) - end]
    changed = f"<{mark}>{_text(middle)}</{mark}>" if middle else ""
    return f"<bdi>{_text(text[:start])}{changed}{_text(text[len(text) - end :])}</bdi>"


def _value(text: str | None, mark: str) -> str:
    return '<span class="none">empty</span>' if text is None else f"<{mark}><bdi>{_text(text)}</bdi></{mark}>"


def _part(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], sample: Sample[Any]) -> Iterator[str]:
    if sample.total:
        yield f"<h3>{title}</h3>\n"
        yield _table(title, heads, rows, titled=True) if rows else ""
        yield _more(sample.total - len(rows), "quote")


def _table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = False, titled: bool = False
) -> str:
    """Return a table; where a title says the same as its caption, that is there for screen readers alone."""
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>\n' for row in rows
    )
    kind = ' class="numbers"' if numbers else ""
    heard = ' class="heard"' if titled else ""
    return (
        f'<div class="wide" role="region" aria-label="{caption}" tabindex="0">\n<table{kind}>\n'
        f"<caption{heard}>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def _more(number: int, noun: str) -> str:
    return f"<p>And {count(number, f'more {noun}')}.</p>\n" if number > 0 else ""


def _number(number: int | None) -> str:
    return '<span class="none">none</span>' if number is None else f"{number:,}"


def _said(text: str | None) -> str:
    return f"<q><bdi>{_text(text)}</bdi></q>" if text else '<span class="none">withheld</span>'


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"<bdi>{_text(name)}</bdi>" for name in names) or "nobody"


def _anchor(name: str) -> str:
    return "dataset-" + "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}-" for c in name)


def _text(text: str) -> str:
    return escape(visible(text))
