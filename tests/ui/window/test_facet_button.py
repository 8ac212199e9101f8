from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ledger.ui.window.facet_button import FacetButton


def make_button(qtbot, value: str = "") -> FacetButton:
    button = FacetButton("Tool", "command")
    qtbot.addWidget(button)
    button.show_value(value)
    button.resize(button.sizeHint())
    button.show()
    return button


def test_it_says_what_it_holds(qtbot):
    assert make_button(qtbot).text() == "Tool"
    button = make_button(qtbot, "Codex CLI")
    assert button.text() == "Codex CLI"
    assert button.accessibleName() == "Tool: Codex CLI"


def test_its_cross_takes_the_value_away(qtbot):
    button = make_button(qtbot, "Codex CLI")
    with qtbot.waitSignal(button.cleared), qtbot.assertNotEmitted(button.clicked):
        at = QPoint(button.width() - 12, button.height() // 2)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=at)


def test_delete_takes_the_value_away(qtbot):
    button = make_button(qtbot, "Codex CLI")
    with qtbot.waitSignal(button.cleared):
        QTest.keyClick(button, Qt.Key.Key_Delete)


def test_a_click_elsewhere_opens(qtbot):
    button = make_button(qtbot, "Codex CLI")
    with qtbot.waitSignal(button.clicked), qtbot.assertNotEmitted(button.cleared):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))


def test_without_a_value_there_is_nothing_to_take_away(qtbot):
    button = make_button(qtbot)
    with qtbot.assertNotEmitted(button.cleared):
        QTest.keyClick(button, Qt.Key.Key_Delete)
        at = QPoint(button.width() - 12, 8)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=at)


def test_a_long_value_is_cut(qtbot):
    assert len(make_button(qtbot, "x" * 100).text()) <= 30
