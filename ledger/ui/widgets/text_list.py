"""A short list of texts, such as folders: type one and press Enter, or take one away again."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel

WIDTH = 280
NOT_TAKEN = "This is no folder with its whole path."


class TextList(QWidget):
    """Everything works by keyboard: Tab goes through field, button and list.

    `shape` is a regular expression that a whole text must match; `ask` opens a dialog and returns
    a text, "" when the person changed their mind.

    Signals:
        chosen(tuple[str, ...]): the list as it is now.
    """

    chosen = Signal(object)

    def __init__(
        self,
        values: Sequence[str],
        shape: str,
        ask: Callable[[QWidget], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.values = tuple(values)
        self._shape = re.compile(shape)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type a folder and press Enter")
        self.field.setAccessibleName("Add a folder")
        self.field.setMinimumWidth(WIDTH)
        self.field.returnPressed.connect(lambda: self._add(self.field.text()))
        self.browse = Button("Choose …")
        self.browse.clicked.connect(lambda: self._add(ask(self)))
        self.problem = PlainLabel("", Type.CAPTION, "danger", wrap=True)
        self.problem.hide()
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.browse)
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(row)
        self._column.addWidget(self.problem)
        self._show_all()

    def _add(self, typed: str) -> None:
        text = typed.strip()
        fits = self._shape.fullmatch(text) is not None
        self.problem.setText("" if fits or not text else NOT_TAKEN)
        self.problem.setVisible(bool(text) and not fits)
        if not fits:
            return
        self.field.clear()
        if text not in self.values:
            self._choose((*self.values, text))

    def _remove(self, text: str) -> None:
        self._choose(tuple(value for value in self.values if value != text))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, values: tuple[str, ...]) -> None:
        self.values = values
        self._show_all()
        self.chosen.emit(values)

    def _show_all(self) -> None:
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        self._rows = [self._row(value) for value in self.values]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, text: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(PlainLabel(text, wrap=True).selectable(), 1)
        button = Button("Remove", "link")
        button.setAccessibleName(f"Remove {text}")
        button.clicked.connect(partial(self._remove, text))
        line.addWidget(button)
        return row
