"""The icon beside the clock: open, quick log, quit; only where the desktop has a place for it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ledger.ui.icons import app_icon
from ledger.ui.keymap import key_of

REASON = QSystemTrayIcon.ActivationReason


class Tray(QObject):
    """Shows no figures and no texts: a tray is seen by whoever passes.

    Signals:
        open_wanted(): show the window.
        quick_log_wanted(): log something by hand.
        quit_wanted(): end the program.
    """

    open_wanted = Signal()
    quick_log_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._menu = QMenu()
        for label, signal in (
            ("Open Signal Ledger", self.open_wanted),
            (f"Quick log …\t{key_of('quick_log')}", self.quick_log_wanted),
            ("Quit", self.quit_wanted),
        ):
            action = QAction(label, self._menu)
            action.triggered.connect(signal)
            self._menu.addAction(action)

    def show(self, is_wanted: bool) -> bool:
        """Show or hide the icon; whether it is there now."""
        there = is_wanted and QSystemTrayIcon.isSystemTrayAvailable()
        if there and self._icon is None:
            self._icon = QSystemTrayIcon(app_icon(), self)
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._on_activated)
        if self._icon is not None:
            self._icon.setVisible(there)
        return there

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (REASON.Trigger, REASON.DoubleClick):
            self.open_wanted.emit()
