import pytest
from PySide6.QtWidgets import QDialog, QWidget

from ledger.core.errors import LedgerError
from ledger.core.goals import Goal, Measure
from ledger.ui.dialogs import goal_dialog
from ledger.ui.dialogs.goal_dialog import GoalDialog, ask_goal


def refuse_gone(goal):
    if "gone" in goal.words:
        raise LedgerError("There is no label “gone”.", "Did you mean label:bug?")
    return goal


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(parent):
    widget = GoalDialog(parent, refuse_gone, lambda _line, _cursor: [])
    widget.show()
    return widget


def test_a_goal_is_made_of_what_was_chosen(dialog):
    dialog.percent.setValue(15)
    dialog.filter_field.setText("kind:refactor")
    dialog.save.click()
    assert dialog.goal == Goal(measure=Measure.THROWN, percent=15, words="kind:refactor")
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_an_amount_is_refused_with_the_reason(dialog):
    dialog.measure.setCurrentIndex(dialog.measure.count() - 1)
    assert dialog.refusal.isVisible()
    assert "gets produced" in dialog.refusal.full_text()
    assert not dialog.save.isEnabled()
    dialog._on_save()
    assert dialog.goal is None


def test_a_share_to_reach_says_so(dialog):
    dialog.measure.setCurrentIndex(1)
    assert dialog._side.full_text() == "At least"
    assert dialog.percent.value() == 60
    assert not dialog.refusal.isVisible()


def test_words_that_mean_nothing_are_told_and_nothing_is_set(dialog):
    dialog.filter_field.setText("label:gone")
    dialog.save.click()
    assert dialog.problem.isVisible()
    assert "Did you mean label:bug?" in dialog.problem.full_text()
    assert dialog.goal is None


def test_everything_has_a_name(dialog):
    controls = (dialog.measure, dialog.filter_field, dialog.percent, dialog.days, dialog.grace)
    assert all(control.accessibleName() for control in controls)


def test_who_changes_their_mind_sets_nothing(monkeypatch, parent):
    monkeypatch.setattr(goal_dialog.GoalDialog, "exec", lambda self: self._cancel.click() or 0)
    assert ask_goal(parent, refuse_gone, lambda _line, _cursor: []) is None
