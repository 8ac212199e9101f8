import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ledger.ui.widgets.popup import Popup


@pytest.fixture
def button(qtbot):
    widget = QPushButton("open")
    qtbot.addWidget(widget)
    widget.show()
    return widget  # kept until the popup, its child, is gone


def test_it_closes_with_escape_and_says_so(qtbot, button):
    popup = Popup(button, "Choices")
    popup.open_under()
    with qtbot.waitSignal(popup.closed):
        QTest.keyClick(popup, Qt.Key.Key_Escape)


def test_it_stands_wholly_on_the_screen(button):
    room = button.screen().availableGeometry()
    button.move(room.right() - 10, room.bottom() - 10)
    popup = Popup(button, "Choices")
    popup.open_under()
    assert room.contains(popup.geometry())
    popup.close()


def test_its_corners_are_round_without_a_compositor(button):
    popup = Popup(button, "Choices")
    popup.open_under()
    assert not popup.mask().contains(QPoint(0, 0))
    assert popup.mask().contains(popup.rect().center())
    popup.close()
