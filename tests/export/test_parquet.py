import struct
from pathlib import Path

import pytest

from ledger.export.parquet import GROUP_ROWS, encode
from ledger.export.sheet import Column, Kind, Sheet

# Read again with pyarrow 26.0.1 and DuckDB 2.0.0 when it was put here: their rows equal SHEET.
GOLDEN = Path(__file__).parent / "golden" / "rows.parquet"
COUNT = 300
SHEET = Sheet(
    (
        Column("week", Kind.TEXT, [None if n % 7 == 0 else f"2026-é{n}" for n in range(COUNT)]),
        Column("n", Kind.WHOLE, [n * 10**12 * (-1) ** n if n % 3 else None for n in range(COUNT)]),
        Column("x", Kind.NUMBER, [n / 3 for n in range(COUNT)]),
        Column("gap", Kind.TEXT, [None] * COUNT),
    )
)


class Thrift:
    """Reads the compact protocol, written from its specification for these tests alone."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def varint(self) -> int:
        shift = value = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def value(self, kind: int):
        match kind:
            case 5 | 6:
                raw = self.varint()
                return raw >> 1 if raw % 2 == 0 else -(raw >> 1) - 1
            case 8:
                size = self.varint()
                self.at += size
                return self.data[self.at - size : self.at]
            case 9:
                head = self.data[self.at]
                self.at += 1
                size = head >> 4 if head >> 4 < 15 else self.varint()
                return [self.value(head & 15) for _ in range(size)]
            case 12:
                return self.struct()
        raise AssertionError(kind)

    def struct(self) -> dict:
        fields, number = {}, 0
        while (head := self.data[self.at]) != 0:
            self.at += 1
            number += head >> 4
            fields[number] = self.value(head & 15)
        self.at += 1
        return fields


def read(data: bytes) -> dict[str, list]:
    """Return the columns of a file."""
    assert data[:4] == data[-4:] == b"PAR1"
    (size,) = struct.unpack("<I", data[-8:-4])
    foot = Thrift(data[-8 - size : -8]).struct()
    names = [element[4].decode() for element in foot[2][1:]]
    columns: dict[str, list] = {name: [] for name in names}
    for group in foot[4]:
        for name, chunk in zip(names, group[1], strict=True):
            columns[name] += page(data, chunk[3])
    assert {len(values) for values in columns.values()} == {foot[3]}
    return columns


def page(data: bytes, meta: dict) -> list:
    reader = Thrift(data[meta[9] :])
    head = reader.struct()
    body = reader.data[reader.at : reader.at + head[3]]
    (size,) = struct.unpack_from("<I", body)
    levels, there = Thrift(body[4 : 4 + size]), []
    while levels.at < size:
        run = levels.varint()
        there += [levels.data[levels.at]] * (run >> 1)
        levels.at += 1
    rest, values = body[4 + size :], []
    for known in there:
        value = None
        if known and meta[1] == 6:
            (length,) = struct.unpack_from("<I", rest)
            value, rest = rest[4 : 4 + length].decode(), rest[4 + length :]
        elif known:
            (value,) = struct.unpack_from("<q" if meta[1] == 2 else "<d", rest)
            rest = rest[8:]
        values.append(value)
    assert rest == b""
    return values


def test_the_file_is_the_one_that_other_programs_have_read():
    assert encode(SHEET) == GOLDEN.read_bytes()


def test_what_is_written_is_read_again():
    found = read(encode(SHEET))
    assert found == {column.name: list(column.values) for column in SHEET.columns}


@pytest.mark.parametrize("rows", [0, 1, GROUP_ROWS + 1])
def test_any_number_of_rows(rows):
    sheet = Sheet((Column("n", Kind.WHOLE, list(range(rows))),))
    assert read(encode(sheet)) == {"n": list(range(rows))}
