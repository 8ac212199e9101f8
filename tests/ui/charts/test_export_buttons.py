"""Exporting a chart."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from ledger.ui.charts import export_buttons
from ledger.ui.charts.chart_export import FILTERS, Format
from ledger.ui.charts.export_buttons import ExportButtons, Shown
from ledger.ui.charts.stack_chart import StackChart
from tests.ui.charts.figures import stack


@pytest.fixture
def chart(qtbot):
    widget = StackChart()
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.show_figures(stack())
    return widget


@pytest.fixture
def export(chart, qtbot):
    widget = ExportButtons(
        chart, lambda: Shown("When is it time?", "One sentence.", is_table=False)
    )
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_the_picture_is_copied(export, qtbot):
    with qtbot.waitSignal(export.reported) as reported:
        qtbot.mouseClick(export.copy_button, Qt.MouseButton.LeftButton)
    assert not QGuiApplication.clipboard().image().isNull()
    assert reported.args == ["Copied."]


def test_saving_asks_for_a_place_and_adds_the_ending(export, qtbot, tmp_path, monkeypatch):
    places = []

    def answer(_parent, _title, place, _kinds):
        places.append(place)
        return str(tmp_path / "mine"), FILTERS[Format.CSV]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    qtbot.mouseClick(export.save_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "mine.csv").read_text().startswith("From,To")
    assert places[0].endswith("when-is-it-time.png")


@pytest.mark.parametrize("is_accepted", [True, False])
def test_an_ending_that_makes_it_another_file_asks_again(
    export, tmp_path, monkeypatch, is_accepted
):
    there = tmp_path / "mine.csv"
    there.write_text("dear")
    answer = (str(tmp_path / "mine"), FILTERS[Format.CSV])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    monkeypatch.setattr(export_buttons, "ask", lambda *_, accept: is_accepted)
    export.ask_where_to_save()
    assert (there.read_text() == "dear") is not is_accepted


def test_cancelling_writes_nothing(export, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    with qtbot.assertNotEmitted(export.failed), qtbot.assertNotEmitted(export.reported):
        export.ask_where_to_save()
    assert not list(tmp_path.iterdir())


def test_a_failed_save_is_told(export, qtbot, tmp_path):
    with qtbot.waitSignal(export.failed) as failed:
        export.save(tmp_path / "missing" / "a.png")
    assert "not saved" in failed.args[0].title
