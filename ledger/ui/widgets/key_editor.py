"""Chooses a person's own keys, and refuses two commands for one key in one place."""

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ledger.ui.keymap import KEYMAP, USUAL, Where, clashes
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel


class KeyEditor(QDialog):
    """One field per command; `own` holds only what differs from the usual keys."""

    def __init__(self, own: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.resize(520, 560)
        self.fields: dict[str, QKeySequenceEdit] = {}
        self.problem = PlainLabel(ink="danger", wrap=True)
        self.save_button = Button("Save", "primary")
        self.save_button.clicked.connect(self.accept)
        usual = Button("Back to the usual keys", "quiet")
        usual.clicked.connect(lambda: self._fill({}))
        foot = QHBoxLayout()
        foot.addWidget(usual)
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self._table())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.addWidget(PlainLabel("Keys", Type.TITLE))
        column.addWidget(area, 1)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self._fill(own)

    def own(self) -> dict[str, str]:
        """Return the commands whose key is not the usual one, with their keys."""
        sequences = {command: field.keySequence() for command, field in self.fields.items()}
        return {
            command: keys.toString()
            for command, keys in sequences.items()
            if not keys.isEmpty() and keys != QKeySequence(USUAL[command])
        }

    def _table(self) -> QWidget:
        table = QWidget()
        table.setObjectName("canvas")
        grid = QGridLayout(table)
        grid.setVerticalSpacing(6)
        line = 0
        for where in Where:
            grid.addWidget(PlainLabel(where.value, Type.STRONG), line, 0)
            line += 1
            for row in KEYMAP:
                if row.where is not where or row.command in self.fields:
                    continue
                field = QKeySequenceEdit()
                field.setMaximumSequenceLength(1)
                field.setAccessibleName(row.label)
                field.keySequenceChanged.connect(lambda _keys: self._judge())
                self.fields[row.command] = field
                grid.addWidget(PlainLabel(row.label, ink="text_soft"), line, 0)
                grid.addWidget(field, line, 1)
                line += 1
        grid.setColumnStretch(0, 1)
        return table

    def _fill(self, own: Mapping[str, str]) -> None:
        for command, field in self.fields.items():
            field.setKeySequence(QKeySequence(own.get(command) or USUAL[command]))
        self._judge()

    def _judge(self) -> None:
        double = clashes(self.own())
        problem = ""
        if double:
            key, command, other = double[0]
            titles = {row.command: row.label for row in KEYMAP}
            problem = f"{key} would mean both “{titles[command]}” and “{titles[other]}”."
        self.problem.setText(problem)
        self.save_button.setEnabled(not double)
