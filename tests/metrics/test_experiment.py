from datetime import UTC, date, timedelta

import numpy as np
import pytest

from ledger.core.curves import Verdict
from ledger.core.filters import Filter
from ledger.metrics.experiment import before_after
from tests.metrics.simulation import World, drawn

MONDAY = date(2026, 6, 1)
START = MONDAY + timedelta(days=28)
END = START + timedelta(days=28)


def ledger(factor, seed=1):
    """Return eight weeks in which tokens per block change in the middle."""
    blocks = drawn(np.random.default_rng(seed), World(days=56, sigma=1.0))
    blocks.project = np.arange(len(blocks.tag)) % 2
    blocks.mte[blocks.day >= 28] *= factor
    return blocks


def compared(blocks, wanted=None, start=START, days=28, today=END + timedelta(days=7)):
    made = blocks.frame()
    return before_after(made, wanted or Filter(), start, days, today=today, zone=UTC)


def test_half_the_tokens_for_the_same_work_is_likely_better():
    found = compared(ledger(0.4))
    assert (found.first, found.second) == ("after", "before")
    assert found.verdict is Verdict.LIKELY_FIRST
    assert 1.5 < found.ratio < 4.5
    assert [name for name, *_ in found.strata] == ["/p/00", "/p/01"]
    assert [arm.blocks for arm in found.arms] == [168, 168]
    assert found.notes == ("Whatever else changed on that day is in the difference too.",)


def test_twice_the_tokens_is_likely_worse():
    assert compared(ledger(3)).verdict is Verdict.LIKELY_SECOND


@pytest.mark.parametrize(
    ("early", "reason"), [(1, "1 day left"), (7, "7 days left"), (20, "20 days left")]
)
def test_before_the_window_has_ended_and_settled_nothing_is_shown(early, reason):
    found = compared(ledger(0.4), today=END + timedelta(days=7 - early))
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert found.reason == f"Too early: {reason}."
    assert found.crude is None
    assert found.arms[0].blocks == 0


def test_only_the_two_windows_count():
    found = compared(ledger(0.4), start=MONDAY + timedelta(days=7), days=5)
    assert [arm.blocks for arm in found.arms] == [30, 30]


def test_times_of_the_filter_are_replaced_and_the_rest_holds():
    wanted = Filter(since_s=0, until_s=5, projects=frozenset({"/p/01"}))
    found = compared(ledger(0.4), wanted)
    assert [name for name, *_ in found.strata] == ["/p/01"]
    assert found.ratio is not None


def test_a_project_begun_only_afterwards_is_not_compared():
    blocks = ledger(0.4)
    blocks.project = (blocks.day >= 28).astype(int)
    found = compared(blocks)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert "different work" in found.reason


def test_an_unpriced_side_is_named():
    made = ledger(0.4).frame()
    price = np.where(np.arange(len(made.te)) < 3, np.nan, made.te)
    found = before_after(
        made, Filter(), START, 28, today=END + timedelta(days=7), exposure=price, zone=UTC
    )
    assert found.reason.startswith("What “before” cost is not known")
