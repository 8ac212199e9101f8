from ledger.core.filters import ANY
from ledger.core.words import Intent, Kind, Tag
from ledger.metrics.fate_rates import FateRate, fate_rates, together
from tests.metrics.kinds import HOUR, kinds_frame


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
