"""Making one's own card: which period, every field with its meaning, the bytes, and then Save."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ledger.app.ledger_client import LedgerClient, attempt
from ledger.core.errors import LedgerError, TeamError
from ledger.core.team import Period
from ledger.export import team_files
from ledger.flows.team import exchange
from ledger.flows.team.exchange import OwnCard
from ledger.host.paths import is_demo
from ledger.ui.pages.compare.line_table import LineTable
from ledger.ui.pages.compare.refusal import Refusal
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.file_view import FileView
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card, ScrollPage, rule
from ledger.ui.widgets.setting_row import CalmCombo

ABOUT = (
    "For a team that has agreed to see each other’s numbers: eight rounded numbers about a period "
    "that is over. Where you want nobody to see yours, use the sealed sum."
)
DEMO = TeamError(
    "This is the demo ledger, so its card cannot be saved.",
    "A card of made-up work would spoil a team’s sums.",
)
Ask = Callable[[str, str], Path | None]
FILE_LINES = 13


class OwnCardPage(ScrollPage):
    """Shows first and writes then."""

    def __init__(
        self,
        client: LedgerClient,
        now_ms: Callable[[], int],
        ask: Ask,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("My card", parent)
        self._client, self._now_ms, self._ask = client, now_ms, ask
        self._latest_request = 0
        self.own_card: OwnCard | None = None
        self.period = CalmCombo()
        self.period.setAccessibleName("Period of the card")
        for period in exchange.periods_over(now_ms() // 1000):
            self.period.addItem(f"{period}  ·  {period.words}", str(period))
        self.lines, self.file = LineTable(), FileView()
        self.yours = PlainLabel("", Type.STRONG, wrap=True)
        self.notes = PlainLabel("", ink="text_soft", wrap=True)
        self.refusal = Refusal()
        self.confirmation = PlainLabel("", ink="kept_ink", wrap=True)
        self.save = Button("Save …", "primary", "save")
        self._card = Card()
        self._build()
        self.period.currentIndexChanged.connect(lambda _row: self._on_period())
        self.save.clicked.connect(self._save)

    def _build(self) -> None:
        self.column.addWidget(PlainLabel(ABOUT, ink="text_soft", wrap=True))
        row = QHBoxLayout()
        row.addWidget(PlainLabel("About", ink="text_soft"))
        row.addWidget(self.period)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.refusal)
        self._card.setAccessibleName("What the file says")
        column = self._card.column
        column.addWidget(self.lines)
        column.addWidget(rule())
        column.addWidget(self.yours)
        column.addWidget(self.notes)
        column.addWidget(PlainLabel("The whole file, byte by byte", Type.CAPTION, "text_soft"))
        line = self.file.fontMetrics().lineSpacing()
        self.file.setFixedHeight(FILE_LINES * line + 16)
        column.addWidget(self.file)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._card)
        self.column.addWidget(self.confirmation)
        self._card.hide()
        self.confirmation.hide()

    def _on_period(self) -> None:
        self.confirmation.hide()
        self.refresh()

    def refresh(self) -> None:
        """Make the card anew from the ledger as it is now; nothing is written."""
        self._latest_request += 1
        number, frame = self._latest_request, self._client.frame
        period = Period.read(self.period.currentData())
        now_s = self._now_ms() // 1000

        def make() -> OwnCard:
            return exchange.own_card(frame, period, now_s, exchange.cards_made())

        attempt(
            self._client,
            make,
            partial(self._show, number=number),
            partial(self._refuse, number=number),
        )

    def _show(self, own_card: OwnCard, number: int) -> None:
        if number != self._latest_request:
            return
        self.own_card = own_card
        self.lines.show_lines(own_card.lines)
        self.file.show_file(own_card.data, "json")
        self.yours.setText(own_card.notes[0])
        self.notes.setText("\n".join(own_card.notes[1:]))
        self.refusal.hide()
        self._card.show()

    def _refuse(self, problem: LedgerError, number: int) -> None:
        if number != self._latest_request:
            return
        self.own_card = None
        self._card.hide()
        self.refusal.show_reason(problem)

    def _save(self) -> None:
        own_card = self.own_card
        if own_card is None:
            return
        if is_demo(self._client.path):
            self.refusal.show_reason(DEMO)
            self.ensureWidgetVisible(self.refusal)
            return
        place = self._ask("Save my card", team_files.card_file_name())
        if place is None:
            return
        shown, now_ms = self.lines.lines, self._now_ms()
        attempt(
            self._client,
            lambda: exchange.save_card(own_card.card, shown, place, now_ms),
            self._on_saved,
            self._on_refused,
        )

    def _on_saved(self, place: Path) -> None:
        self.refusal.hide()
        self.confirmation.setText(f"Saved as {place.name}. Give it to whoever adds the cards up.")
        self.confirmation.show()
        self.ensureWidgetVisible(self.confirmation)

    def _on_refused(self, problem: LedgerError) -> None:
        self.refusal.show_reason(problem)
        self.ensureWidgetVisible(self.refusal)
