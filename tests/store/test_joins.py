"""Joins: any grouping, order and repetition gives the same row."""

from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.usage import Basis
from ledger.store import joins
from tests.store.worlds import (
    DRAWN_EDITS,
    DRAWN_PROMPTS,
    DRAWN_REQUESTS,
    FLAT_SESSIONS,
    edit,
    request,
)

POINTERS = st.builds(
    joins.PointerRow,
    st.just(11), st.just(1), st.integers(-1, 2), st.integers(-1, 2), st.integers(0, 2),
    st.integers(0, 2), st.integers(1, 2), st.integers(0, 3),
)  # fmt: skip
ROWS = st.one_of(
    st.tuples(st.just(joins.join_sessions), st.lists(
        FLAT_SESSIONS.map(lambda part: joins.session_row("codex", part._replace(id=1))),
        min_size=3, max_size=3)),
    st.tuples(st.just(joins.join_prompts), st.lists(
        DRAWN_PROMPTS.map(lambda part: joins.prompt_row(part._replace(id=1))),
        min_size=3, max_size=3)),
    st.tuples(st.just(joins.join_requests), st.lists(
        DRAWN_REQUESTS.map(lambda part: joins.request_row(part._replace(id=1))),
        min_size=3, max_size=3)),
    st.tuples(st.just(joins.join_edits), st.lists(
        DRAWN_EDITS.map(lambda part: joins.edit_row(part._replace(id=1))),
        min_size=3, max_size=3)),
    st.tuples(st.just(joins.join_pointers), st.lists(POINTERS, min_size=3, max_size=3)),
)  # fmt: skip


@given(ROWS)
def test_order_grouping_and_repetition_do_not_matter(case):
    join, rows = case
    one, two, three = rows
    results = {reduce(join, order) for order in permutations(rows)}
    results |= {join(one, join(two, three)), join(join(one, two), join(two, three))}
    assert len(results) == 1
    (result,) = results
    assert join(result, result) == join(result, one) == result


def test_the_greatest_output_wins_all_counters():
    early = joins.request_row(request(1, 11, output=3, input=500, model="a"))
    late = joins.request_row(request(1, 11, output=9, input=1, model="b"))
    joined = joins.join_requests(early, late)
    assert (joined.output, joined.input, joined.model) == (9, 1, late.model)


def test_known_usage_wins_over_unknown():
    unknown = joins.request_row(request(1, 11, basis=Basis.UNKNOWN, output=999))
    known = joins.request_row(request(1, 11, output=0))
    assert joins.join_requests(unknown, known).basis == Basis.EXACT
    assert unknown.output == 0


@pytest.mark.parametrize("basis", [Basis.PARTIAL, Basis.ESTIMATED])
def test_the_same_counters_are_believed_on_the_best_ground(basis):
    counted = joins.request_row(request(1, 11, reasoning=7))
    guessed = joins.request_row(request(1, 11, reasoning=9, basis=basis, low=0.5, high=2.0))
    for one, other in ((counted, guessed), (guessed, counted)):
        joined = joins.join_requests(one, other)
        assert (joined.basis, joined.reasoning, joined.high) == (Basis.EXACT, 7, 1.0)


def test_an_edit_that_two_logs_tell_stands_where_it_was_first():
    first = joins.edit_row(edit(1, 11, minute=1, added=2))
    again = joins.edit_row(edit(1, 12, in_session=2, minute=9, added=5))
    for one, other in ((first, again), (again, first)):
        joined = joins.join_edits(one, other)
        assert (joined.time_ms, joined.session, joined.interaction) == first[1:4]
        assert (joined.anchor_ms, joined.added) == (first.anchor_ms, 5)


def test_an_edit_in_an_interaction_wins_over_one_in_none_at_the_same_moment():
    lone, placed = (joins.edit_row(edit(1, of)) for of in (None, 11))
    assert joins.join_edits(lone, placed).interaction == 11


@pytest.mark.parametrize(("low", "high", "expected"), [(1.0, 1.0, (4990, 4990, 4990)),
                                                       (0.5, 2.0, (2495, 4990, 9980))])  # fmt: skip
def test_the_range_of_an_estimate_surrounds_its_middle(low, high, expected):
    row = joins.request_row(request(1, 11, low=low, high=high))
    assert joins.te_range(row) == expected


def test_a_place_in_an_interaction_wins_over_none_at_the_same_moment():
    lone, placed = (joins.request_row(request(1, of)) for of in (None, 11))
    assert joins.join_requests(lone, placed).interaction == 11


def test_a_later_look_at_a_rewritten_file_moves_the_pointer():
    before = joins.PointerRow(11, 1, 5, 900, 50, 7, 5, 1200)
    after = joins.PointerRow(11, 1, 6, 100, 50, 7, 6, 400)
    assert joins.join_pointers(before, after) == after
    assert joins.join_pointers(after, before) == after
