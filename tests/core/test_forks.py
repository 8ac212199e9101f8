import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.forks import Mark, Rollout, copied_counts, copied_prefix

SECOND = 1000


def marks(first: int, *vectors: int, turn: int = 0, step: int = SECOND) -> tuple[Mark, ...]:
    """Requests with these vectors, a step apart; ids follow from the first one's time."""
    times = range(first, first + step * len(vectors), step)
    return tuple(
        Mark(time * 7 + place, vector, turn, time)
        for place, (time, vector) in enumerate(zip(times, vectors, strict=True))
    )


def at_once(first: int, *vectors: int, turn: int = 0) -> tuple[Mark, ...]:
    return marks(first, *vectors, turn=turn, step=1)


def thread(identity: int, parent: int | None, found: tuple[Mark, ...], **known: object) -> Rollout:
    start = found[0].time_ms if found else 0
    return Rollout(
        identity, parent, bool(known.get("spawned")), int(known.get("start", start)), found
    )


PARENT = marks(1000, 11, 12, 13, 14)


def test_the_common_beginning_of_counters_is_copied():
    assert copied_prefix(marks(9000, 11, 12, 99, 14), PARENT) == 2


def test_a_child_may_repeat_only_what_is_its_parents_own():
    assert copied_prefix(marks(9000, 13, 14, 99), PARENT, own=2) == 2


def test_a_child_may_repeat_only_the_newest_of_its_parent():
    assert copied_prefix(marks(9000, 13, 14, 99), PARENT) == 2
    assert copied_prefix(marks(9000, 13, 99), PARENT) == 1
    assert copied_prefix(marks(9000, 13, 12), PARENT) == 1


def recorded(first: int, *vectors: int, turn: int) -> tuple[Mark, ...]:
    """Requests that are known by the ids of their responses, all in one turn."""
    return tuple(
        mark._replace(turn=mark.vector * 1000, within=turn) for mark in marks(first, *vectors)
    )


def test_a_copy_without_the_ids_of_its_parents_responses_is_known_by_its_turn():
    parent = recorded(1000, 11, 12, 13, turn=5)
    child = marks(60_000, 11, 12, turn=5) + recorded(70_000, 21, turn=8)
    assert copied_prefix(child, parent) == 2


def test_a_copy_under_a_turn_of_its_own_is_known_by_its_counters_where_it_lost_the_ids():
    parent = recorded(1000, 11, 12, 13, turn=5)
    child = marks(60_000, 11, 12, turn=8) + recorded(70_000, 21, turn=8)
    assert copied_prefix(child, parent) == 2


def test_a_response_with_an_id_of_its_own_is_no_copy_whatever_its_counters():
    parent = recorded(1000, 11, 12, turn=5)
    own = tuple(mark._replace(turn=777) for mark in recorded(60_000, 11, turn=8))
    assert copied_prefix(own, parent) == 0


def test_a_child_may_repeat_its_parents_copies_too():
    assert copied_prefix(marks(9000, 11, 12, 13, 99), PARENT, own=2) == 3


def test_nothing_is_a_copy_where_a_tool_gives_no_counters():
    assert copied_prefix(marks(1000, 0, 0), marks(1000, 0, 0)) == 0


def test_a_turn_unknown_to_the_parent_is_the_childs_own_even_with_equal_counters():
    parent = marks(1000, 11, 12, turn=5) + marks(4000, 13, turn=6)
    child = marks(1000, 11, 12, turn=5) + marks(9000, 13, turn=7)
    assert copied_prefix(child, parent) == 2


def test_a_turn_known_to_the_parent_is_copied_whatever_its_counters():
    parent = marks(1000, 11, turn=5) + marks(2000, 12, turn=6)
    child = marks(9000, 81, turn=5) + marks(9500, 82, turn=6) + marks(9900, 83, turn=7)
    assert copied_prefix(child, parent) == 2


def test_a_turn_whose_name_the_parent_used_long_before_is_another_one():
    parent = tuple(marks(1000 * n, 10 + n, turn=n)[0] for n in range(1, 5))
    again = marks(60_000, 77, turn=1)
    assert copied_prefix(parent[:3] + again, parent) == 3


def test_what_was_written_at_once_may_stand_under_a_turn_of_the_child():
    parent = marks(1000, 11, 12, 13, turn=5)
    child = at_once(60_000, 11, 12, turn=8) + marks(70_000, 13, turn=8)
    assert copied_prefix(child, parent) == 2


def test_two_answers_that_took_their_time_are_no_replay():
    parent = marks(1000, 11, 12, turn=5)
    assert copied_prefix(marks(60_000, 11, 12, turn=8, step=400), parent) == 0
    assert copied_prefix(marks(60_000, 11, turn=8), parent) == 0


def test_after_a_turn_of_the_parent_a_new_turn_is_the_childs_own_even_at_once():
    parent = marks(1000, 11, turn=5) + marks(2000, 12, turn=6)
    child = at_once(60_000, 11, turn=5) + at_once(60_001, 12, turn=8)
    assert copied_prefix(child, parent) == 1


def test_siblings_of_a_missing_parent_count_what_they_share_once():
    family = [
        thread(1, 404, marks(5000, 11, 12, 13, 21)),
        thread(2, 404, marks(6000, 11, 12, 13, 31, 32)),
        thread(3, 404, marks(7000, 11, 12, 41)),
        thread(4, 405, marks(8000, 11, 12)),
    ]
    assert copied_counts(family) == {1: 0, 2: 3, 3: 2, 4: 0}


