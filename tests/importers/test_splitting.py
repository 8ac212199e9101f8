import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from ledger.importers.fields import NOT_AN_OBJECT, NOT_JSON, TOO_DEEP, reader_of
from ledger.importers.splitting import records_in


class Row(Struct):
    """Two fields of a record."""

    uuid: str | None = None
    count: int | None = None


read = reader_of(Row)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
records = st.builds(
    lambda uuid, value, other, spaced: json.dumps(
        {"uuid": uuid, "message": value, "other": other},
        separators=None if spaced else (",", ":"),
        ensure_ascii=spaced,
    ).encode("utf-8", "surrogatepass"),
    st.uuids().map(str),
    values,
    values,
    st.booleans(),
)


def uuid_of(record: bytes) -> str:
    return json.loads(record.decode("utf-8", "surrogatepass"))["uuid"]


def found(line: bytes, offset: int = 0) -> tuple[list[str], list[bytes]]:
    """Return the ids of the whole records and the torn stretches of a line."""
    whole, torn = [], []
    for (begin, data), row in records_in(read, (offset, line)):
        assert line[begin - offset : begin - offset + len(data)] == data
        if isinstance(row, str):
            torn.append(data)
        else:
            whole.append(row.uuid or "")
    return whole, torn


@given(record=records)
def test_an_undamaged_line_is_one_record(record: bytes):
    assert found(record) == ([uuid_of(record)], [])


@given(glued=st.lists(records, min_size=2, max_size=4), gap=st.sampled_from([b"", b" ", b"\0\0"]))
def test_records_glued_together_are_all_read(glued: list[bytes], gap: bytes):
    assert found(gap.join(glued), 100) == ([uuid_of(record) for record in glued], [])


@given(torn=records, at=st.floats(0.01, 0.99), whole=st.lists(records, min_size=1, max_size=3))
def test_only_the_torn_record_in_front_of_whole_ones_is_lost(
    torn: bytes, at: float, whole: list[bytes]
):
    piece = torn[: max(1, int(len(torn) * at))]
    assert found(piece + b"".join(whole), 7) == ([uuid_of(record) for record in whole], [piece])


@given(first=records, torn=records, at=st.floats(0.01, 0.99), last=records)
def test_a_torn_record_between_whole_ones_is_the_only_one_lost(
    first: bytes, torn: bytes, at: float, last: bytes
):
    piece = torn[: max(1, int(len(torn) * at))]
    assert found(first + piece + last) == ([uuid_of(first), uuid_of(last)], [piece])


@given(torn=records, at=st.floats(0.01, 0.99))
def test_no_part_of_a_record_that_is_torn_alone_is_taken_for_one(torn: bytes, at: float):
    piece = torn[: max(1, int(len(torn) * at))]
    assert found(piece) == ([], [piece])


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_exception(line: bytes):
    list(records_in(read, (0, line)))


@pytest.mark.parametrize(
    ("line", "reason"),
    [(b"[1, 2]", NOT_AN_OBJECT), (b"nothing", NOT_JSON), (b'{"a":' * 100_000, TOO_DEEP)],
)
def test_a_line_without_a_record_is_one_rejection(line: bytes, reason: str):
    assert list(records_in(read, (0, line))) == [((0, line), reason)]


def test_a_long_line_of_beginnings_is_given_up_in_time():
    line = b'{"a":[' * 200 + b'{"uuid":"x"},' * 200_000
    whole, torn = found(line)
    assert whole == []
    assert torn == [line]


def test_text_that_looks_like_a_record_is_part_of_its_record():
    line = json.dumps({"uuid": "outer", "message": '{"uuid": "inner"}'}).encode() * 2
    assert found(line) == (["outer", "outer"], [])
