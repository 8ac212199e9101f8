"""How widgets are laid out: rows that go on below, layouts that are emptied, the order of Tab."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays its widgets out like words, all of a line as high as the first."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Return the height the widgets take in this width; move them there when asked to."""
        shown = self._shown()
        x, y, height = rect.x(), rect.y(), 0
        for item in shown:
            size = item.sizeHint()
            if x + size.width() > rect.right() + 1 and height:
                x, y, height = rect.x(), y + height + self.spacing(), 0
            width = min(size.width(), rect.width())
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, max(height, size.height()))))
            x += width + self.spacing()
            height = max(height, size.height())
        return y + height - rect.y()


def empty(layout: QLayout) -> None:
    """Delete every widget of a layout; spaces go too."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()


def in_order(first: QWidget, others: Iterable[QWidget]) -> None:
    """Let Tab go from `first` to the others, one after another; without it, new ones come last."""
    for before, following in pairwise((first, *others)):
        QWidget.setTabOrder(before, following)
