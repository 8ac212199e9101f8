from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Intent, Kind, Origin, Tag
from ledger.metrics.fate_rates import FateRate, block_fates, fate_rates, together
from ledger.metrics.tally import summary_of
from tests.metrics.kinds import HOUR, kinds_frame
from tests.metrics.rows import HALF_S, MONDAY_S, Row, Use, frame, ledgers, spent


def rates(*rows):
    made = kinds_frame(*rows)
    return {rate.key: rate for rate in fate_rates(made, made.select(ANY), "kind")}


def test_a_block_counts_by_its_best_output():
    found = rates((0, Kind.FIX, Tag.THROWN_AWAY), (60, Kind.FIX, Tag.KEPT), (HOUR, Kind.FIX, 3))
    assert found == {"fix": FateRate("fix", 2, 2, 1, 1)}


def test_a_block_with_something_untagged_is_not_counted_as_kept():
    found = rates((0, Kind.FIX, Tag.KEPT), (60, Kind.FIX, 0), (HOUR, Kind.FIX, Tag.KEPT))
    assert found == {"fix": FateRate("fix", 2, 1, 1, 0)}


def test_kinds_in_one_block_count_each_by_their_own():
    found = rates((0, Kind.FIX, Tag.KEPT), (60, Kind.DRAFT, Tag.THROWN_AWAY))
    assert found["fix"][1:] == (1, 1, 1, 0)
    assert found["draft"][1:] == (1, 1, 0, 1)


def test_edited_is_neither_kept_nor_thrown_away():
    assert rates((0, Kind.DATA, Tag.EDITED))["data"] == FateRate("data", 1, 1, 0, 0)


def test_experiments_are_left_out():
    assert rates((0, Kind.FIX, Tag.KEPT, Intent.EXPERIMENT)) == {}


def test_the_rest_is_the_whole_without_a_group():
    one, other = FateRate("a", 5, 4, 3, 1), FateRate("b", 2, 2, 1, 0)
    whole = together([one, other])
    assert whole == FateRate("all", 7, 6, 4, 1)
    assert whole.less(one)[1:] == other[1:]


def fates(rows, **narrowed):
    made = frame(rows)
    return block_fates(made, made.select(Filter(**narrowed)))


def at(half: int, *tags: int, **more) -> list[Row]:
    """Return interactions of one half-hour with these tags."""
    time_s = MONDAY_S + half * HALF_S
    return [
        Row(id=100 * half + n, time_s=time_s + n, tag=tag, **more) for n, tag in enumerate(tags)
    ]


def test_a_block_is_what_the_best_of_its_output_was():
    rows = [*at(0, 1, 3, 0), *at(1, 2, 3), *at(2, 3, 3), *at(3, 0, 3), *at(4, 0, 2)]
    found = fates(rows)
    assert (found.kept, found.edited, found.thrown, found.unknown) == (1, 1, 1, 2)
    assert found.blocks == 5


def test_only_deliveries_that_a_person_began_make_blocks():
    rows = [*at(0, 1, intent=1), *at(1, 1, origin=int(Origin.UNPROMPTED)), *at(2, 1)]
    assert fates(rows).blocks == 1


def test_experiments_are_told_apart_in_tokens_and_automation_is_not_one():
    rows = [
        Row(id=1, intent=1, uses=(spent(30),)),
        Row(id=2, origin=int(Origin.UNPROMPTED), uses=(spent(20),)),
        Row(id=3, uses=(spent(50),)),
    ]
    found = fates(rows)
    assert (found.te, found.te_explore) == (100, 30)


def test_requests_that_nobody_counted_are_a_share_of_all():
    rows = [Row(id=1, uses=(Use(te=4, requests=3, unknown=1), Use(te=4, requests=1)))]
    assert fates(rows).uncounted == 0.25
    assert fates([]).uncounted == 0.0


def test_only_what_lies_in_the_period_counts():
    rows = [*at(0, 1), *at(1, 1), *at(2, 1)]
    assert fates(rows, since_s=MONDAY_S + HALF_S, until_s=MONDAY_S + 2 * HALF_S).blocks == 1


@settings(max_examples=50)
@given(ledgers())
def test_blocks_and_their_coverage_are_those_of_the_headline(rows):
    made = frame(rows)
    found, shown = block_fates(made, made.select()), summary_of(made, made.select(), interval=False)
    assert found.blocks == shown.ratio.blocks
    known = found.blocks - found.unknown
    assert shown.coverage_blocks == (known / found.blocks if found.blocks else None)
    assert found.te == round(shown.mte * 20_000_000)


@settings(max_examples=25)
@given(ledgers())
def test_a_suggestion_never_counts(rows):
    made = frame(rows)
    more = replace(made, suggested=np.ones(len(made), dtype=np.int8))
    assert block_fates(more, more.select()) == block_fates(made, made.select())
