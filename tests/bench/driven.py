"""The real window, driven: what a person waits for, in milliseconds."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ledger.app.crash import CrashHook
from ledger.app.stored import StoredSettings
from ledger.core.edits import set_tags
from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Tag
from ledger.host import paths
from ledger.host.window_state import WindowState
from ledger.ui import theme
from ledger.ui.keymap import QUESTIONS
from ledger.ui.launch import Program, application

TIMES = 9
CURVES = 11  # lines of the first chart, an area being two


class Painted(QObject):
    """Counts the paints of a widget and of everything inside it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.count = 0
        self.first_s = 0.0  # when the first of them came, by `time.perf_counter`
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count the paints and let them happen."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            mine = watched is self._widget or self._widget.isAncestorOf(watched)
            if mine and not self.count:
                self.first_s = time.perf_counter()
            self.count += mine
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
        app, StoredSettings(parent=app), WindowState(Path(paths.state_dir()) / "w.json"), hook
    )
    program.open(paths.ledger_path())
    window, client = program.window, program._client
    painted = Painted(window.centralWidget())
    until(lambda: painted.count > 0)
    # What the program begins after its first paint may end before this loop comes to look.
    figures = {"first_ms": since_start_ms() - (time.perf_counter() - painted.first_s) * 1e3}
    until(lambda: client.ready)
    until(lambda: not len(client.frame) or painted.count > 1)
    figures["figures_ms"] = since_start_ms()
    window.show_page("charts")
    page = window.pages.currentWidget()
    until(lambda: _is_drawn(page))
    figures["charts_ms"] = since_start_ms()
    figures |= _filters(window, client, page)
    figures |= _tags(client, page)
    figures |= _pans(page)
    figures |= _questions(window, page)
    window.show_page("ledger")
    until(lambda: window.pages.currentWidget().isVisible())
    figures |= _sorts(window)
    figures["resident_mb"] = resident_mb()
    started = time.perf_counter()
    program.close()
    figures["close_ms"] = (time.perf_counter() - started) * 1e3
    return figures


def _is_drawn(page: QWidget) -> bool:
    """Whether every chart of the page shows what it should."""
    return page.scheduler.is_idle()


def _filters(window: QWidget, client: QObject, page: QWidget) -> dict[str, float]:
    """Change the filter; the first chart and the whole question are waited for."""
    window._filter_model.set(ANY)  # the window remembers the filter of the run before
    page.ask("changing")
    until(lambda: _is_drawn(page))
    first = Painted(page.question("changing").ratio)
    shown, whole_ms, select_ms = [], [], []
    for number in range(TIMES):
        filter_ = Filter(tools=frozenset({"codex"})) if number % 2 == 0 else ANY
        started = time.perf_counter()
        client.frame.select(filter_)
        select_ms.append((time.perf_counter() - started) * 1e3)
        before, started = first.count, time.perf_counter()
        window._filter_model.set(filter_)
        until(lambda earlier=before: first.count > earlier)
        shown.append((time.perf_counter() - started) * 1e3)
        until(lambda: _is_drawn(page))
        whole_ms.append((time.perf_counter() - started) * 1e3)
    return {
        "filter_ms": statistics.median(shown),
        "filter_all_ms": statistics.median(whole_ms),
        "asked_ms": statistics.median(select_ms),
    }


def _questions(window: QWidget, page: QWidget) -> dict[str, float]:
    """Ask every question for the first time, then again under another filter: until painted."""
    figures = {}
    for key, _ in QUESTIONS:
        window._filter_model.set(ANY)
        page.ask(key)
        until(lambda: _is_drawn(page))
        painted, durations_ms = Painted(page.question(key).panels[0]), []
        for number in range(4):
            filter_ = Filter(tools=frozenset({"codex"})) if number % 2 == 0 else ANY
            before, started = painted.count, time.perf_counter()
            window._filter_model.set(filter_)
            # Where nothing is declared nothing is painted: then drawing has ended.
            until(
                lambda earlier=before, watched=painted: watched.count > earlier or _is_drawn(page)
            )
            durations_ms.append((time.perf_counter() - started) * 1e3)
            until(lambda: _is_drawn(page))
        figures[f"ask_{key}_ms"] = statistics.median(durations_ms)
        figures[f"whole_{key}_ms"] = (time.perf_counter() - started) * 1e3
    return figures


def _tags(client: QObject, page: QWidget) -> dict[str, float]:
    """Tag one interaction after the other; each tag is another than before, so figures move."""
    saved, shown = [], []
    first = Painted(page.question("changing").ratio)
    for number in range(TIMES):
        place = len(client.frame) - 1 - number
        identity, before_tag = int(client.frame.id[place]), int(client.frame.tag[place])
        tag = Tag.KEPT if before_tag != Tag.KEPT else Tag.EDITED
        saved_at: list[float] = []

        def note(_title: str, saved_at: list[float] = saved_at) -> None:
            saved_at.append(
                time.perf_counter()
            )  # this loop may come to look after the chart is drawn

        client.saved.connect(note)
        before, started = first.count, time.perf_counter()
        client.do(set_tags(((identity, tag),)))
        until(lambda saved_at=saved_at: bool(saved_at))
        saved.append((saved_at[0] - started) * 1e3)
        # Where the tag changes no figure, nothing is painted: then drawing has ended.
        until(lambda earlier=before: first.count > earlier or _is_drawn(page))
        shown.append((time.perf_counter() - started) * 1e3)
        until(lambda: _is_drawn(page))
        client.saved.disconnect(note)
    return {"tag_saved_ms": statistics.median(saved), "tag_shown_ms": statistics.median(shown)}


def _pans(page: QWidget) -> dict[str, float]:
    """Pan and zoom the first chart, and a bare curve of as many points in a plot as large."""
    import numpy as np
    import pyqtgraph as pg

    chart = page.question("changing").ratio_chart
    until(lambda: _is_drawn(page))
    days = max(2, chart.points())
    bare = pg.PlotWidget()
    bare.resize(chart.plot.size())
    bare.plot(np.arange(days * CURVES), np.random.default_rng(1).random(days * CURVES))
    bare.show()
    until(bare.isVisible)
    ours = _moved(chart._top.vb, chart.plot.viewport())
    plain = _moved(bare.getPlotItem().vb, bare.viewport())
    bare.close()
    return {"pan_ms": ours, "bare_pan_ms": plain}


def _moved(box: object, viewport: QWidget) -> float:
    durations_ms = []
    for number in range(40):
        started = time.perf_counter()
        box.translateBy(x=5 if number % 2 else -5)
        box.scaleBy(x=0.99 if number % 2 else 1 / 0.99)
        viewport.repaint()
        durations_ms.append((time.perf_counter() - started) * 1e3)
    return statistics.median(durations_ms)


def _sorts(window: QWidget) -> dict[str, float]:
    from ledger.app.interactions_model import Column

    page = window.pages.currentWidget()
    table = Painted(page.table.viewport())
    durations_ms = []
    for _ in range(3):
        before, started = table.count, time.perf_counter()
        page._on_heading(Column.COST)
        until(lambda earlier=before: table.count > earlier)
        durations_ms.append((time.perf_counter() - started) * 1e3)
    return {"sort_ms": statistics.median(durations_ms)}
