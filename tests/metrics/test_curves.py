from datetime import UTC
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.core.vocabulary import Tag
from ledger.metrics.curves import (
    SIGNIFICANT_Z,
    diminishing_point,
    isotonic_fit,
    sizes,
    stop_loss,
    trend_z,
    worth_curve,
)
from ledger.metrics.distributions import jeffreys
from tests.metrics.rows import HALF_S, MONDAY_S, Row, frame, ledgers, spent
from tests.metrics.simulation import Blocks, World, drawn

SIZE = np.sort(np.random.default_rng(1).lognormal(0, 1, 200))
DAY = np.arange(200) * 7 % 25
CUTS = np.arange(0, 201, 25)
MTE = 20_000_000


def curve(blocks, **more):
    made = blocks.frame()
    return worth_curve(made, made.select(), zone=UTC, **more)


def kept_above(limit, count=120):
    """Return blocks of rising size, kept where they are larger than a limit."""
    mte = np.geomspace(0.01, 10, count)
    order = np.arange(count) * 37 % count  # sizes spread over the days
    return Blocks(mte[order], np.where(mte[order] > limit, int(Tag.KEPT), int(Tag.THROWN_AWAY)))


def test_bins_hold_about_as_many_blocks_each_and_all_of_them():
    found = curve(drawn(np.random.default_rng(1), World(days=40)))
    assert len(found.bins) == 10
    assert {one.blocks for one in found.bins} == {24}
    assert sum(one.blocks for one in found.bins) == found.blocks == 240
    assert [one.low_mte for one in found.bins] == sorted(one.low_mte for one in found.bins)
    assert all(one.low <= one.worth <= one.high for one in found.bins)


@settings(max_examples=25)
@given(st.lists(st.integers(1, 4), min_size=24, max_size=60))
def test_equal_sizes_stay_in_one_bin(sizes):
    found = curve(Blocks(np.asarray(sizes, float), np.full(len(sizes), int(Tag.KEPT))))
    edges = [(one.low_mte, one.high_mte) for one in found.bins]
    assert all(before[1] < after[0] for before, after in pairwise(edges))


def test_a_rising_worth_is_drawn_rising_and_a_falling_one_falling():
    up = curve(kept_above(0.3))
    assert [value for _, value in up.fit] == sorted(value for _, value in up.fit)
    assert up.fit[0][1] == 0.0
    assert up.fit[-1][1] == 1.0
    blocks = kept_above(0.3)
    blocks.tag = np.where(blocks.tag == 1, 3, 1)
    down = curve(blocks)
    assert [value for _, value in down.fit] == sorted((v for _, v in down.fit), reverse=True)


def test_the_diminishing_point_is_where_worth_has_stopped_rising():
    found = curve(kept_above(0.3))
    assert found.diminishing_point is not None
    assert 0.3 <= found.diminishing_point < 2.5


def test_no_diminishing_point_is_shown_where_worth_never_rose():
    blocks = kept_above(0.3)
    blocks.tag = np.full(len(blocks.tag), int(Tag.KEPT))
    found = curve(blocks)
    assert found.diminishing_point is None
    assert {value for _, value in found.fit} == {1.0}


def test_no_diminishing_point_is_shown_of_few_blocks():
    assert curve(kept_above(0.3, count=49)).diminishing_point is None


def test_too_few_blocks_or_tags_draw_nothing_but_their_number():
    few = curve(drawn(np.random.default_rng(2), World(days=4, per_day=5)))
    assert (few.bins, few.fit, few.diminishing_point, few.blocks) == ((), (), None, 20)
    blocks = drawn(np.random.default_rng(2), World(days=20))
    blocks.tag = np.where(blocks.mte > np.quantile(blocks.mte, 0.7), 0, blocks.tag)
    open_ = curve(blocks)
    assert open_.bins == ()
    assert open_.blocks == 84


def test_edited_blocks_are_worth_what_the_person_says():
    blocks = Blocks(np.geomspace(0.1, 9, 40), np.full(40, int(Tag.EDITED)))
    assert {one.worth for one in curve(blocks).bins} == {0.5}
    others = [one.worth for one in curve(blocks, edited_worth=80).bins]
    assert others == pytest.approx([0.8] * 5)


