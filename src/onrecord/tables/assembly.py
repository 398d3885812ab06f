"""One Parquet file out of row groups that were written before, taken over byte for byte.

A row group that did not change is then neither read nor compressed again. What is written is what a writer would
have written that had all rows at hand: the groups' data, then their page indexes, then the footer; only offsets
in the last two are moved.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.tables import thrift

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"PAR1"
TAIL = 8
"""Bytes after the footer: its length, and the mark."""
BLOCK = 1 << 20
ROWS, GROUPS = 3, 4
"""Fields of the footer."""
COLUMNS, GROUP_ROWS, GROUP_OFFSET, GROUP_BYTES, ORDINAL = 1, 3, 5, 6, 7
"""Fields of a row group."""
METADATA, OFFSETS_AT, COLUMN_AT = 3, 4, 6
"""Fields of a column chunk; that with an index's size follows that with its place."""
PLACES = (9, 10, 11)
"""Fields of a column chunk's metadata that say where its pages start."""
LOCATIONS, OFFSET = 1, 1
"""Fields of an offset index, and of a page's location in it."""


Places = dict[int, tuple[int, int]]
"""Where a column's indexes stand, and how many bytes they take."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a row group until the footer is written: nothing that grows with its rows."""

    group: bytes
    moved: int
    indexes: list[dict[int, bytes]]
    """For each column, its indexes by the field that says where each stands; some columns have none."""


class Groups:
    """The row groups of a Parquet file, to be taken over into another one.

    Raises
    ------
    ValueError
        The file has no footer, or a group has no page index.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        size = file.seek(0, 2)
        file.seek(max(size - TAIL, 0))
        tail = file.read(TAIL)
        length = int.from_bytes(tail[:4], "little")
        if tail[4:] != MAGIC or length > size - TAIL - len(MAGIC):
            raise ValueError("not a Parquet file")
        file.seek(size - TAIL - length)
        fields = thrift.Reader(file.read(length)).struct()
        self.groups: list[thrift.Struct] = _get(fields, GROUPS)[1]
        self.head = [field for field in fields if field[0] not in (ROWS, GROUPS)]

    def __len__(self) -> int:
        return len(self.groups)

    def read(self, place: int, size: int) -> bytes:
        """Return some bytes of the file."""
        self.file.seek(place)
        return self.file.read(size)

    def data(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes of the file between two places, in blocks."""
        self.file.seek(start)
        while start < end:
            block = self.file.read(min(BLOCK, end - start))
            if not block:
                raise ValueError("the file ends within a row group")
            start += len(block)
            yield block


class Assembly:
    """Write a Parquet file of row groups that other files hold.

    Parameters
    ----------
    file
        Where to write, from the start.
    template
        A file of the same table, without a row: all of its footer but rows and groups is taken over.
    """

    def __init__(self, file: BinaryIO, template: Groups) -> None:
        self.file = file
        self.rows = 0
        self._head = template.head
        self._kept: list[Kept] = []
        self._place = file.write(MAGIC)

    def __len__(self) -> int:
        return len(self._kept)

    def append(self, source: Groups, first: int = 0, count: int | None = None) -> None:
        """Take over some groups of a file, by default all.

        Raises
        ------
        ValueError
            The file was written otherwise: other columns, or another version of the writer.
        """
        if source.head != self._head:
            raise ValueError("written with other columns, or by another writer")
        for group in source.groups[first : None if count is None else first + count]:
            self._append(source, group)

    def _append(self, source: Groups, group: thrift.Struct) -> None:
        start = _start(group)
        end = start + _get(group, GROUP_BYTES)
        moved = self._place - start
        for block in source.data(start, end):
            self._place += self.file.write(block)
        indexes = [_indexes(source, chunk, moved) for chunk in _get(group, COLUMNS)[1]]
        self._kept.append(Kept(thrift.write(group), moved, indexes))
        self.rows += _get(group, GROUP_ROWS)

    def close(self) -> None:
        """Write the page indexes and the footer."""
        placed: list[list[Places]] = [[{} for _ in kept.indexes] for kept in self._kept]
        for kind in (COLUMN_AT, OFFSETS_AT):
            for kept, places in zip(self._kept, placed, strict=True):
                for indexes, at in zip(kept.indexes, places, strict=True):
                    if kind in indexes:
                        at[kind] = self._place, len(indexes[kind])
                        self._place += self.file.write(indexes[kind])
        groups = [_placed(*each) for each in zip(self._kept, range(len(self._kept)), placed, strict=True)]
        counted: thrift.Struct = [[ROWS, thrift.I64, self.rows], [GROUPS, thrift.LIST, (thrift.STRUCT, groups)]]
        footer = thrift.write(sorted([*self._head, *counted], key=lambda field: int(field[0])))
        self.file.write(footer + struct.pack("<I", len(footer)) + MAGIC)


def _indexes(source: Groups, chunk: thrift.Struct, moved: int) -> dict[int, bytes]:
    """Return the page indexes of a column, with the places that its pages will have."""
    at = {field[0]: field[2] for field in chunk}
    found = {kind: source.read(at[kind], at[kind + 1]) for kind in (COLUMN_AT, OFFSETS_AT) if kind in at}
    if OFFSETS_AT in found:
        found[OFFSETS_AT] = _moved_index(found[OFFSETS_AT], moved)
    return found


def _placed(kept: Kept, number: int, places: list[Places]) -> bytes:
    """Return a row group's part of the footer, with the places it has now."""
    group = thrift.Reader(kept.group).struct()
    for field in group:
        if field[0] == GROUP_OFFSET:
            field[2] += kept.moved
        elif field[0] == ORDINAL:
            field[2] = number
    for chunk, at in zip(_get(group, COLUMNS)[1], places, strict=True):
        for field in _get(chunk, METADATA):
            if field[0] in PLACES:
                field[2] += kept.moved
        for kind, (place, size) in at.items():
            _set(chunk, kind, place)
            _set(chunk, kind + 1, size)
    return thrift.write(group)


def _start(group: thrift.Struct) -> int:
    """Return where a group's data starts: at its first page, a dictionary where it has one."""
    metadata = _get(_get(group, COLUMNS)[1][0], METADATA)
    return min(int(field[2]) for field in metadata if field[0] in PLACES)


def _moved_index(data: bytes, moved: int) -> bytes:
    index = thrift.Reader(data).struct()
    for location in _get(index, LOCATIONS)[1]:
        _set(location, OFFSET, _get(location, OFFSET) + moved)
    return thrift.write(index)


def _get(fields: thrift.Struct, number: int) -> Any:
    for field in fields:
        if field[0] == number:
            return field[2]
    raise ValueError(f"the footer lacks field {number}")


def _set(fields: thrift.Struct, number: int, value: Any) -> None:
    for field in fields:
        if field[0] == number:
            field[2] = value
            return
    raise ValueError(f"the footer lacks field {number}")
