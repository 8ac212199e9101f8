"""What curves and comparisons say."""

from datetime import date

import pytest

from ledger.core.curves import (
    Arm,
    Bin,
    Change,
    Comparison,
    Sizes,
    Stop,
    StopLoss,
    Verdict,
    WorthCurve,
)
from ledger.flows import curve_words

ARMS = (Arm(9.0, 2.0, 10), Arm(40.0, 10.0, 44))


def compared(**values):
    """Return a comparison."""
    usual = {
        "first": "a", "second": "b", "arms": ARMS, "strata": (), "crude": 1.1, "ratio": 1.5,
        "low": 1.2, "high": 2.0, "probability": 0.97, "verdict": Verdict.LIKELY_FIRST,
        "simpson": False,
    }  # fmt: skip
    return Comparison(**(usual | values))


def plain(text):
    """Return words with ordinary spaces."""
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("factor", "words"), [(2.0, "2.0 times as many half-hours"), (0.5, "50 % of the half-hours")]
)
def test_a_change_says_when_how_much_and_how_surely(factor, words):
    change = Change(week=date(2026, 7, 6), weeks_either_way=2, factor=factor, p=0.012)
    said = plain(curve_words.change_words(change))
    assert said.startswith("Around the week of 6 Jul 2026, give or take 2 weeks,")
    assert words in said
    assert "in 1 % of cases" in said


def curve(*fit):
    """Return a worth curve through these points."""
    return WorthCurve(bins=(Bin(1, 2, 30, 0.5, 0.4, 0.6),), fit=fit, knee=None, blocks=30)


def test_a_flat_line_is_called_flat():
    assert "no sure effect" in curve_words.worth_words(curve((1.0, 0.5), (9.0, 0.5)))


def test_a_sure_line_says_which_way():
    assert "worth more" in curve_words.worth_words(curve((1.0, 0.5), (9.0, 0.7)))
    assert "worth less" in curve_words.worth_words(curve((1.0, 0.5), (9.0, 0.2)))


def test_the_first_size_at_which_less_is_surely_kept_is_named():
    stops = (Stop(0, 90, 0.7, 0.6, 0.8), Stop(1, 60, 0.6, 0.5, 0.7), Stop(3, 20, 0.3, 0.2, 0.4),
             Stop(5, 9, 0.1, 0.0, 0.2))  # fmt: skip
    said = plain(curve_words.stop_words(StopLoss(stops=stops, blocks=90)))
    assert said == (
        "Once a half-hour's work has passed 3.0 M tokens, 30 % of it ends up kept, between 20 % "
        "and 40 %; of all work it is 70 %."
    )


def test_no_size_is_named_where_the_intervals_overlap():
    stops = (Stop(0, 90, 0.7, 0.6, 0.8), Stop(1, 60, 0.6, 0.5, 0.7))
    assert "No size" in curve_words.stop_words(StopLoss(stops=stops, blocks=90))
    assert curve_words.stop_words(StopLoss(stops=stops[:1], blocks=90)) == ""


@pytest.mark.parametrize(("top", "told"), [(0.61, True), (None, False)])
def test_the_largest_twentieth_is_told_where_it_is_known(top, told):
    sizes = Sizes(
        edges=(0.1, 1.0), kept=(1,), edited=(0,), thrown_away=(0,), untagged=(0,), median_mte=0.12,
        top_share=top,
    )  # fmt: skip
    said = plain(curve_words.sizes_words(sizes))
    assert said.startswith("Half of the interactions cost less than 120 k tokens.")
    assert ("61 % of all tokens" in said) is told


def test_a_likely_difference_says_how_much_and_how_surely():
    said = plain(curve_words.verdict_words(compared(), "A", "B"))
    assert said == (
        "A likely gives more signal per token than B within the same work: 1.5 times as much, "
        "between 1.2 and 2.0, with a chance of 97 %."
    )


def test_the_second_is_told_by_its_own_factor():
    found = compared(
        ratio=0.5, low=0.25, high=0.8, probability=0.004, verdict=Verdict.LIKELY_SECOND
    )
    said = plain(curve_words.verdict_words(found, "A", "B"))
    assert said.startswith("B likely gives more signal per token than A")
    assert "2.0 times as much, between 1.2 and 4.0" in said
    assert "over 99 %" in said


def test_no_clear_difference_is_said_as_such():
    found = compared(verdict=Verdict.NO_DIFFERENCE, probability=0.6)
    assert curve_words.verdict_words(found, "A", "B").startswith("No clear difference")


def test_what_can_not_be_compared_says_why_in_names_people_know():
    found = compared(
        verdict=Verdict.NOT_COMPARABLE, ratio=None, low=None, high=None,
        reason="“b” has 3 work blocks; at least 8 are needed.",
    )  # fmt: skip
    assert curve_words.verdict_words(found, "A", "Codex CLI") == (
        "Not comparable. “Codex CLI” has 3 work blocks; at least 8 are needed."
    )


def test_the_warning_names_both_ways():
    said = curve_words.simpson_words(compared(crude=0.4, ratio=1.2, simpson=True), "A", "B")
    assert "makes B look better, but within the same work A is" in said
    assert curve_words.simpson_words(compared(), "A", "B") == ""
