"""The one layer that shows text: always plain, always cleaned, never markup from a log.

Qt guesses markup in labels, message boxes and tips, and opens the pictures it names; nobody else
in the window may use those classes.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPlainTextEdit, QSizePolicy, QWidget

from ledger.core.text_safety import MOST_LINES, clean, shortened
from ledger.ui import theme
from ledger.ui.theme import Type

TIP_WIDTH = 360
HIDING = frozenset(
    (
        QEvent.Type.Leave,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.KeyPress,
        QEvent.Type.Wheel,
        QEvent.Type.Hide,
        QEvent.Type.WindowDeactivate,
    )
)


class PlainLabel(QLabel):
    """A piece of text in one step of the type scale and one of the theme's inks."""

    def __init__(
        self,
        text: str = "",
        step: Type = Type.BODY,
        ink: str = "text",
        *,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._step, self._ink, self._elide, self._full = step, ink, elide, ""
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._restyle()
        theme.changed.connect(self._restyle)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text; `&`, `<` and everything else stand for themselves."""
        self._full = clean(text)
        self._show()

    def full_text(self) -> str:
        """Return the text before it was cut to the width there is."""
        return self._full

    def set_ink(self, ink: str) -> None:
        """Use another of the theme's colours, by its name in `Palette`, or a `#rrggbb`."""
        self._ink = ink
        self._restyle()

    def selectable(self) -> "PlainLabel":
        """Let the text be selected and copied, by mouse and by keyboard; returns the label."""
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        return self

    def _show(self) -> None:
        text = self._full
        if self._elide:
            text = self.fontMetrics().elidedText(
                text.replace("\n", " "), Qt.TextElideMode.ElideRight, max(0, self.width())
            )
            self.setAccessibleName(self._full)
        if text != self.text():
            super().setText(text)

    def _restyle(self) -> None:
        current_theme = theme.current()
        self.setFont(current_theme.font(self._step))
        ink = self._ink if self._ink.startswith("#") else getattr(current_theme.colours, self._ink)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(ink))
        self.setPalette(palette)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text to the new width where that was asked for."""
        super().resizeEvent(event)
        if self._elide:
            self._show()


class PlainTip(QObject):
    """A tip beside the pointer, or the tips of a view's items, without Qt's guess at markup."""

    def __init__(self, widget: QWidget, text: str = "") -> None:
        super().__init__(widget)
        self.text = text
        self._view = widget if isinstance(widget, QAbstractItemView) else None
        watched = self._view.viewport() if self._view else widget
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show and hide the tip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._text_at(event.pos())
            if text:
                _tip().show_at(event.globalPos(), text)
            else:
                _tip().hide()
            return True
        if event.type() in HIDING and _Tip.shared is not None:
            _Tip.shared.hide()
        return False

    def _text_at(self, position: QPoint) -> str:
        if self._view is None:
            return self.text
        tip_text = self._view.indexAt(position).data(Qt.ItemDataRole.ToolTipRole)
        return str(tip_text) if tip_text else ""


def tip(widget: QWidget, text: str) -> PlainTip:
    """Give a widget its tip, and its description for people who hear the window."""
    if not widget.accessibleDescription():
        widget.setAccessibleDescription(clean(text))
    return PlainTip(widget, text)


class _Tip(PlainLabel):
    """The one window that shows tips."""

    shared: "_Tip | None" = None

    def __init__(self) -> None:
        super().__init__(step=Type.CAPTION, wrap=True)
        self.setObjectName("tip")
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setContentsMargins(8, 6, 8, 6)

    def show_at(self, position: QPoint, text: str) -> None:
        """Show a text near a point of the screen, and wholly on it."""
        self.setText(text[:1000])
        text_width = max(
            self.fontMetrics().horizontalAdvance(line) for line in self.full_text().split("\n")
        )
        self.setFixedWidth(min(TIP_WIDTH, text_width + 26))
        self.adjustSize()
        screen = QGuiApplication.screenAt(position) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = min(position.x() + 8, room.right() - self.width())
        below = position.y() + 20
        y = below if below + self.height() < room.bottom() else position.y() - self.height() - 8
        self.move(max(room.left(), x), max(room.top(), y))
        self.show()


def _tip() -> _Tip:
    if _Tip.shared is None:
        _Tip.shared = _Tip()
    return _Tip.shared


def forget_tips() -> None:
    """Delete the window that shows tips; the program calls it when it ends."""
    if _Tip.shared is not None:
        _Tip.shared.deleteLater()
        _Tip.shared = None


class PlainView(QPlainTextEdit):
    """Long text to read: cleaned, and cut so that no log can keep the window laying it out."""

    def __init__(self, step: Type = Type.MONO, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self._step, self._text, self._lines = step, "", MOST_LINES
        self.left_out = 0  # lines that are not shown
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_text(self, text: str) -> None:
        """Show a text from its beginning."""
        self._text, self._lines = text, MOST_LINES
        self._show()

    def show_more(self) -> None:
        """Show twice as many lines as now."""
        self._lines *= 2
        self._show()

    def _show(self) -> None:
        text, self.left_out = shortened(self._text, self._lines)
        more = f"\n… {self.left_out:,} more lines" if self.left_out else ""
        self.setPlainText(clean(text) + more)

    def _restyle(self) -> None:
        self.setFont(theme.current().font(self._step))
