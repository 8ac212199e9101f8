from dataclasses import replace
from datetime import UTC

import numpy as np
import pytest
from hypothesis import given, settings

from ledger.core.filters import Filter
from ledger.metrics.sized import delivering_parts, sized_blocks
from tests.metrics import reference
from tests.metrics.rows import HALF_S, MONDAY_S, Row, frame, ledgers, spent

MTE = 20_000_000


def sized(rows, wanted=None, worth=50):
    made = frame(rows)
    return sized_blocks(made, made.select(wanted or Filter()), UTC, worth)


@settings(max_examples=40)
@given(ledgers(unknown=False))
def test_blocks_hold_what_their_deliveries_cost_and_are_worth(rows):
    found = sized(rows)
    delivered = [row for row in rows if row.delivers]
    blocks = reference.blocks_of(delivered)
    expected = sorted(
        (sum(use.te for row in block for use in row.uses) / MTE, max_worth(block))
        for block in blocks.values()
        if any(use.te for row in block for use in row.uses)
    )
    assert sorted(zip(found.mte.tolist(), found.worth.tolist(), strict=True)) == expected


def max_worth(block):
    return max({1: 1.0, 2: 0.5}.get(row.tag, 0.0) for row in block)


def row(number, tag, te=1_000_000, half=0, **more):
    time_s = MONDAY_S + half * HALF_S
    return Row(number, time_s, tag=tag, uses=(spent(te, time_s),), **more)


def test_a_block_is_settled_only_when_every_interaction_is_tagged():
    found = sized([row(1, 1), row(2, 0), row(3, 1, half=1), row(4, 3, half=2), row(5, 0, half=2)])
    assert found.decided.tolist() == [True, True, False]
    assert found.settled().block.tolist() == [1]


def test_a_block_of_unknown_cost_is_left_out():
    lost = replace(row(1, 1), uses=(spent(5), spent(0, unknown=1)))
    assert sized([lost, row(2, 1, half=1)]).block.tolist() == [1]


def test_coverage_is_of_the_tokens_of_deliveries():
    found = sized([row(1, 1, te=300), row(2, 0, te=100, half=1), row(3, 0, te=9_000, intent=1)])
    assert found.coverage == 0.75
    assert found.is_covered


def test_nothing_has_no_coverage():
    found = sized([])
    assert found.coverage is None
    assert not found.is_covered
    assert len(found.mte) == 0


@pytest.mark.parametrize("wanted", [Filter(), Filter(tools=frozenset({"codex"}))])
def test_portions_of_experiments_and_automation_are_no_deliveries(wanted):
    rows = [row(1, 1), row(2, 1, intent=1), row(3, 1, origin=4), row(4, 1, tool="codex")]
    made = frame(rows)
    parts = np.arange(len(made.owner))[delivering_parts(made, made.select(wanted))]
    ids = made.id[made.owner[parts]].tolist()
    assert ids == ([4] if wanted.tools else [1, 4])
