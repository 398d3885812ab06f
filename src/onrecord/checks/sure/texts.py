"""Laws on texts that surely hold: bytes are compared where they stand, and nothing is cut out of a text."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from onrecord import schemas
from onrecord.checks.strings import Pieces, alike
from onrecord.records import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from onrecord.checks.glances import Glance, Glances
    from onrecord.checks.strings import Flags, Places, Strings

AROUND = 32
"""Characters of a prefix or suffix."""


class Ranges(NamedTuple):
    """Ranges of characters in texts of one column: of which texts, and from where to where."""

    texts: Strings
    rows: Places
    starts: Places
    ends: Places

    def begins(self) -> Places | None:
        """Return where the ranges begin in bytes, or None where one has no characters or is not inside its text."""
        right = (self.starts >= 0) & (self.ends > self.starts) & (self.ends <= self.texts.sizes[self.rows])
        return self.texts.at(self.rows, self.starts) if bool(right.all()) else None

    def stand(self, column: Strings, rows: Places, begins: Places, sizes: Places) -> bool:
        """Tell whether the texts of a column stand from some bytes on, and have as many characters as they should."""
        found = column.pieces(rows)
        ends = begins + column.lengths[rows]
        inside = (begins >= self.texts.bounds[self.rows]) & (ends <= self.texts.bounds[self.rows + 1])
        if not bool(inside.all()) or not np.array_equal(column.sizes[rows], sizes):
            return False
        return alike(Pieces(self.texts.data, begins, ends), found)


def _bodies(glances: Glances) -> bool:
    texts, hashes = glances["articles"].texts("body"), glances["articles"].texts("body_sha256").pieces()
    data, said = texts.data.data, hashes.data.tobytes()
    for row in np.flatnonzero(texts.present).tolist():
        body = data[texts.bounds[row] : texts.bounds[row + 1]]
        if hashlib.sha256(body).hexdigest().encode() != said[hashes.begins[row] : hashes.ends[row]]:
            return False
    return True


def _quotes(glances: Glances) -> bool:
    quotes, articles = glances["quotes"], glances.rows("quotes", "articles")
    if articles is None or quotes.texts("text_sha256").nulls < len(articles) or quotes.texts("text").nulls:
        return False
    if quotes.codes("field").null_count:
        return False
    start, end = quotes.numbers("start"), quotes.numbers("end")
    return all(
        _quoted(quotes, rows, Ranges(texts, articles[rows], start[rows], end[rows]))
        for texts, rows in _by_field(glances, quotes)
    )


def _quoted(quotes: Glance, rows: Places, own: Ranges) -> bool:
    """Tell whether text, prefix and suffix are what stands in and around ranges."""
    begins = own.begins()
    if begins is None:
        return False
    prefix, text, suffix = (quotes.texts(name) for name in ("prefix", "text", "suffix"))
    before, after = np.minimum(own.starts, AROUND), np.minimum(own.texts.sizes[own.rows] - own.ends, AROUND)
    return (
        own.stand(text, rows, begins, own.ends - own.starts)
        and own.stand(prefix, rows, begins - prefix.lengths[rows], before)
        and own.stand(suffix, rows, begins + text.lengths[rows], after)
    )


def _by_field(glances: Glances, table: Glance) -> Iterator[tuple[Strings, Places]]:
    """Yield the texts of each field of articles, with the rows of a table that count in it; others are left out."""
    codes = table.codes("field").fill_null(-1).to_numpy(zero_copy_only=False)
    values = schemas.load(table.name)["field"].values
    for name in FIELDS:
        rows = np.flatnonzero(codes == values.index(name))
        if len(rows):
            yield glances["articles"].texts(name), rows


def _asides(glances: Glances) -> bool:
    aside, articles = glances["set_aside"], glances.rows("set_aside", "articles")
    if articles is None or aside.codes("field").null_count:
        return False
    present = aside.texts("text").present
    return all(_stand(aside, "", rows[present[rows]], texts, articles) for texts, rows in _by_field(glances, aside))


def _mentions(glances: Glances) -> bool:
    said, quotes, articles = glances["attributions"], *(glances.rows(*each) for each in _TO_ARTICLES)
    if quotes is None or articles is None or glances["quotes"].codes("field").null_count:
        return False
    for texts, of_quotes in _by_field(glances, glances["quotes"]):
        chosen: Flags = np.zeros(len(articles), bool)
        chosen[of_quotes] = True
        for name in ("source_", "cue_"):
            rows = np.flatnonzero(chosen[quotes] & said.texts(f"{name}text").present)
            if not _stand(said, name, rows, texts, articles[quotes]):
                return False
    return True


_TO_ARTICLES = (("attributions", "quotes"), ("quotes", "articles"))


def _stand(table: Glance, name: str, rows: Places, texts: Strings, of: Places) -> bool:
    """Tell whether the texts of rows stand where the rows say, `of` naming each row's own text."""
    starts, ends = (table.numbers(f"{name}{edge}")[rows] for edge in ("start", "end"))
    return _right(Ranges(texts, of[rows], starts, ends), table.texts(f"{name}text"), rows)


def _right(ranges: Ranges, column: Strings, rows: Places) -> bool:
    begins = ranges.begins()
    return begins is not None and ranges.stand(column, rows, begins, ranges.ends - ranges.starts)


def _spans(glances: Glances) -> bool:
    spans, quotes, own = glances["spans"], glances["quotes"], glances.rows("spans", "quotes")
    whole = quotes.texts("text")
    if own is None or quotes.texts("text_sha256").nulls < len(whole) or spans.texts("text").nulls:
        return False
    if quotes.rows.column("start").null_count or spans.rows.column("start").null_count:
        return False
    shift = quotes.numbers("start")[own]
    ranges = Ranges(whole, own, spans.numbers("start") - shift, spans.numbers("end") - shift)
    return _right(ranges, spans.texts("text"), np.arange(len(own)))


CHECKS: Mapping[tuple[str, str, tuple[str, ...]], Callable[[Glances], bool]] = {
    ("body-hash", "articles", ("articles",)): _bodies,
    ("text-matches-offsets", "quotes", ("quotes", "articles")): _quotes,
    ("text-matches-offsets", "set_aside", ("set_aside", "articles")): _asides,
    ("text-matches-offsets", "attributions", ("attributions", "quotes", "articles")): _mentions,
    ("text-matches-offsets", "spans", ("spans", "quotes")): _spans,
}
