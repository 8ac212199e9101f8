from datetime import UTC, datetime

from ledger.host.clock import now_ms


def test_the_time_is_told_in_milliseconds():
    assert abs(now_ms() / 1000 - datetime.now(UTC).timestamp()) < 60
