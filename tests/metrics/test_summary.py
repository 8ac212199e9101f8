from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.metrics.summary import summary
from tests.metrics import reference
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

worths = st.integers(0, 100)


def figure(rows, worth=50, **more):
    made = frame(rows)
    return summary(made, made.select(), edited_worth=worth, **more)


def as_float(value):
    return None if value is None else float(value)


@given(ledgers(), worths)
def test_bounds_are_those_of_the_plain_definition(rows, worth):
    found = figure(rows, worth)
    for ratio, headline in ((found.ratio, True), (found.ratio_all, False)):
        expected = reference.bounds(rows, headline=headline, edited=Fraction(worth, 100))
        assert ratio.lower == as_float(expected.lower)
        assert ratio.upper == as_float(expected.upper)
        mine = reference.members(rows, headline=headline)
        assert ratio.blocks == len(reference.blocks_of(mine))


@given(ledgers(), worths)
def test_shares_are_those_of_the_plain_definition(rows, worth):
    found = figure(rows, worth)
    expected = reference.kept_share(rows, Fraction(worth, 100))
    assert found.kept_share_lower == as_float(expected.lower)
    assert found.kept_share_upper == as_float(expected.upper)
    assert found.coverage == as_float(reference.coverage(rows))


@given(ledgers())
def test_counts_are_sums(rows):
    found = figure(rows)
    uses = [use for row in rows for use in row.uses]
    assert found.interactions == len(rows)
    tags = [found.untagged, found.kept, found.edited, found.thrown_away]
    assert tags == [sum(row.tag == tag for row in rows) for tag in range(4)]
    assert found.requests == sum(use.requests for use in uses)
    assert found.unknown == sum(use.unknown for use in uses)
    counters = [sum(use.counters[at] for use in uses) for at in range(5)]
    assert counters == [
        found.input, found.cache_read, found.cache_write, found.output, found.reasoning
    ]  # fmt: skip
    assert found.mte == sum(use.te for use in uses) / 20_000_000


def test_the_worked_example_of_the_page_comes_out():
    tags = [1] * 18 + [2] * 8 + [3] * 6 + [0] * 8
    rows = [
        Row(number, MONDAY_S + number * 3600, tag=tag, uses=(spent(4_800_000),))
        for number, tag in enumerate(tags)
    ]
    found = figure(rows)
    assert found.mte == 9.6
    assert found.ratio.lower == pytest.approx(22 / 9.6)
    assert found.ratio.upper == pytest.approx(30 / 9.6)
    assert found.coverage_blocks == 0.8
    half = figure(rows, 75).ratio.lower - found.ratio.lower
    assert half == pytest.approx(0.25 * 8 / 9.6)


def test_tagging_only_winners_wins_nothing():
    rows = [
        Row(number, MONDAY_S + number * 3600, tag=int(number < 18), uses=(spent(4_800_000),))
        for number in range(40)
    ]
    found = figure(rows)
    assert (found.ratio.lower, found.ratio.upper) == pytest.approx((18 / 9.6, 40 / 9.6))
    assert found.coverage == 0.45
    assert (found.ratio.point, found.ratio.low, found.ratio.high) == (None, None, None)


def even_ledger(blocks, days, tag=lambda number: 1 + number % 3):
    """Return blocks spread over days, every one with slightly other tokens."""
    return [
        Row(
            number,
            MONDAY_S + (number % days) * 86_400 + number // days * 1800,
            tag=tag(number),
            uses=(spent(1_000_000 + number * 7919, MONDAY_S + (number % days) * 86_400),),
        )
        for number in range(blocks)
    ]


@pytest.mark.parametrize(
    ("blocks", "days", "interval", "point"),
    [(7, 7, False, False), (8, 2, False, False), (8, 4, True, False), (29, 12, True, False),
     (30, 12, True, True)],
)  # fmt: skip
def test_gates_hold_back_what_the_evidence_does_not_carry(blocks, days, interval, point):
    found = figure(even_ledger(blocks, days)).ratio
    assert (found.low is not None, found.point is not None) == (interval, point)
    assert (found.low is None) == (found.high is None)
    assert found.lower == found.upper
    assert (found.blocks, found.days) == (blocks, days)


def test_a_point_of_a_tagged_ledger_is_not_assumed():
    found = figure(even_ledger(60, 20)).ratio
    assert not found.assumed
    assert found.point == found.lower == found.upper
    assert found.low < found.point < found.high


def test_a_point_of_a_partly_tagged_ledger_is_assumed_and_within_bounds():
    found = figure(even_ledger(80, 20, lambda number: number % 4)).ratio
    assert found.assumed
    assert found.lower < found.point < found.upper


def test_without_interval_only_bounds_are_said():
    found = figure(even_ledger(60, 20), interval=False).ratio
    assert (found.point, found.low, found.high) == (None, None, None)
    assert found.lower is not None


def test_a_ledger_as_uneven_as_this_has_no_point():
    rows = even_ledger(40, 12, lambda number: 1 if number < 3 else 3)
    found = figure(rows).ratio
    assert found.point is None


@pytest.mark.parametrize(("unknown", "shown"), [(0, True), (12, True), (13, False)])
def test_too_many_unknown_requests_leave_only_bounds(unknown, shown):
    rows = [
        Row(row.id, row.time_s, tag=row.tag, uses=(*row.uses, spent(0, row.time_s, unknown=1)))
        if row.id < unknown
        else row
        for row in even_ledger(48, 16)
    ]
    found = figure(rows).ratio
    assert (found.point is not None) == shown
    assert found.lower < found.upper or not unknown


def test_unknown_requests_are_not_free_in_the_point():
    rows = even_ledger(48, 16)
    some = [
        Row(row.id, row.time_s, tag=row.tag, uses=(*row.uses, spent(0, row.time_s, unknown=1)))
        if row.id < 4
        else row
        for row in rows
    ]
    with_unknown, without = figure(some).ratio, figure(rows).ratio
    assert with_unknown.assumed
    for name in ("point", "low", "high"):
        expected = getattr(without, name) * 48 / 52
        assert getattr(with_unknown, name) == pytest.approx(expected)


def test_an_empty_ledger_says_nothing():
    found = figure([])
    assert found.ratio.lower is found.ratio.upper is found.coverage is found.counted is None
    assert found.interactions == 0


def test_the_key_is_the_one_given():
    made = frame([])
    assert summary(made, made.select(), "codex").key == "codex"


def test_estimates_lower_the_counted_share():
    rows = [Row(1, uses=(spent(300),)), Row(2, uses=(spent(100, low=50),))]
    assert figure(rows).counted == 0.75


@given(ledgers(least=1), st.integers(1, 20))
def test_a_filtered_summary_is_that_of_the_filtered_rows(rows, half):
    until = MONDAY_S + 86_400 + (18 + half) * 1800
    made = frame(rows)
    found = summary(made, made.select(Filter(until_s=until, tools=frozenset({"codex"}))))
    left = [row for row in rows if row.tool == "codex"]
    tokens = sum(use.te for row in left for use in row.uses if use.quarter * 900 < until)
    assert found.mte == tokens / 20_000_000
    assert found.interactions == sum(row.time_s < until for row in left)
