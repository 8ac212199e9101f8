from datetime import UTC
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.words import Tag
from ledger.metrics.worth_curve import worth_curve
from tests.metrics.rows import HALF_S, MONDAY_S, Row, frame, spent
from tests.metrics.simulation import Blocks, World, drawn


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


def test_the_knee_is_where_worth_has_stopped_rising():
    found = curve(kept_above(0.3))
    assert found.knee is not None
    assert 0.3 <= found.knee < 2.5


def test_no_knee_is_shown_where_worth_never_rose():
    blocks = kept_above(0.3)
    blocks.tag = np.full(len(blocks.tag), int(Tag.KEPT))
    found = curve(blocks)
    assert found.knee is None
    assert {value for _, value in found.fit} == {1.0}


def test_no_knee_is_shown_of_few_blocks():
    assert curve(kept_above(0.3, count=49)).knee is None


def test_too_few_blocks_or_tags_draw_nothing_but_their_number():
    few = curve(drawn(np.random.default_rng(2), World(days=4, per_day=5)))
    assert (few.bins, few.fit, few.knee, few.blocks) == ((), (), None, 20)
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
