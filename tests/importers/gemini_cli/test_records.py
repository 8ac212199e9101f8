import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from ledger.importers.gemini_cli.records import Tokens, part_of, pieces_of, plain, record_of


@pytest.mark.parametrize("data", [b"", b"[]", b'"x"', b"7", b"null", b'{"id": "a"', b"\xff"])
def test_what_is_no_object_is_no_record(data: bytes) -> None:
    assert record_of(data) is None


@pytest.mark.parametrize(
    "data",
    [
        b'{"id": "a", "content": "\\ud800"}',
        b'{"id": "a", "model": "\\ud800"}',
        b'{"id": "a", "model": NaN}',
        b'{"id": "a", "model": 1e999}',
        b'{"id": "a", "model": 1' + b"0" * 40 + b"}",
        b'{"id": "a", "model": "\xff"}',
        b'{"id": "a", "model": "tab\there"}',
    ],
)
def test_json_that_is_not_quite_json_is_mended(data: bytes) -> None:
    record = record_of(data)
    assert record is not None
    assert record.id == "a"


def test_a_damaged_part_is_an_empty_one() -> None:
    assert part_of(Raw(b"[1]"), Tokens).input is None
    assert part_of(Raw(), Tokens).input is None
    assert pieces_of(Raw(b'{"a": 1}')) == []
    assert plain(Raw()) is None


def test_a_part_with_broken_text_is_mended() -> None:
    assert part_of(Raw(b'{"input": 5, "tool": "\xff"}'), Tokens).input == 5
    assert plain(Raw(b'["\xff"]')) == ["\ufffd"]


def test_the_pieces_of_a_list_are_its_own_bytes() -> None:
    data = b'[ {"a": 1} ,\n{"b":  2}]'
    assert [bytes(piece) for piece in pieces_of(Raw(data))] == [b'{"a": 1}', b'{"b":  2}']


@given(st.dictionaries(st.text(max_size=3), st.none() | st.booleans() | st.text(max_size=5)))
def test_every_object_is_a_record(value: dict[str, object]) -> None:
    assert record_of(json.dumps(value).encode()) is not None
