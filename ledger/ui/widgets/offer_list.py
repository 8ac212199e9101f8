"""What could be typed next, below a field; the field keeps the focus."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ledger.flows.filters.completion import Offer
from ledger.ui import theme
from ledger.ui.theme import Type
from ledger.ui.widgets.popup import round_corners

ROW = 30
MOST_ROWS = 9
WIDTH = 380
OFFER = Qt.ItemDataRole.UserRole


class OfferList(QFrame):
    """A small window that shows offers and marks one of them.

    Signals:
        taken(Offer): the person clicked this one.
    """

    taken = Signal(object)

    def __init__(self, field: QWidget) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint
        super().__init__(field, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAccessibleName("What could be typed next")
        self._field = field
        self.list = QListWidget()
        self.list.setProperty("kind", "bare")
        self.list.setAccessibleName("What could be typed next")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(WIDTH - 14)
        self.list.itemClicked.connect(lambda item: self.taken.emit(item.data(OFFER)))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        ground = QFrame()
        ground.setObjectName("popup")
        outside.addWidget(ground)
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.list)

    def show_offers(self, offers: Sequence[Offer], x: int, *, marked: bool) -> None:
        """Show offers below the field at `x` pixels from its left; none hides the list."""
        self.list.clear()
        if not offers:
            self.hide()
            return
        for offer in offers:
            item = QListWidgetItem(offer.words)
            item.setData(OFFER, offer)
            self.list.addItem(item)
        self.list.setCurrentRow(0 if marked else -1)
        self.list.setFixedHeight(ROW * min(MOST_ROWS, len(offers)) + 2)
        self.adjustSize()
        corner = self._field.mapToGlobal(QPoint(x, self._field.height() + 3))
        room = self._field.screen().availableGeometry()
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        self.move(corner)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round."""
        super().resizeEvent(event)
        round_corners(self)

    def marked(self) -> Offer | None:
        """Return the offer that is marked; None when the list is hidden or none is."""
        item = self.list.currentItem()
        if self.isHidden() or item is None:
            return None
        offer: Offer = item.data(OFFER)
        return offer

    def step(self, rows: int) -> Offer | None:
        """Mark the next one or the one before, around the ends; return it."""
        if not self.list.count():
            return None
        row = self.list.currentRow()
        start = 0 if row < 0 and rows < 0 else row
        self.list.setCurrentRow((start + rows) % self.list.count())
        return self.marked()


class _Row(QStyledItemDelegate):
    """Draws an offer: what would be typed, its words, and how often it occurs."""

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
        offer: Offer = index.data(OFFER)
        current_theme = theme.current()
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            is_selected = state & QStyle.StateFlag.State_Selected
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                QColor(
                    current_theme.colours.accent_soft
                    if is_selected
                    else current_theme.colours.hover
                )
            )
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 5, 5)
        inner = option.rect.adjusted(10, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        right = _right(offer)
        painter.setFont(current_theme.font(Type.CAPTION))
        painter.setPen(QColor(current_theme.colours.text_faint))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, right)
        right_width = painter.fontMetrics().horizontalAdvance(right) + 14 if right else 0
        painter.setFont(current_theme.font())
        painter.setPen(QColor(current_theme.colours.text))
        left = offer.words if offer.is_whole else offer.insert
        room = inner.width() - right_width
        label = painter.fontMetrics().elidedText(left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, middle, label)
        painter.restore()


def _right(offer: Offer) -> str:
    if not offer.is_whole:
        return offer.words
    return "" if offer.number is None else f"{offer.number:,}".replace(",", "\u202f")
