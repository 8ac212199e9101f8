"""A few words of which one is in force."""

from PySide6.QtCore import Qt

from ledger.ui.charts.options import STEPS, Options


def test_a_click_asks_for_one(qtbot):
    options = Options(STEPS)
    qtbot.addWidget(options)
    with qtbot.waitSignal(options.chosen) as blocker:
        qtbot.mouseClick(options.buttons["month"], Qt.MouseButton.LeftButton)
    assert blocker.args == ["month"]


def test_the_one_in_force_is_marked(qtbot):
    options = Options(STEPS)
    qtbot.addWidget(options)
    options.show_option("week")
    marked = [key for key, button in options.buttons.items() if button.property("set") == "true"]
    assert marked == ["week"]


def test_each_says_what_it_does(qtbot):
    options = Options(STEPS)
    qtbot.addWidget(options)
    assert options.buttons["day"].accessibleName() == "One bar per day"
