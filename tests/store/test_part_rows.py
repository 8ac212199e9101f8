"""Joins: any grouping, order and repetition gives the same row."""

from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.parts import SpanPart
from ledger.core.usage import Basis
from ledger.store import part_rows
from ledger.store.part_rows import FileKey, SessionRow, merge_readings
from tests.store.worlds import (
    DRAWN_EDITS,
    DRAWN_PROMPTS,
    DRAWN_REQUESTS,
    FLAT_SESSIONS,
    edit,
    prompt,
    reading,
    request,
    session,
)

POINTERS = st.builds(
    part_rows.PointerRow,
    st.just(11), st.just(1), st.integers(-1, 2), st.integers(-1, 2), st.integers(0, 2),
    st.integers(0, 2), st.integers(1, 2), st.integers(0, 3),
)  # fmt: skip
ROWS = st.one_of(
    st.tuples(st.just(part_rows.merge_sessions), st.lists(
        FLAT_SESSIONS.map(lambda part: part_rows.session_row("codex", part._replace(id=1))),
        min_size=3, max_size=3)),
    st.tuples(st.just(part_rows.merge_prompts), st.lists(
        DRAWN_PROMPTS.map(lambda part: part_rows.prompt_row(part._replace(id=1))),
        min_size=3, max_size=3)),
    st.tuples(st.just(part_rows.merge_requests), st.lists(
        DRAWN_REQUESTS.map(lambda part: part_rows.request_row(part._replace(id=1))),
        min_size=3, max_size=3)),
    st.tuples(st.just(part_rows.merge_edits), st.lists(
        DRAWN_EDITS.map(lambda part: part_rows.edit_row(part._replace(id=1))),
        min_size=3, max_size=3)),
    st.tuples(st.just(part_rows.merge_pointers), st.lists(POINTERS, min_size=3, max_size=3)),
)  # fmt: skip


@given(ROWS)
def test_order_grouping_and_repetition_do_not_matter(case):
    join, rows = case
    first, second, third = rows
    results = {reduce(join, order) for order in permutations(rows)}
    results |= {join(first, join(second, third)), join(join(first, second), join(second, third))}
    assert len(results) == 1
    (result,) = results
    assert join(result, result) == join(result, first) == result


def test_the_greatest_output_wins_all_counters():
    early = part_rows.request_row(request(1, 11, output=3, input=500, model="a"))
    late = part_rows.request_row(request(1, 11, output=9, input=1, model="b"))
    joined = part_rows.merge_requests(early, late)
    assert (joined.output, joined.input, joined.model) == (9, 1, late.model)


@pytest.mark.parametrize(
    "counter", ["input", "cache_read", "cache_write_5m", "cache_write_1h", "reasoning"]
)
def test_of_the_same_output_the_greater_usage_wins(counter):
    less = part_rows.request_row(request(1, 11, **{counter: 1}))
    more = part_rows.request_row(request(1, 11, **{counter: 2}))
    for one, other in ((less, more), (more, less)):
        assert getattr(part_rows.merge_requests(one, other), counter) == 2


def test_known_usage_wins_over_unknown():
    unknown = part_rows.request_row(request(1, 11, basis=Basis.UNKNOWN, output=999))
    known = part_rows.request_row(request(1, 11, output=0))
    assert part_rows.merge_requests(unknown, known).basis == Basis.EXACT
    assert unknown.output == 0


@pytest.mark.parametrize("basis", [Basis.PARTIAL, Basis.ESTIMATED])
def test_the_same_counters_are_believed_on_the_best_ground(basis):
    counted = part_rows.request_row(request(1, 11, reasoning=7))
    guessed = part_rows.request_row(request(1, 11, reasoning=9, basis=basis, low=0.5, high=2.0))
    for row, other in ((counted, guessed), (guessed, counted)):
        joined = part_rows.merge_requests(row, other)
        assert (joined.basis, joined.reasoning, joined.high) == (Basis.EXACT, 7, 1.0)


