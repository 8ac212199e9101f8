from datetime import UTC

import numpy as np
import pytest

from ledger.core.figures import Doubt
from ledger.metrics.agreement import agreement
from ledger.metrics.look import Look
from ledger.metrics.shares import jeffreys
from tests.metrics.simulation import Blocks


def answered(tags, suggested):
    blocks = Blocks(np.ones(len(tags)), np.asarray(tags, dtype=int))
    blocks.suggested = np.asarray(suggested, dtype=int)
    made = blocks.frame()
    return agreement(Look(frame=made, selection=made.select(), zone=UTC))


def test_it_is_the_share_of_tags_that_are_what_was_suggested():
    found = answered([1] * 8 + [3] * 4 + [0] * 5 + [1] * 3, [1] * 10 + [3] * 7 + [0] * 3)
    assert found.value == pytest.approx(10 / 12)
    assert (found.low, found.high) == pytest.approx(jeffreys(10, 12))
    assert found.n == 12
    assert found.doubt is Doubt.INTERVAL


@pytest.mark.parametrize("count", [0, 7])
def test_of_few_nothing_is_said_but_their_number(count):
    found = answered([1] * count, [1] * count)
    assert (found.value, found.low, found.n) == (None, None, count)
