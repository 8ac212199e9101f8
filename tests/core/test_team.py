import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.team import (
    FIELDS,
    LEAST_BLOCKS,
    MTE,
    Counts,
    Share,
    Vector,
    faults,
    rounded,
    total_faults,
)
from tests.teaming import PERIOD, QUARTER, card

BLOCKS = st.integers(0, 150)
HONEST = st.tuples(BLOCKS, BLOCKS, BLOCKS, BLOCKS, st.integers(0, 200 * MTE), st.floats(0, 1)).map(
    lambda drawn: Counts(
        sum(drawn[:4]), *drawn[:4], te=drawn[4], te_explore=int(drawn[4] * drawn[5])
    )
)


@settings(max_examples=100)
@given(HONEST, st.sampled_from([PERIOD, QUARTER]))
def test_x16_rounding_moves_a_number_by_half_a_step_at_most_and_always_the_same_way(counts, period):
    made = rounded(counts, period)
    assert made == rounded(counts, period)
    for field, true, value in zip(FIELDS[1:], counts, made[1:], strict=True):
        unit = MTE if field.name.startswith("te") else 1
        if value < field.cap_in(period):
            assert abs(value * unit - true) <= field.step * unit / 2
        else:
            assert true >= (value - field.step / 2) * unit


@settings(max_examples=100)
@given(HONEST, st.sampled_from([PERIOD, QUARTER]))
def test_no_honest_card_is_taken_for_a_false_one(counts, period):
    wrong = faults(rounded(counts, period), period)
    thin = rounded(counts, period).blocks < LEAST_BLOCKS
    assert wrong == ([f"It is about fewer than {LEAST_BLOCKS} half-hours."] if thin else [])


def test_a_quarter_may_hold_three_times_as_much():
    full = Counts(900, 900, 0, 0, 0, 900 * MTE, 900 * MTE)
    assert rounded(full, PERIOD) == Vector(1, 200, 200, 0, 0, 0, 100, 50)
    assert rounded(full, QUARTER) == Vector(1, 600, 600, 0, 0, 0, 300, 150)


@pytest.mark.parametrize(
    "change",
    [
        {"n": 2}, {"blocks": 41}, {"blocks": 205}, {"blocks": -5}, {"te": 101}, {"te": -1},
        {"te_explore": 51}, {"blocks": 15, "kept": 0}, {"te_explore": 11}, {"kept": 40},
        {"kept": 0, "edited": 0}, {"kept": 2**64},
    ],
)  # fmt: skip
def test_x11_a_card_that_cannot_be_is_noticed(change):
    good = card().vector
    assert faults(good, PERIOD) == []
    assert faults(good._replace(**change), PERIOD)


@pytest.mark.parametrize(
    "change", [{"blocks": 1005}, {"kept": 201}, {"te": 501}, {"blocks": 95}, {"te_explore": 60}]
)
def test_x11_sums_that_no_five_people_can_have_are_noticed(change):
    total = Vector(5, 200, 125, 25, 25, 25, 50, 10)
    assert total_faults(total, PERIOD) == []
    assert total_faults(total._replace(**change), PERIOD)


def test_every_number_is_explained():
    assert [field.name for field in FIELDS] == list(Vector._fields)
    assert all(len(field.words) > 20 for field in FIELDS)


def test_a_distance_is_there_only_beside_ones_own_value():
    assert Share(team=0.5).distance is None
    assert Share(team=0.5, own=0.75).distance == 0.25
