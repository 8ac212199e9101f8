"""A narrow column beside a page that scrolls by itself, with headings."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel


class SideScroll(QScrollArea):
    """Add widgets to `column`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("canvas")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(16, 14, 24, 24)
        self.column.setSpacing(8)
        self.setWidget(inside)

    def heading(self, title: str, sentence: str = "") -> None:
        """Add a heading, with a sentence below it."""
        if self.column.count():
            self.column.addSpacing(12)
        self.column.addWidget(PlainLabel(title, Type.STRONG))
        if sentence:
            self.column.addWidget(PlainLabel(sentence, Type.CAPTION, "text_soft", wrap=True))
