from hypothesis import given
from hypothesis import strategies as st

from ledger.metrics.rework import rework, soon_again
from tests.metrics.looking import look
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent


def row(identity, tag, te, after=0, **more):
    return Row(identity, MONDAY_S + after, tag=tag, uses=(spent(te),), **more)


def test_thrown_away_is_the_least_and_the_untagged_could_be_too():
    found = rework(look([row(1, 1, 60), row(2, 3, 20), row(3, 0, 20)]))
    assert (found.low, found.value, found.high) == (0.2, 0.2, 0.4)
    assert found.note == ""


def test_an_untagged_prompt_that_was_asked_again_is_rework():
    rows = [row(1, 1, 60), row(2, 3, 20), row(3, 0, 10), row(4, 0, 10)]
    found = rework(look(rows, redone=[3]))
    assert (found.low, found.value, found.high) == (0.2, 0.3, 0.4)
    assert "1 untagged" in found.note


def test_the_persons_word_goes_before_a_repeat():
    rows = [row(1, 1, 60), row(2, 3, 40)]
    assert rework(look(rows, redone=[1, 2, 99])).value == 0.4


def test_with_most_of_it_untagged_there_is_no_single_value():
    found = rework(look([row(1, 3, 40), row(2, 0, 60)]))
    assert (found.value, found.low, found.high) == (None, 0.4, 1.0)
    assert rework(look([])).low is None


def test_prompts_are_paired_with_the_next_of_their_session_within_ten_minutes():
    rows = [
        row(1, 0, 1, 0), row(2, 0, 1, 60, session=2), row(3, 0, 1, 600),
        row(4, 0, 1, 1201), row(5, 0, 1, 1202, origin=4), row(6, 0, 1, 1203),
    ]  # fmt: skip
    made = frame(rows)
    first, second = soon_again(made)
    pairs = zip(made.id[first].tolist(), made.id[second].tolist(), strict=True)
    assert list(pairs) == [(1, 3), (4, 6)]


def test_without_prompts_there_are_no_pairs():
    assert [len(side) for side in soon_again(frame([]))] == [0, 0]


@given(ledgers(least=1), st.sets(st.integers(0, 100)))
def test_the_value_lies_between_the_ends(rows, redone):
    found = rework(look(rows, redone=redone))
    ends = [end for end in (found.low, found.value, found.high) if end is not None]
    assert ends == sorted(ends)
    assert all(0 <= end <= 1 for end in ends)
