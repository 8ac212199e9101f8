"""Declaring a trial."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt

from ledger.core.trials import Trial
from ledger.ui.pages.charts.trial_form import TrialForm, trial_label

TODAY = date(2026, 11, 22)
OLD = Trial("Old", date(2026, 9, 1), 28, date(2026, 8, 30))
NEW = Trial("New", date(2026, 10, 1), 14, date(2026, 9, 30), date(2026, 10, 3))


@pytest.fixture
def form(qtbot):
    widget = TrialForm()
    qtbot.addWidget(widget)
    widget.show()
    widget.show_today(TODAY)
    widget.show_trials(())
    return widget


def test_tomorrow_is_offered(form):
    assert form.start.date() == QDate(2026, 11, 23)


def test_a_half_filled_form_keeps_its_day(form):
    form.change.setText("x")
    form.start.setDate(QDate(2026, 12, 1))
    form.show_today(TODAY)
    assert form.start.date() == QDate(2026, 12, 1)


def test_what_is_filled_in_is_declared_once(form, qtbot):
    assert not form.declare.isEnabled()
    form.change.setText("  Shorter prompts ")
    form.days.setValue(14)
    with qtbot.waitSignal(form.declared) as declared:
        qtbot.keyClick(form.change, Qt.Key.Key_Return)
    assert declared.args == ["Shorter prompts", date(2026, 11, 23), 14]
    with qtbot.assertNotEmitted(form.declared):
        qtbot.keyClick(form.change, Qt.Key.Key_Return)


def test_the_newest_trial_is_shown_first_and_the_shown_one_stays(form):
    form.show_trials((OLD,))
    assert form.trial() == OLD
    form.show_trials((OLD, NEW))
    assert form.trial() == OLD
    assert form.trials.itemText(0).startswith("New")


def test_only_a_running_trial_can_be_given_up(form, qtbot):
    form.show_trials((OLD, NEW))
    form.trials.setCurrentIndex(0)
    form.show_trials((OLD, NEW))
    assert not form.give_up.isVisible()
    form.trials.setCurrentIndex(1)
    form.show_trials((OLD, NEW))
    with qtbot.waitSignal(form.given_up) as given_up:
        qtbot.mouseClick(form.give_up, Qt.MouseButton.LeftButton)
    assert Trial(*given_up.args[0]) == OLD


def test_choosing_another_asks_for_it(form, qtbot):
    form.show_trials((OLD, NEW))
    with qtbot.waitSignal(form.chosen):
        form.trials.setCurrentIndex(1)


def test_escape_empties_a_half_written_line(form, qtbot):
    form.change.setText("x")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert form.change.text() == ""


def test_a_trial_stands_in_one_line():
    assert trial_label(OLD) == "Old: from 1 Sep 2026 for 28 days"
    assert trial_label(NEW).endswith(", given up")
