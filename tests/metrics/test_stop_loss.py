from datetime import UTC

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.metrics.shares import jeffreys
from ledger.metrics.stop_loss import stop_loss
from tests.metrics.simulation import Blocks, World, drawn


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
