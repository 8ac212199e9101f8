"""The frame around a chart."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ledger.ui.charts.chart_panel import EMPTY_HEIGHT, RESTING, ChartPanel
from ledger.ui.charts.stack_chart import StackChart
from ledger.ui.widgets.buttons import Button
from tests.ui.charts.figures import stack


@pytest.fixture
def panel(qtbot):
    chart = StackChart()
    widget = ChartPanel(chart, "Where the tokens went", "One sentence.", "kept-share")
    qtbot.addWidget(widget)
    widget.resize(800, 420)
    widget.show()
    chart.show_figures(stack())
    widget.show_chart()
    return widget


def test_the_line_beneath_reads_the_point(panel):
    panel.chart.point_to(0)
    assert panel.reading.full_text() == panel.chart.reading(0)
    panel.chart.point_to(None)
    assert panel.reading.full_text().strip() in ("", RESTING)


def test_the_formula_is_one_click_away(panel, qtbot):
    link = next(b for b in panel.findChildren(Button) if "computed" in b.text())
    with qtbot.waitSignal(panel.formula_asked) as blocker:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert blocker.args == ["kept-share"]


def test_the_table_button_shows_the_same_figures_as_a_table(panel, qtbot):
    qtbot.mouseClick(panel.table_button, Qt.MouseButton.LeftButton)
    assert panel.table.isVisible()
    assert panel.table.model().rowCount() == 4
    qtbot.mouseClick(panel.table_button, Qt.MouseButton.LeftButton)
    assert panel.chart.isVisible()


def test_the_table_stays_when_other_figures_come(panel, qtbot):
    qtbot.mouseClick(panel.table_button, Qt.MouseButton.LeftButton)
    panel.chart.show_figures(stack(2))
    panel.show_chart()
    assert panel.table.isVisible()
    assert panel.table.model().rowCount() == 2


def test_an_empty_chart_names_the_cause_and_offers_no_export(panel):
    panel.show_empty("Nothing is tagged yet.", "Tag a few.")
    assert panel.empty.isVisible()
    assert not panel.chart.isVisible()
    assert not panel.export.isVisible()
    panel.show_chart()
    assert panel.chart.isVisible()
    assert panel.export.isVisible()


def test_a_note_stands_only_where_there_is_one(panel):
    panel.show_chart("An estimate needs at least 8 more tags.")
    assert panel.note.isVisible()
    panel.show_chart()
    assert not panel.note.isVisible()


def test_copying_and_saving_are_told_beneath(panel, qtbot):
    qtbot.mouseClick(panel.export.copy_button, Qt.MouseButton.LeftButton)
    assert panel.reading.full_text() == "Copied."


def test_the_table_is_copied_while_it_is_shown(panel):
    panel.table_button.setChecked(True)
    panel.export.copy()
    assert QGuiApplication.clipboard().text().startswith("From,To")


def test_a_failed_save_is_told(panel, qtbot, tmp_path):
    with qtbot.waitSignal(panel.failed) as failed:
        panel.export.save(tmp_path / "missing" / "a.png")
    assert "not saved" in failed.args[0].title


def test_what_is_listed_is_passed_on(panel, qtbot):
    with qtbot.waitSignal(panel.listed) as listed:
        panel.chart.choose(0, listing=True)
    assert listed.args[0] == panel.chart.choice(0)


def test_an_empty_panel_is_no_higher_than_it_needs(panel):
    full = panel.sizeHint().height()
    panel.show_empty("Nothing.", "")
    assert panel.sizeHint().height() < full


def test_an_empty_panel_has_room_for_its_cause(panel):
    panel.show_empty("Nothing is tagged yet.", "Tag a few, and this chart begins.")
    assert panel.pages.sizeHint().height() >= EMPTY_HEIGHT
    assert panel.pages.minimumSizeHint().height() >= EMPTY_HEIGHT


def test_the_table_is_made_only_when_somebody_looks_at_it(panel, monkeypatch):
    calls = []
    table = panel.chart.table
    monkeypatch.setattr(panel.chart, "table", lambda: calls.append(1) or table())
    panel.show_chart()
    assert calls == []
    panel.table_button.setChecked(True)
    panel.table_button.setChecked(False)
    panel.table_button.setChecked(True)
    assert calls == [1]
    panel.show_chart()
    assert calls == [1, 1]
