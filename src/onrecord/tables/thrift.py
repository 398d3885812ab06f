"""Thrift's compact protocol, as far as footers of Parquet need it: structs to and from plain lists.

A struct is a list of fields in order, each `[id, type, value]`; a list is a pair of the type of its items and
the items. Whatever is read is written again as the same bytes. A struct within another may be given as the bytes
that were written of it.
"""

from __future__ import annotations

from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
INTEGERS = (I16, I32, I64)
LONG = 15
"""A list of so many items or more says how many in a byte of its own."""

Struct = list[list[Any]]


class Reader:
    """Read structs from bytes, one after the other; `place` is where the next one starts."""

    def __init__(self, data: bytes, place: int = 0) -> None:
        self.data = data
        self.place = place

    def struct(self) -> Struct:
        """Return the next struct."""
        fields: Struct = []
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._zigzag()
            kind = head & 15
            fields.append([number, kind, kind == TRUE if kind in (TRUE, FALSE) else self._value(kind)])
        return fields

    def _value(self, kind: int) -> Any:
        if kind in INTEGERS:
            return self._zigzag()
        if kind == BINARY:
            return self._bytes(self._varint())
        if kind == STRUCT:
            return self.struct()
        if kind in (LIST, SET):
            return self._list()
        if kind in (TRUE, FALSE, BYTE):
            return self._byte()
        if kind == DOUBLE:
            return self._bytes(8)
        raise ValueError(f"a value of type {kind}, which footers do not have")

    def _list(self) -> tuple[int, list[Any]]:
        head = self._byte()
        count = head >> 4 if head >> 4 < LONG else self._varint()
        return head & 15, [self._value(head & 15) for _ in range(count)]

    def _byte(self) -> int:
        self.place += 1
        return self.data[self.place - 1]

    def _bytes(self, count: int) -> bytes:
        self.place += count
        return self.data[self.place - count : self.place]

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 128:
            value |= (byte & 127) << shift
            shift += 7
        return value | byte << shift

    def _zigzag(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)


def write(fields: Struct) -> bytes:
    """Return a struct as bytes.

    Examples
    --------
    >>> struct = [[1, I64, -7], [3, BINARY, b"name"], [4, LIST, (I32, [1, 2])]]
    >>> Reader(write(struct)).struct() == struct
    True
    """
    out = bytearray()
    _write_struct(out, fields)
    return bytes(out)


def _write_struct(out: bytearray, fields: Struct) -> None:
    last = 0
    for number, kind, value in fields:
        written = (TRUE if value else FALSE) if kind in (TRUE, FALSE) else kind
        if 0 < number - last < LONG + 1:
            out.append(number - last << 4 | written)
        else:
            out.append(written)
            _write_zigzag(out, number)
        if kind not in (TRUE, FALSE):
            _write_value(out, kind, value)
        last = number
    out.append(0)


def _write_value(out: bytearray, kind: int, value: Any) -> None:
    if kind in INTEGERS:
        _write_zigzag(out, value)
    elif kind == BINARY:
        _write_varint(out, len(value))
        out += value
    elif kind == STRUCT and isinstance(value, bytes):
        out += value
    elif kind == STRUCT:
        _write_struct(out, value)
    elif kind in (LIST, SET):
        _write_list(out, *value)
    elif kind == DOUBLE:
        out += value
    else:
        out.append(value)


def _write_list(out: bytearray, kind: int, items: list[Any]) -> None:
    if len(items) < LONG:
        out.append(len(items) << 4 | kind)
    else:
        out.append(LONG << 4 | kind)
        _write_varint(out, len(items))
    for item in items:
        _write_value(out, kind, item)


def _write_varint(out: bytearray, value: int) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def _write_zigzag(out: bytearray, value: int) -> None:
    _write_varint(out, value << 1 ^ value >> 63)
