import pytest

from ledger.core.filters import Filter
from ledger.core.goals import Goal, GoalState, Measure
from ledger.flows.insights.goals import GoalStatus
from ledger.flows.insights.headline import Statement
from ledger.ui.pages.today.goal_rows import GoalRows

GOAL = Goal(measure=Measure.THROWN, percent=20, words="kind:refactor")
MET = GoalStatus(GOAL, GoalState.MET, 0.05, 0.0, 0.1, 40, "Met: 5 %.", Filter(since_s=5))


@pytest.fixture
def rows(qtbot):
    widget = GoalRows()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_without_goals_it_says_what_a_goal_is(qtbot, rows):
    assert rows.empty.isVisible()
    assert "never an amount" in rows.empty.full_text()
    with qtbot.waitSignal(rows.set_wanted):
        rows.set_button.click()


def test_a_goal_shows_how_it_stands_and_what_it_is_about(qtbot, rows):
    rows.show_goals([MET], None)
    assert not rows.empty.isVisible()
    with qtbot.waitSignal(rows.shown) as blocker:
        rows.rows[0].show_button.click()
    assert blocker.args == [MET]
    with qtbot.waitSignal(rows.remove_wanted) as blocker:
        rows.rows[0].remove_button.click()
    assert blocker.args == [0]
    assert "kind:refactor" in rows.rows[0].remove_button.accessibleName()


def test_the_weekly_line_stands_only_on_its_day(rows):
    rows.show_goals([MET], Statement("Your 1 goal this week: 1 met.", "kept-rate"))
    assert rows.digest.isVisible()
    rows.show_goals([MET], None)
    assert not rows.digest.isVisible()
    assert len(rows.rows) == 1


def test_what_was_removed_can_come_back(qtbot, rows):
    assert not rows.back_button.isVisible()
    rows.show_removed(GOAL.title)
    assert rows.removed.full_text().startswith("Removed: Thrown-away share")
    with qtbot.waitSignal(rows.back_wanted):
        rows.back_button.click()
