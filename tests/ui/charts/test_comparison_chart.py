"""Two within the same work."""

import pytest
from PySide6.QtCore import QPointF

from ledger.core.figures import Arm, Verdict
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.charts.comparison_chart import (
    CRUDE,
    TOGETHER,
    ComparisonChart,
    figure_label,
    rows_of,
)
from ledger.ui.charts.row_chart import MOST_ROWS
from tests.ui.charts.figures import comparison, plain

# What test_painted.py has it show.
GIVEN = ComparisonChart, lambda: (comparison(), "A", "B", lambda _first: DrillDown(tool="a"))

APART = {
    "verdict": Verdict.NOT_COMPARABLE, "ratio": None, "low": None, "high": None,
    "probability": None, "simpson": False, "strata": (),
    "reason": "Used on different work: too little of it is shared.",
}  # fmt: skip


@pytest.fixture
def chart(qtbot):
    widget = ComparisonChart()
    qtbot.addWidget(widget)
    widget.resize(900, 300)
    widget.show()
    return widget


def test_like_with_like_stands_first_and_everything_together_below_it():
    rows = rows_of(comparison())
    assert [row.name for row in rows] == [TOGETHER, CRUDE, "atlas · fix", "atlas · draft"]
    assert [row.is_whole for row in rows] == [True, False, False, False]
    assert rows[0].first == Arm(21, 14, 30)
    assert rows[2].ratio == pytest.approx(4.5 / 4.0)


def test_without_a_verdict_no_row_claims_one():
    assert [row.name for row in rows_of(comparison(**APART))] == [CRUDE]


def test_like_with_like_shows_no_sums_that_contradict_its_ratio():
    arm = Arm(21, 14, 30)
    assert plain(figure_label(arm, is_whole=True)) == "n 30"
    assert plain(figure_label(arm, is_whole=False)) == "1.5  (n 30)"


@pytest.mark.parametrize("arm", [Arm(0, 0, 0), Arm(0, 5, 3)])
def test_a_side_without_anything_has_no_ratio(arm):
    rows = rows_of(comparison(strata=(("x", Arm(3, 1, 3), arm),)))
    assert rows[-1].ratio is None


def test_the_warning_comes_before_the_verdict(chart):
    chart.show_figures(comparison(), "Codex CLI", "Claude Code")
    assert chart.summary().startswith("Careful: all work together makes Claude Code look better")
    assert chart.summary().index("Careful") < chart.summary().index("likely gives more")
    assert [colour for _, colour, _ in chart.sentences()] == ["warning", "text"]


def test_no_clear_difference_still_says_the_ratio_it_rests_on(chart):
    even = comparison(verdict=Verdict.NO_DIFFERENCE, ratio=0.95, low=0.7, high=1.4, simpson=False)
    chart.show_figures(even, "Codex CLI", "Claude Code")
    assert chart.summary().endswith("Codex CLI gave 0.95 times as much, between 0.7 and 1.4.")


def test_what_can_not_be_compared_says_why(chart):
    chart.show_figures(comparison(**APART), "Codex CLI", "Claude Code")
    assert chart.summary() == "Not comparable. Used on different work: too little of it is shared."
    assert not chart.grab().isNull()


def test_a_reading_says_the_ratio_and_both_sides(chart):
    chart.show_figures(comparison(), "Codex CLI", "Claude Code")
    assert plain(chart.reading(0)) == (
        "Like with like · Codex CLI gave 1.1 times as much as Claude Code · "
        "between 0.9 and 1.6 · Codex CLI: 30 half-hours · Claude Code: 40 half-hours"
    )
    assert plain(chart.reading(1)).endswith(
        "Codex CLI: 1.5 per million tokens in 30 half-hours · "
        "Claude Code: 3.7 per million tokens in 40 half-hours"
    )


def test_a_row_narrows_to_the_side_that_did_better_in_it(chart):
    chart.show_figures(
        comparison(), "A", "B", lambda first: DrillDown(tool="codex" if first else "claude-code")
    )
    assert chart.choice(0) == DrillDown(tool="codex")
    assert chart.choice(1) == DrillDown(tool="claude-code")
    chart.show_figures(comparison(), "A", "B")
    assert chart.choice(0) is None


def test_rows_beyond_the_room_are_in_the_table(chart):
    strata = tuple((f"work {n}", Arm(3, 1, 3), Arm(2, 1, 3)) for n in range(20))
    chart.show_figures(comparison(strata=strata), "A", "B")
    assert chart.points() == MOST_ROWS
    assert len(chart.table().rows) == 22
    assert len(chart.table().rows[0]) == len(chart.table().columns)


def test_the_pointer_finds_its_row_below_the_words(chart):
    chart.show_figures(comparison(), "A", "B")
    area = chart.area()
    assert chart.position_at(QPointF(20, area.top() + 2)) == 0
    assert chart.position_at(QPointF(20, area.bottom() - 2)) == 3
    assert chart.position_at(QPointF(20, area.top() - 2)) is None


def test_narrower_words_take_more_lines(chart):
    chart.show_figures(comparison(), "Codex CLI", "Claude Code")
    before = chart.height()
    chart.resize(420, before)
    assert chart.height() > before


def test_wild_ratios_stay_on_the_scale(chart):
    chart.show_figures(comparison(ratio=900.0, low=0.0001, high=9e9), "A", "B")
    assert chart.doublings() == 4
    assert not chart.grab().isNull()
