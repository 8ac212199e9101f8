"""The real window on the demo ledger, at a fixed size, and pictures of what it shows."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ledger.app.crash import CrashHook
from ledger.app.stored import StoredSettings
from ledger.core.trials import Trial
from ledger.flows.demo import build
from ledger.host import documents, paths
from ledger.host.window_state import WindowState
from ledger.metrics.frame import Frame
from ledger.ui import theme
from ledger.ui.launch import Program, application
from ledger.ui.main_window import MainWindow
from tests.pictures.still_clock import NOW, NOW_MS

SIZE = (1260, 820)
RESTING_MS = 250  # a picture that stood still for so long is finished
LONGEST_MS = 60_000
TRIAL_DAYS = 35
LOGS_AGE_S = 5 * 86_400


def lay_out(home: Path) -> None:
    """Make the demo in this home as if its logs were the person's own, with one trial declared."""
    demo = build.make(home / "made", NOW_MS)
    shutil.copytree(home / "made" / "home", home, dirs_exist_ok=True)
    shutil.copy(demo, paths.ledger_path())
    for log in home.rglob("*.json*"):  # its age says when the tool deletes it
        os.utime(log, (NOW.timestamp() - LOGS_AGE_S, NOW.timestamp() - LOGS_AGE_S))
    start = NOW.date() - timedelta(days=TRIAL_DAYS + 14)
    trial = Trial("Write the test first", start, TRIAL_DAYS, start - timedelta(days=2))
    documents.save_trials(paths.ledger_path().with_name(documents.TRIALS_FILE), (trial,))


class Shown:
    """The open window."""

    def __init__(self) -> None:
        app = application()
        app.setCursorFlashTime(0)  # it would be in one picture and not in the next
        theme.load_fonts()
        self.choices = StoredSettings(parent=app)
        self.choices.set("watch", False)
        self.choices.set("look_into_git", False)
        self._program = Program(
            app, self.choices, WindowState(paths.state_dir() / "window.json"), CrashHook(app)
        )
        self._program.open(paths.ledger_path())
        self.window.resize(*SIZE)
        self.until(lambda: self._program._client.ready)

    @property
    def window(self) -> MainWindow:
        """The window of the program."""
        return self._program.window

    @property
    def frame(self) -> Frame:
        """The figures of the ledger."""
        return self._program._client.frame

    def close(self) -> None:
        """End the program."""
        self._program.close()

    def dress(self, theme_name: str) -> None:
        """Show everything light or dark."""
        self.choices.set("theme", theme_name)

    def page(self, name: str) -> QWidget:
        """Go to a page and return it when it has come to rest."""
        self.window.show_page(name)
        self.rest()
        return self.window.pages.page(name)

    def rest(self) -> QImage:
        """Wait until the window stands still and return what it looks like."""
        grabs: list[QImage] = []

        def still() -> bool:
            grabs.append(self.window.grab().toImage())
            return len(grabs) > 2 and grabs[-1] == grabs[-2] == grabs.pop(0)

        self.until(still, RESTING_MS)
        return grabs[-1]

    def until(self, holds: Callable[[], bool], every_ms: int = 5) -> None:
        """Let the program run until something holds."""
        loop, asking, end = QEventLoop(), QTimer(interval=every_ms), QTimer(singleShot=True)
        reached: list[bool] = []
        asking.timeout.connect(lambda: (reached.append(True), loop.quit()) if holds() else None)
        end.timeout.connect(loop.quit)
        asking.start()
        end.start(LONGEST_MS)
        loop.exec()
        asking.stop()
        end.stop()
        if not reached:
            raise TimeoutError("the window did not come to rest")
