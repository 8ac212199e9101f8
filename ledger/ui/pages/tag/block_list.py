"""The interactions of one half-hour, a line each; one of them is shown below."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ledger.core.rows import InteractionRow
from ledger.core.text_safety import one_line
from ledger.ui import formatting, theme
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.tag_pill import TagPill

MOST_LINES = 4  # seen at once
LINE = 32
TIME = 44


class BlockList(QScrollArea):
    """Lines from the first to the last.

    Signals:
        chosen(object): the id of the interaction to show; it does not fit into Qt’s int.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The interactions of this half-hour")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ids: tuple[int, ...] = ()
        self._lines: dict[int, _Line] = {}
        self._group = QButtonGroup(self)
        content = QWidget()
        content.setObjectName("bare")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setWidget(content)
        theme.changed.connect(self._fit)

    @property
    def current(self) -> int | None:
        """The interaction that is chosen."""
        return next((i for i, line in self._lines.items() if line.isChecked()), None)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show a line for each; what stands on it comes later."""
        if tuple(ids) == self.ids:
            return
        for line in self._lines.values():
            self._group.removeButton(line)
            line.deleteLater()
        self.ids = tuple(ids)
        self._lines = {identity: _Line() for identity in ids}
        for identity, line in self._lines.items():
            line.clicked.connect(lambda _on=False, key=identity: self.choose(key))
            self._group.addButton(line)
            self._column.addWidget(line)
        self._fit()

    def show_rows(self, rows: Sequence[InteractionRow]) -> None:
        """Fill in what the store says."""
        for row in rows:
            if row.id in self._lines:
                self._lines[row.id].show_row(row)

    def show_prompts(self, prompts: dict[int, str]) -> None:
        """Fill in what was asked, once it was read from the logs."""
        for identity, text in prompts.items():
            if identity in self._lines:
                self._lines[identity].show_prompt(text)

    def choose(self, identity: int) -> None:
        """Choose a line."""
        if identity in self._lines:
            self._lines[identity].setChecked(True)
            self.ensureWidgetVisible(self._lines[identity])
            self.chosen.emit(identity)

    def go(self, step: int) -> None:
        """Choose the next line, or the one before."""
        if self.current is not None:
            at = self.ids.index(self.current) + step
            self.choose(self.ids[max(0, min(at, len(self.ids) - 1))])

    def _fit(self) -> None:
        lines = min(len(self.ids), MOST_LINES)
        self.setFixedHeight(lines * (_height() + self._column.spacing()))


class _Line(QPushButton):
    """When, what was asked, and its tag."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "line")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._when = PlainLabel("", Type.CAPTION, "text_faint")
        self._when.setFixedWidth(round(TIME * theme.current().text_size))
        self._prompt = PlainLabel("", Type.BODY, "text", elide=True)
        self._tag = TagPill()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(10)
        row.addWidget(self._when)
        row.addWidget(self._prompt, 1)
        row.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_height())

    def show_row(self, row: InteractionRow) -> None:
        self._when.setText(formatting.clock(row.time_ms))
        self._tag.show_tag(row.tag)
        self._name()

    def show_prompt(self, prompt: str) -> None:
        self._prompt.setText(one_line(prompt, 200))
        self._name()

    def _name(self) -> None:
        parts = (self._when.full_text(), self._prompt.full_text(), self._tag.full_text())
        self.setAccessibleName(", ".join(filter(None, parts)))

    def sizeHint(self) -> QSize:
        return QSize(300, _height())


def _height() -> int:
    return round(LINE * theme.current().text_size)
