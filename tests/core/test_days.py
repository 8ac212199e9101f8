from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ledger.core.days import day_of, day_starts, days_between, start_of

ZONES = [ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns")]


@given(st.integers(1_420_000_000, 2_000_000_000), st.sampled_from(ZONES))
def test_a_moment_lies_between_the_start_of_its_day_and_the_next(seconds, zone):
    day = day_of(seconds, zone)
    days, starts = day_starts(seconds, seconds, zone)
    assert days == [day]
    assert starts[0] == start_of(day, zone) <= seconds < starts[1]


def test_days_have_23_and_25_hours_when_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    spring = start_of(date(2026, 3, 30), berlin) - start_of(date(2026, 3, 29), berlin)
    autumn = start_of(date(2026, 10, 26), berlin) - start_of(date(2026, 10, 25), berlin)
    assert (spring, autumn) == (23 * 3600, 25 * 3600)


def test_every_local_midnight_lies_on_a_quarter_hour():
    for zone in ZONES:
        assert start_of(date(2026, 7, 1), zone) % 900 == 0


def test_days_between_holds_both_ends():
    assert len(days_between(date(2026, 2, 27), date(2026, 3, 1))) == 3


def test_without_a_zone_the_systems_is_used():
    moment = datetime(2026, 7, 1, 12, tzinfo=UTC).timestamp()
    assert start_of(day_of(moment)) <= moment