def test_an_edit_that_two_logs_tell_stands_where_it_was_first():
    first = part_rows.edit_row(edit(1, 11, minute=1, added=2))
    again = part_rows.edit_row(edit(1, 12, in_session=2, minute=9, added=5))
    for row, other in ((first, again), (again, first)):
        joined = part_rows.merge_edits(row, other)
        assert (joined.time_ms, joined.session, joined.interaction) == first[1:4]
        assert (joined.anchor_ms, joined.added) == (first.anchor_ms, 5)


def test_an_edit_in_an_interaction_wins_over_one_in_none_at_the_same_moment():
    lone, placed = (part_rows.edit_row(edit(1, of)) for of in (None, 11))
    assert part_rows.merge_edits(lone, placed).interaction == 11


@pytest.mark.parametrize(("low", "high", "expected"), [(1.0, 1.0, (4990, 4990, 4990)),
                                                       (0.5, 2.0, (2495, 4990, 9980))])  # fmt: skip
def test_the_range_of_an_estimate_surrounds_its_middle(low, high, expected):
    row = part_rows.request_row(request(1, 11, low=low, high=high))
    assert part_rows.te_range(row) == expected


def test_a_place_in_an_interaction_wins_over_none_at_the_same_moment():
    lone, placed = (part_rows.request_row(request(1, of)) for of in (None, 11))
    assert part_rows.merge_requests(lone, placed).interaction == 11


def test_a_later_look_at_a_rewritten_file_moves_the_pointer():
    before = part_rows.PointerRow(11, 1, 5, 900, 50, 7, 5, 1200)
    after = part_rows.PointerRow(11, 1, 6, 100, 50, 7, 6, 400)
    assert part_rows.merge_pointers(before, after) == after
    assert part_rows.merge_pointers(after, before) == after


def test_parts_with_one_id_become_one_row():
    readings = [reading(request(21, 11, output=1)), reading(request(21, 11, output=9))]
    whole = merge_readings(readings, [FileKey(1, 1), FileKey(2, 1)])
    assert [row.output for row in whole.requests.values()] == [9]


def test_a_session_that_only_parts_name_gets_a_row_with_its_tool():
    whole = merge_readings([reading(prompt(11, in_session=4), tool="codex")], [FileKey(1, 1)])
    assert whole.sessions == {4: SessionRow(4, "codex")}


def test_names_are_gathered_from_prompts_and_sessions_and_requests():
    parts = (session(directory="/a"), prompt(11, directory="/b"), request(21, 11, model="m"))
    whole = merge_readings([reading(*parts)], [FileKey(1, 1)])
    assert (whole.projects, whole.models) == ({"/a", "/b"}, {"m"})


def test_a_prompt_points_at_its_line_and_a_span_at_its_end():
    parts = (prompt(11, offset=100, length=50, check=7), SpanPart(11, 900), SpanPart(12, 950))
    whole = merge_readings([reading(*parts)], [FileKey(3, 5)])
    assert whole.pointers == {
        (11, 3): (11, 3, 5, 100, 50, 7, 5, 900),
        (12, 3): (12, 3, -1, -1, 0, 0, 5, 950),
    }


NOTHING = dict.fromkeys(("input", "cache_read", "cache_write_5m", "cache_write_1h", "output"), 0)


def test_an_announcement_that_has_its_answer_is_known_by_using_nothing():
    announced = part_rows.request_row(request(5, 11, basis=Basis.UNKNOWN, turn=5))
    answered = part_rows.request_row(request(5, 11, turn=5, **NOTHING))
    assert not part_rows.is_answered(announced)
    assert part_rows.is_answered(answered)
    assert part_rows.is_answered(part_rows.merge_requests(announced, answered))
    assert part_rows.is_answered(part_rows.merge_requests(answered, announced))
    assert not part_rows.is_answered(part_rows.request_row(request(5, 11, turn=5)))
