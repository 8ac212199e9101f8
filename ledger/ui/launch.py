"""Builds the objects in order and starts the loop: the only place that knows them all."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ledger import __version__
from ledger.app.crash import CrashHook
from ledger.app.filter_model import FilterModel
from ledger.app.garbage import GarbageCollector
from ledger.app.ledger_client import LedgerClient
from ledger.app.process import EndSignals, SingleInstance
from ledger.app.stored import StoredSettings
from ledger.core.errors import LedgerError
from ledger.host import logs, paths
from ledger.host.clock import now_ms
from ledger.host.settings import Settings
from ledger.host.window_state import WindowState
from ledger.importers.base import Home
from ledger.ui import theme
from ledger.ui.dialogs.box import tell
from ledger.ui.icons import app_icon
from ledger.ui.main_window import MainWindow
from ledger.ui.tray import Tray
from ledger.ui.widgets.plain import forget_tips

ALREADY_RUNS = 0


def launch() -> int:
    """Open the window and return the program's exit code."""
    logs.start()
    app = application()
    garbage = GarbageCollector(app)
    hook = CrashHook(app)
    hook.install()
    ending = EndSignals(app)
    ending.asked.connect(app.exit)
    theme.load_fonts()
    theme.apply(app)
    try:
        single = SingleInstance(paths.data_dir() / "window", app)
        if not single.take():
            single.call_first()
            return ALREADY_RUNS
        program = Program(app, StoredSettings(parent=app), WindowState(), hook)
        program.open(paths.ledger_path())
    except LedgerError as problem:
        tell(None, problem.title, problem.hint)
        return 1
    single.called.connect(program.come_forward)
    code = app.exec()
    program.close()
    single.leave()
    ending.remove()
    hook.remove()
    garbage.stop()
    logs.stop()
    return code


def application() -> QApplication:
    """Make the application with its names and its icon."""
    QCoreApplication.setApplicationName("signal-ledger")
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("signal-ledger")
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("Signal Ledger")
    app.setWindowIcon(app_icon())
    # The window itself says when to end: with a tray icon it may be hidden for hours.
    app.setQuitOnLastWindowClosed(False)
    return app


def local_now() -> datetime:
    """Return the time in the person's zone."""
    return datetime.now().astimezone()


def _demo_home() -> Home:
    from ledger.flows.demo import build  # noqa: PLC0415 - after the first paint

    return build.home(paths.demo_folder())


class Program(QObject):
    """What lives as long as the program, and the one ledger that is open."""

    def __init__(
        self, app: QApplication, choices: StoredSettings, state: WindowState, hook: CrashHook
    ) -> None:
        super().__init__(app)
        self._app, self._choices, self._state, self._hook = app, choices, state, hook
        self._client: LedgerClient | None = None
        self.window: MainWindow | None = None
        self._tray = Tray(self)
        self._tray.open_wanted.connect(self.come_forward)
        self._tray.quick_log_wanted.connect(self._open_quick_log)
        self._tray.quit_wanted.connect(self.quit)
        choices.changed.connect(self._on_settings)
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self._restyle())
        app.commitDataRequest.connect(lambda _manager: self._remember())
        self._restyle()

    def open(self, ledger: Path, *, is_demo: bool = False) -> None:
        """Open a ledger in a window; an open one is closed first."""
        self.close()
        settings = self._choices.value
        home = _demo_home() if is_demo else Home(*paths.home(), settings.log_folders)
        client = LedgerClient(ledger, home, frozenset(settings.sources_off), self)
        client.choose_evidence(settings.kind_rules, settings.look_into_git)
        state = WindowState(ledger.with_suffix(".window.json")) if is_demo else self._state
        window = MainWindow(
            client, FilterModel(client), self._choices, state, local_now, demo=is_demo
        )
        client.crashed.connect(self._hook.report)
        self._hook.crashed.connect(window.show_bug)
        window.quit_requested.connect(self.quit)
        window.demo_requested.connect(self._open_demo)
        window.demo_left.connect(self._leave_demo)
        window.hides_when_closed = self._tray.show(settings.show_tray)
        self._client, self.window = client, window
        window.show()
        # The frame of a large ledger and the pages take their time.
        FirstPaint(window, self._begin)

    def _begin(self) -> None:
        if self._client is None or self.window is None:
            return
        client = self._client
        client.start()
        self.window.show_first_page()
        client.import_now()
        if self._choices.value.watch:
            client.watch()

    def close(self) -> None:
        """Close the window and the ledger, finishing what is queued."""
        if self.window is not None:
            self.window.remember()
            self._hook.crashed.disconnect(self.window.show_bug)
            self.window.hide()
            self.window.deleteLater()
            self.window = None
        if self._client is not None:
            self._client.close()
            self._client.deleteLater()
            self._client = None
        forget_tips()

    def come_forward(self) -> None:
        """Show the window above the others."""
        if self.window is not None:
            self.window.come_forward()

    def quit(self) -> None:
        """End the program."""
        self._app.quit()

    def _remember(self) -> None:
        if self.window is not None:
            self.window.remember()

    def _open_quick_log(self) -> None:
        if self.window is not None:
            self.window.open_quick_log()

    def _open_demo(self) -> None:
        from ledger.flows.demo import build  # noqa: PLC0415 - after the first paint

        if self._client is not None:
            folder, now = paths.demo_folder(), now_ms()
            self._client.read(
                lambda: build.make(folder, now), lambda path: self.open(path, is_demo=True)
            )

    def _leave_demo(self) -> None:
        from ledger.flows.demo import build  # noqa: PLC0415 - after the first paint

        self.open(paths.ledger_path())
        build.remove(paths.demo_folder())

    def _on_settings(self, settings: Settings) -> None:
        self._restyle()
        if self._client is not None and self.window is not None:
            self.window.hides_when_closed = self._tray.show(settings.show_tray)
            self._look_where_chosen(self._client, settings)
            self._client.watch() if settings.watch else self._client.unwatch()
            self._client.choose_evidence(settings.kind_rules, settings.look_into_git)

    def _look_where_chosen(self, client: LedgerClient, settings: Settings) -> None:
        """Look at once where something is on again or was added; a demo looks at its own only."""
        before = client.home, client.off
        client.off = frozenset(settings.sources_off)
        if client.path == paths.ledger_path():
            client.home = client.home._replace(added=settings.log_folders)
        if (client.home, client.off) != before:
            client.import_now()

    def _restyle(self) -> None:
        settings = self._choices.value
        theme.apply(self._app, settings.theme, settings.text_size / 100)


LONGEST_MS = 500  # a window that starts hidden or covered may not be painted for hours


class FirstPaint(QObject):
    """Calls `then` once: after the widget's first paint, or when that does not come."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._then = widget, then
        self._timer = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._timer.timeout.connect(self._call)
        self._timer.start()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            self._timer.start(0)  # when the whole window is painted and on its way to the screen
        return False

    def _call(self) -> None:
        self._widget.removeEventFilter(self)
        self._then()
