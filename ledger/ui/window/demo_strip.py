"""Says, for as long as it is so, that what the window shows is made up."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel

WORDS = "This is the demo ledger: made-up work, in a file of its own. Nothing here is yours."


class DemoStrip(QFrame):
    """A line above everything.

    Signals:
        left(): the person wants their own ledger back, and the demo removed.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("demo")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        leave = Button("Remove it and open my ledger", "link")
        leave.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 24, 6)
        row.addWidget(PlainLabel(WORDS, ink="warning", wrap=True), 1)
        row.addWidget(leave)
