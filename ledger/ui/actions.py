"""Turns rows of the keymap into actions on a widget."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ledger.ui.keymap import Where, rows_at

Handlers = Mapping[str, Callable[[], object]]

# On a button inside a card these keys press the button, so the card must have the focus itself.
PRESSES = frozenset(("Space", "Return", "Enter", "Backspace", "Delete"))


def bind(
    widget: QWidget, where: Where, handlers: Handlers, own: Mapping[str, str] | None = None
) -> dict[str, QAction]:
    """Give the widget the keys of a place; commands without a handler get none.

    Raises KeyError for a handler whose command the keymap does not know at that place.
    """
    table = {row.command: row for row in rows_at(where, own)}
    actions = {}
    for command, handler in handlers.items():
        row = table[command]
        action = QAction(row.words, widget)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setShortcutContext(_context(where, row.keys[0]))
        action.setAutoRepeat(command in ("item.next", "item.previous"))
        action.triggered.connect(lambda _checked=False, act=handler: act())
        widget.addAction(action)
        actions[command] = action
    return actions


class Keys:
    """The keys of one place on one widget, usual ones until `use` says otherwise."""

    def __init__(self, widget: QWidget, where: Where, handlers: Handlers) -> None:
        self._widget, self._where, self._handlers = widget, where, handlers
        self.actions = bind(widget, where, handlers)

    def use(self, own: Mapping[str, str]) -> None:
        """Take a person's own keys (command to key) in place of the usual ones."""
        for action in self.actions.values():
            self._widget.removeAction(action)
            action.deleteLater()
        self.actions = bind(self._widget, self._where, self._handlers, own)


def _context(where: Where, key: str) -> Qt.ShortcutContext:
    if where is Where.ANYWHERE:
        return Qt.ShortcutContext.WindowShortcut
    if key in PRESSES:
        return Qt.ShortcutContext.WidgetShortcut
    return Qt.ShortcutContext.WidgetWithChildrenShortcut
