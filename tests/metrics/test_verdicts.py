import numpy as np
import pytest

from ledger.core.figures import Verdict
from ledger.metrics.verdicts import Side, SideBlocks, compare_sides, no_comparison, side
from tests.metrics.rows import Row, frame, spent

KNOWN = Side("a", 1.0, 0.0, 0.0, 0.0)
SIDES = (KNOWN, KNOWN._replace(name="b"))


def blocks(rates, days=12, strata=2, seed=1):
    """Return work of two sides that is kept at these rates, at about one MTE a block."""
    random = np.random.default_rng(seed)
    shape = np.indices((2, strata, days, 2)).reshape(4, -1)
    arm, stratum, day, _ = shape
    worth = (random.random(len(arm)) < np.asarray(rates)[arm]).astype(float)
    mte = np.exp(random.normal(0, 0.3, len(arm)))
    return SideBlocks(arm, np.arange(len(arm)), day, stratum, mte > 0, worth, mte, mte)


def found(made, sides=SIDES, least=2):
    return compare_sides(made, sides, ["x", "y"], least_strata=least)


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
    for which in (0, 1):
        assert sum(arms[which].blocks for _, *arms in one.strata) == one.arms[which].blocks == 48


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
    one = no_comparison("after", "before", "Too early: 3 days left.")
    assert one.verdict is Verdict.NOT_COMPARABLE
    assert one.reason.startswith("Too early")
    assert one.crude is None
    assert {arm.blocks for arm in one.arms} == {0}


def blocks_arms(*rows):
    """Return blocks from (arm, day, stratum, worth, mte)."""
    arm, day, stratum, worth, mte = (np.asarray(one) for one in zip(*rows, strict=True))
    here = np.arange(len(rows))
    return SideBlocks(
        arm, here, day, stratum, mte > 0, worth.astype(float), mte.astype(float), mte * 2
    )


def test_each_side_is_added_up():
    made = blocks_arms((0, 1, 0, 1, 2), (0, 2, 0, 0.5, 3), (1, 1, 0, 1, 4))
    assert made.together(0) == (1.5, 5.0, 2)
    assert made.rate(0) == 1.5 / 10
    assert made.rate(1) == 1 / 8


def test_a_side_without_exposure_has_no_rate():
    assert blocks_arms((0, 1, 0, 1, 2)).rate(1) is None


def test_a_stratum_is_shared_from_three_blocks_of_each_side_on():
    rows = [(arm, day, arm_or_0, 1, 1) for arm in (0, 1) for day in range(3) for arm_or_0 in (0,)]
    rows += [(0, day, 1, 1, 1) for day in range(9)] + [(1, day, 1, 1, 1) for day in range(2)]
    shared = blocks_arms(*rows).in_shared_strata()
    assert set(shared.stratum.tolist()) == {0}
    assert len(shared.arm) == 6


def test_nothing_is_shared_by_nobody():
    made = blocks_arms((0, 1, 0, 1, 2)).where(np.zeros(1, np.bool_))
    assert len(made.in_shared_strata().arm) == 0


def test_days_are_the_units_where_both_sides_have_enough_of_them():
    rows = [(arm, day, 0, 0.5, 1) for arm in (0, 1) for day in range(10) for _ in range(2)]
    cells = blocks_arms(*rows).cells(10)
    assert len(cells.unit) == 20
    assert set(cells.worth) == {1.0}
    assert len(blocks_arms(*rows).cells(11).unit) == 40


@pytest.mark.parametrize(("cost", "unpriced"), [(1.0, 0.0), (np.nan, 0.5)])
def test_a_side_says_how_much_of_it_is_known(cost, unpriced):
    rows = [
        Row(1, tag=1, uses=(spent(300),)),
        Row(2, tag=0, uses=(spent(100, unknown=1, requests=4),)),
        Row(3, intent=1, uses=(spent(100),)),
    ]
    made = frame(rows)
    found = side(made, "x", np.arange(3), np.asarray([1.0, cost, np.nan]))
    assert found.coverage == 0.75
    assert found.unpriced == unpriced
    assert found.unknown == pytest.approx(1 / 6)
    assert found.exempt == pytest.approx(0.2)


def test_an_empty_side_knows_nothing():
    made = frame([Row(1)])
    assert side(made, "x", np.zeros(0, int), None) == ("x", None, 0.0, 0.0, 0.0)
