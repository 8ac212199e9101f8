"""STR by tool and by model."""

import pytest
from PySide6.QtCore import QPoint, Qt

from ledger.flows.charting import Choice
from ledger.ui.charts.group_chart import HEAD, MOST_ROWS, ROW, GroupChart, figure_words
from tests.ui.charts.figures import group, plain

BARE = {"point": None, "low": None, "high": None}


@pytest.fixture
def chart(qtbot):
    made = GroupChart("tool", {"codex": "Codex CLI"})
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    return made


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (group("a"), "2.5 (1.8–3.4)"),
        (group("a", point=None), "1.8–3.4"),
        (group("a", blocks=5, **BARE), "too few"),
        (group("a", blocks=50, **BARE), "too few tags"),
    ],
)
def test_the_figure_says_no_more_than_the_gates_allow(made, words):
    assert figure_words(made) == words


def test_groups_stand_by_the_work_done_not_by_rank(chart):
    chart.show_figures([group("few", 9, point=9.0), group("codex", 90, point=0.1)])
    assert [chart.name(n) for n in range(2)] == ["Codex CLI", "few"]


def test_a_reading_says_everything_of_a_row(chart):
    chart.show_figures([group("codex")])
    assert plain(chart.reading(0)) == (
        "Codex CLI · 2.5 half-hours of kept work per million tokens, between 1.8 and 3.4 · "
        "untagged could make it 2.0 to 3.0 · 40 half-hours of work · 80 % tagged"
    )


def test_a_reading_says_what_is_lacking(chart):
    chart.show_figures([group("codex", 5, **BARE)])
    assert "An estimate needs 8 half-hours of work, 5 so far" in chart.reading(0)


def test_a_click_narrows_to_the_row(chart, qtbot):
    chart.show_figures([group("a", 50), group("codex", 40)])
    with qtbot.waitSignal(chart.chosen) as chosen:
        place = QPoint(200, HEAD + ROW + 5)
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args[0] == Choice(tool="codex")


def test_a_model_narrows_to_a_model(qtbot):
    chart = GroupChart("model")
    qtbot.addWidget(chart)
    chart.show_figures([group("m-1")])
    assert chart.choice(0) == Choice(model="m-1")


def test_the_pointer_outside_of_the_rows_reads_nothing(chart, qtbot):
    chart.show_figures([group("codex")])
    qtbot.mouseMove(chart, QPoint(200, HEAD + 5))
    assert chart.position == 0
    qtbot.mouseMove(chart, QPoint(200, HEAD + ROW * 3))
    assert chart.position is None


def test_rows_beyond_the_room_are_in_the_table(chart):
    chart.show_figures([group(f"m{n}") for n in range(MOST_ROWS + 5)])
    assert chart.points() == MOST_ROWS
    assert len(chart.table().rows) == MOST_ROWS + 5


def test_a_nameless_model_is_called_unknown_and_hidden_characters_are_shown(qtbot):
    chart = GroupChart("model")
    qtbot.addWidget(chart)
    chart.show_figures([group("", 50), group("a\u202eb", 40)])
    assert chart.name(0) == "unknown model"
    assert chart.choice(0) is None
    assert "\u202e" not in chart.name(1)


@pytest.mark.parametrize("groups", [[], [group("x", 1, lower=None, upper=None, **BARE)]])
def test_groups_without_figures_can_be_drawn(chart, groups):
    chart.show_figures(groups)
    assert not chart.grab().isNull()


def test_the_scale_reaches_beyond_every_estimate(chart):
    chart.show_figures([group("a", point=None, low=3.0, high=17.0, upper=90.0), group("b")])
    assert 17.0 <= chart._top() < 90.0


def test_where_there_are_only_bounds_the_scale_holds_them_all(chart):
    chart.show_figures([group("a", lower=0.1, upper=6.0, **BARE)])
    assert chart._top() >= 6.0
