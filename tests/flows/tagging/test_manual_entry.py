import contextlib
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.core.usage import Usage
from ledger.flows.tagging.manual_entry import manual_entry, moment

NOW = datetime(2026, 11, 20, 16, 30, tzinfo=ZoneInfo("Europe/Berlin"))  # a Friday


@pytest.fixture
def in_berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def read(text):
    return datetime.fromtimestamp(moment(text, NOW) / 1000, NOW.tzinfo).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "11-20 16:30"),
        ("now", "11-20 16:30"),
        ("today 9:15", "11-20 09:15"),
        ("15:00", "11-20 15:00"),
        ("yesterday 15:00", "11-19 15:00"),
        ("Yesterday", "11-19 12:00"),
        ("monday 9:30", "11-16 09:30"),
        ("20 min ago", "11-20 16:10"),
        ("3 hours ago", "11-20 13:30"),
        ("2 days ago", "11-18 16:30"),
        ("an hour ago", "11-20 15:30"),
        ("45m ago", "11-20 15:45"),
        ("2 weeks  ago", "11-06 16:30"),
    ],
)
def test_a_past_time_is_read_as_people_write_it(text, expected, in_berlin):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "99:99",
        "5 parsecs ago",
        "2 months ago",  # not two minutes
        "yesterday maybe",
        "² days ago",
        "999999 weeks ago",
        "0001-01-01 00:00",
        "9" * 5_000,
    ],
)
def test_what_is_no_time_is_refused_with_an_example(text):
    with pytest.raises(LedgerError) as caught:
        moment(text, NOW)
    assert "yesterday 15:00" in caught.value.hint


def test_a_time_to_come_is_refused():
    with pytest.raises(LedgerError, match="not come yet"):
        moment("2027-01-01 12:00", NOW)


@pytest.mark.parametrize("text", ["0202-07-01", "1999-12-31 12:00", "99999 days ago"])
def test_a_year_that_was_mistyped_is_refused(text):
    with pytest.raises(LedgerError, match="too long ago"):
        moment(text, NOW)


def test_the_same_entry_twice_is_two_interactions():
    def make():
        return manual_entry("m", time_ms=1, tool="other", model=" gpt ", project="", usage=Usage())

    assert make().id != make().id
    assert make().model == "gpt"


@example("0:0-2400")  # an offset that no zone can have
@given(st.text("0123456789-:/. ,+apmtzgo", max_size=24))
def test_any_text_is_a_past_time_or_refused(text):
    with contextlib.suppress(LedgerError):
        assert 0 < moment(text, NOW) <= (NOW.timestamp() + 60) * 1000
