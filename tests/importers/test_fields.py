import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw, Struct

from ledger.core.usage import LARGEST_COUNT
from ledger.importers.fields import (
    EMPTY,
    LATEST_MS,
    NOT_AN_OBJECT,
    NOT_JSON,
    TOO_DEEP,
    count,
    encoded_state,
    fitted,
    milliseconds,
    patient,
    reader_of,
    resumed,
    text,
)

MOMENT = 1_772_359_200_123  # 2026-03-01 10:00:00.123 UTC
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-01T10:00:00.123Z",
        "2026-03-01T10:00:00.123456Z",
        "2026-03-01T10:00:00.123456789Z",
        "2026-03-01T12:00:00.123+02:00",
        "2026-03-01T02:30:00.123-07:30",
        "2026-03-01 10:00:00.123",
        MOMENT,
        float(MOMENT),
        MOMENT * 1000 + 456,
        1_772_359_200.123,
        "1772359200123",
        "1772359200.123",
    ],
)
def test_a_moment_is_read_however_it_is_written(value: object):
    assert milliseconds(value) == MOMENT


def test_whole_seconds_are_read():
    assert milliseconds("2026-03-01T10:00:00Z") == milliseconds(1_772_359_200) == MOMENT - 123


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "",
        "yesterday",
        "20",
        0,
        -5,
        "0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:00",
        "2100-01-01T00:00:00Z",
        math.nan,
        math.inf,
        -math.inf,
        10**400,
        10**20,
        [],
        {},
        b"2026",
    ],
)
def test_what_cannot_be_a_moment_is_none(value: object):
    assert milliseconds(value) is None


zones = st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(
    lambda offset: timezone(timedelta(minutes=offset // timedelta(minutes=1)))
)


@given(st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)), zones)  # noqa: DTZ001 - zoned below
def test_a_moment_keeps_its_millisecond_in_every_zone(naive: datetime, zone: timezone):
    moment = naive.replace(tzinfo=UTC)
    expected = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert milliseconds(moment.astimezone(zone).isoformat()) == expected


@given(anything)
def test_a_moment_is_none_or_between_1970_and_2100(value: object):
    moment = milliseconds(value)
    assert moment is None or 0 < moment < LATEST_MS


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, 5),
        ("5", 5),
        (" 5 ", 5),
        (5.9, 5),
        ("5.9", 5),
        (1e3, 1000),
        (0, 0),
        (-5, 0),
        ("-5", 0),
        (None, 0),
        (True, 0),
        ("many", 0),
        ("", 0),
        (math.nan, 0),
        (math.inf, 0),
        ("1e999", 0),
        ("9" * 5000, 0),
        ([5], 0),
        ({}, 0),
        (10**30, LARGEST_COUNT),
        (1e30, LARGEST_COUNT),
        (LARGEST_COUNT, LARGEST_COUNT),
    ],
)
def test_a_count_is_read_however_it_is_written(value: object, expected: int):
    assert count(value) == expected


@given(anything)
def test_a_count_is_a_whole_number_within_its_bounds(value: object):
    tokens = count(value)
    assert type(tokens) is int
    assert 0 <= tokens <= LARGEST_COUNT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("naïve 東京 🙂", "naïve 東京 🙂"),
        ("a\0b", "a�b"),
        ("a\ud83db", "a�b"),
        ("\udc00", "�"),
        (None, ""),
        (7, ""),
        (b"x", ""),
    ],
)
def test_text_is_made_storable(value: object, expected: str):
    assert text(value) == expected


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_can_be_written_and_keeps_its_length(value: str):
    stored = text(value)
    assert len(stored) == len(value)
    assert "\0" not in stored
    stored.encode()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'\0{"a": 1}\0', {"a": 1.0}),
        (b'{"a": "\xff"}', {"a": "�"}),
        (b'{"a": "\\ud83d"}', {"a": "�"}),
        (b'{"a": ["\x01", null, true]}', {"a": ["\x01", None, True]}),
        (b'{"a": ' + b"9" * 5000 + b"}", {"a": math.inf}),
        (b"", EMPTY),
        (b"\0\0", EMPTY),
        (b" \r", EMPTY),
        (b"{", NOT_JSON),
        (b"{}{}", NOT_JSON),
        (b"[]", NOT_AN_OBJECT),
        (b"null", NOT_AN_OBJECT),
        (b"[" * 100_000, TOO_DEEP),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, TOO_DEEP),
    ],
)
def test_a_damaged_line_is_read_as_far_as_it_goes(line: bytes, expected: object):
    assert patient(line) == expected


@given(st.binary(max_size=50))
def test_any_bytes_give_an_object_or_a_reason(line: bytes):
    fields = patient(line)
    assert isinstance(fields, dict) or fields in (EMPTY, NOT_JSON, NOT_AN_OBJECT, TOO_DEEP)


class Inner(Struct):
    size: int | float | None = None


class Outer(Struct, rename="camel"):
    first_name: str | None = None
    inner: Inner | None = None
    many: list[Inner] | None = None
    names: list[str] | None = None
    either: str | list[Inner] | None = None
    kept: Raw = Raw(b"")


def test_every_field_that_fits_is_kept():
    value = {
        "firstName": "a",
        "inner": {"size": 2.0, "more": 1},
        "many": [{"size": 1}, 5, {"size": "x"}],
        "names": ["a", 5],
        "either": [{"size": 3}],
        "kept": {"b": [1]},
    }
    assert fitted(value, Outer) == Outer(
        "a", Inner(2.0), [Inner(1), Inner()], ["a"], [Inner(3)], fitted(value, Outer).kept
    )
    assert bytes(fitted(value, Outer).kept) == b'{"b":[1]}'


@pytest.mark.parametrize(
    "value", [{}, {"firstName": 5}, {"first_name": "a"}, {"inner": []}, {"inner": None}]
)
def test_a_field_that_does_not_fit_stays_unset(value: dict[str, object]):
    assert fitted(value, Outer) == Outer()


def test_a_truth_value_is_no_number():
    assert fitted({"size": True}, Inner) == Inner()


@given(st.dictionaries(st.sampled_from(["firstName", "inner", "many", "either", "kept"]), anything))
def test_any_object_can_be_fitted(value: dict[str, object]):
    assert isinstance(fitted(value, Outer), Outer)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"firstName": "a", "more": 1}', Outer("a")),
        (b'{"firstName": 5, "names": ["a", 5]}', Outer(names=["a"])),
        (b'\0\0{"firstName": "a\xff"}', Outer("a\ufffd")),
        (b"{torn", NOT_JSON),
        (b"[]", NOT_AN_OBJECT),
        (b"\0", EMPTY),
        (b'{"many":' * 100_000, TOO_DEEP),
    ],
)
def test_a_line_is_read_as_far_as_it_fits_or_says_why_not(line: bytes, expected: object):
    assert reader_of(Outer)(line) == expected


@given(st.binary(max_size=50))
def test_no_bytes_make_a_reader_fail(line: bytes):
    assert isinstance(reader_of(Outer)(line), Outer | str)


class Remembered(Struct):
    count: int = 0


@pytest.mark.parametrize("state", ["", "{", "[]", '{"count": "many"}', "null"])
def test_a_damaged_state_begins_anew(state):
    assert resumed(state, Remembered(7)) == Remembered(7)


def test_a_state_comes_back_as_it_was_left():
    assert resumed(encoded_state(Remembered(3)), Remembered()) == Remembered(3)
