from datetime import UTC

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.flows.review.shares import exploration, fates, rate, token_share
from tests.metrics.rows import frame as frame_of
from tests.metrics.rows import ledgers
from tests.reviews import a_frame, picked


@settings(max_examples=40)
@given(st.integers(0, 400), st.integers(0, 400))
def test_a_rate_lies_in_its_interval(hits, more):
    found = rate(hits, hits + more)
    if not hits + more:
        assert found.value is None
        return
    assert found.low <= found.value <= found.high
    assert found.n == hits + more


def test_fates_are_everything():
    frame = a_frame()
    found = fates(frame, picked(frame).mine, UTC)
    assert [fate.tag for fate in found] == ["kept", "edited", "thrown away", "untagged"]
    assert sum(fate.interactions for fate in found) == 240
    assert sum(fate.share.value for fate in found) == pytest.approx(1, abs=0.01)
    assert sum(fate.tokens.value for fate in found) == pytest.approx(1, abs=0.01)
    for fate in found:
        assert fate.tokens.low < fate.tokens.value < fate.tokens.high


def test_a_share_of_tokens_is_exact_and_its_interval_needs_days():
    frame = a_frame(days=5)
    mine = picked(frame).mine
    found = token_share(frame, mine, frame.tag == 3, UTC)
    assert found.value == pytest.approx(frame.te[frame.tag == 3].sum() / frame.te.sum(), rel=0.01)
    assert found.low is None


def test_experiments_have_their_share():
    frame = a_frame()
    found = exploration(frame, picked(frame).mine, UTC)
    assert 0 < found.value < 0.2


@settings(max_examples=25)
@given(ledgers(least=1))
def test_no_ledger_is_too_odd(rows):
    frame = frame_of(rows)
    for found in fates(frame, frame.select(), UTC):
        assert found.tokens.value is None or 0 <= found.tokens.value <= 1
        assert found.tokens.high is None or found.tokens.high <= 1
    assert np.isclose(sum(f.share.value for f in fates(frame, frame.select(), UTC)), 1, atol=0.02)
