from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ledger.flows.filters import periods
from ledger.ui.widgets.period_popup import PeriodPopup

TODAY = date(2026, 11, 22)


@pytest.fixture
def button(qtbot):
    widget = QPushButton("Time")
    qtbot.addWidget(widget)
    widget.show()
    return widget  # kept until the popup, its child, is gone


@pytest.fixture
def popup(button):
    widget = PeriodPopup(button, "28d", lambda: date(2026, 11, 22))
    widget.open_under()
    return widget


def test_the_period_in_force_is_marked(popup):
    assert popup.presets.currentRow() == [key for key, _ in periods.PRESETS].index("28d")
    assert popup.first.date() == QDate(2026, 10, 26)


def test_a_usual_period_applies_with_one_click(qtbot, popup):
    with qtbot.waitSignal(popup.chosen) as blocker:
        popup.presets.itemClicked.emit(popup.presets.item(3))
    assert blocker.args == ["90d"]


def test_two_days_are_a_period(qtbot, popup):
    popup.first.setDate(QDate(2026, 7, 1))
    popup.last.setDate(QDate(2026, 8, 15))
    with qtbot.waitSignal(popup.chosen) as blocker:
        popup.use_button.click()
    assert blocker.args == ["2026-07-01..2026-08-15"]


def test_a_typed_period_applies_with_enter(qtbot, popup):
    popup.typed.setText("2026-Q3")
    with qtbot.waitSignal(popup.chosen) as blocker:
        QTest.keyClick(popup.typed, Qt.Key.Key_Return)
    assert blocker.args == ["2026-Q3"]


def test_what_is_no_period_says_how_to_write_one_and_stays_open(qtbot, popup):
    popup.typed.setText("whenever")
    with qtbot.assertNotEmitted(popup.chosen):
        QTest.keyClick(popup.typed, Qt.Key.Key_Return)
    assert popup.problem.isVisible()
    assert "2026-Q3" in popup.problem.full_text()


def test_every_usual_period_says_which_days_it_means(button):
    popup = PeriodPopup(button, "all", lambda: TODAY)
    texts = [
        popup.presets.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(popup.presets.count())
    ]
    assert "Last quarter: 1 Jul – 30 Sep 2026, moves with the calendar" in texts
    assert not popup.grab().isNull()


def test_a_period_that_moves_can_be_pinned(qtbot, button):
    popup = PeriodPopup(button, "28d", lambda: TODAY)
    with qtbot.waitSignal(popup.chosen) as blocker:
        popup.pin_button.click()
    assert blocker.args == ["2026-10-26..2026-11-22"]
    assert PeriodPopup(button, "2026-07", lambda: TODAY).pin_button.isHidden()
