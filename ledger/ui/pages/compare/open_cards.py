"""Opening a team's cards: five or more go in, sums come out."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ledger.app.ledger_client import LedgerClient, attempt
from ledger.core.errors import LedgerError, TeamError
from ledger.core.team import LEAST_PEOPLE
from ledger.flows.team import exchange
from ledger.flows.team.exchange import Opened
from ledger.host.paths import is_demo
from ledger.ui.dialogs import save_file
from ledger.ui.pages.compare.refusal import Refusal
from ledger.ui.pages.compare.team_result import TeamResult
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card, ScrollPage

ABOUT = (
    f"Choose the cards of {LEAST_PEOPLE} or more people about one period, your own among them, or "
    "drop them here. Only their sum is shown: no rows, no ranks, no best and no worst."
)


class OpenCardsPage(ScrollPage):
    """Asks for files and shows what the team sees."""

    def __init__(
        self,
        client: LedgerClient,
        now_ms: Callable[[], int],
        ask: Callable[[str, str], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Open cards", parent)
        self._client, self._now_ms = client, now_ms
        self.setAcceptDrops(True)
        self.files = Button("Choose files …", "primary")
        self.folder = Button("Choose a folder …", icon_name="folder")
        self.refusal, self.result = Refusal(), TeamResult(ask)
        self.confirmation = PlainLabel("", ink="kept_ink", wrap=True)
        self.files.clicked.connect(self._ask_files)
        self.folder.clicked.connect(self._ask_folder)
        self.result.refused.connect(self.refusal.show_reason)
        self.result.saved.connect(self._on_saved)
        card = Card()
        card.column.addWidget(PlainLabel("Add cards up", Type.HEADING))
        card.column.addWidget(PlainLabel(ABOUT, ink="text_soft", wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.files)
        row.addWidget(self.folder)
        row.addStretch(1)
        card.column.addLayout(row)
        for widget in (card, self.refusal, self.result, self.confirmation):
            self.column.addWidget(widget)
        self.confirmation.hide()

    def _ask_files(self) -> None:
        if paths := save_file.ask_files(self, "Choose the cards"):
            self.open(paths)

    def _ask_folder(self) -> None:
        if (folder := save_file.ask_folder(self, "Choose the folder with the cards")) is not None:
            self.open([folder])

    def open(self, paths: Sequence[Path]) -> None:
        """Add up what these files and folders hold."""
        frame = None if is_demo(self._client.path) else self._client.frame
        now_s = self._now_ms() // 1000
        self.confirmation.hide()
        attempt(
            self._client,
            lambda: exchange.open_given_cards(paths, frame, now_s),
            self._show,
            self._refuse,
        )

    def _show(self, opened: Opened) -> None:
        try:
            self.result.show_opened(opened)
        except TeamError as problem:
            self._refuse(problem)
        else:
            self.refusal.hide()

    def _refuse(self, problem: LedgerError) -> None:
        self.result.forget()
        self.refusal.show_reason(problem)

    def _on_saved(self, name: str) -> None:
        self.refusal.hide()
        self.confirmation.setText(f"Saved as {name}.")
        self.confirmation.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open(paths)