def test_a_sibling_counts_what_it_shares_with_the_nearest_of_the_earlier_ones():
    family = [
        thread(1, 404, marks(5000, 11, 12, 21)),
        thread(2, 404, marks(6000, 11, 12, 13, 14, 31)),
        thread(3, 404, marks(7000, 11, 12, 13, 14, 41)),
    ]
    assert copied_counts(family) == {1: 0, 2: 2, 3: 4}


def test_siblings_that_begin_together_are_told_apart_by_their_ids():
    family = [
        thread(8, 404, marks(5000, 11, 12), start=1),
        thread(7, 404, marks(9000, 11, 13), start=1),
    ]
    assert copied_counts(family) == {7: 0, 8: 1}


def test_a_lone_spawned_thread_repeats_what_it_wrote_in_its_first_second():
    found = at_once(5000, 11, 12, 13) + marks(7000, 21, 22)
    assert copied_counts([thread(1, 404, found, spawned=True)]) == {1: 3}
    assert copied_counts([thread(1, 404, found)]) == {1: 0}
    assert copied_counts([thread(1, None, found, spawned=True)]) == {1: 0}


def test_one_request_in_the_first_second_is_no_replay():
    assert copied_counts([thread(1, 404, marks(5000, 11, 12), spawned=True)]) == {1: 0}


def test_a_spawned_thread_with_siblings_shares_with_them_instead():
    first = at_once(5000, 11, 12) + marks(9000, 21)
    second = at_once(6000, 11, 12) + marks(9500, 31)
    family = [thread(1, 404, first, spawned=True), thread(2, 404, second, spawned=True)]
    assert copied_counts(family) == {1: 0, 2: 2}


def test_a_circle_of_parents_loses_nothing():
    family = [thread(1, 2, marks(1000, 11)), thread(2, 1, marks(1000, 11)), thread(3, 3, PARENT)]
    assert copied_counts(family) == {1: 0, 2: 0, 3: 0}


def test_a_fork_of_a_known_thread_counts_what_it_repeats():
    family = [thread(1, None, PARENT), thread(2, 1, marks(9000, 11, 12, 99))]
    assert copied_counts(family) == {1: 0, 2: 2}


def test_no_thread_has_no_copies():
    assert copied_counts([]) == {}


@st.composite
def families(draw: st.DrawFn) -> tuple[list[Rollout], int]:
    """A family as Codex writes it, and how many requests were really made."""
    threads: list[Rollout] = []
    full: dict[int, tuple[Mark, ...]] = {}
    made, clock = 0, 0
    styles = ["kept times", "new times", "turns", "spawned", "records", "records lost", "newest"]
    style = draw(st.sampled_from(styles))
    for identity in range(1, draw(st.integers(2, 6)) + 1):
        parent = draw(st.sampled_from([None, *full])) if full else None
        taken = full[parent][: draw(st.integers(1, 9))] if parent is not None else ()
        clock += 100_000
        copied = taken if style == "kept times" else at_once(clock, *(m.vector for m in taken))
        if style == "turns":
            copied = tuple(m._replace(turn=old.turn) for m, old in zip(copied, taken, strict=True))
        if style == "newest":
            copied = copied[draw(st.integers(0, len(copied))) :]
        if style in ("records", "records lost"):
            keeps = style == "records"
            step = draw(st.sampled_from([1, 400]))
            copied = tuple(
                old._replace(
                    turn=old.turn if keeps else old.within or old.turn,
                    within=old.within if keeps else 0,
                    time_ms=clock + step * n,
                )
                for n, old in enumerate(taken)
            )
        if style == "spawned" and len(taken) > 1:
            copied = tuple(m._replace(turn=900 + identity) for m in copied)
        count = draw(st.integers(1, 5))
        vectors = range(clock, clock + count)
        own = marks(clock + 5000, *vectors, turn=identity if style == "turns" else 0)
        if style in ("records", "records lost"):
            own = recorded(clock + 5000, *vectors, turn=identity)
        renamed = tuple(m._replace(request=identity * 1000 + n) for n, m in enumerate(copied + own))
        threads.append(thread(identity, parent, renamed, start=clock))
        full[identity] = renamed
        made += count
    return threads, made


@given(families(), st.randoms(use_true_random=False))
def test_every_request_counts_once_in_any_family(
    family: tuple[list[Rollout], int], chance: random.Random
):
    threads, made = family
    chance.shuffle(threads)
    total = sum(len(one.marks) for one in threads)
    assert total - sum(copied_counts(threads).values()) == made


SMALL = st.integers(0, 3)
ANY_MARKS = st.lists(st.builds(Mark, SMALL, SMALL, SMALL, SMALL), max_size=6).map(tuple)
ANY_THREADS = st.lists(
    st.builds(
        Rollout, st.integers(0, 5), st.none() | st.integers(0, 7), st.booleans(), SMALL, ANY_MARKS
    ),
    unique_by=lambda one: one.id,
)


@given(ANY_THREADS, st.randoms(use_true_random=False))
def test_the_order_in_which_threads_are_known_does_not_matter(
    threads: list[Rollout], chance: random.Random
):
    shuffled = threads.copy()
    chance.shuffle(shuffled)
    assert copied_counts(shuffled) == copied_counts(threads)


@given(ANY_MARKS, ANY_MARKS, SMALL)
def test_a_prefix_is_never_longer_than_the_child(
    child: tuple[Mark, ...], parent: tuple[Mark, ...], own: int
):
    assert 0 <= copied_prefix(child, parent, own) <= len(child)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_thread_equal_to_its_parent_is_all_copy(count: int):
    assert copied_prefix(PARENT[:count], PARENT) == count
