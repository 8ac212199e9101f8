import numpy as np
import pytest

from ledger.core.curves import Verdict
from ledger.metrics.arms import Blocks, Side
from ledger.metrics.verdicts import judged, nothing

KNOWN = Side("a", 1.0, 0.0, 0.0, 0.0)
SIDES = (KNOWN, KNOWN._replace(name="b"))


def blocks(rates, days=12, strata=2, seed=1):
    """Return work of two sides that is kept at these rates, at about one MTE a block."""
    random = np.random.default_rng(seed)
    shape = np.indices((2, strata, days, 2)).reshape(4, -1)
    arm, stratum, day, _ = shape
    worth = (random.random(len(arm)) < np.asarray(rates)[arm]).astype(float)
    mte = np.exp(random.normal(0, 0.3, len(arm)))
    return Blocks(arm, np.arange(len(arm)), day, stratum, mte > 0, worth, mte, mte)


def found(made, sides=SIDES, least=2):
    return judged(made, sides, ["x", "y"], least_strata=least)


@pytest.mark.parametrize(
    ("rates", "verdict"),
    [
        ((0.9, 0.3), Verdict.LIKELY_FIRST),
        ((0.3, 0.9), Verdict.LIKELY_SECOND),
        ((0.6, 0.6), Verdict.NO_DIFFERENCE),
    ],
)
def test_a_clear_difference_is_likely_and_an_unclear_one_is_not_called_one(rates, verdict):
    one = found(blocks(rates, seed=1))
    assert one.verdict is verdict
    assert one.low <= one.ratio <= one.high
    assert one.reason == ""
    assert one.notes[0] == "You chose which work each one got."


def test_the_probability_decides_at_nine_in_ten():
    for seed in range(8):
        one = found(blocks((0.7, 0.5), seed=seed))
        assert (one.verdict is Verdict.LIKELY_FIRST) == (one.probability >= 0.9)


def test_both_sides_and_every_shared_kind_of_work_are_listed():
    one = found(blocks((0.9, 0.3)))
    assert [name for name, *_ in one.strata] == ["x", "y"]
    for side in (0, 1):
        assert sum(arms[side].blocks for _, *arms in one.strata) == one.arms[side].blocks == 48


@pytest.mark.parametrize(
    ("made", "sides", "least", "reason"),
    [
        (blocks((1, 1), days=2, strata=1), SIDES, 1, "“a” has 4 work blocks; at least 8"),
        (blocks((1, 1), strata=1), SIDES, 2, "different work"),
        (blocks((1, 1)), (KNOWN._replace(coverage=0.4), SIDES[1]), 2, "Less than half"),
        (
            blocks((1, 1)),
            (SIDES[0], SIDES[1]._replace(unpriced=0.25)),
            2,
            "not known for 25\u202f%",
        ),
        (blocks((1, 1)), (SIDES[0], SIDES[1]._replace(unknown=0.3)), 2, "without token counts"),
        (blocks((1, 0)), SIDES, 2, "worth too little"),
    ],
)
def test_without_enough_in_common_nothing_is_claimed_and_the_reason_is_said(
    made, sides, least, reason
):
    one = found(made, sides, least)
    assert one.verdict is Verdict.NOT_COMPARABLE
    assert one.ratio is one.low is one.high is one.probability is None
    assert not one.simpson
    assert reason in one.reason


def test_i21_opposite_directions_always_warn():
    made = blocks((0.7, 0.6), days=30)
    # The first side does mostly the dear work, the second mostly the cheap.
    dear = made.stratum == 1
    made = made._replace(
        mte=np.where(dear, 9, 1) * made.mte, exposure=np.where(dear, 9, 1) * made.exposure
    )
    some = np.random.default_rng(2).random(len(made.arm))
    one = found(made.where(np.where(dear == (made.arm == 0), some < 1, some < 0.25)))
    assert one.crude < 1 < one.ratio
    assert one.simpson


def test_uneven_tagging_and_many_experiments_are_noted():
    notes = found(blocks((0.9, 0.3)), (KNOWN, SIDES[1]._replace(coverage=0.6, exempt=0.4))).notes
    assert any("more completely" in note for note in notes)
    assert any("over a quarter of “b”" in note for note in notes)
    assert len(found(blocks((0.9, 0.3))).notes) == 1


def test_work_that_only_one_side_did_is_noted_when_it_is_much():
    made = blocks((0.9, 0.3), strata=2)
    lonely = found(made.where((made.stratum == 0) | (made.arm == 0)), least=1)
    assert [name for name, *_ in lonely.strata] == ["x"]
    assert any(note.startswith("33\u202f% of the work blocks lie outside") for note in lonely.notes)


def test_nothing_yet_shows_no_figure_at_all():
    one = nothing("after", "before", "Too early: 3 days left.")
    assert one.verdict is Verdict.NOT_COMPARABLE
    assert one.reason.startswith("Too early")
    assert one.crude is None
    assert {arm.blocks for arm in one.arms} == {0}
