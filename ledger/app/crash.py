"""Bugs: every road an exception can leave by ends here, in a report without anybody's text."""

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from ledger import __version__
from ledger.host.logs import safe_trace

log = logging.getLogger(__name__)
MOST_FRAMES = 40


class CrashHook(QObject):
    """Catches what nobody caught.

    Signals:
        crashed(str): a report to show; always on the main thread.
    """

    crashed = Signal(str)
    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: Any = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._qt_before: Any = None
        self._caught.connect(self.crashed, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's and Qt's own ways to report."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._report(args.exc_value)
        sys.unraisablehook = lambda args: self._report(args.exc_value)
        self._qt_before = qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Give everything back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(self._qt_before)

    def report(self, error: BaseException) -> None:
        """Report a bug that a thread's last line of defence has caught."""
        self._report(error)

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._report(error)

    def _report(self, error: BaseException | None) -> None:
        if error is None:
            return
        message = f"a bug: {safe_trace(error)}"
        log.error(message)  # whole: a message's arguments are cut
        self._caught.emit(report_of(error))


def report_of(error: BaseException) -> str:
    """Return what is needed to find a bug: kinds and places, never what an exception says.

    The message of an exception may quote the text that caused it, and so may a line of its source.
    """
    lines = [
        f"Signal Ledger {__version__}, Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]
    visited: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in visited:
        visited.add(id(link))
        lines += ["", type(link).__qualname__, *_places(link)]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines)


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    return [f"  {_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _module(path: str) -> str:
    """Return a file's place inside the program: a full path would name the person."""
    parts = path.replace("\\", "/").split("/")
    for root in ("ledger", "site-packages"):
        if root in parts:
            return "/".join(parts[parts.index(root) :])
    return parts[-1]


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str | Any) -> None:
    """Log that Qt complained and where; its message may quote a text, so only its start is kept."""
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    category = context.category or "default"
    log.log(level, "Qt %s: %s", category, str(message).partition(":")[0][:80])
