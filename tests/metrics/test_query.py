from dataclasses import replace

import pytest

from ledger.core.figures import Doubt, Estimate, Ratio
from ledger.core.filters import Filter
from ledger.metrics import query
from ledger.metrics.tally import summary_of
from tests.metrics.querying import query_of, tagged_blocks
from tests.metrics.rows import Row, Use, spent

ENOUGH = tagged_blocks([1, 1, 3, 2, 0] * 12)


def test_an_empty_answer_claims_nothing():
    found = Estimate()
    assert (found.value, found.low, found.high, found.n, found.note) == (None, None, None, 0, "")


def test_a_look_sums_up_what_is_selected():
    rows = [*tagged_blocks([1, 3]), Row(99, tool="codex")]
    one = query_of(rows, Filter(tools=frozenset({"codex"})))
    assert one.summary == summary_of(one.frame, one.selection, zone=one.zone)
    assert one.summary.interactions == 1


def test_sums_are_made_once():
    one = query_of(tagged_blocks([1, 3]))
    assert one.tally is one.tally
    assert one.summary is one.summary


def test_with_enough_tags_the_ratio_has_a_value_and_an_interval():
    one = query_of(ENOUGH)
    found, ratio = query.str_ratio(one), one.summary.ratio
    assert (found.value, found.low, found.high) == (ratio.point, ratio.low, ratio.high)
    assert (found.doubt, found.n, found.note) == (Doubt.INTERVAL, 60, query.ASSUMED_NOTE)


def test_with_few_tags_the_ratio_has_bounds_only():
    found = query.str_ratio(query_of(tagged_blocks([1, 0, 3])))
    assert (found.value, found.doubt) == (None, Doubt.BOUNDS)
    assert (found.low, found.high) == pytest.approx((1 / 3, 2 / 3))


def test_a_ratio_from_the_daily_questions_says_so_and_has_their_interval():
    one = query_of(ENOUGH)
    asked = Ratio(
        lower=1, upper=9, point=4, low=2, high=8, blocks=60, sampled=True, answers=31,
        sample_low=3, sample_high=5,
    )  # fmt: skip
    vars(one)["summary"] = replace(one.summary, ratio=asked)
    found = query.str_ratio(one)
    assert (found.low, found.value, found.high) == (3, 4, 5)
    assert "31 answers" in found.note


def test_experiments_count_in_the_ratio_of_everything():
    one = query_of([Row(1, tag=1, intent=1, uses=(spent(20_000_000),))])
    assert query.str_ratio(one).low == 0.0
    assert query.str_of_all(one).low == 1.0


def test_bounds_have_no_value():
    found = query.str_bounds(query_of(ENOUGH))
    assert found.value is None
    assert found.low < found.high


def test_the_other_answers_are_those_of_the_summary():
    one = query_of(ENOUGH)
    said = one.summary
    assert query.block_count(one).value == 60
    assert query.mte_spent(one).value == said.mte == 60
    assert query.share_tagged(one).value == said.coverage == 0.8
    assert query.share_counted(one).value == said.counted == 1.0
    assert query.unknown_requests(one).value == 0
    share = query.share_kept(one)
    assert (share.value, share.low, share.high) == (None, pytest.approx(0.5), pytest.approx(0.7))


def test_a_kept_share_that_is_known_has_a_value():
    share = query.share_kept(query_of(tagged_blocks([1, 3])))
    assert (share.low, share.value, share.high) == (0.5, 0.5, 0.5)


def test_estimated_tokens_have_a_least_and_a_most():
    te = 20_000_000
    found = query.mte_spent(query_of([Row(1, uses=(Use(te, te // 2, 2 * te),))]))
    assert (found.low, found.value, found.high) == (0.5, 1.0, 2.0)
    assert query.mte_spent(query_of(ENOUGH)).low is None


def test_an_empty_ledger_claims_nothing():
    one = query_of([])
    for name in (
        "str_ratio",
        "str_of_all",
        "str_bounds",
        "share_kept",
        "share_tagged",
        "share_counted",
    ):
        found = getattr(query, name)(one)
        assert (found.value, found.low, found.high) == (None, None, None), name
