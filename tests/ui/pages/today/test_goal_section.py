from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QWidget

from ledger.core.goals import Goal, Measure
from ledger.flows.insights import goals
from ledger.host.settings import DEFAULTS, changed
from ledger.ui.pages.today import goal_section
from ledger.ui.pages.today.goal_section import GoalSection
from tests.ui.pages.fakes import NOW, FakeClient, frame

GOAL = Goal(measure=Measure.KEPT, percent=60)


@pytest.fixture
def section(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    client = FakeClient(frame(60))
    client.path.parent.mkdir(parents=True, exist_ok=True)
    goal_section = GoalSection(client, lambda: NOW, page)
    goal_section.page, goal_section.client = page, client
    qtbot.addWidget(goal_section.rows)
    goal_section.rows.show()
    goal_section.draw()
    return goal_section


@pytest.fixture
def answer(monkeypatch):
    def say(goal):
        monkeypatch.setattr(goal_section, "ask_goal", lambda *_args: goal)

    return say


def shown_goals(section):
    return [row.status.goal for row in section.rows.rows]


def test_a_goal_is_set_removed_and_comes_back(section, answer):
    answer(GOAL)
    section.rows.set_wanted.emit()
    assert shown_goals(section) == [GOAL]
    section.rows.remove_wanted.emit(0)
    assert shown_goals(section) == []
    assert goals.load(goals.path_of(section.client.path)) == ()
    section.rows.back_wanted.emit()
    assert shown_goals(section) == [GOAL]
    assert not section.rows.back_button.isVisible()


def test_who_changes_their_mind_sets_nothing(section, answer):
    answer(None)
    section.rows.set_wanted.emit()
    assert shown_goals(section) == []


def test_what_the_command_line_set_is_shown(section):
    goals.save(goals.path_of(section.client.path), (GOAL,))
    section.draw()
    assert shown_goals(section) == [GOAL]


def test_a_file_that_cannot_be_read_is_told(qtbot, section):
    goals.path_of(section.client.path).write_text("{")
    with qtbot.waitSignal(section.client.failed):
        section.draw()


def test_the_weekly_line_follows_the_settings(section, answer):
    answer(GOAL)
    section.rows.set_wanted.emit()
    moment = datetime.fromtimestamp(NOW, UTC).astimezone()
    settings = changed(DEFAULTS, "digest_day", f"{moment:%A}".lower())
    settings = changed(changed(settings, "quiet_from", 0), "quiet_until", 0)
    section.use(settings)
    section.show()
    assert section.rows.digest.isVisible()
    section.use(changed(settings, "digest_day", "never"))
    section.show()
    assert not section.rows.digest.isVisible()


def test_the_way_to_what_a_goal_is_about(qtbot, section, answer):
    answer(GOAL)
    section.rows.set_wanted.emit()
    with qtbot.waitSignal(section.filter_wanted) as blocker:
        section.rows.rows[0].show_button.click()
    assert blocker.args[0].since_s is not None


def test_values_of_the_ledger_are_offered(section):
    assert [offer.insert for offer in section._offers("project:at", 10)] == ["atlas"]
