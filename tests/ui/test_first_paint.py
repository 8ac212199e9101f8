"""The work begins after the first paint, once."""

from PySide6.QtWidgets import QWidget

from ledger.ui import first_paint
from ledger.ui.first_paint import FirstPaint


class Painting(QWidget):
    """Notes when it is painted."""

    def __init__(self, seen):
        super().__init__()
        self.seen = seen

    def paintEvent(self, event):
        self.seen.append("paint")


def test_the_first_paint_comes_before_the_work(qtbot):
    seen = []
    widget = Painting(seen)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: seen.append("work"))
    widget.show()
    qtbot.waitUntil(lambda: "work" in seen)
    assert seen[0] == "paint"


def test_the_work_begins_once(qtbot):
    seen = []
    widget = Painting(seen)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: seen.append("work"))
    widget.show()
    qtbot.waitUntil(lambda: "work" in seen)
    widget.repaint()
    qtbot.wait(20)
    assert seen.count("work") == 1


def test_a_window_that_is_not_painted_works_all_the_same(qtbot, monkeypatch):
    monkeypatch.setattr(first_paint, "LONGEST_MS", 1)
    seen = []
    widget = Painting(seen)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: seen.append("work"))
    qtbot.waitUntil(lambda: seen == ["work"])
