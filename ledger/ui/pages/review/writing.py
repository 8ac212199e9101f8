"""Where the author writes: what they delivered, learned and changed; the program writes nothing."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.app.review_draft import ReviewDraft
from ledger.core.report import Claim, Words
from ledger.core.rows import InteractionRow
from ledger.flows import transcript
from ledger.flows.review.file_preview import Preview
from ledger.flows.review.recipe import MOST_CLAIMS, MOST_SENTENCES
from ledger.flows.transcript import Prompt
from ledger.ui.keymap import Where, key_of
from ledger.ui.pages.review.candidate_list import CandidateList
from ledger.ui.pages.review.claim_card import ClaimCard
from ledger.ui.pages.review.side_scroll import SideScroll
from ledger.ui.pages.review.words_area import WordsArea
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.layouts import in_order
from ledger.ui.widgets.plain import PlainLabel

ABOUT = "Three to seven things, in your words. The program offers work to write about, never words."
NO_CANDIDATES = "Nothing of this period is tagged as kept yet; what you keep is offered here."
FULL = f"A review has at most {MOST_CLAIMS} of them: keep those whose outcome you can show."


class Writing(SideScroll):
    """Claims and sentences.

    Signals:
        interaction_requested(int): the person wants to see this interaction.
    """

    interaction_requested = Signal(object)

    def __init__(
        self, client: LedgerClient, draft: ReviewDraft, parent: QWidget | None = None
    ) -> None:
        super().__init__("Write", parent)
        self._client, self._draft = client, draft
        self.cards: list[ClaimCard] = []
        self._claims = QVBoxLayout()
        self._claims.setSpacing(8)
        self.add = Button("Write another", icon_name="plus")
        self.add.clicked.connect(lambda: self._write(Claim()))
        self.candidates = CandidateList()
        self.candidates.taken.connect(self._take)
        self.candidates.opened.connect(self.interaction_requested)
        self._none = PlainLabel(NO_CANDIDATES, ink="text_faint", wrap=True)
        self._full = PlainLabel(FULL, Type.CAPTION, "text_faint", wrap=True)
        self.learned = WordsArea("What I learned", "One sentence on each line, five at most", 2)
        self.dead_end = WordsArea("A dead end", "Something that I tried and that led nowhere")
        self.changed = WordsArea("What I changed", "One sentence on each line, five at most", 2)
        for area in (self.learned, self.dead_end, self.changed):
            area.edited.connect(self._tell)
        self._build()
        self.candidates.hide()
        self._none.hide()
        draft.begun.connect(self._on_begun)
        draft.previewed.connect(self._on_previewed)

    def _build(self) -> None:
        key = key_of("claim.write", Where.CANDIDATES)
        hint = f"Kept work, what lasted first. {key} writes about it and cites it."
        self.heading("What I delivered", ABOUT)
        self.column.addLayout(self._claims)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._full)
        self.heading("Work you could write about", hint)
        self.column.addWidget(self.candidates)
        self.column.addWidget(self._none)
        self.heading("What I learned")
        self.column.addWidget(self.learned)
        self.column.addWidget(PlainLabel("A dead end", Type.CAPTION, "text_soft"))
        self.column.addWidget(self.dead_end)
        self.heading("What I changed")
        self.column.addWidget(self.changed)
        self.column.addStretch(1)

    def use(self, own: Mapping[str, str]) -> None:
        """Act on these keys from now on."""
        self.candidates.use(own)

    def _on_begun(self) -> None:
        words = self._draft.recipe.words
        while self.cards:
            self._drop(self.cards[-1])
        for claim in words.claims:
            self._card(claim)
        self.learned.show_text("\n".join(words.learned))
        self.dead_end.show_text(words.dead_end)
        self.changed.show_text("\n".join(words.changed))
        self._show_room()

    def _card(self, claim: Claim) -> ClaimCard:
        card = ClaimCard(len(self.cards) + 1, claim)
        card.edited.connect(self._tell)
        card.removed.connect(lambda: self._remove(card))
        card.evidence_opened.connect(self._open_evidence)
        self.cards.append(card)
        self._claims.addWidget(card)
        return card

    def _drop(self, card: ClaimCard) -> None:
        self.cards.remove(card)
        card.setParent(None)
        card.deleteLater()

    def _write(self, claim: Claim) -> None:
        """Begin a claim and put the cursor into it."""
        if len(self.cards) >= MOST_CLAIMS:
            return
        card = self._card(claim)
        self._show_room()
        self._tell()
        card.did.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(card)

    def _take(self, interaction: int) -> None:
        self._draft.cite(interaction, self._cite)

    def _cite(self, number: str) -> None:
        """Cite a number in the claim that was begun empty-handed, else in a new one."""
        citing = next((card for card in self.cards if number in card.claim.evidence), None)
        if citing is not None:
            citing.did.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(citing)
            return
        bare = next((card for card in self.cards if card.claim == Claim()), None)
        if bare is not None:
            bare.cite(number)
            self._order()
            bare.did.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._write(Claim(evidence=(number,)))

    def _remove(self, card: ClaimCard) -> None:
        self._drop(card)
        for number, card in enumerate(self.cards, 1):
            card.show_claim(number, card.claim)
        self._show_room()
        self._tell()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_room(self) -> None:
        full = len(self.cards) >= MOST_CLAIMS
        self.add.setEnabled(not full)
        self._full.setVisible(full)
        self.add.set_label("Write another" if self.cards else "Write about something")
        self._order()

    def _order(self) -> None:
        stops = [stop for card in self.cards for stop in card.stops()]
        below = (self.add, self.candidates, self.learned, self.dead_end, self.changed)
        in_order(self, (*stops, *below))

    def _tell(self) -> None:
        words = Words(
            claims=tuple(card.claim for card in self.cards),
            learned=_lines(self.learned),
            dead_end=self.dead_end.toPlainText(),
            changed=_lines(self.changed),
        )
        if words != self._draft.recipe.words:
            self._draft.change(words=words)

    def _open_evidence(self, number: str) -> None:
        def show(interaction: int | None) -> None:
            if interaction is not None:
                self.interaction_requested.emit(interaction)

        self._draft.meant(number, show)

    def _on_previewed(self, preview: Preview) -> None:
        candidates = preview.candidates
        self.candidates.setVisible(bool(candidates))
        self._none.setVisible(not candidates)
        if self.candidates.show_candidates(candidates):
            ids = [candidate.interaction for candidate in candidates]
            self._client.ask(lambda store: store.rows(ids), self._read)

    def _read(self, rows: list[InteractionRow]) -> None:
        self._client.read(partial(transcript.read_prompts, rows), self._show_prompts)

    def _show_prompts(self, prompts: dict[int, Prompt]) -> None:
        texts = {identity: prompt.text or prompt.missing for identity, prompt in prompts.items()}
        self.candidates.show_prompts(texts)


def _lines(area: WordsArea) -> tuple[str, ...]:
    lines = (line.strip() for line in area.toPlainText().split("\n"))
    return tuple(line for line in lines if line)[:MOST_SENTENCES]
