"""One step of a walk-through: its number, what to do, what to send to whom."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ledger.core.errors import LedgerError
from ledger.ui import theme
from ledger.ui.colours import qcolour
from ledger.ui.icons import pixmap
from ledger.ui.pages.compare.refusal import Refusal
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card

BADGE = 26


class Badge(QWidget):
    """The number of a step, or a tick where it is done."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self.done, self.open = number, False, True
        self.setFixedSize(BADGE, BADGE)
        theme.changed.connect(self._restyle)

    def _restyle(self, _theme: object) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a disc with the number or the tick."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = colours.kept_soft if self.done else colours.accent if self.open else colours.hover
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolour(ground))
        painter.drawEllipse(QRectF(0.5, 0.5, BADGE - 1, BADGE - 1))
        if self.done:
            painter.drawPixmap(5, 5, pixmap("check", "kept_ink", 16, self.devicePixelRatioF()))
        else:
            painter.setPen(qcolour(colours.on_accent if self.open else colours.text_faint))
            painter.setFont(theme.current().font(Type.STRONG))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


class StepCard(Card):
    """Add what is done in this step to `body`."""

    def __init__(
        self, number: int, title: str, sentence: str, send: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._number, self._title = number, title
        self.badge = Badge(number)
        self.state = PlainLabel("", Type.CAPTION, "text_soft")
        self.refusal = Refusal()
        self.confirmation = PlainLabel("", ink="kept_ink", wrap=True)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, 4, 0, 0)
        self.body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, Type.HEADING), 1)
        head.addWidget(self.state)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(PlainLabel(sentence, ink="text_soft", wrap=True))
        column.addWidget(self.inside)
        self.send = PlainLabel(f"Send {send}" if send else "", Type.STRONG, wrap=True)
        self.send.setVisible(bool(send))
        column.addWidget(self.send)
        column.addWidget(self.refusal)
        column.addWidget(self.confirmation)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.column.addLayout(row)
        self.confirmation.hide()
        self.show_state("", done=False, is_open=True)

    def show_state(self, state: str, *, done: bool, is_open: bool) -> None:
        """Say how far this step is; one whose turn has not come is only a title and a sentence."""
        self.badge.done, self.badge.open = done, is_open
        self.badge.update()
        self.state.setText(state)
        self.inside.setVisible(is_open)
        self.send.setVisible(is_open and bool(self.send.full_text()))
        how = "done" if done else "to do" if is_open else "later"
        self.setAccessibleName(f"Step {self._number}, {self._title}, {state or how}")

    def refuse(self, problem: LedgerError) -> None:
        """Say why this step was not taken."""
        self.confirmation.hide()
        self.refusal.show_reason(problem)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self.refusal.hide()
        self.confirmation.setText(sentence)
        self.confirmation.show()

    def clear_message(self) -> None:
        """Take back what was said."""
        self.refusal.hide()
        self.confirmation.hide()
