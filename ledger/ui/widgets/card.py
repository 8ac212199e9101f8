"""One interaction on one screen: who, when, what was asked, what came of it, what it cost."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ledger.app.details_cache import DetailsCache
from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Changes
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Intent, Tool
from ledger.flows.evidence import details
from ledger.flows.evidence.details import CommitQuery, InteractionDetails
from ledger.flows.insights.format import cost_words
from ledger.flows.transcript import MaskedTranscript
from ledger.ui import formatting
from ledger.ui.theme import Type
from ledger.ui.widgets.evidence_pane import WIDTH, EvidencePane
from ledger.ui.widgets.fact_row import FactRow
from ledger.ui.widgets.masked_view import MaskedView
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import rule
from ledger.ui.widgets.tag_pill import TagPill
from ledger.ui.widgets.transcript_view import TranscriptView

PROMPT_LINES = 6
WIDE = 640  # from this width on the evidence stands beside the text
HIGH = 330  # from this height on there is room for all of the figures
LOW, LOWEST = 150, 52  # else the evidence stands above the text, and is no higher than this
UNBOUND = 16_777_215  # Qt's QWIDGETSIZE_MAX
ABOVE = ("Project", "Branch")
TOKENS = "token-eq."
NO_ANSWER = "No answer was logged."
NO_WORDS = "(a prompt without words)"


class InteractionCard(QFrame):
    """Shows one interaction; its text is read live from the log and may come a moment later."""

    def __init__(self, client: LedgerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._client = client
        self._details = DetailsCache(client, self)
        self._identity: int | None = None
        self._shown: int | None = None  # whose facts the card shows
        self._read: MaskedTranscript | None = None
        self._whole = False
        self.place = PlainLabel(step=Type.STRONG, elide=True)
        self._when = PlainLabel(step=Type.CAPTION, ink="text_faint")
        self.pill = TagPill()
        self.marks = PlainLabel(step=Type.CAPTION, ink="text_soft")
        self.cost = PlainLabel(step=Type.CAPTION, ink="text_soft")  # where the figures have no room
        self.prompt = MaskedView(Type.HEADING)
        self.prompt.setAccessibleName("The prompt")
        self.prompt.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.steps = TranscriptView()
        self.evidence = EvidencePane()
        self.note = PlainLabel(step=Type.BODY, ink="text_soft", wrap=True)
        self.facts = FactRow()
        self._below = rule()
        self._column = QVBoxLayout(self)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        self._details.came.connect(self._on_came)
        self.evidence.commit_wanted.connect(self.find_commit)
        client.changed.connect(self._on_changed)

    @property
    def views(self) -> tuple[QWidget, ...]:
        """What of the card takes the keyboard beside the card itself."""
        return self.prompt, self.steps

    def show_interaction(self, identity: int) -> None:
        """Show this interaction, or show it again after it changed."""
        if identity != self._identity:
            self._whole = False
        self._identity = identity
        self._show_facts()
        self._show_text()
        self._details.want(identity)

    def prepare(self, identity: int | None) -> None:
        """Fetch what the next card will show."""
        if identity is not None:
            self._details.want(identity)

    def toggle_whole(self) -> None:
        """Show everything that happened instead of what was produced, or the other way round."""
        self._whole = not self._whole
        self._show_steps()

    def unfold(self) -> None:
        """Unfold every call and result, or fold them again."""
        self._whole = True
        self._show_steps()
        self.steps.unfold()

    def find_commit(self) -> None:
        """Ask git for the commit that brought this to the default branch."""
        identity = self._identity
        interaction = self._details.facts(identity) if identity is not None else None
        if identity is None or interaction is None or not interaction.may_have_landed:
            return
        self.evidence.show_looking()
        self._client.ask(
            partial(details.commit_query, identity=identity), partial(self._on_trail, identity)
        )

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.place, 1)
        for part in (self.marks, self.cost, self.pill, self._when):
            head.addWidget(part)
        self._middle.setSpacing(20)
        self._middle.addWidget(self.steps, 1)
        self._middle.addWidget(self.evidence)
        layout = self._column
        layout.addLayout(head)
        layout.addWidget(self.prompt)
        layout.addWidget(self.note)
        layout.addWidget(rule())
        layout.addLayout(self._middle, 1)
        layout.addWidget(self._below)
        layout.addWidget(self.facts)

    def _on_came(self, identity: int) -> None:
        if identity == self._identity:  # else the person has gone on
            self._show_facts()
            self._show_text()

    def _on_changed(self, changes: Changes) -> None:
        touched = changes.ids
        if self._identity is not None and (touched is None or self._identity in touched):
            self._details.want(self._identity)

    def _show_facts(self) -> None:
        interaction = self._details.facts(self._identity) if self._identity is not None else None
        if interaction is None:
            return
        row = interaction.row
        name = self._client.frame.names_of_projects.get(row.project, row.project)
        self.place.setText("  ·  ".join(filter(None, (name, Tool(row.tool).full_name, row.branch))))
        self._when.setText(formatting.moment(row.time_ms))
        self._show_words(row)
        self.evidence.show_details(interaction, same=row.id == self._shown)
        facts = _facts(interaction, name)
        self.facts.show_facts(facts)
        self.cost.setText(f"{facts[0][1]} {TOKENS}")
        if row.id != self._shown:
            self._shown = row.id
            self._read = None
            self.steps.forget()

    def _show_words(self, row: InteractionRow) -> None:
        """Show what the person said of it."""
        self.pill.show_tag(row.tag)
        experiment = ("experiment",) if row.intent is Intent.EXPERIMENT else ()
        self.marks.setText("   ".join((*experiment, *(f"#{label}" for label in row.labels))))
        self.note.setText(f"Your note: {row.note}")
        self.note.setVisible(bool(row.note))

    def _show_text(self) -> None:
        text = self._details.text(self._identity) if self._identity is not None else None
        if text is None or self._shown != self._identity or text is self._read:
            return
        self._read = text
        if text.prompt.text:
            self.prompt.show_guarded(text.prompt)
        else:
            self.prompt.say(text.prompt_missing or NO_WORDS)
        self._fit_prompt()
        self._show_steps()

    def _show_steps(self) -> None:
        text = self._read
        if text is None:
            return
        if not text.steps:
            # What the prompt says already is not said twice.
            is_said = not text.prompt.text and text.prompt_missing == text.steps_missing
            self.steps.say("" if is_said else text.steps_missing or NO_ANSWER)
            return
        self.steps.show_steps(text.steps, whole=self._whole)
        if not self.steps.toPlainText():
            self.steps.say(NO_ANSWER)

    def _on_trail(self, identity: int, trail: CommitQuery | None) -> None:
        self._client.read(
            lambda: details.landed_commits(trail), partial(self._on_landing, identity)
        )

    def _on_landing(self, identity: int, commit: str) -> None:
        if identity == self._shown:
            self.evidence.show_landing(commit)

    def _fit_prompt(self) -> None:
        rows = min(PROMPT_LINES, max(1, int(self.prompt.document().size().height())))
        height = self.prompt.fontMetrics().lineSpacing() * rows
        self.prompt.setFixedHeight(int(height + 2 * self.prompt.document().documentMargin()) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the evidence beside the text where there is room for both."""
        super().resizeEvent(event)
        self._fit_prompt()
        scale = max(1.0, self.fontMetrics().height() / 16)  # a larger text needs a wider column
        is_wide, is_high = self.width() >= WIDE * scale, self.height() >= HIGH * scale
        directions = QBoxLayout.Direction
        self._middle.setDirection(directions.LeftToRight if is_wide else directions.BottomToTop)
        self._middle.setSpacing(20 if is_wide else 8)
        width = round(WIDTH * scale)
        self.evidence.setMinimumWidth(width if is_wide else 0)
        self.evidence.setMaximumWidth(width if is_wide else UNBOUND)
        self.evidence.setMaximumHeight(UNBOUND if is_wide else LOW if is_high else LOWEST)
        self.facts.setVisible(is_high)
        self.cost.setVisible(not is_high)
        self._below.setVisible(is_high)
        margin = 20 if is_high else 12
        self._column.setContentsMargins(24, margin, 24, margin - 4)
        self._column.setSpacing(12 if is_high else 6)


def _facts(interaction: InteractionDetails, project: str) -> list[tuple[str, str]]:
    """Return the figures of the last line, the price beside the tokens.

    Project and branch stand in the first line of the card.
    """
    facts = [fact for fact in formatting.facts(interaction.row, project) if fact[0] not in ABOVE]
    words = cost_words(interaction.cost) if interaction.cost else ""
    return [facts[0], ("API-equivalent", words), *facts[1:]] if words else facts
