"""STR by tool, model, project or kind of work."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.charts.group_chart import HEAD, ROW, GroupChart, estimate_label, is_sure
from ledger.ui.charts.legend import HEIGHT
from ledger.ui.charts.row_chart import MOST_ROWS
from tests.ui.charts.figures import group, plain, shrunken

# What test_painted.py has it show.
GIVEN = GroupChart, lambda: ([shrunken("a")], [group("a")], 2.0)

TOP = HEAD + HEIGHT  # of the first row: the headings below one line of the legend
BARE = {"value": None, "low": None, "high": None}


@pytest.fixture
def chart(qtbot):
    widget = GroupChart()
    widget.ask_by("tool", lambda key: {"codex": "Codex CLI"}.get(key, key), partial(_tool))
    qtbot.addWidget(widget)
    widget.resize(800, 300)
    widget.show()
    return widget


def _tool(key):
    return DrillDown(tool=key)


def show(chart, *groups, bounds=(), overall=None):
    """Show groups with their bounds."""
    chart.show_figures(list(groups), list(bounds), overall)


@pytest.mark.parametrize(
    ("group", "label"),
    [(shrunken("a"), "2.5 (1.8–3.4)"), (shrunken("a", **BARE), "too few tags")],
)
def test_the_figure_says_no_more_than_is_known(group, label):
    assert estimate_label(group) == label


@pytest.mark.parametrize(("blocks", "sure"), [(1, False), (7, False), (8, True)])
def test_what_rests_on_too_few_half_hours_is_drawn_faint(blocks, sure):
    assert is_sure(shrunken("codex", blocks)) is sure


def test_a_narrow_chart_is_taller_for_a_key_of_more_lines(qtbot, chart):
    show(chart, shrunken("codex"), shrunken("b"))
    wide = chart.height()
    chart.resize(380, chart.height())
    assert chart.height() > wide
    assert chart.position_at(QPointF(200, chart.above() + ROW + 5)) == 1


def test_groups_stand_by_the_work_done_not_by_rank(chart):
    show(chart, shrunken("few", 9, value=9.0), shrunken("codex", 90, value=0.1))
    assert [chart.name(n) for n in range(2)] == ["Codex CLI", "few"]


def test_a_reading_says_everything_of_a_row(chart):
    show(chart, shrunken("codex"), bounds=[group("codex")])
    assert plain(chart.reading(0)) == (
        "Codex CLI · 2.5 half-hours of kept work per million tokens, between 1.8 and 3.4 · "
        "2.6 by its own figures alone · untagged could make it 2.0 to 3.0 · "
        "40 half-hours of work · 80 % tagged"
    )


def test_a_reading_says_what_is_lacking(chart):
    show(chart, shrunken("codex", 5, **BARE))
    assert "an estimate needs half of its tokens tagged" in chart.reading(0)


def test_a_click_narrows_to_the_row(chart, qtbot):
    show(chart, shrunken("a", 50), shrunken("codex", 40))
    with qtbot.waitSignal(chart.chosen) as blocker:
        place = QPoint(200, TOP + ROW + 5)
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert blocker.args[0] == DrillDown(tool="codex")


def test_a_click_with_ctrl_lists_the_row(chart, qtbot):
    show(chart, shrunken("a", 50))
    with qtbot.waitSignal(chart.listed) as listed, qtbot.assertNotEmitted(chart.chosen):
        control = Qt.KeyboardModifier.ControlModifier
        place = QPoint(200, TOP + 5)
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, control, place)
    assert listed.args[0] == DrillDown(tool="a")


def test_the_pointer_outside_of_the_rows_reads_nothing(chart, qtbot):
    show(chart, shrunken("codex"))
    qtbot.mouseMove(chart, QPoint(200, TOP + 5))
    assert chart.position == 0
    qtbot.mouseMove(chart, QPoint(200, TOP + ROW * 3))
    assert chart.position is None


def test_rows_beyond_the_room_are_in_the_table(chart):
    show(chart, *(shrunken(f"m{n}") for n in range(MOST_ROWS)))
    height = chart.height()
    show(chart, *(shrunken(f"m{n}") for n in range(MOST_ROWS + 5)))
    assert chart.points() == MOST_ROWS
    assert len(chart.table().rows) == MOST_ROWS + 5
    assert chart.height() > height


def test_a_nameless_group_is_called_unknown_and_hidden_characters_are_shown(chart):
    show(chart, shrunken("", 50), shrunken("a\u202eb", 40))
    assert chart.name(0) == "unknown tool"
    assert chart.choice(0) is None
    assert "\u202e" not in chart.name(1)


def test_what_groups_are_by_is_heard_and_stands_in_the_table(chart):
    chart.ask_by("model", str, lambda key: DrillDown(model=key))
    show(chart, shrunken("m-1"))
    assert chart.accessibleName().endswith("by model")
    assert chart.table().columns[0].title == "Model"
    assert chart.choice(0) == DrillDown(model="m-1")


@pytest.mark.parametrize("groups", [[], [shrunken("x", 1, **BARE)]])
def test_groups_without_figures_can_be_drawn(chart, groups):
    show(chart, *groups)
    assert not chart.grab().isNull()


def test_the_scale_reaches_beyond_every_estimate_but_not_to_wild_bounds(chart):
    show(
        chart, shrunken("a", high=17.0, value=9.0), shrunken("b"), bounds=[group("a", upper=90.0)],
        overall=2.0,
    )  # fmt: skip
    assert 17.0 <= chart.scale_end() < 90.0
    assert not chart.grab().isNull()


def test_where_there_are_only_bounds_the_scale_holds_them_all(chart):
    show(chart, shrunken("a", raw=0.1, **BARE), bounds=[group("a", lower=0.1, upper=6.0)])
    assert chart.scale_end() >= 6.0
