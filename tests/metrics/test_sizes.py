import numpy as np
import pytest
from hypothesis import given, settings

from ledger.core.filters import Filter
from ledger.metrics.sizes import sizes
from tests.metrics.rows import Row, frame, ledgers, spent

MTE = 20_000_000


def sized(rows, wanted=None):
    made = frame(rows)
    return sizes(made, made.select(wanted or Filter()))


@settings(max_examples=40)
@given(ledgers())
def test_every_interaction_of_known_cost_lies_in_one_bar_of_its_tag(rows):
    found = sized(rows)
    paid = [row for row in rows if sum(use.te for use in row.uses)]
    by_tag = {0: found.untagged, 1: found.kept, 2: found.edited, 3: found.thrown_away}
    for tag, counts in by_tag.items():
        assert sum(counts) == sum(row.tag == tag for row in paid)
        assert len(counts) == max(len(found.edges) - 1, 0)
    if paid:
        costs = [sum(use.te for use in row.uses) / MTE for row in paid]
        assert found.edges[0] <= min(costs) * 1.0001
        assert found.edges[-1] >= max(costs) * 0.9999
        assert found.median_mte == pytest.approx(np.median(costs))


def test_edges_are_even_on_a_logarithmic_scale_with_whole_decades():
    rows = [Row(n, tag=1, uses=(spent(MTE * 10**n),)) for n in range(3)]
    edges = sized(rows).edges
    assert edges == pytest.approx([10 ** (n / 4) for n in range(9)])
    assert sum(sized(rows).kept) == 3


def test_the_largest_twentieth_is_told_from_twenty_interactions_on():
    rows = [Row(n, uses=(spent(MTE),)) for n in range(39)]
    assert sized(rows[:19]).top_share is None
    assert sized(rows[:20]).top_share == pytest.approx(1 / 20)
    giant = Row(99, uses=(spent(61 * MTE),))
    assert sized([*rows, giant]).top_share == pytest.approx(62 / 100)


def test_one_size_has_one_bar():
    found = sized([Row(1, tag=3, uses=(spent(MTE),))])
    assert found.thrown_away == (1,)
    assert found.median_mte == 1.0


def test_a_filter_is_followed_and_nothing_has_no_bars():
    rows = [Row(1, tag=3, uses=(spent(MTE),))]
    found = sized(rows, Filter(tools=frozenset({"codex"})))
    assert (found.edges, found.kept, found.median_mte, found.top_share) == ((), (), 0.0, None)
