"""The real window, driven: what a person waits for, in milliseconds."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

from ledger.app.choices import Choices
from ledger.app.crash import CrashHook
from ledger.core.edits import SetTags
from ledger.core.filters import ANY, Filter
from ledger.core.words import Tag
from ledger.host import paths
from ledger.host.state import WindowState
from ledger.ui import theme
from ledger.ui.launch import Program, application

TIMES = 9


class Painted(QObject):
    """Tells when a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count the paints and let them happen."""
        if event.type() is QEvent.Type.Paint:
            self.count += 1
        return False


def until(holds: Callable[[], bool], limit_s: float = 120) -> None:
    """Let the program run until something holds."""
    loop, clock = QEventLoop(), QTimer(interval=0)
    end = time.monotonic() + limit_s
    clock.timeout.connect(lambda: loop.quit() if holds() or time.monotonic() > end else None)
    clock.start()
    loop.exec()
    clock.stop()
    assert holds(), "the window did not answer in time"


def drive(
    since_start_ms: Callable[[], float], resident_mb: Callable[[], float]
) -> dict[str, float]:
    """Open the window as the program does and return what it took."""
    app = application()
    hook = CrashHook(app)
    theme.load_fonts()
    theme.apply(app)
    program = Program(
        app, Choices(parent=app), WindowState(Path(paths.state_dir()) / "w.json"), hook
    )
    program.open(paths.ledger_path())
    window, session = program.window, program._session
    painted = Painted(window.centralWidget())
    until(lambda: painted.count > 0)
    found = {"first_ms": since_start_ms()}
    until(lambda: session.ready)
    until(lambda: not len(session.frame) or painted.count > 1)
    found["figures_ms"] = since_start_ms()
    window.show_page("charts")
    page = Painted(window.pages.currentWidget())
    until(lambda: page.count > 1)
    found |= _filters(window, session, page)
    found |= _tags(session, page)
    window.show_page("ledger")
    until(lambda: window.pages.currentWidget().isVisible())
    found |= _sorts(window)
    found["resident_mb"] = resident_mb()
    return found


def _filters(window: QWidget, session: QObject, page: Painted) -> dict[str, float]:
    shown, asked = [], []
    for number in range(TIMES):
        chosen = Filter(tools=frozenset({"codex"})) if number % 2 == 0 else ANY
        started = time.perf_counter()
        session.frame.select(chosen)
        asked.append((time.perf_counter() - started) * 1e3)
        before, started = page.count, time.perf_counter()
        window._view.set(chosen)
        until(lambda known=before: page.count > known)
        shown.append((time.perf_counter() - started) * 1e3)
    return {"filter_ms": statistics.median(shown), "asked_ms": statistics.median(asked)}


def _tags(session: QObject, page: Painted) -> dict[str, float]:
    saved, shown = [], []
    for number in range(TIMES):
        identity = int(session.frame.id[-1 - number])
        done: list[str] = []
        session.saved.connect(done.append)
        before, started = page.count, time.perf_counter()
        session.do(SetTags(((identity, Tag.EDITED),)))
        until(lambda: bool(done))
        saved.append((time.perf_counter() - started) * 1e3)
        until(lambda known=before: page.count > known)
        shown.append((time.perf_counter() - started) * 1e3)
        session.saved.disconnect(done.append)
    return {"tag_saved_ms": statistics.median(saved), "tag_shown_ms": statistics.median(shown)}


def _sorts(window: QWidget) -> dict[str, float]:
    from ledger.app.interactions_model import Column

    page = window.pages.currentWidget()
    table = Painted(page.table.viewport())
    taken = []
    for _ in range(3):
        before, started = table.count, time.perf_counter()
        page._on_heading(Column.COST)
        until(lambda known=before: table.count > known)
        taken.append((time.perf_counter() - started) * 1e3)
    return {"sort_ms": statistics.median(taken)}
