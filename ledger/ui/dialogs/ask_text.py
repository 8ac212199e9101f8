"""Asks for one line of text."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel

WIDTH = 420


class AskText(QDialog):
    """A question, a field, and two buttons."""

    def __init__(
        self, parent: QWidget, title: str, question: str, text: str, suggestions: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.field = QLineEdit(text)
        self.field.setAccessibleName(question)
        if suggestions:
            completer = QCompleter(list(suggestions), self.field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.field.setCompleter(completer)
        save, cancel = Button("Save", "primary"), Button("Cancel", "quiet")
        save.setDefault(True)
        save.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(question, wrap=True))
        layout.addWidget(self.field)
        layout.addLayout(buttons)
        self.field.selectAll()


def ask_text(
    parent: QWidget, *, title: str, question: str, text: str = "", suggestions: Sequence[str] = ()
) -> str | None:
    """Return what the person wrote; None when they changed their mind."""
    dialog = AskText(parent, title, question, text, suggestions)
    return dialog.field.text() if dialog.exec() else None
