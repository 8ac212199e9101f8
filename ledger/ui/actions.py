"""Turns rows of the keymap into actions on a widget, whatever script its keyboard writes."""

import sys
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ledger.ui.keymap import Where, rows_at

Handlers = Mapping[str, Callable[[], object]]

# On a button or a text inside a card these keys mean something else there, so the card must have
# the focus itself.
PRESSES = frozenset(("Space", "Return", "Enter", "Backspace", "Delete", "Up", "Down"))

MOVES = frozenset(("item.next", "item.previous", "block.next", "block.previous"))

# Letters of other scripts. Where a keyboard writes Cyrillic, Greek or Hebrew, the key that writes K
# elsewhere still stands in its place; systems number it the same whatever it writes. Layouts that
# have the letter somewhere else keep it there: they never come here.

# X11 and Wayland number keys as evdev does, plus 8; each row goes from left to right.
ROWS = ((24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
EVDEV = {first + at: letter for first, row in ROWS for at, letter in enumerate(row)}
# macOS: kVK_ANSI_A and so on, from HIToolbox/Events.h.
MAC = dict(
    zip(
        (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 31, 32, 34, 35, 37, 38, 40, 45,
         46),
        "ASDFHGZXCVBQWERYTOUIPLJKNM",
        strict=True,
    )
)  # fmt: skip


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
        action = QAction(row.label, widget)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setShortcutContext(_context(where, row.keys[0] if row.keys else ""))
        action.setAutoRepeat(command in MOVES)
        action.triggered.connect(lambda _checked=False, act=handler: act())
        widget.addAction(action)
        actions[command] = action
    return actions


class Keys(QObject):
    """The keys of one place on one widget, usual ones until `use` says otherwise."""

    def __init__(
        self,
        widget: QWidget,
        where: Where,
        handlers: Handlers,
        texts: Sequence[QWidget] = (),
    ) -> None:
        """Bind; in `texts`, which are read only, Space means what it means on the widget."""
        super().__init__(widget)
        self._widget, self._where, self._handlers = widget, where, handlers
        self._texts = texts
        self.actions: dict[str, QAction] = {}
        self.use({})
        widget.installEventFilter(self)

    def use(self, own: Mapping[str, str]) -> None:
        """Take a person's own keys (command to key) in place of the usual ones."""
        for action in self.actions.values():
            self._widget.removeAction(action)
            action.deleteLater()
        self.actions = bind(self._widget, self._where, self._handlers, own)
        space = QKeySequence("Space")
        for action in self.actions.values():
            if space in action.shortcuts():
                for text in self._texts:
                    text.addAction(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on a key of a layout without Latin letters, unless a text field took it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = sequence_of(event)
            for action in self.actions.values() if key else ():
                if QKeySequence(key) in action.shortcuts():
                    action.trigger()
                    return True
        return super().eventFilter(watched, event)


def _context(where: Where, key: str) -> Qt.ShortcutContext:
    if where is Where.ANYWHERE:
        return Qt.ShortcutContext.WindowShortcut
    if key in PRESSES:
        return Qt.ShortcutContext.WidgetShortcut
    return Qt.ShortcutContext.WidgetWithChildrenShortcut


def latin_letter(event: QKeyEvent, platform: str = "") -> str:
    """Return the Latin letter of the key that wrote a letter of another script; else ""."""
    written = event.text()
    if len(written) != 1 or written.isascii() or not written.isalpha():
        return ""
    platform = platform or sys.platform
    if platform == "darwin":
        return MAC.get(event.nativeVirtualKey(), "")
    if platform == "win32":
        code = event.nativeVirtualKey()
        return chr(code) if ord("A") <= code <= ord("Z") else ""
    return EVDEV.get(event.nativeScanCode(), "")


def sequence_of(event: QKeyEvent, platform: str = "") -> str:
    """Return the key as the keymap writes it, "" where it is none of these."""
    letter = latin_letter(event, platform)
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not letter or modifiers & ~Qt.KeyboardModifier.ShiftModifier:
        return ""
    return f"Shift+{letter}" if modifiers & Qt.KeyboardModifier.ShiftModifier else letter
