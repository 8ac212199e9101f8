"""One claim as its author writes it: the situation, what they did, and what came of it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ledger.core.report import Claim
from ledger.flows.review.draft import is_finished
from ledger.ui.pages.review.words_area import WordsArea
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button, IconButton
from ledger.ui.widgets.layouts import FlowLayout, empty
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card

UNFINISHED = "It goes in once it says what you did and what came of it."


class ClaimCard(Card):
    """A claim that can be written and taken away.

    Signals:
        edited(): it says something else now.
        removed(): the person takes it away.
        evidence_opened(str): the person wants to see what a number means.
    """

    edited = Signal()
    removed = Signal()
    evidence_opened = Signal(str)

    def __init__(self, number: int, claim: Claim, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.claim = claim
        self._heading = PlainLabel("", Type.STRONG)
        self.situation = WordsArea("Situation", "What was the matter (optional)")
        self.did = WordsArea("What I did")
        self.outcome = WordsArea("Outcome", "What is better now, and how one can tell")
        self._remove = IconButton("close", "Take this claim away")
        self._remove.clicked.connect(self.removed)
        self._shown_chips: list[tuple[QWidget, QWidget]] = []
        self._cited = QWidget()
        self._chips = FlowLayout(self._cited, 4)
        self._hint = PlainLabel(UNFINISHED, Type.CAPTION, "text_faint", wrap=True)
        self.column.setContentsMargins(14, 10, 14, 12)
        self.column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._remove)
        self.column.addLayout(head)
        self.column.addLayout(self._fields())
        self.column.addWidget(self._cited)
        self.column.addWidget(self._hint)
        self.show_claim(number, claim)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, area in enumerate((self.situation, self.did, self.outcome)):
            area.edited.connect(self._on_edited)
            label = PlainLabel(area.accessibleName(), Type.CAPTION, "text_soft")
            grid.addWidget(label, row, 0)
            grid.addWidget(area, row, 1)
        return grid

    def show_claim(self, number: int, claim: Claim) -> None:
        """Show a claim under its number."""
        changed = claim.evidence != self.claim.evidence or self._chips.count() != len(
            claim.evidence
        )
        self.claim = claim
        self._heading.setText(f"Delivery {number}")
        self.setAccessibleName(f"Delivery {number}")
        self.situation.show_text(claim.situation)
        self.did.show_text(claim.did)
        self.outcome.show_text(claim.outcome)
        if changed:
            self._show_evidence()
        self._cited.setVisible(bool(claim.evidence))
        self._hint.setVisible(not is_finished(claim))

    def stops(self) -> list[QWidget]:
        """Return what the Tab key stops at, in this order."""
        chips = [button for chip in self._shown_chips for button in chip]
        return [self.situation, self.did, self.outcome, *chips, self._remove]

    def _show_evidence(self) -> None:
        empty(self._chips)
        self._shown_chips.clear()
        for number in self.claim.evidence:
            self._chips.addWidget(self._chip(number))

    def _chip(self, number: str) -> QWidget:
        chip = QWidget()
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(0)
        shown = Button(number, "link", hint="Show what this number means; only here it does")
        shown.clicked.connect(lambda: self.evidence_opened.emit(number))
        away = IconButton("close", f"Cite {number} no longer")
        away.clicked.connect(lambda: self._uncite(number))
        row.addWidget(shown)
        row.addWidget(away)
        self._shown_chips.append((shown, away))
        return chip

    def cite(self, number: str) -> None:
        """Cite one more number."""
        if number not in self.claim.evidence:
            self._tell(evidence=(*self.claim.evidence, number))
            self._show_evidence()
            self._cited.setVisible(True)

    def _uncite(self, number: str) -> None:
        self._tell(evidence=tuple(cited for cited in self.claim.evidence if cited != number))
        self._show_evidence()
        self._cited.setVisible(bool(self.claim.evidence))
        self.did.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self._tell(
            situation=self.situation.toPlainText(),
            did=self.did.toPlainText(),
            outcome=self.outcome.toPlainText(),
        )
        self._hint.setVisible(not is_finished(self.claim))

    def _tell(self, **parts: object) -> None:
        self.claim = replace(self.claim, **parts)  # type: ignore[arg-type]
        self.edited.emit()
