"""What a team sees, and on one's own screen where one's own values lie; nobody's row, no rank."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger.core.errors import TeamError
from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.export import team_words
from ledger.export.team_files import TABLE, card_file_name
from ledger.flows.team.exchange import Opened, free_place, write_file
from ledger.ui.charts.share_bar import ShareBar
from ledger.ui.pages.compare.ratio_band import RatioBand
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card, rule

FATES = (("kept", Tag.KEPT), ("edited", Tag.EDITED), ("thrown", Tag.THROWN_AWAY))
AXIS = "Kept half-hours for each million tokens; pale: edited ones counting ¼ to ¾ instead of ½"
OWN = "Only on this screen, and in no file"
Ask = Callable[[str, str], Path | None]


class TeamResult(Card):
    """Hidden until there is a result.

    Signals:
        saved(str): the table was written under this name.
        refused(TeamError): it was not.
    """

    saved = Signal(str)
    refused = Signal(object)

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self.opened: Opened | None = None
        self.title = PlainLabel("", Type.HEADING, wrap=True)
        self.bar, self.band = ShareBar(), RatioBand()
        self.bar.setAccessibleName("What became of the team’s half-hours")
        self.sentences = PlainLabel("", wrap=True)
        self.rounding = PlainLabel("", Type.CAPTION, "text_soft", wrap=True)
        self.notes = PlainLabel("", ink="warning", wrap=True)
        self.own = PlainLabel("", ink="text_soft", wrap=True)
        self.save = Button("Save the team’s figures as CSV …", icon_name="table")
        self.save.clicked.connect(self._save)
        axis = PlainLabel(AXIS, Type.CAPTION, "text_soft", wrap=True)
        for widget in (self.title, self.bar, axis, self.band, self.sentences, self.notes):
            self.column.addWidget(widget)
        self.column.addWidget(self.rounding)
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(rule())
        self.column.addWidget(PlainLabel(OWN, Type.STRONG))
        self.column.addWidget(self.own)
        self.setAccessibleName("What the team sees")
        self.hide()

    def show_opened(self, opened: Opened) -> None:
        """Show a result; raises TeamError when a part of it is missing."""
        card = opened.card
        title, *sentences = team_words.sentences(card)
        rounding = team_words.rounding(card)
        self.opened = opened
        self.title.setText(title)
        parts = [(int(tag), getattr(card, name).team) for name, tag in FATES]
        self.bar.show_parts((*parts, (UNTAGGED, card.unknown.team)))
        self.band.show_bands(card.ratio, card.own_ratio)
        shown = [sentence for sentence in sentences if sentence not in (rounding, *card.notes)]
        self.sentences.setText("\n".join(shown))
        self.rounding.setText(rounding[:1].upper() + rounding[1:])
        self.notes.setText("\n".join(card.notes))
        self.notes.setVisible(bool(card.notes))
        own = team_words.own_sentences(card)
        missing = f"Your own numbers are not beside it. {opened.missing}"
        self.own.setText("\n".join(_sentence(figure) for figure in own) if own else missing)
        self.show()

    def forget(self) -> None:
        """Show nothing."""
        self.opened = None
        self.hide()

    def _save(self) -> None:
        if self.opened is None:
            return
        place = self._ask("Save the team’s figures", card_file_name(TABLE))
        if place is None:
            return
        card = self.opened.card
        try:
            place = free_place(place, TABLE)
            write_file(place, team_words.table(card), card.period)
        except TeamError as problem:
            self.refused.emit(problem)
        else:
            self.saved.emit(place.name)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
