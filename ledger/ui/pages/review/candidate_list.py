"""Work that was kept, to write about: what is still there after 30 days first; Enter takes one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ledger.core.formatting import percent
from ledger.core.text_safety import one_line
from ledger.core.vocabulary import TOOL_TITLES, Tool
from ledger.flows.review.candidates import Candidate
from ledger.ui import theme
from ledger.ui.actions import Keys
from ledger.ui.keymap import Where
from ledger.ui.theme import Type

SHOWN_ROWS = 4
UNREAD = "…"
CandidateRole = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex


class CandidateList(QListWidget):
    """Two lines each: what was asked, and what speaks for it.

    Signals:
        taken(int): write about this interaction.
        opened(int): show this interaction.
    """

    taken = Signal(object)  # a 63-bit id, too large for Qt's int
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Work you could write about")
        self.setItemDelegate(_TwoLines(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._candidates: tuple[Candidate, ...] = ()
        self._keys = Keys(
            self, Where.CANDIDATES, {"claim.write": self._take, "item.open": self._open}
        )
        self.itemDoubleClicked.connect(lambda _item: self._take())
        theme.changed.connect(self._restyle)
        self._restyle()

    def use(self, own: Mapping[str, str]) -> None:
        """Act on these keys from now on."""
        self._keys.use(own)

    def show_candidates(self, candidates: Sequence[Candidate]) -> bool:
        """Show what could be written about; return whether it is other than before."""
        if tuple(candidates) == self._candidates:
            return False
        self._candidates = tuple(candidates)
        self.clear()
        for candidate in candidates:
            item = QListWidgetItem(self)
            item.setData(CandidateRole, candidate)
            self._tell(item, UNREAD)
        if candidates:
            self.setCurrentRow(0)
        return True

    def show_prompts(self, prompts: Mapping[int, str]) -> None:
        """Fill in what was asked, once it was read from the logs."""
        for row in range(self.count()):
            item = self.item(row)
            candidate: Candidate = item.data(CandidateRole)
            if candidate.interaction in prompts:
                self._tell(item, prompts[candidate.interaction])

    def _tell(self, item: QListWidgetItem, prompt: str) -> None:
        text = one_line(prompt, 200)
        item.setText(text)
        spoken = f"{text}, {speaks_for(item.data(CandidateRole))}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def selected(self) -> Candidate | None:
        """Return the one that the keys act on."""
        item = self.currentItem()
        return item.data(CandidateRole) if item else None

    def _take(self) -> None:
        if (candidate := self.selected()) is not None:
            self.taken.emit(candidate.interaction)

    def _open(self) -> None:
        if (candidate := self.selected()) is not None:
            self.opened.emit(candidate.interaction)

    def _restyle(self) -> None:
        self.setFont(theme.current().font())
        height = _row_height()
        self.setFixedHeight(SHOWN_ROWS * height + 4)
        self.doItemsLayout()


def speaks_for(candidate: Candidate) -> str:
    """Say why it is offered, then when, with which tool and how large: the end may be cut."""
    week = f"week of {candidate.week.day} {candidate.week:%b}"
    tool = TOOL_TITLES[Tool(candidate.tool)]
    return f"{candidate.why} · {week} · {tool} · {percent(candidate.tokens)} of tokens"


def _row_height() -> int:
    return round(theme.current().pixels() * 3.6)


class _TwoLines(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(100, _row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw what was asked over what speaks for it."""
        current_theme, rect = theme.current(), option.rect
        view = self.parent()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(current_theme.colours.accent_soft))
            if isinstance(view, QWidget) and view.hasFocus():
                painter.fillRect(
                    rect.adjusted(0, 0, 3 - rect.width(), 0), current_theme.colours.focus
                )
        candidate: Candidate = index.data(CandidateRole)
        half = rect.height() // 2
        upper = QRect(rect.x() + 12, rect.y() + 4, rect.width() - 20, half - 4)
        lower = QRect(rect.x() + 12, rect.y() + half, rect.width() - 20, half - 4)
        _line(painter, upper, str(index.data()), Type.BODY, "text")
        ink = "kept_ink" if candidate.proven else "text_soft"
        _line(painter, lower, speaks_for(candidate), Type.CAPTION, ink)
        painter.restore()


def _line(painter: QPainter, rect: QRect, text: str, step: Type, ink: str) -> None:
    current_theme = theme.current()
    painter.setFont(current_theme.font(step))
    painter.setPen(QColor(getattr(current_theme.colours, ink)))
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
