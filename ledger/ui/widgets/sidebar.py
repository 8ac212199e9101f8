"""The pages, one below the other, each with its icon, its words and what waits there."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ledger.ui import theme
from ledger.ui.icons import app_icon, pixmap
from ledger.ui.keymap import key_of
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel, tip

WIDTH = 204  # at text size 100 %
ICON = 18
EDGE = 10
REASON = Qt.FocusReason
BY_KEY = (REASON.TabFocusReason, REASON.BacktabFocusReason, REASON.ShortcutFocusReason)


class Sidebar(QFrame):
    """Chooses the page.

    Signals:
        page_chosen(str): the name of a page.
        quick_log_wanted(): the person wants to log something by hand.
        keys_wanted(): the person wants to see the keys.
    """

    page_chosen = Signal(str)
    quick_log_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName("Pages")
        self._group = QButtonGroup(self)
        self._items: dict[str, NavItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 12, 12)
        column.setSpacing(2)
        column.addLayout(self._sign())
        column.addSpacing(16)
        for name, title in pages:
            item = NavItem(name, title, self)
            item.clicked.connect(lambda _checked=False, page=name: self.page_chosen.emit(page))
            self._group.addButton(item)
            self._items[name] = item
            if name == "sources":
                column.addSpacing(14)
            column.addWidget(item)
        column.addStretch(1)
        column.addLayout(self._foot())
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setFixedWidth(round(WIDTH * max(1, (1 + theme.current().text_size) / 2)))

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self._items[name].setChecked(True)

    def show_count(self, name: str, count: int, words: str = "") -> None:
        """Show how much waits on a page; 0 shows nothing."""
        self._items[name].show_count(count, words)

    def _sign(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(9)
        sign = PlainLabel()
        sign.setPixmap(app_icon().pixmap(22, 22))
        row.addWidget(sign)
        row.addWidget(PlainLabel("Signal Ledger", Type.STRONG), 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        log = Button("Quick log", "quiet", "quick-log", f"Log by hand  {key_of('quick_log')}")
        log.clicked.connect(self.quick_log_wanted)
        keys = Button("", "quiet", "keyboard")
        keys.setAccessibleName("Keys")
        tip(keys, f"Keys  {key_of('keys')}")
        keys.clicked.connect(self.keys_wanted)
        row.addWidget(log)
        row.addStretch(1)
        row.addWidget(keys)
        return row


class NavItem(QAbstractButton):
    """One page in the sidebar; the arrow keys go to its neighbours."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._count, self._ring = name, 0, False
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tip(self, f"{title}  {key_of(f'page.{name}')}")
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_count(self, count: int, words: str) -> None:
        """Show how much waits here; `words` says it for people who hear the window."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {words}" if count and words else self.text())
        self.update()

    def _restyle(self) -> None:
        self.setFont(theme.current().font(weight=500))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 24, theme.current().pixels() + 20)

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
        items = parent.findChildren(NavItem)
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
        words = QRect(EDGE * 2 + ICON, 0, self.width(), self.height())
        painter.drawText(words, middle, self.text())
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
