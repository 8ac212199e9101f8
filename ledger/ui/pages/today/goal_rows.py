"""The goals on Today: each with how it stands, and the ways to set and remove one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ledger.core.text_safety import one_line
from ledger.flows.insights.goals import GoalStatus
from ledger.flows.insights.headline import Statement
from ledger.ui import theme
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button, IconButton
from ledger.ui.widgets.plain import PlainLabel

NONE = (
    "No goal is set. A goal is a share of what became of your work, such as less than 20\u202f% "
    "thrown away; never an amount of tokens."
)

BUTTON = 26


class GoalRows(QWidget):
    """Shows goals from top to bottom.

    Signals:
        set_wanted(): the person wants to set a goal.
        remove_wanted(int): the person wants this one gone, by its place.
        back_wanted(): the person wants the one back that was removed last.
        shown(object): the person wants to see what this Status is about.
    """

    set_wanted = Signal()
    remove_wanted = Signal(int)
    back_wanted = Signal()
    shown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Goals")
        self.rows: list[GoalRow] = []
        self.digest = PlainLabel(wrap=True)
        self.empty = PlainLabel(NONE, ink="text_soft", wrap=True)
        self.removed = PlainLabel(ink="text_soft", wrap=True)
        self.back_button = Button("Undo", "link")
        self.back_button.clicked.connect(self.back_wanted)
        self.set_button = Button("Set a goal", "link")
        self.set_button.clicked.connect(self.set_wanted)
        back = QHBoxLayout()
        back.setSpacing(8)
        back.addWidget(self.removed, 1)
        back.addWidget(self.back_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().space.s)
        self._column.addWidget(self.digest)
        self._column.addWidget(self.empty)
        self._column.addLayout(back)
        self._column.addWidget(self.set_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_goals((), None)
        self.show_removed("")

    def show_goals(self, goals: Sequence[GoalStatus], digest: Statement | None) -> None:
        """Show how goals stand, and the weekly line when it is its day."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self.rows = [GoalRow(status, self) for status in goals]
        for place, row in enumerate(self.rows):
            self._column.insertWidget(2 + place, row)
            row.remove_button.clicked.connect(
                lambda _checked=False, at=place: self.remove_wanted.emit(at)
            )
            row.show_button.clicked.connect(
                lambda _checked=False, status=row.status: self.shown.emit(status)
            )
        self.empty.setVisible(not goals)
        self.digest.setText(digest.text if digest else "")
        self.digest.setVisible(digest is not None)

    def show_removed(self, title: str) -> None:
        """Say what was removed, with the way back; "" says nothing."""
        self.removed.setText(f"Removed: {title}." if title else "")
        self.removed.setVisible(bool(title))
        self.back_button.setVisible(bool(title))


class GoalRow(QWidget):
    """One goal: its words, how it stands, the way to what it is about."""

    def __init__(self, status: GoalStatus, parent: QWidget) -> None:
        super().__init__(parent)
        self.status = status
        about = f" · {one_line(status.goal.words, 120)}" if status.goal.words else ""
        title = f"{status.goal.title}{about}"
        self.show_button = Button("Show", "link")
        self.show_button.setAccessibleName(f"Show what this goal is about: {title}")
        self.remove_button = IconButton("close", f"Remove this goal: {title}")
        self.remove_button.setFixedSize(BUTTON, BUTTON)
        self.remove_button.setStyleSheet("padding: 0; min-height: 0;")
        text_column = QVBoxLayout()
        text_column.setSpacing(1)
        text_column.addWidget(PlainLabel(title, Type.STRONG, wrap=True))
        text_column.addWidget(PlainLabel(status.text, ink="text_soft", wrap=True).selectable())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(text_column, 1)
        row.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