def test_a_half_tagged_ledger_of_long_blocks_is_not_drawn_as_rising():
    """Kept blocks are decided by one tag, others by all: taking decided ones would draw a slope."""
    random = np.random.default_rng(8)
    rows = []
    for number in range(600):
        kept = random.random() < 0.5
        time_s = MONDAY_S + (number // 8) * 86_400 + (number % 8) * HALF_S
        for part in range(1 + number % 5):
            tag = (1 if kept and part == 0 else 3) if random.random() < 0.7 else 0
            rows.append(Row(len(rows), time_s, tag=tag, uses=(spent(4_000_000, time_s),)))
    made = frame(rows)
    found = worth_curve(made, made.select(), zone=UTC)
    means = [one.worth for one in found.bins]
    assert max(means) - min(means) < 0.35
    assert all(one.low < 0.55 and one.high > 0.45 for one in found.bins)


def test_an_empty_selection_is_an_empty_curve():
    found = curve(Blocks([], np.zeros(0, int)))
    assert found.blocks == 0
    assert found.bins == ()


def test_one_size_is_one_point():
    found = curve(Blocks(np.full(30, 2.0), np.full(30, 1)))
    assert found.fit == ((2.0, 1.0),)
    assert len(found.bins) == 1


@pytest.mark.parametrize("seed", [3, 4])
def test_the_same_ledger_draws_the_same_curve(seed):
    one, other = (drawn(np.random.default_rng(seed), World()) for _ in range(2))
    assert curve(one) == curve(other)


def worth(rate):
    return (np.random.default_rng(2).random(200) < rate).astype(np.float64)


def found(values, overall=0.5, cuts=CUTS):
    return diminishing_point(SIZE, values, cuts, DAY, overall=overall)


def test_worth_that_rises_and_then_stays_has_its_diminishing_point_where_it_stops():
    place = found(worth(np.clip(SIZE / 1.2, 0, 1)))
    assert place is not None
    assert 1.0 < place < 4.5


def test_worth_that_never_rose_has_no_diminishing_point():
    assert found(worth(np.full(200, 0.7))) is None
    assert found(worth(np.clip(1 - SIZE / 4, 0, 1))) is None


def test_worth_that_goes_on_rising_has_no_diminishing_point():
    assert found(np.clip(SIZE / SIZE[-1], 0, 1), overall=0.02) is None


@pytest.mark.parametrize("overall", [0.0, -1.0])
def test_without_a_ratio_there_is_nothing_to_compare_with(overall):
    assert found(worth(np.clip(SIZE, 0, 1)), overall=overall) is None


def test_fifty_blocks_are_needed():
    args = SIZE[:49], np.linspace(0, 1, 49), np.asarray([0, 20, 49]), DAY[:49]
    assert diminishing_point(*args, overall=5.0) is None


def test_one_bin_has_no_step():
    assert found(worth(np.clip(SIZE, 0, 1)), cuts=np.asarray([0, 200])) is None


values = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.125, 8)), min_size=1, max_size=12)


@settings(max_examples=50)
@given(values)
def test_the_line_never_falls_and_keeps_the_mean(pairs):
    value, weight = (np.asarray(column) for column in zip(*pairs, strict=True))
    line = isotonic_fit(value, weight)
    assert (np.diff(line) >= 0).all()
    assert (line * weight).sum() == pytest.approx((value * weight).sum(), abs=1e-9)


@settings(max_examples=50)
@given(values, st.lists(st.floats(-5, 5), min_size=12, max_size=12))
def test_no_other_rising_line_is_nearer(pairs, other):
    value, weight = (np.asarray(column) for column in zip(*pairs, strict=True))
    line, rival = isotonic_fit(value, weight), np.sort(np.asarray(other[: len(value)]))
    best, worse = ((weight * (value - one) ** 2).sum() for one in (line, rival))
    assert best <= worse + 1e-9


def test_violators_are_pooled():
    assert isotonic_fit(np.asarray([1.0, 3, 2, 5]), np.ones(4)).tolist() == [1.0, 2.5, 2.5, 5.0]


def test_a_clear_rise_is_sure_and_a_fall_is_its_mirror():
    value, day = np.arange(40.0), np.arange(40) // 2
    assert trend_z(value, day) > SIGNIFICANT_Z
    assert trend_z(-value, day) == pytest.approx(-trend_z(value, day))


def test_days_that_hang_together_count_once():
    luck = np.random.default_rng(3).normal(0, 1, 12)
    day = np.repeat(np.arange(12), 20)
    together, apart = trend_z(luck[day], day), trend_z(luck[day], np.arange(240))
    assert abs(together) < abs(apart)


