"""Keeps a page's figures up to date, a piece at a time, and only while somebody looks."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

ROUNDS = 2  # a scene tells its view in one round of the event loop, and that paints in the next
DEBOUNCE_MS = (
    50  # after a drawing began: further news of a burst (an import, tags) is drawn together
)


class DrawScheduler(QObject):
    """Runs a page's drawing; between its pieces the window can answer keys.

    `draw` is a generator function; each `yield` ends a piece. News while it runs waits for its end,
    so that an import that brings news all the time does not keep the last piece from being drawn.
    """

    def __init__(self, page: QWidget, draw: Callable[[], Iterator[None]]) -> None:
        super().__init__(page)
        self._page, self._draw = page, draw
        self._pieces: Iterator[None] | None = None
        self._stale = True
        self._debounce = QTimer(self, singleShot=True)
        self._debounce.timeout.connect(self._on_debounced)
        self._rounds = 0  # to wait before the next piece, so that the last one is painted first
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._on_round)

    def ask(self) -> None:
        """Draw soon, or when the page is next looked at: there are new figures."""
        self._stale = True
        if not self._debounce.isActive():
            self._debounce.start(0)

    def restart(self) -> None:
        """Draw anew at once, or when the page is next looked at: other figures are wanted."""
        self._pieces = None
        self._stale = True
        if self._page.isVisible():
            self._begin()

    def activate(self) -> None:
        """Draw now if there was news since the last time."""
        if self._stale and self._pieces is None:
            self._begin()

    def finish(self) -> None:
        """Draw everything at once."""
        while not self.is_idle():
            if self._pieces is None:
                self._begin()
            else:
                self._resume()

    def is_idle(self) -> bool:
        """Whether everything is drawn and there is no news."""
        return self._pieces is None and not self._stale

    def _begin(self) -> None:
        self._debounce.start(DEBOUNCE_MS)
        self._stale = False
        self._pieces = self._draw()
        self._resume()

    def _on_debounced(self) -> None:
        if self._stale and self._pieces is None and self._page.isVisible():
            self._begin()

    def _on_round(self) -> None:
        self._rounds -= 1
        if self._rounds > 0:
            self._next.start()
        else:
            self._resume()

    def _resume(self) -> None:
        self._next.stop()
        pieces = self._pieces
        if pieces is None:
            return
        for _ in pieces:
            self._rounds = ROUNDS
            self._next.start()
            return
        self._pieces = None
        if self._stale:
            self.ask()
