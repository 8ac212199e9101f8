"""Figures of the charts: frozen, and with n and interval beside every value."""

import dataclasses

import pytest

from ledger.core import curves
from ledger.core.curves import Arm, Bin, Comparison, Stop, Verdict

FROZEN = [kind for kind in vars(curves).values() if dataclasses.is_dataclass(kind)]


@pytest.mark.parametrize("kind", FROZEN)
def test_a_figure_cannot_be_changed(kind):
    assert kind.__dataclass_params__.frozen


@pytest.mark.parametrize("kind", [Bin, Stop])
def test_every_point_says_how_many_blocks_and_how_sure(kind):
    assert {"blocks", "low", "high"} <= set(kind._fields)


def test_a_comparison_says_nothing_more_than_it_is_told():
    arm = Arm(3.0, 1.5, 8)
    made = Comparison(
        first="a", second="b", arms=(arm, arm), strata=(), crude=None, ratio=None, low=None,
        high=None, probability=None, verdict=Verdict.NOT_COMPARABLE, simpson=False,
    )  # fmt: skip
    assert made.reason == ""
    assert made.notes == ()


def test_verdicts_read_as_words():
    assert Verdict.NO_DIFFERENCE == "no clear difference"
