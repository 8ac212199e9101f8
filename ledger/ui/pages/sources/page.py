"""The Sources page: what was found where, how far it was read, and why a tool was not found."""

import time
from itertools import groupby

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Aspect, Changes
from ledger.core.rows import FileRow, RejectedRow, ToolTotal
from ledger.flows.importing import discovery
from ledger.flows.importing.reconcile import Reconciled, reconciled, summary_words
from ledger.flows.importing.sources import SourceRow, rejected, sources
from ledger.ui.dialogs.rejected import RejectedLines
from ledger.ui.dialogs.totals_dialog import ToolTotals
from ledger.ui.pages.base import Page
from ledger.ui.pages.sources.source_card import SourceCard
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card, ScrollPage

MOST_REJECTED = 1000  # rows of a table that nobody reads to its end
CALM_MS = 500  # while an import runs, the page is rebuilt twice a second at most
WORDS = "Logs are only read, never changed, and nothing of them leaves this machine."
TOTALS_WORDS = (
    "Some tools write at the end of a session what it used in all. Where that is more than their "
    "log holds, the upper ends of figures allow for it."
)
NOTHING = (
    "No logs were found. Use one of these tools and come back. Or look around in a demo ledger "
    "first: made-up work in a file of its own."
)


class SourcesPage(Page):
    """One card per tool, and one for what the tools say in total."""

    def __init__(self, client: LedgerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._look)
        self.import_button = Button("Look again now", "primary", "import")
        self.import_button.clicked.connect(client.import_now)
        self._cards: list[QWidget] = []
        self._totals: list[Reconciled] = []
        self.totals_button = Button("Show them", "link", hint="Each total beside what was counted")
        self.totals_button.clicked.connect(self._show_totals)
        self._totals_card, self._totals_said = Card(), PlainLabel("", wrap=True)
        self._page = ScrollPage("Sources")
        head = QHBoxLayout()
        head.addWidget(PlainLabel(WORDS, ink="text_soft", wrap=True), 1)
        head.addWidget(self.import_button)
        self._page.column.addLayout(head)
        self._waiting = PlainLabel("Looking …", ink="text_faint")
        self._page.column.addWidget(self._waiting)
        self._page.column.addWidget(self._make_totals_card())
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
        client.ask(lambda store: store.tool_totals(), self.show_totals)

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
        self._page.column.addWidget(self._totals_card)  # it stays the last

    def show_totals(self, totals: list[ToolTotal]) -> None:
        """Show how what the tools say in total stands to what was counted."""
        self._totals = reconciled(totals)
        self._totals_said.setText(summary_words(self._totals))
        self._totals_card.setVisible(bool(self._totals))

    def _make_totals_card(self) -> Card:
        card = self._totals_card
        card.setAccessibleName("What tools say in total")
        card.column.addWidget(PlainLabel("What tools say in total", Type.HEADING))
        card.column.addWidget(PlainLabel(TOTALS_WORDS, ink="text_soft", wrap=True))
        card.column.addWidget(self._totals_said)
        card.column.addWidget(self.totals_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.hide()
        return card

    def _show_totals(self) -> None:
        ToolTotals(self._totals, self).show()

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
