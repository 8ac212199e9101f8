import pytest

from ledger.app.kept import Kept
from ledger.core.errors import LedgerError


class Disk:
    """A file of words that may refuse."""

    def __init__(self):
        self.items = ("a",)
        self.refuses = False

    def load(self):
        return self.items

    def save(self, items):
        if self.refuses:
            raise LedgerError("Full.")
        self.items = items


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def kept(qapp, disk):
    made = Kept(disk.load, disk.save)
    made.read()
    return made


def test_a_change_is_on_disk_before_it_is_told(qtbot, kept, disk):
    seen = []
    kept.changed.connect(lambda: seen.append(disk.items))
    assert kept.change(lambda items: (*items, "b"))
    assert seen == [("a", "b")] == [kept.items]


def test_a_disk_that_refuses_leaves_everything_as_it_was(qtbot, kept, disk):
    disk.refuses = True
    with qtbot.waitSignal(kept.failed):
        assert not kept.change(lambda items: (*items, "b"))
    assert kept.items == ("a",)


def test_what_another_program_wrote_is_changed_and_not_lost(kept, disk):
    disk.items = ("a", "theirs")
    kept.change(lambda items: (*items, "mine"))
    assert disk.items == kept.items == ("a", "theirs", "mine")


def test_reading_tells_only_what_is_new(qtbot, kept, disk):
    with qtbot.assertNotEmitted(kept.changed):
        kept.read()
    disk.items = ()
    with qtbot.waitSignal(kept.changed):
        kept.read()
