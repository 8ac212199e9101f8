import dataclasses
from datetime import date

import pytest

from ledger.core import figures
from ledger.core.figures import (
    Arm,
    Bin,
    Calendar,
    Comparison,
    Doubt,
    Figure,
    Ratio,
    RatioSeries,
    Stack,
    Stop,
    Summary,
    Verdict,
)

FIGURES = [Calendar, Figure, Ratio, RatioSeries, Stack, Summary]


def test_a_ratio_of_nothing_claims_nothing():
    ratio = Ratio()
    claims = (ratio.lower, ratio.upper, ratio.point, ratio.low, ratio.high)
    assert claims == (None,) * 5
    assert not ratio.assumed
    assert (ratio.blocks, ratio.days) == (0, 0)


def test_a_summary_of_nothing_counts_nothing_and_claims_nothing():
    summary = Summary(key="codex")
    fields = {f.name: getattr(summary, f.name) for f in dataclasses.fields(summary)}
    assert fields.pop("key") == "codex"
    assert {name: value for name, value in fields.items() if value not in (0, None)} == {
        "ratio": Ratio(),
        "ratio_all": Ratio(),
    }
    shares = ("kept_share_lower", "kept_share_upper", "coverage", "coverage_blocks", "counted")
    assert all(fields[name] is None for name in shares)  # unknown is never 0


@pytest.mark.parametrize("kind", FIGURES)
def test_every_part_of_a_figure_is_named_where_it_is_made(kind):
    with pytest.raises(TypeError):
        kind("codex", 1)


def test_a_figure_cannot_be_changed_after_it_was_made():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Ratio().lower = 1.0
    stack = Stack(
        starts=(date(2026, 1, 1),), step="day", kept=(1.0,), edited=(0.0,), thrown_away=(0.0,),
        untagged=(0.0,),
    )  # fmt: skip
    with pytest.raises(dataclasses.FrozenInstanceError):
        stack.kept = (9.0,)


def test_equal_figures_are_equal_so_that_a_chart_can_tell_that_nothing_moved():
    assert Summary(key="a", kept=1) == Summary(key="a", kept=1)
    assert Summary(key="a", kept=1) != Summary(key="a", kept=1, ratio=Ratio(lower=0.0))


def test_a_figure_of_nothing_claims_nothing():
    figure = Figure(key="cost")
    assert (figure.value, figure.low, figure.high, figure.n) == (None, None, None, 0)
    assert not figure.doubt
    assert Doubt.BOUNDS


FROZEN = [kind for kind in vars(figures).values() if dataclasses.is_dataclass(kind)]


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
