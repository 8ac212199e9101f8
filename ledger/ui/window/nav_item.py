"""One line of the sidebar: an icon, words and what waits there; the arrow keys go to the next."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ledger.ui import theme
from ledger.ui.icons import pixmap
from ledger.ui.keymap import key_of
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import tip

WIDTH = 204  # at text size 100 %
ICON = 18
EDGE = 10
REASON = Qt.FocusReason
BY_KEY = (REASON.TabFocusReason, REASON.BacktabFocusReason, REASON.ShortcutFocusReason)


class NavItem(QAbstractButton):
    """A line that can be chosen; the arrow keys go to its neighbours."""

    room = 20  # pixels above and below the words together

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._title, self._count, self._ring = name, title, 0, False
        self.setText(title.replace("&", "&&"))  # an ampersand in it is no shortcut
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tip(self, f"{title}  {key_of(f'page.{name}')}")
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_count(self, count: int, spoken: str) -> None:
        """Show how much waits here; `words` says it for people who hear the window."""
        self._count = count
        self.setAccessibleName(f"{self._title}, {spoken}" if count and spoken else self._title)
        self.update()

    def _restyle(self) -> None:
        self.setFont(theme.current().font(weight=500))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 24, theme.current().pixels() + self.room)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring only to people who came by keyboard."""
        self._ring = event.reason() in BY_KEY
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the neighbour with the arrow keys."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        parent = self.parentWidget()
        if step is None or parent is None:
            super().keyPressEvent(event)
            return
        items = parent.findChildren(type(self))
        next_one = items[(items.index(self) + step) % len(items)]
        next_one.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the icon, the words and the count."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = self.rect().adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(colours.pressed if self.isChecked() else colours.hover))
            painter.drawRoundedRect(ground, 6, 6)
        if self.hasFocus() and self._ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colours.focus))
            painter.drawRoundedRect(ground, 6, 6)
        ink = "text" if self.isChecked() else "text_soft"
        picture = pixmap(
            self._name, "accent" if self.isChecked() else ink, ICON, self.devicePixelRatioF()
        )
        painter.drawPixmap(QPoint(EDGE, (self.height() - ICON) // 2), picture)
        painter.setPen(QColor(getattr(colours, ink)))
        middle = Qt.AlignmentFlag.AlignVCenter
        left = EDGE * 2 + ICON
        text_area = QRect(left, 0, self.width() - left - EDGE, self.height())
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            text_area,
            middle,
            painter.fontMetrics().elidedText(self._title, elide, text_area.width()),
        )
        if self._count:
            painter.setFont(theme.current().font(Type.CAPTION))
            painter.setPen(QColor(colours.text_faint))
            right = self.rect().adjusted(0, 0, -EDGE, 0)
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, short_count(self._count))
        painter.end()


def short_count(count: int) -> str:
    """Return a count in at most four characters."""
    if count < 1_000:
        return str(count)
    if count < 10_000:
        return f"{count / 1000:.1f}k"
    return f"{count // 1000}k" if count < 1_000_000 else f"{count // 1_000_000}M"