def test_values_all_alike_do_not_rise():
    assert trend_z(np.full(30, 0.5), np.arange(30)) == 0.0


def stops(blocks):
    made = blocks.frame()
    return stop_loss(made, made.select(), zone=UTC)


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_every_stop_counts_the_blocks_that_passed_it(seed):
    blocks = drawn(np.random.default_rng(seed), World(days=10))
    found = stops(blocks)
    mte = np.round(blocks.mte * 20_000_000) / 20_000_000
    assert found.blocks == 60
    for stop in found.stops:
        passed = mte > stop.mte
        kept = int((blocks.tag[passed] == 1).sum())
        assert stop.blocks == passed.sum() >= 8
        assert stop.share == kept / stop.blocks
        assert (stop.low, stop.high) == pytest.approx(jeffreys(kept, stop.blocks))


def test_the_first_stop_is_every_block_and_sizes_are_round():
    found = stops(drawn(np.random.default_rng(1), World(days=20)))
    sizes = [stop.mte for stop in found.stops]
    assert sizes[0] == 0.0
    assert found.stops[0].blocks == found.blocks == 120
    assert sizes == sorted(set(sizes))
    assert {f"{size:.0e}"[0] for size in sizes[1:]} <= set("1235")
    assert {0.1, 0.2, 0.3, 0.5} <= set(sizes)


def test_edited_is_not_kept():
    found = stops(Blocks(np.linspace(1, 2, 20), np.full(20, 2)))
    assert {stop.share for stop in found.stops} == {0.0}


def test_blocks_that_are_not_tagged_throughout_are_not_counted():
    blocks = Blocks(np.linspace(1, 2, 20), np.asarray([1] * 16 + [0] * 4))
    assert stops(blocks).blocks == 16


@pytest.mark.parametrize("tags", [[1] * 7, [1] * 9 + [0] * 30, []])
def test_too_few_blocks_or_tags_say_nothing(tags):
    found = stops(Blocks(np.full(len(tags), 1.0), np.asarray(tags, dtype=int)))
    assert found.stops == ()
    assert found.blocks == sum(tags)


def sized(rows, wanted=None):
    made = frame(rows)
    return sizes(made, made.select(wanted or Filter()))


@settings(max_examples=40)
@given(ledgers())
def test_every_interaction_of_known_cost_lies_in_one_bar_of_its_tag(rows):
    found = sized(rows)
    paid = [row for row in rows if sum(use.te for use in row.uses)]
    by_tag = {0: found.untagged, 1: found.kept, 2: found.edited, 3: found.thrown_away}
    for tag, counts in by_tag.items():
        assert sum(counts) == sum(row.tag == tag for row in paid)
        assert len(counts) == max(len(found.edges) - 1, 0)
    if paid:
        costs = [sum(use.te for use in row.uses) / MTE for row in paid]
        assert found.edges[0] <= min(costs) * 1.0001
        assert found.edges[-1] >= max(costs) * 0.9999
        assert found.median_mte == pytest.approx(np.median(costs))


def test_edges_are_even_on_a_logarithmic_scale_with_whole_decades():
    rows = [Row(n, tag=1, uses=(spent(MTE * 10**n),)) for n in range(3)]
    edges = sized(rows).edges
    assert edges == pytest.approx([10 ** (n / 4) for n in range(9)])
    assert sum(sized(rows).kept) == 3


def test_the_largest_twentieth_is_told_from_twenty_interactions_on():
    rows = [Row(n, uses=(spent(MTE),)) for n in range(39)]
    assert sized(rows[:19]).top_share is None
    assert sized(rows[:20]).top_share == pytest.approx(1 / 20)
    giant = Row(99, uses=(spent(61 * MTE),))
    assert sized([*rows, giant]).top_share == pytest.approx(62 / 100)


def test_one_size_has_one_bar():
    found = sized([Row(1, tag=3, uses=(spent(MTE),))])
    assert found.thrown_away == (1,)
    assert found.median_mte == 1.0


def test_a_filter_is_followed_and_nothing_has_no_bars():
    rows = [Row(1, tag=3, uses=(spent(MTE),))]
    found = sized(rows, Filter(tools=frozenset({"codex"})))
    assert (found.edges, found.kept, found.median_mte, found.top_share) == ((), (), 0.0, None)
