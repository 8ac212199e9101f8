from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.ui.widgets.segments import Segments

CHOICES = ((None, "Not yet", ""), (1, "Kept", "kept"), (2, "Edited", "edited"))


def make_segments(qtbot) -> Segments:
    segments = Segments(CHOICES, "Tag")
    qtbot.addWidget(segments)
    segments.show()
    return segments


def test_the_first_is_taken(qtbot):
    assert make_segments(qtbot).value() is None


def test_one_is_taken_at_a_time(qtbot):
    segments = make_segments(qtbot)
    with qtbot.waitSignal(segments.chosen) as blocker:
        segments.take(2)
    assert blocker.args == [2]
    assert segments.value() == 2
    assert [button.isChecked() for button in segments._group.buttons()] == [False, False, True]


def test_the_keyboard_takes_one(qtbot):
    segments = make_segments(qtbot)
    QTest.keyClick(segments._group.button(1), Qt.Key.Key_Space)
    assert segments.value() == 1


def test_each_says_what_it_is_part_of(qtbot):
    assert make_segments(qtbot)._group.button(1).accessibleName() == "Tag: Kept"
