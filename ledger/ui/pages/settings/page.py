"""The Settings page, made from the described table of settings."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.app.stored import StoredSettings
from ledger.host.settings import described
from ledger.ui.pages.base import Page
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card, ScrollPage, rule
from ledger.ui.widgets.setting_row import SettingRow


class SettingsPage(Page):
    """Every choice applies at once and is saved at once."""

    def __init__(
        self,
        client: LedgerClient,
        choices: StoredSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self.rows: dict[str, SettingRow] = {}
        self._page = ScrollPage("Settings")
        for problem in choices.problems:
            self._page.column.addWidget(PlainLabel(problem, ink="warning", wrap=True))
        for group, items in groupby(described(), key=lambda item: item.about.group):
            self._page.column.addWidget(PlainLabel(group, Type.HEADING))
            card = Card()
            for number, item in enumerate(items):
                if number:
                    card.column.addWidget(rule())
                row = SettingRow(item, getattr(choices.value, item.name))
                row.chosen.connect(choices.set)
                self.rows[item.name] = row
                card.column.addWidget(row)
            self._page.column.addWidget(card)
        self._page.column.addWidget(self._places(client))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)

    def activate(self) -> None:
        """Let the arrow keys scroll."""
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _places(self, client: LedgerClient) -> QWidget:
        sentence = f"Your ledger is one file: {client.path}"
        return PlainLabel(sentence, Type.CAPTION, "text_faint", wrap=True).selectable()
