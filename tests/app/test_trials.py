"""The declared trials while the window is open."""

from datetime import date

import pytest

from ledger.app.trials import Trials
from ledger.core.trials import Trial
from ledger.host import trials_file

START, TODAY = date(2026, 11, 1), date(2026, 10, 30)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "trials.json"


@pytest.fixture
def trials(qapp, path):
    return Trials(path)


def test_a_declared_trial_is_on_disk_before_it_is_told(trials, path, qtbot):
    seen = []
    trials.changed.connect(lambda: seen.append(trials_file.load(path)))
    trials.declare("x", START, 28, TODAY)
    assert seen == [(Trial("x", START, 28, TODAY),)]


def test_a_given_up_trial_stays_with_the_day(trials):
    trials.declare("x", START, 28, TODAY)
    trials.declare("y", START, 14, TODAY)
    trials.give_up(trials.all()[0], START)
    first, second = trials.all()
    assert first == Trial("x", START, 28, TODAY, START)
    assert second.given_up is None


def test_what_another_window_declared_is_kept(trials, path):
    trials.all()
    Trials(path).declare("theirs", START, 28, TODAY)
    trials.declare("mine", START, 28, TODAY)
    assert [trial.what for trial in trials.all()] == ["theirs", "mine"]


def test_a_broken_file_is_told_and_left_alone(trials, path, qtbot):
    path.write_text("{")
    with qtbot.waitSignal(trials.failed):
        assert trials.all() == ()
    with qtbot.waitSignal(trials.failed), qtbot.assertNotEmitted(trials.changed):
        trials.declare("x", START, 28, TODAY)
    assert path.read_text() == "{"
