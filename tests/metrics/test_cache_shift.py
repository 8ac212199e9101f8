import pytest

from ledger.core.filters import ANY
from ledger.metrics.cache_shift import cache_share_by_day
from tests.metrics.kinds import HOUR, kinds_frame


def share(days, read):
    made = kinds_frame(*((24 * HOUR * n, 1, 1) for n in range(days)), read=read)
    return cache_share_by_day(made, made.select(ANY))


def test_the_share_is_of_all_that_went_in():
    found = share(12, 3000)
    assert found.value == pytest.approx(0.75)
    assert found.low == pytest.approx(0.75)
    assert found.high <= 1
    assert found.days == 12


def test_few_days_or_no_cache_say_nothing():
    assert share(4, 3000) is None
    assert share(12, 0) is None
    assert share(0, 0) is None
