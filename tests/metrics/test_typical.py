from datetime import UTC
from math import exp, log

import numpy as np
import pytest

from ledger.metrics.typical import typical
from tests.metrics.simulation import Blocks, World, drawn


def said(blocks, **more):
    made = blocks.frame()
    return typical(made, made.select(), zone=UTC, **more)


def test_it_is_mean_worth_over_the_geometric_mean_of_tokens():
    blocks = drawn(np.random.default_rng(1), World())
    found = said(blocks)
    expected = blocks.worth.mean() / exp(np.log(blocks.mte).mean())
    assert found.value == pytest.approx(expected, rel=1e-5)
    assert found.low < found.value < found.high
    assert found.blocks == 168


def test_one_giant_block_hardly_moves_it():
    blocks = drawn(np.random.default_rng(1), World())
    before = said(blocks).value
    blocks.mte[5] = blocks.mte.sum() * 20
    assert said(blocks).value == pytest.approx(before, rel=0.1)


def test_twice_the_tokens_everywhere_is_half_the_typical_ratio():
    blocks = drawn(np.random.default_rng(1), World())
    before = said(blocks)
    blocks.mte *= 2
    after = said(blocks)
    for one, other in zip(before[:3], after[:3], strict=True):
        assert other == pytest.approx(one / 2, rel=1e-5)


def test_days_alike_inside_leave_more_doubt_than_their_blocks_alone():
    size = np.repeat(np.random.default_rng(2).normal(0, 1, 20), 6)
    apart = np.random.default_rng(2).permutation(size)
    together, mixed = (said(Blocks(np.exp(one), np.full(120, 1))) for one in (size, apart))
    assert log(together.high / together.low) > 1.5 * log(mixed.high / mixed.low)


@pytest.mark.parametrize(
    ("tags", "has_interval", "has_value"),
    [
        ([1] * 40, True, True),
        ([1] * 20, True, False),
        ([1] * 7, False, False),
        ([1] * 9 + [0] * 31, False, False),
        ([3] * 40, False, False),
        ([], False, False),
    ],
)
def test_the_gates_decide_what_is_shown(tags, has_interval, has_value):
    mte = np.linspace(1, 1.1, len(tags))
    found = said(Blocks(mte, np.asarray(tags, dtype=int)))
    assert (found.low is not None, found.value is not None) == (has_interval, has_value)
    assert found.blocks == len(tags)
