import json

import pytest
from msgspec import Raw

from ledger.importers.claude_code.records import (
    Attachment,
    Block,
    Message,
    Row,
    begins,
    joined,
    part_of,
    read_row,
    text_of,
)
from tests.importers.claude_code.claude_logs import answer, usage


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()


def test_a_row_is_read_with_what_it_carries():
    row = read_row(encoded(answer(1, "msg_7", used=usage(31))))
    assert isinstance(row, Row)
    assert (row.type, row.git_branch, row.is_sidechain) == ("assistant", "main", False)
    assert row.message is not None
    assert row.message.usage is not None
    assert (row.message.id, row.message.usage.output_tokens) == ("msg_7", 31)


@pytest.mark.parametrize(
    "odd",
    [
        {"cwd": 5},
        {"isSidechain": "no"},
        {"isMeta": None},
        {"uuid": []},
        {"origin": "human"},
        {"version": {"major": 2}},
        {"timestamp": {}},
    ],
)
def test_a_field_of_an_odd_type_does_not_cost_the_others(odd: dict[str, object]):
    row = read_row(encoded(answer(1, "msg_7", used=usage(31), **odd)))
    assert isinstance(row, Row)
    assert row.message is not None
    assert row.message.usage is not None
    assert (row.message.id, row.message.usage.output_tokens) == ("msg_7", 31)


def test_an_odd_block_does_not_cost_the_blocks_beside_it():
    content = [{"type": "text", "text": "one"}, 7, {"type": 5}, {"type": "text", "text": "two"}]
    row = read_row(encoded({"type": "user", "message": {"content": content}}))
    assert isinstance(row, Row)
    assert row.message is not None
    assert joined(row.message.content) == "one\ntwo"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not valid JSON"),
        (b'{"type":"user"}{"type":"user"}', "not valid JSON"),
        (b"[1]", "not an object"),
        (b'"words"', "not an object"),
        (b"\0\0\0", "empty record"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_row_says_why(line: bytes, reason: str):
    assert read_row(line) == reason


def test_nul_bytes_before_a_row_are_dropped():
    row = read_row(b'\0\0{"type":"user"}')
    assert isinstance(row, Row)
    assert row.type == "user"


def test_bytes_that_are_no_utf_8_are_replaced():
    row = read_row(b'{"type":"user","cwd":"/caf\xe9"}')
    assert isinstance(row, Row)
    assert row.cwd == "/caf�"


@pytest.mark.parametrize(
    ("raw", "content"),
    [
        (b'"plain"', "plain"),
        (b'"half \\ud83d a pair"', "half � a pair"),
        (b'[{"type":"text","text":"a"},{"type":"image"},{"type":"text","text":"b"}]', "a\nb"),
        (b'{"text":"a"}', ""),
        (b"7", ""),
        (b"", ""),
    ],
)
def test_words_come_from_a_text_or_a_list_of_blocks(raw: bytes, content: str):
    assert text_of(Raw(raw)) == content


def test_a_part_of_another_kind_is_an_empty_one():
    assert part_of(Raw(b'"queued_command"'), Attachment) == Attachment()
    assert part_of(Raw(b""), Message) == Message()


def test_a_part_is_fitted_as_a_row_is():
    assert part_of(Raw(b'{"type":"x","commandMode":7}'), Attachment) == Attachment(type="x")


def test_a_beginning_is_compared_exactly():
    assert begins(Raw(b'{"a":1}'), b"{")
    assert not begins(Raw(b""), b"{")


def test_a_text_block_without_words_adds_nothing():
    assert joined([Block(type="text"), Block(type="text", text=Raw(b'"x"'))]) == "x"
