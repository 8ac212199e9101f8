"""One window in a process of its own; prints when it was first painted and how fast it answers."""

import json
import os
import sys
import traceback

TICK = os.sysconf("SC_CLK_TCK")


def since_start_ms() -> float:
    """Return how long this process runs; fine to a clock tick (10 ms)."""
    with open("/proc/self/stat") as stat, open("/proc/uptime") as uptime:
        ticks = int(stat.read().rsplit(")", 1)[1].split()[19])
        return (float(uptime.read().split()[0]) - ticks / TICK) * 1000


def resident_mb() -> float:
    """Return the resident memory of this process."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def empty(kind: str) -> dict[str, float]:
    """Open an empty window of Qt, or of pyqtgraph, and end at its first paint."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    painted = {}

    class Central(QWidget):
        def paintEvent(self, event: object) -> None:
            painted.setdefault("first_ms", since_start_ms())
            QTimer.singleShot(0, app.quit)

    app = QApplication([])
    window = QMainWindow()
    window.resize(1200, 800)
    if kind == "plot":
        import pyqtgraph

        class Plot(pyqtgraph.PlotWidget):
            def paintEvent(self, event: object) -> None:
                super().paintEvent(event)
                painted.setdefault("first_ms", since_start_ms())
                QTimer.singleShot(0, app.quit)

        plot = Plot()
        plot.plot([1, 2, 3])
        window.setCentralWidget(plot)
    else:
        window.setCentralWidget(Central())
    window.show()
    app.exec()
    return painted


def main() -> None:
    """Print one line of JSON."""
    kind = sys.argv[1]
    if kind == "ledger":
        from tests.bench.driven import drive

        figures = drive(since_start_ms, resident_mb)
    else:
        figures = empty(kind)
    print(json.dumps(figures))
    sys.stdout.flush()
    os._exit(0)


try:
    main()
except BaseException:  # noqa: BLE001 - it is printed, and the process ended at once
    traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)  # the store's thread would keep a failed process alive
