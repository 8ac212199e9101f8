from datetime import date

import pytest

from ledger.app.stored import StoredSettings, StoredValue
from ledger.core.errors import LedgerError
from ledger.core.trials import Trial, given_up
from ledger.host import documents


class Disk:
    """A file of words that may refuse."""

    def __init__(self):
        self.items = ("a",)
        self.refuses = False
        self.is_broken = False
        self.loads = 0

    def load(self):
        self.loads += 1
        if self.is_broken:
            raise LedgerError("Broken.")
        return self.items

    def save(self, items):
        if self.refuses:
            raise LedgerError("Full.")
        self.items = items


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def stored(qapp, disk):
    value = StoredValue(disk.load, disk.save, ())
    value.read()
    return value


def test_a_change_is_on_disk_before_it_is_told(qtbot, stored, disk):
    states = []
    stored.changed.connect(lambda: states.append(disk.items))
    assert stored.change(lambda items: (*items, "b"))
    assert states == [("a", "b")] == [stored.value]


def test_a_disk_that_refuses_leaves_everything_as_it_was(qtbot, stored, disk):
    disk.refuses = True
    with qtbot.waitSignal(stored.failed):
        assert not stored.change(lambda items: (*items, "b"))
    assert stored.value == ("a",)


def test_what_another_program_wrote_is_changed_and_not_lost(stored, disk):
    disk.items = ("a", "theirs")
    stored.change(lambda items: (*items, "mine"))
    assert disk.items == stored.value == ("a", "theirs", "mine")


def test_reading_tells_only_what_is_new(qtbot, stored, disk):
    with qtbot.assertNotEmitted(stored.changed):
        stored.read()
    disk.items = ()
    with qtbot.waitSignal(stored.changed):
        stored.read()


def test_a_change_tells_the_new_value(qtbot, stored):
    with qtbot.waitSignal(stored.changed) as blocker:
        stored.change(lambda items: (*items, "b"))
    assert blocker.args == [("a", "b")]


def test_a_change_to_the_same_writes_and_tells_nothing(qtbot, stored, disk):
    disk.refuses = True
    with qtbot.assertNotEmitted(stored.changed), qtbot.assertNotEmitted(stored.failed):
        assert stored.change(lambda items: items)


def test_the_first_who_asks_has_it_read_and_nobody_after(qapp, disk):
    lazy = StoredValue(disk.load, disk.save, ())
    assert disk.loads == 0
    assert lazy.value == lazy.value == ("a",)
    assert disk.loads == 1


def test_a_broken_file_is_told_to_each_who_asks_until_it_is_mended(qtbot, disk):
    disk.is_broken = True
    lazy = StoredValue(disk.load, disk.save, ())
    for _ in range(2):
        with qtbot.waitSignal(lazy.failed):
            assert lazy.value == ()
    disk.is_broken = False
    assert lazy.value == ("a",)


def test_a_broken_file_that_was_told_by_reading_is_not_told_again(qtbot, disk):
    disk.is_broken = True
    lazy = StoredValue(disk.load, disk.save, ())
    with qtbot.waitSignal(lazy.failed):
        lazy.read()
    with qtbot.assertNotEmitted(lazy.failed):
        assert lazy.value == ()


START, TODAY = date(2026, 11, 1), date(2026, 10, 30)
FIRST, SECOND = Trial("x", START, 28, TODAY), Trial("y", START, 14, TODAY)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "trials.json"


@pytest.fixture
def make_trials(qapp, path):
    def made():
        return StoredValue(
            lambda: documents.load_trials(path),
            lambda trials: documents.save_trials(path, trials),
            (),
        )

    return made


@pytest.fixture
def trials(make_trials):
    return make_trials()


def add(trials, trial):
    return trials.change(lambda known: (*known, trial))


def test_a_declared_trial_is_on_disk_before_it_is_told(trials, path):
    states = []
    trials.changed.connect(lambda: states.append(documents.load_trials(path)))
    add(trials, FIRST)
    assert states == [(FIRST,)]


def test_a_given_up_trial_stays_with_the_day(trials):
    add(trials, FIRST)
    add(trials, SECOND)
    trials.change(lambda known: given_up(known, FIRST, START))
    assert trials.value == (FIRST._replace(given_up=START), SECOND)


def test_what_another_window_declared_is_kept(trials, make_trials):
    assert trials.value == ()
    add(make_trials(), FIRST)
    add(trials, SECOND)
    assert trials.value == (FIRST, SECOND)


def test_a_broken_file_of_trials_is_told_and_left_alone(trials, path, qtbot):
    path.write_text("{")
    with qtbot.waitSignal(trials.failed):
        assert trials.value == ()
    with qtbot.waitSignal(trials.failed), qtbot.assertNotEmitted(trials.changed):
        add(trials, FIRST)
    assert path.read_text() == "{"


def test_a_choice_is_on_disk_when_it_is_told(qtbot, tmp_path):
    settings = StoredSettings(tmp_path / "settings.json")
    with qtbot.waitSignal(settings.changed) as blocker:
        settings.set("theme", "dark")
    assert blocker.args[0].theme == "dark"
    assert StoredSettings(tmp_path / "settings.json").value.theme == "dark"


def test_what_cannot_be_chosen_is_said_and_the_old_choice_stays(qtbot, tmp_path):
    settings = StoredSettings(tmp_path / "settings.json")
    with qtbot.waitSignal(settings.failed), qtbot.assertNotEmitted(settings.changed):
        settings.set("theme", "pink")
    assert settings.value.theme == "system"


def test_choosing_the_same_again_says_nothing(qtbot, tmp_path):
    settings = StoredSettings(tmp_path / "settings.json")
    with qtbot.assertNotEmitted(settings.changed):
        settings.set("theme", "system")


def test_a_file_of_settings_that_cannot_be_read_is_told(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text("{")
    assert StoredSettings(path).problems


def test_a_file_broken_meanwhile_takes_no_setting_away(qapp, tmp_path):
    path = tmp_path / "settings.json"
    settings = StoredSettings(path)
    settings.set("theme", "dark")
    path.write_text("{")
    settings.set("edited_worth", 30)
    assert (settings.value.theme, settings.value.edited_worth) == ("dark", 30)
    assert StoredSettings(path).value == settings.value
