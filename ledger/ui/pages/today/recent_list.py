"""The newest interactions in a few lines; Enter or a click opens one."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ledger.core.rows import InteractionRow
from ledger.core.text_safety import one_line
from ledger.core.vocabulary import Tool
from ledger.ui import formatting, theme
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import pressed_by
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.tag_pill import TagPill

ROW = 40
TIME_WIDTH = 104
TOOL_WIDTH = 96
PROJECT_WIDTH = 120


class RecentList(QWidget):
    """Shows rows from top to bottom.

    Signals:
        opened(object): the person wants to see this interaction.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[RecentLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_rows(self, rows: Sequence[InteractionRow], names: dict[str, str]) -> None:
        """Show interactions; `names` gives project keys their short names."""
        while len(self.lines) < len(rows):
            line = RecentLine()
            line.clicked.connect(lambda _checked=False, line=line: self._on_clicked(line))
            self.lines.append(line)
            self._column.addWidget(line)
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(rows))
            if number < len(rows):
                line.show_row(rows[number], names.get(rows[number].project, ""))

    def show_prompts(self, prompts: dict[int, str]) -> None:
        """Fill in what was asked, once it was read from the logs."""
        for line in self.lines:
            if line.identity in prompts:
                line.show_prompt(prompts[line.identity])

    def _on_clicked(self, line: "RecentLine") -> None:
        if line.identity is not None:
            self.opened.emit(line.identity)


class RecentLine(QPushButton):
    """One interaction: when, with which tool, where, what was asked, what became of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.identity: int | None = None
        self.setProperty("kind", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._when = PlainLabel("", Type.BODY, "text_faint")
        self._tool = PlainLabel("", Type.BODY, "text_soft", elide=True)
        self._project = PlainLabel("", Type.BODY, "text_soft", elide=True)
        self.prompt = PlainLabel("", Type.BODY, "text", elide=True)
        self._tag = TagPill()
        self._widths: dict[PlainLabel, int] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(12)
        for label, width in (
            (self._when, TIME_WIDTH), (self._tool, TOOL_WIDTH), (self._project, PROJECT_WIDTH)
        ):  # fmt: skip
            self._widths[label] = width
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            row.addWidget(label)
        row.addWidget(self.prompt, 1)
        row.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignVCenter)
        self._restyle()
        theme.changed.connect(self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter open it too."""
        if not pressed_by(self, event):
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        size = theme.current().text_size
        for label, width in self._widths.items():
            label.setFixedWidth(round(width * size))
        self.setMinimumHeight(round(ROW * size))

    def show_row(self, row: InteractionRow, project: str) -> None:
        """Show an interaction; what was asked may come later."""
        if row.id != self.identity:
            self.prompt.setText("")
        self.identity = row.id
        self._when.setText(formatting.short_moment(row.time_ms, time.time()))
        self._tool.setText(Tool(row.tool).full_name)
        self._project.setText(one_line(project, 80))
        self._tag.show_tag(row.tag)
        tag = row.tag.title if row.tag else "untagged"
        self.setAccessibleName(f"{Tool(row.tool).full_name}, {one_line(project, 80)}, {tag}")

    def show_prompt(self, prompt: str) -> None:
        """Show what was asked, on one line."""
        self.prompt.setText(one_line(prompt, 200))

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(400, round(ROW * theme.current().text_size))
