"""Ctrl+K: pages, commands and filters, found by a few letters."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ledger.ui import theme
from ledger.ui.dialogs.matching import distance
from ledger.ui.icons import pixmap
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.popup import round_corners

WIDTH = 580
ROW = 38
MOST_ROWS = 10
MOST_FOUND = 60
ENTRY = Qt.ItemDataRole.UserRole


class Entry(NamedTuple):
    """Something the palette can do."""

    label: str
    group: str  # Page, Command, Tool, Project …
    act: Callable[[], object]
    icon: str = ""
    key: str = ""


def matches(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """Return the entries that match, nearest first; all of them, as they came, for no words."""
    if not typed.strip():
        return list(entries[:MOST_FOUND])
    near = []
    for place, entry in enumerate(entries):
        far = distance(typed, f"{entry.label} {entry.group}")
        if far is not None:
            near.append((far, place, entry))
    return [entry for _, _, entry in sorted(near, key=lambda item: item[:2])[:MOST_FOUND]]


class Palette(QDialog):
    """A field and a list; Enter does what is marked, Esc closes."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Find a page, a command or a filter")
        self.setFixedWidth(WIDTH)
        self._entries = entries
        self.field = QLineEdit(placeholderText="Find a page, a command or a filter")
        self.field.setProperty("kind", "bare")
        self.field.setObjectName("find")
        self.field.setAccessibleName("Find")
        self.field.setFont(theme.current().font(Type.HEADING, 400))
        self.field.textChanged.connect(self._show)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setProperty("kind", "bare")
        self.list.setAccessibleName("Found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _item: self._do())
        self._nothing = PlainLabel("Nothing is called that.", ink="text_faint")
        self._nothing.setContentsMargins(18, 10, 18, 16)
        self._build()
        self._show("")

    def _build(self) -> None:
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setObjectName("raised")
        outside.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        self.field.setTextMargins(16, 0, 16, 0)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        column.addWidget(self.field)
        column.addWidget(rule)
        column.addSpacing(6)
        column.addWidget(self.list)
        column.addWidget(self._nothing)

    def _show(self, typed: str) -> None:
        self.list.clear()
        entries = matches(self._entries, typed)
        for entry in entries:
            item = QListWidgetItem(entry.label)
            item.setData(ENTRY, entry)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        self.list.setFixedHeight(ROW * min(MOST_ROWS, len(entries)) + 2)
        self.adjustSize()

    def _do(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        entry: Entry = item.data(ENTRY)
        self.close()
        entry.act()

    def _step(self, rows: int) -> None:
        row = self.list.currentRow() + rows
        self.list.setCurrentRow(row % self.list.count() if abs(rows) == 1 else self._near(row))

    def _near(self, row: int) -> int:
        return max(0, min(row, self.list.count() - 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field's arrow keys and Enter work the list."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: MOST_ROWS,
            Qt.Key.Key_PageUp: -MOST_ROWS,
        }
        key = Qt.Key(event.key())
        if key in steps and self.list.count():
            self._step(steps[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round."""
        super().resizeEvent(event)
        round_corners(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the upper middle of the window."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            middle = parent.mapToGlobal(parent.rect().center())
            top = parent.mapToGlobal(parent.rect().topLeft()).y() + parent.height() // 8
            self.move(middle.x() - self.width() // 2, top)
        self.field.setFocus()


class _Row(QStyledItemDelegate):
    """Draws an entry: icon, words, the group it belongs to, its key."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        entry: Entry = index.data(ENTRY)
        current_theme = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(current_theme.colours.accent_soft))
            painter.drawRoundedRect(rect.adjusted(6, 1, -6, -1), 6, 6)
        ratio = painter.device().devicePixelRatio()
        if entry.icon:
            top = rect.top() + (ROW - 16) // 2
            picture = pixmap(entry.icon, "text_soft", 16, ratio)
            painter.drawPixmap(rect.left() + 18, top, picture)
        middle = Qt.AlignmentFlag.AlignVCenter
        inner = rect.adjusted(46, 0, -18, 0)
        painter.setFont(current_theme.font(Type.CAPTION))
        painter.setPen(QColor(current_theme.colours.text_faint))
        right = entry.key or entry.group
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, right)
        right_width = painter.fontMetrics().horizontalAdvance(right) + 16
        painter.setFont(current_theme.font())
        painter.setPen(QColor(current_theme.colours.text))
        label = painter.fontMetrics().elidedText(
            entry.label, Qt.TextElideMode.ElideRight, inner.width() - right_width
        )
        painter.drawText(inner, middle, label)
        painter.restore()
