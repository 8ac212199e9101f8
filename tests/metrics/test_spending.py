import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.metrics.frame import Frame
from ledger.metrics.spending import COUNTERS, MAX_ENTRIES, SelectionCache, spending, weighed_by_tag
from tests.metrics import reference
from tests.metrics.rows import frame, ledgers

GROUP = np.asarray([0, 1])


def spent(made, wanted=None):
    selection = made.select(wanted or Filter())
    return spending(made, selection, np.zeros(len(made.owner), np.int8), 1)


@given(ledgers())
def test_the_range_of_spending_is_that_of_every_request(rows):
    found = spent(frame(rows))
    ends = zip((found.low, found.middle, found.high), range(3), strict=True)
    for sums, bound in ends:
        delivering, exempt = sums[0].tolist()
        mine = [row for row in rows if row.delivers]
        assert delivering == reference.tokens(mine, bound, headline=False)
        assert delivering + exempt == reference.tokens(rows, bound, headline=False)


@given(ledgers())
def test_groups_of_portions_add_up_to_the_whole(rows):
    made = frame(rows)
    whole = spent(made)
    parts = spending(made, made.select(), made.model, max(len(made.models), 1))
    for name in COUNTERS:
        assert parts.counters[name].sum() == whole.counters[name][0]
    assert (parts.te.sum(axis=0) == whole.te[0]).all()
    assert parts.counted.sum() == whole.counted[0]
    assert (parts.by_tag.sum(axis=0) == whole.by_tag[0]).all()


@given(ledgers())
def test_estimated_portions_are_not_counted(rows):
    exact = sum(use.te for row in rows for use in row.uses if len(set(use.range)) == 1)
    assert spent(frame(rows)).counted.tolist() == [exact]


def test_only_the_counters_asked_for_are_added_up():
    made = frame([])
    found = spending(made, made.select(), made.model, 1, ("requests",))
    assert list(found.counters) == ["requests"]


def test_tags_weigh_what_they_are_worth():
    assert weighed_by_tag(np.asarray([7, 1, 2, 5]), 25) == 150


@given(ledgers(), st.sets(st.integers(0, 110), max_size=4), st.integers(0, 3))
def test_after_a_few_tags_the_sums_are_those_of_a_fresh_frame(rows, ids, tag):
    made = frame(rows).warm()
    group, size = made.model, max(len(made.models), 1)
    spending(made, made.select(), group, size)
    for name in ([], ids, [1]):
        made = made.with_tags(name, tag)
    fresh = Frame.of(made.columns(0))
    found, expected = (spending(one, one.select(), one.model, size) for one in (made, fresh))
    assert found.te.sum(axis=0).tolist() == expected.te.sum(axis=0).tolist()
    assert spending(made, made.select(), group, size).te.tolist() == found.te.tolist()
    assert found.by_tag.sum() == expected.by_tag.sum()


@given(ledgers())
def test_what_is_not_sure_stands_on_the_side_of_its_own_tag(rows):
    found = spent(frame(rows))
    low, high = (ends[0].sum(axis=0).tolist() for ends in (found.te_low, found.te_high))
    assert list(zip(low, high, strict=True)) == [reference.ends_of(rows, tag) for tag in range(4)]
    uses = [(row.tag, use) for row in rows for use in row.uses]
    assert found.unknown[0].tolist() == [
        sum(use.unknown for tag, use in uses if tag == at) for at in range(4)
    ]


def portions(*values):
    return np.asarray(values, dtype=np.bool_)


def test_what_was_found_of_the_same_portions_and_arrays_is_found_again():
    known = SelectionCache()
    assert known.lookup(portions(1, 0), GROUP) is None
    assert known.store("sum", portions(1, 0), GROUP) == "sum"
    assert known.lookup(portions(1, 0), GROUP) == "sum"


def test_other_portions_or_an_array_that_is_only_alike_find_nothing():
    known = SelectionCache()
    known.store("sum", portions(1, 0), GROUP)
    assert known.lookup(portions(1, 1), GROUP) is None
    assert known.lookup(portions(1, 0), GROUP.copy()) is None


def test_only_the_newest_are_remembered():
    known = SelectionCache()
    for number in range(MAX_ENTRIES + 1):
        known.store(number, portions(*[at == number for at in range(9)]), GROUP)
    assert len(known) == MAX_ENTRIES
    assert known.lookup(portions(*[at == 0 for at in range(9)]), GROUP) is None
