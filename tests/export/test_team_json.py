import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import TeamError
from ledger.export import team_files, team_json
from tests.teaming import card

GOOD = team_files.encode_card(card())
NAMES = ("period", *team_files.NAMES)


def test_a_file_is_plain_json_with_sorted_keys_and_numbers_of_one_width():
    document = json.loads(GOOD)
    assert list(document) == sorted(document)
    assert document["blocks"] == 40
    assert b'"blocks":    40,' in GOOD
    assert team_json.encode("card", {name: document[name] for name in NAMES}) == GOOD


def spoiled(**changes) -> bytes:
    """Return a card as another program might write it."""
    return json.dumps(json.loads(GOOD) | changes, indent=2, sort_keys=True).encode()


@pytest.mark.parametrize(
    "data",
    [
        GOOD.replace(b"\n}", b',\n  "zone":     2\n}'),
        GOOD.replace(b'"te":    10', b'"te":   NaN'),
        GOOD.replace(b'"te":    10', b'"te":  10.0'),
        GOOD.replace(b'"te":    10', b'"te":  true'),
        GOOD.replace(b'"te":    10', b'"te":    10,\n  "te":    10'),
        GOOD.replace(b'"te":    10', b'"te":   1e1'),
        GOOD.replace(b'"n":     1,\n', b""),
        GOOD + b" ",
        GOOD.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + GOOD,
        spoiled(),
        spoiled(name="Ada"),
    ],
    ids=range(12),
)  # fmt: skip
def test_x11_a_file_that_differs_in_anything_is_refused(data):
    with pytest.raises(TeamError):
        team_files.decode_card(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a team card"),
        (b"[]", "not a team card"),
        (b"[" * 100_000, "not a team card"),
        (b"null", "not a team card"),
        (b"\xff\xfe", "not a team card"),
        (b'{"format": "something"}', "not a team card"),
        (b" " * 70_000, "not a team card"),
        (b'{"format": "signal-ledger team seal"}', "sealed numbers, not a team card"),
        (b'{"format": "signal-ledger team song"}', "kind unknown here"),
        (b'{"format": "signal-ledger team card", "version": 2}', "newer version"),
        (b'{"format": "signal-ledger team card", "version": "1"}', "changed or damaged"),
    ],
)
def test_every_refusal_says_what_the_file_is_not(data, words):
    with pytest.raises(TeamError, match=words) as caught:
        team_json.read("card", data, NAMES)
    assert caught.value.hint


@settings(max_examples=50)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_x11_no_single_byte_can_be_changed_without_another_card_or_a_refusal(place, by):
    data = bytearray(GOOD)
    data[place] ^= by
    try:
        read = team_files.decode_card(bytes(data))
    except TeamError:
        return
    assert read != card()
    assert team_files.encode_card(read) == bytes(data)


@settings(max_examples=50)
@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_whatever_it_is_handed_it_refuses_in_words(data):
    with pytest.raises(TeamError):
        team_json.read("card", data, NAMES)


def test_the_kind_of_a_file_is_what_it_says():
    assert team_json.kind_of(GOOD) == "card"
    assert team_json.kind_of(b'{"format": "signal-ledger team song"}') is None
    assert team_json.kind_of(b"{}") is None


@pytest.mark.parametrize("text", [None, 3, "AB", "a", "zz", "ab cd", "abcd"])
def test_hexadecimal_digits_are_lower_case_and_as_many_as_they_must_be(text):
    assert team_json.decode_hex("key", "ab", 1) == b"\xab"
    with pytest.raises(TeamError, match="changed or damaged"):
        team_json.decode_hex("key", text, 1)
