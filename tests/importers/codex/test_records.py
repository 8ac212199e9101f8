import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.importers.codex.records import (
    Row,
    blocks_text,
    mapping,
    read_row,
    text_of,
    value,
)
from ledger.importers.fields import EMPTY, NOT_AN_OBJECT, NOT_JSON


def row_of(line: bytes) -> Row:
    row = read_row(line)
    assert isinstance(row, Row)
    return row


def test_keys_may_stand_in_any_order_with_any_spaces():
    row = row_of(b'{ "payload" : {"role":"user" , "type":"message"}, "type" : "response_item" }')
    assert row.payload is not None
    assert (row.type, row.payload.type, row.payload.role) == ("response_item", "message", "user")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"\0" * 8, EMPTY),
        (b"{", NOT_JSON),
        (b'{"a":1}{"a":1}', NOT_JSON),
        (b"[" * 100_000, NOT_JSON),
        (b"[]", NOT_AN_OBJECT),
        (b'"text"', NOT_AN_OBJECT),
    ],
)
def test_a_line_that_holds_no_row_is_rejected_with_a_reason(line: bytes, reason: str):
    assert read_row(line) == reason


def test_fields_of_odd_types_do_not_lose_the_row():
    line = (
        b'{"type":"event_msg","timestamp":[1],"payload":{"type":"x","turn_id":7,"message":{"a":1}}}'
    )
    row = row_of(line)
    assert row.payload is not None
    assert (row.timestamp, row.payload.turn_id, value(row.payload.message)) == (None, "", {"a": 1})


def test_a_payload_that_is_no_object_is_an_unknown_row():
    assert row_of(b'{"type":"event_msg","payload":"text"}').payload is None


def test_a_very_old_line_gets_the_envelope_of_today():
    row = row_of(b'{"type":"message","role":"user","content":[]}')
    assert row.type == "response_item"
    assert row_of(b'{"id":"a","timestamp":"2025-05-01T00:00:00Z"}').type == "session_meta"
    assert row_of(b'{"record_type":"state"}').type == ""


def test_damaged_text_is_kept_as_far_as_it_can_be_stored():
    row = row_of(
        b'{"type":"event_msg","payload":{"type":"user_message","message":"a\xffb\\ud800c"}}'
    )
    assert row.payload is not None
    assert text_of(row.payload.message).encode()
    assert text_of(row.payload.message).startswith("a\ufffdb")


@given(st.text())
def test_any_text_comes_back_or_is_replaced(content: str):
    raw = msgspec.Raw(json.dumps(content).encode())
    assert len(text_of(raw)) >= len(content.replace("\0", "")) - content.count("\0")
    text_of(raw).encode()


@given(st.binary(max_size=40))
def test_no_bytes_make_a_row_fail(line: bytes):
    assert isinstance(read_row(line), Row | str)
    value(msgspec.Raw(line))


def test_content_is_a_text_or_blocks():
    assert blocks_text("one") == "one"
    assert blocks_text([{"text": "one"}, {"image": 1}, 7, {"text": "two"}]) == "one\ntwo"
    assert blocks_text(None) == ""


def test_what_is_no_object_has_no_fields():
    assert mapping([1]) == {}
    assert mapping({"a": 1}) == {"a": 1}
