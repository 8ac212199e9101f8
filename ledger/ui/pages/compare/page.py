"""The Compare page: one's own card, a team's open cards, and the sealed sum; never a rank."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.host.clock import now_ms
from ledger.ui.dialogs import save_file
from ledger.ui.pages.base import Page
from ledger.ui.pages.compare.open_cards import OpenCardsPage
from ledger.ui.pages.compare.own_card import OwnCardPage
from ledger.ui.pages.compare.sealed_sum import SealedSumPage
from ledger.ui.widgets.segments import Segments

SEALED, CARD, CARDS = "sealed", "card", "cards"
WAYS = ((SEALED, "Sealed sum", "lock"), (CARD, "My card", ""), (CARDS, "Open cards", ""))


class ComparePage(Page):
    """Three ways, the one that reveals least first."""

    def __init__(
        self,
        client: LedgerClient,
        parent: QWidget | None = None,
        now: Callable[[], int] = now_ms,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self.ways = Segments(WAYS, "Way to compare")
        self.sealed = SealedSumPage(client, now, self.ask_place)
        self.card = OwnCardPage(client, now, self.ask_place)
        self.cards = OpenCardsPage(client, now, self.ask_place)
        self.pages: dict[str, QWidget] = {SEALED: self.sealed, CARD: self.card, CARDS: self.cards}
        self._stack = QStackedWidget()
        for widget in self.pages.values():
            self._stack.addWidget(widget)
        head = QVBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.addWidget(self.ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.ways.chosen.connect(self._show)
        client.frame_changed.connect(self._on_frame)

    def ask_place(self, title: str, name: str) -> Path | None:
        """Return where the person wants a file; nothing is ever replaced there."""
        return save_file.ask_place(self, title, name, replaces=False)

    def activate(self) -> None:
        """Bring what is shown up to date."""
        self._show(self.ways.value())
        self.pages[self.ways.value()].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, way: str) -> None:
        self._stack.setCurrentWidget(self.pages[way])
        self._refresh()

    def _on_frame(self) -> None:
        # What would be sealed is asked for anew when the page is shown: it asks the keyring too.
        if self.isVisible() and self.ways.value() == CARD:
            self.card.refresh()

    def _refresh(self) -> None:
        if self.ways.value() == SEALED:
            self.sealed.refresh()
        elif self.ways.value() == CARD:
            self.card.refresh()
