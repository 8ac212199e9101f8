"""A column of cards that scrolls, no wider than text is pleasant to read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

WIDEST = 860


class ScrollPage(QScrollArea):
    """Add widgets to `column`; a stretch stands below them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = QWidget()
        ground.setObjectName("canvas")
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        row = QHBoxLayout(ground)
        row.setContentsMargins(24, 8, 24, 24)
        row.addWidget(inside, 100, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.setWidget(ground)


class Card(QFrame):
    """A frame around things that belong together; add to `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(12)


def rule() -> QFrame:
    """Return a thin line between two rows of a card."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
