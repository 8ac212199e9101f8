from dataclasses import replace

import pytest

from ledger.core.figures import Doubt, Ratio
from ledger.metrics import from_summary
from tests.metrics.looking import look, tagged_blocks
from tests.metrics.rows import Row, Use, spent

ENOUGH = tagged_blocks([1, 1, 3, 2, 0] * 12)


def test_with_enough_tags_the_ratio_has_a_value_and_an_interval():
    one = look(ENOUGH)
    found, ratio = from_summary.ratio(one), one.summary.ratio
    assert (found.value, found.low, found.high) == (ratio.point, ratio.low, ratio.high)
    assert (found.doubt, found.n, found.note) == (Doubt.INTERVAL, 60, from_summary.ASSUMED)


def test_with_few_tags_the_ratio_has_bounds_only():
    found = from_summary.ratio(look(tagged_blocks([1, 0, 3])))
    assert (found.value, found.doubt) == (None, Doubt.BOUNDS)
    assert (found.low, found.high) == pytest.approx((1 / 3, 2 / 3))


def test_a_ratio_from_the_daily_questions_says_so_and_has_their_interval():
    one = look(ENOUGH)
    asked = Ratio(
        lower=1, upper=9, point=4, low=2, high=8, blocks=60, sampled=True, answers=31,
        sample_low=3, sample_high=5,
    )  # fmt: skip
    vars(one)["summary"] = replace(one.summary, ratio=asked)
    found = from_summary.ratio(one)
    assert (found.low, found.value, found.high) == (3, 4, 5)
    assert "31 answers" in found.note


def test_experiments_count_in_the_ratio_of_everything():
    one = look([Row(1, tag=1, intent=1, uses=(spent(20_000_000),))])
    assert from_summary.ratio(one).low == 0.0
    assert from_summary.ratio_all(one).low == 1.0


def test_bounds_have_no_value():
    found = from_summary.bounds(look(ENOUGH))
    assert found.value is None
    assert found.low < found.high


def test_the_other_answers_are_those_of_the_summary():
    one = look(ENOUGH)
    said = one.summary
    assert from_summary.blocks(one).value == 60
    assert from_summary.mte(one).value == said.mte == 60
    assert from_summary.coverage(one).value == said.coverage == 0.8
    assert from_summary.counted(one).value == said.counted == 1.0
    assert from_summary.unknown(one).value == 0
    share = from_summary.kept_share(one)
    assert (share.value, share.low, share.high) == (None, pytest.approx(0.5), pytest.approx(0.7))


def test_a_kept_share_that_is_known_has_a_value():
    share = from_summary.kept_share(look(tagged_blocks([1, 3])))
    assert (share.low, share.value, share.high) == (0.5, 0.5, 0.5)


def test_estimated_tokens_have_a_least_and_a_most():
    te = 20_000_000
    found = from_summary.mte(look([Row(1, uses=(Use(te, te // 2, 2 * te),))]))
    assert (found.low, found.value, found.high) == (0.5, 1.0, 2.0)
    assert from_summary.mte(look(ENOUGH)).low is None


def test_an_empty_ledger_claims_nothing():
    one = look([])
    for name in ("ratio", "ratio_all", "bounds", "kept_share", "coverage", "counted"):
        found = getattr(from_summary, name)(one)
        assert (found.value, found.low, found.high) == (None, None, None), name
