"""The line above every page: its title, the search, and what is always at hand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ledger.ui.keymap import key_of
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button, IconButton
from ledger.ui.widgets.plain import PlainLabel


class TopBar(QWidget):
    """Title at the left, everything else at the right.

    Signals:
        palette_wanted(): find a page, a command or a filter.
        undo_wanted(): take the newest edit back.
        redo_wanted(): do it again.
    """

    palette_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(step=Type.TITLE)
        self.find_button = Button("Find", "quiet", "command", key=key_of("palette"))
        self.find_button.setAccessibleName("Find a page, a command or a filter")
        self.undo_button = IconButton("undo", "Undo", key_of("undo"))
        self.redo_button = IconButton("redo", "Redo", key_of("redo"))
        self.find_button.clicked.connect(self.palette_wanted)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.redo_button.clicked.connect(self.redo_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 24, 10)
        row.setSpacing(4)
        row.addWidget(self.title, 1)
        row.addWidget(search, 3)
        row.addSpacing(6)
        for widget in (self.find_button, self.undo_button, self.redo_button):
            row.addWidget(widget)
        self.show_undo("", "")

    def show_undo(self, undo_title: str, redo_title: str) -> None:
        """Show what could be undone and redone; "" when there is nothing."""
        for button, name, title in (
            (self.undo_button, "Undo", undo_title),
            (self.redo_button, "Redo", redo_title),
        ):
            button.setEnabled(bool(title))
            button.setAccessibleName(f"{name}: {title}" if title else name)
