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
        self._find = Button("Find", "quiet", "command", key=key_of("palette"))
        self._find.setAccessibleName("Find a page, a command or a filter")
        self._undo = IconButton("undo", "Undo", key_of("undo"))
        self._redo = IconButton("redo", "Redo", key_of("redo"))
        self._find.clicked.connect(self.palette_wanted)
        self._undo.clicked.connect(self.undo_wanted)
        self._redo.clicked.connect(self.redo_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 24, 10)
        row.setSpacing(4)
        row.addWidget(self.title, 1)
        row.addWidget(search, 3)
        row.addSpacing(6)
        for widget in (self._find, self._undo, self._redo):
            row.addWidget(widget)
        self.show_undo("", "")

    def show_undo(self, undo_title: str, redo_title: str) -> None:
        """Show what could be undone and redone; "" when there is nothing."""
        for button, name, title in (
            (self._undo, "Undo", undo_title),
            (self._redo, "Redo", redo_title),
        ):
            button.setEnabled(bool(title))
            button.setAccessibleName(f"{name}: {title}" if title else name)
