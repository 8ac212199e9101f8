"""One part of the filter: its name while anything will do, else its value and a cross."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from ledger.core.text_safety import one_line
from ledger.ui import theme
from ledger.ui.icons import pixmap
from ledger.ui.widgets.buttons import repolish

LONGEST = 30  # characters of a value; the rest stands in the popup
ICON = 14
EDGE = 10
GAP = 6


class FacetButton(QPushButton):
    """Opens its choices when pressed; its cross, Delete and Backspace take the value away.

    Signals:
        cleared(): the person took the value away.
    """

    cleared = Signal()

    def __init__(self, label: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._icon_name, self._value = label, icon_name, ""
        self.setProperty("kind", "facet")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_value("")
        theme.changed.connect(self._restyle)

    def show_value(self, value: str) -> None:
        """Show what this part of the filter holds; "" when anything will do."""
        self._value = value
        self.setText(one_line(value, LONGEST) if value else self._label)
        self.setAccessibleName(f"{self._label}: {value or 'any'}")
        self.setProperty("set", "true" if value else "false")
        self._restyle()

    def value(self) -> str:
        """Return what is shown, "" when anything will do."""
        return self._value

    def _restyle(self) -> None:
        self.setFont(theme.current().font(weight=500 if self._value else None))
        repolish(self)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text())
        signs = 2 if self._icon_name else 1
        return QSize(text + 2 * EDGE + signs * (ICON + GAP), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _cross(self) -> QRect:
        side = self.height()
        return QRect(self.width() - EDGE - ICON - GAP, 0, ICON + EDGE + GAP, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the value away when the cross was hit."""
        if self._value and self._cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.cleared.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the value away with Delete or Backspace; open with Down or Enter too."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._value:
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame of the style, then icon, words, and arrow or cross."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        colours = theme.colours()
        ink = colours.text if self._value or self.underMouse() else colours.text_soft
        ratio = self.devicePixelRatioF()
        top = (self.height() - ICON) // 2
        accent = "accent" if self._value else "text_faint"
        left = EDGE
        if self._icon_name:
            painter.drawPixmap(QPoint(EDGE, top), pixmap(self._icon_name, accent, ICON, ratio))
            left += ICON + GAP
        end = "close" if self._value else "chevron-down"
        at = QPoint(self.width() - EDGE - ICON + 2, top)
        painter.drawPixmap(at, pixmap(end, "text_faint", ICON, ratio))
        painter.setPen(ink)
        text_area = QRect(left, 0, self.width(), self.height())
        painter.drawText(text_area, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
