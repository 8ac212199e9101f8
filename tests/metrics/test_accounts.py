from datetime import UTC

import pytest
from hypothesis import given

from ledger.metrics.accounts import account
from ledger.metrics.grouping import grouping
from ledger.metrics.noise import Noise
from ledger.metrics.outcome import Outcome
from ledger.metrics.spending import spending
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

DAY_S = 86_400


def accounted(rows, *, is_headline=True):
    made = frame(rows)
    selection, groups, days = made.select(), grouping(made, "all"), made.days(UTC)
    used = spending(made, selection, groups.portion_group, 1)
    judged = Outcome(made, selection, groups, made.delivering, days, 50)
    found = account(judged, used, is_headline=is_headline)
    return found.with_intervals(Noise(made, selection, groups, days), used), used


def work(blocks, experiments=0):
    return [
        Row(number, MONDAY_S + number // 3 * DAY_S + number % 3 * 1800, tag=1 + number % 3,
            intent=int(number >= blocks),
            uses=(spent(900_000 + number * 31_337, MONDAY_S + number // 3 * DAY_S),))
        for number in range(blocks + experiments)
    ]  # fmt: skip


@given(ledgers())
def test_an_account_keeps_bounds_in_order(rows):
    found, used = accounted(rows)
    ratio = found.ratio(used, 0)
    if ratio.lower is not None and ratio.upper is not None:
        assert 0 <= ratio.lower <= ratio.upper


def test_exempt_tokens_leave_the_headline_and_its_interval():
    alone, alone_used = accounted(work(36))
    rows = work(36, experiments=6)
    headline, used = accounted(rows)
    everything, _ = accounted(rows, is_headline=False)
    first, second = alone.ratio(alone_used, 0), headline.ratio(used, 0)
    assert (second.lower, second.low, second.high) == (first.lower, first.low, first.high)
    assert everything.ratio(used, 0).lower < first.lower


def test_the_cap_holds_in_the_interval_as_in_the_bounds():
    headline, used = accounted(work(36, experiments=60))
    everything, _ = accounted(work(36, experiments=60), is_headline=False)
    capped, whole = headline.ratio(used, 0), everything.ratio(used, 0)
    assert capped.lower == pytest.approx(whole.lower * 4 / 3)
    assert capped.low == pytest.approx(whole.low * 4 / 3)
    assert capped.point == pytest.approx(whole.point * 4 / 3)
