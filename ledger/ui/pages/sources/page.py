"""The Sources page: what was found where, how far it was read, and why a tool was not found."""

import time
from itertools import groupby

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Aspect, Changes
from ledger.core.rows import FileRow, RejectedRow
from ledger.flows.importing import discovery
from ledger.flows.importing.sources import SourceRow, rejected, sources
from ledger.ui.dialogs.rejected import RejectedLines
from ledger.ui.pages.base import Page
from ledger.ui.pages.sources.source_card import SourceCard
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card, ScrollPage

MOST_REJECTED = 1000  # rows of a table that nobody reads to its end
CALM_MS = 500  # while an import runs, the page is rebuilt twice a second at most
WORDS = "Logs are only read, never changed, and nothing of them leaves this machine."
NOTHING = (
    "No logs were found. Use one of these tools and come back. Or look around in a demo ledger "
    "first: made-up work in a file of its own."
)


class SourcesPage(Page):
    """One card per tool."""

    def __init__(self, client: LedgerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._look)
        self.import_button = Button("Look again now", "primary", "import")
        self.import_button.clicked.connect(client.import_now)
        self._cards: list[QWidget] = []
        self._page = ScrollPage("Sources")
        head = QHBoxLayout()
        head.addWidget(PlainLabel(WORDS, ink="text_soft", wrap=True), 1)
        head.addWidget(self.import_button)
        self._page.column.addLayout(head)
        self._waiting = PlainLabel("Looking …", ink="text_faint")
        self._page.column.addWidget(self._waiting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        client.changed.connect(self._on_changed)
        client.imported.connect(lambda _files, _problems: self._soon())

    def activate(self) -> None:
        """Look at every place now."""
        self._look()
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, changes: Changes) -> None:
        if changes.any_of(Aspect.SOURCES | Aspect.INTERACTIONS):
            self._soon()

    def _soon(self) -> None:
        if self.isVisible() and not self._calm.isActive():
            self._calm.start()

    def _look(self) -> None:
        client = self._client
        client.ask(lambda store: store.files(), self._look_around)

    def _look_around(self, files: list[FileRow]) -> None:
        home, off = self._client.home, self._client.off
        self._client.read(
            lambda: sources(discovery.scan_places(home, off), files, time.time()), self.show_rows
        )

    def show_rows(self, rows: list[SourceRow]) -> None:
        """Show what was found, tools with logs first."""
        self._waiting.hide()
        for card in self._cards:
            card.setParent(None)
            card.deleteLater()
        by_tool = [(tool, list(places)) for tool, places in groupby(rows, key=lambda row: row.tool)]
        by_tool.sort(key=lambda pair: not any(row.files for row in pair[1]))
        self._cards = []
        if not any(row.files for row in rows):
            self._cards.append(self._nothing())
        for tool, places in by_tool:
            card = SourceCard(tool, places)
            card.rejected_wanted.connect(self._show_rejected)
            self._cards.append(card)
        for widget in self._cards:
            self._page.column.addWidget(widget)

    def _nothing(self) -> Card:
        card = Card()
        card.column.addWidget(PlainLabel("Nothing to read yet", Type.HEADING))
        card.column.addWidget(PlainLabel(NOTHING, ink="text_soft", wrap=True))
        button = Button("Open the demo ledger")
        button.clicked.connect(self.demo_requested)
        card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _show_rejected(self, folder: str) -> None:
        def show(rows: list[RejectedRow]) -> None:
            RejectedLines(rows, self).show()

        self._client.ask(lambda store: rejected(store, folder, MOST_REJECTED), show)
