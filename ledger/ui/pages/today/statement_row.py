"""One sentence about the figures, with the way to its formula."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ledger.flows.insights.headline import Statement
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button, IconButton
from ledger.ui.widgets.plain import PlainLabel

BUTTON = 26


class StatementRow(QWidget):
    """Shows a Statement; hidden while it has none.

    Signals:
        formula_asked(str): show how it is computed; the anchor in docs/measure/.
        shown(Statement): show the rows or the chart behind it.
    """

    formula_asked = Signal(str)
    shown = Signal(object)

    def __init__(
        self, step: Type = Type.BODY, ink: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.statement: Statement | None = None
        self.label = PlainLabel("", step, ink, wrap=True).selectable()
        self.formula_button = IconButton("formula", "How is this computed?")
        self.formula_button.setFixedSize(BUTTON, BUTTON)
        self.formula_button.setStyleSheet("padding: 0; min-height: 0;")
        self.formula_button.clicked.connect(self._on_formula_clicked)
        self.show_button = Button("Show", "link")
        self.show_button.clicked.connect(lambda: self.shown.emit(self.statement))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.formula_button, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, statement: Statement | None) -> None:
        """Show a sentence, or nothing."""
        self.statement = statement
        self.setVisible(statement is not None)
        if statement is not None:
            self.label.setText(statement.text)
            self.show_button.setVisible(bool(statement.words or statement.chart))
            self.show_button.setAccessibleName(f"Show what is behind it: {statement.text}")

    def _on_formula_clicked(self) -> None:
        if self.statement is not None:
            self.formula_asked.emit(self.statement.anchor)
