"""A Parquet file, the plainest there is: PLAIN encoding, no compression, one page per column chunk.

Format: Apache Parquet 2.x (parquet.thrift, Encodings.md) with headers in Thrift's compact protocol.
A library for this would bring tens of megabytes and a network client; reading is not needed here.
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ledger.export.sheet import Column, Kind, Sheet

MAGIC = b"PAR1"
VERSION = 2
GROUP_ROWS = 65_536
# Numbers of parquet.thrift.
INT64, DOUBLE, BYTE_ARRAY = 2, 5, 6
OPTIONAL, UTF8 = 1, 0
PLAIN, RLE = 0, 3
UNCOMPRESSED, DATA_PAGE = 0, 0
PHYSICAL = {Kind.TEXT: BYTE_ARRAY, Kind.WHOLE: INT64, Kind.NUMBER: DOUBLE}
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12  # types of the compact protocol
_SHORT_LIST = 15


class _Long(NamedTuple):
    """A 64-bit number; a plain int is written as 32 bits."""

    value: int


class _Struct(NamedTuple):
    """A Thrift struct: values by field number."""

    fields: dict[int, "_Value"]


_Value = int | _Long | str | _Struct | list["_Value"]


def encode(sheet: Sheet) -> bytes:
    """Return the file."""
    out, groups = bytearray(MAGIC), []
    for start in range(0, len(sheet), GROUP_ROWS):
        rows = min(GROUP_ROWS, len(sheet) - start)
        chunks: list[_Value] = []
        begins = len(out)
        for column in sheet.columns:
            place, page = len(out), _page(column, column.values[start : start + rows])
            out += page
            chunks.append(_chunk(column, place, len(page), rows))
        size = _Long(len(out) - begins)
        groups.append(_Struct({1: chunks, 2: size, 3: _Long(rows)}))
    foot = _compact(_Struct({1: VERSION, 2: _schema(sheet), 3: _Long(len(sheet)), 4: [*groups]}))
    return bytes(out + foot + struct.pack("<I", len(foot)) + MAGIC)


def _schema(sheet: Sheet) -> list[_Value]:
    root = _Struct({4: "rows", 5: len(sheet.columns)})
    return [root, *map(_element, sheet.columns)]


def _element(column: Column) -> _Struct:
    fields: dict[int, _Value] = {1: PHYSICAL[column.kind], 3: OPTIONAL, 4: column.name}
    if column.kind is Kind.TEXT:
        fields |= {6: UTF8, 10: _Struct({1: _Struct({})})}
    return _Struct(fields)


def _chunk(column: Column, place: int, size: int, rows: int) -> _Struct:
    meta: dict[int, _Value] = {
        1: PHYSICAL[column.kind],
        2: [PLAIN, RLE],
        3: [column.name],
        4: UNCOMPRESSED,
        5: _Long(rows),
        6: _Long(size),
        7: _Long(size),
        9: _Long(place),
    }
    return _Struct({2: _Long(place), 3: _Struct(meta)})


def _page(column: Column, values: Sequence[str | int | float | None]) -> bytes:
    """Return one data page with its header: which values are there, then those that are."""
    levels = b"".join(_level_runs(values))
    present = [value for value in values if value is not None]
    body = struct.pack("<I", len(levels)) + levels + _plain(column.kind, present)
    inner = _Struct({1: len(values), 2: PLAIN, 3: RLE, 4: RLE})
    return _compact(_Struct({1: DATA_PAGE, 2: len(body), 3: len(body), 5: inner})) + body


def _level_runs(values: Sequence[object]) -> Iterator[bytes]:
    """Yield definition levels of one bit as runs: how many, then 1 for a value or 0 for a gap."""
    for is_present, run in groupby(value is not None for value in values):
        yield _varint(sum(1 for _ in run) << 1) + bytes((is_present,))


def _plain(kind: Kind, values: Sequence[str | int | float]) -> bytes:
    match kind:
        case Kind.TEXT:
            encoded = (str(value).encode("utf-8") for value in values)
            return b"".join(struct.pack("<I", len(text)) + text for text in encoded)
        case Kind.WHOLE:
            return struct.pack(f"<{len(values)}q", *values)
        case Kind.NUMBER:
            return struct.pack(f"<{len(values)}d", *values)


def _compact(value: _Value) -> bytes:
    """Write a value in the compact protocol."""
    match value:
        case _Long():
            return _varint(_zigzag(value.value))
        case _Struct():
            return _fields(value)
        case int():
            return _varint(_zigzag(value))
        case str():
            text = value.encode("utf-8")
            return _varint(len(text)) + text
        case list():
            return _list(value)


def _fields(value: _Struct) -> bytes:
    out, last = b"", 0
    for number, inner in sorted(value.fields.items()):
        out += bytes(((number - last) << 4 | _type(inner),)) + _compact(inner)
        last = number
    return out + b"\0"


def _list(values: list[_Value]) -> bytes:
    kind = _type(values[0]) if values else _STRUCT
    short = len(values) < _SHORT_LIST
    head = bytes((len(values) << 4 | kind,)) if short else bytes((0xF0 | kind,))
    return head + (b"" if short else _varint(len(values))) + b"".join(map(_compact, values))


def _type(value: _Value) -> int:
    match value:
        case _Long():
            return _I64
        case _Struct():
            return _STRUCT
        case int():
            return _I32
        case str():
            return _BINARY
        case list():
            return _LIST


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)
