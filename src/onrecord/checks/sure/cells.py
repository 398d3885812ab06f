"""Columns whose cells surely keep every constraint: bytes are looked at where pandera would look at texts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from onrecord import schemas
from onrecord.checks.strings import Strings
from onrecord.derive import frames

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.checks.glances import Glance
    from onrecord.checks.strings import Bytes, Places
    from onrecord.schemas import Field

HEX = "[0-9a-f]"
_PIECE = r"(?:\[0-9a-f\]\{[0-9]+\}|[-a-z])+"
_FORM = re.compile(rf"({_PIECE})(?:\(({_PIECE})\)\?)?")
_EACH = re.compile(r"\[0-9a-f\]\{([0-9]+)\}|([-a-z])")


class Piece(NamedTuple):
    """Some characters of a text of known length: hexadecimal digits, or one letter."""

    first: int
    last: int
    letter: str | None


def kept(glance: Glance) -> bool:
    """Tell whether every cell surely keeps the constraints of its column."""
    return all(_column(glance, field) for field in schemas.load(glance.name).fields)


def _column(glance: Glance, field: Field) -> bool:
    column = glance.rows.column(field.name)
    if field.required and column.null_count:
        return False
    if field.categories:
        return int(glance.codes(field.name).null_count) == int(column.null_count)
    if field.item is not None:
        items = column.drop_null().flatten()
        return not items.null_count and _texts(field.item, items, Strings(items))
    if field.type == "string":
        return _texts(field, column, glance.texts(field.name))
    return _constraints(field, column)


def _texts(field: Field, column: pa.Array, texts: Strings) -> bool:
    """Tell whether texts have the form and the length they must have."""
    forms = None if field.pattern is None else _forms(field.pattern)
    if forms is not None and field.min_length is None:
        return _formed(texts, forms)
    if field.pattern is None and field.min_length in (None, 1):
        return field.min_length is None or int((texts.lengths == 0).sum()) == texts.nulls
    return _constraints(field, column.unique())


def _constraints(field: Field, column: pa.Array) -> bool:
    """Tell whether a column keeps what is declared, as pandera would."""
    import polars as pl

    series = pl.Series(field.name, column, dtype=frames.kind(field))
    holds = [each.all() for each in frames.constraints(field, pl.col(field.name)).values()]
    return bool(series.to_frame().select(pl.all_horizontal(pl.lit(value=True), *holds)).item())


@cache
def _forms(pattern: str) -> dict[int, tuple[Piece, ...]] | None:
    """Return what a pattern of digits and letters asks of texts of each length, or None for other patterns.

    >>> sorted(_forms("[0-9a-f]{16}(-s[0-9a-f]{12})?"))
    [16, 30]
    """
    found = _FORM.fullmatch(pattern)
    if found is None:
        return None
    start, end = found.groups()
    forms = [_pieces(start)] if end is None else [_pieces(start), _pieces(start + end)]
    return {form[-1].last: form for form in forms}


def _pieces(pattern: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for count, letter in _EACH.findall(pattern):
        first = pieces[-1].last if pieces else 0
        pieces.append(Piece(first, first + (int(count) if count else 1), letter or None))
    return tuple(pieces)


def _formed(texts: Strings, forms: dict[int, tuple[Piece, ...]]) -> bool:
    """Tell whether every text has one of some forms."""
    seen = texts.nulls
    for length, pieces in forms.items():
        rows = np.flatnonzero(texts.lengths == length)
        seen += len(rows)
        if len(rows) and not _has(_letters(texts, rows, length), pieces):
            return False
    return seen == len(texts)


def _letters(texts: Strings, rows: Places, length: int) -> Bytes:
    """Return the bytes of texts of one length, a row each."""
    if len(rows) * length == len(texts.data):
        return texts.data.reshape(-1, length)
    return texts.window(texts.bounds[rows], length)


def _has(letters: Bytes, pieces: tuple[Piece, ...]) -> bool:
    for first, last, letter in pieces:
        part = letters[:, first:last]
        right = (part == ord(letter)) if letter else ((part - 48) < 10) | ((part - 97) < 6)
        if not right.all():
            return False
    return True
