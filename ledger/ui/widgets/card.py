"""One interaction on one screen: who, when, what was asked, what came of it, what it cost."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ledger.app.session import Session
from ledger.core import projects
from ledger.core.rows import InteractionRow
from ledger.core.words import Intent, Tool
from ledger.flows import reading
from ledger.ui import phrases
from ledger.ui.theme import Type
from ledger.ui.widgets.fact_row import FactRow
from ledger.ui.widgets.plain import PlainLabel, PlainView
from ledger.ui.widgets.tag_pill import TagPill
from ledger.ui.widgets.transcript_view import TranscriptView

PROMPT_LINES = 6
MOST_EDITS = 4
NO_ANSWER = "No answer was logged."


class InteractionCard(QFrame):
    """Shows one interaction; its text is read live from the log and may come a moment later."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._session = session
        self._identity: int | None = None
        self._whole = False
        self._transcript = reading.Transcript(())
        self._place = PlainLabel(step=Type.STRONG, elide=True)
        self._when = PlainLabel(step=Type.CAPTION, ink="text_faint")
        self._pill = TagPill()
        self._marks = PlainLabel(step=Type.CAPTION, ink="text_soft")
        self._prompt = PlainView(Type.HEADING)
        self._prompt.setProperty("kind", "bare")
        self._prompt.setAccessibleName("The prompt")
        self._prompt.document().setDocumentMargin(0)
        self._prompt.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._prompt.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._edits = PlainLabel(step=Type.BODY, ink="text_soft", wrap=True)
        self._steps = TranscriptView()
        self._note = PlainLabel(step=Type.BODY, ink="text_soft", wrap=True)
        self._facts = FactRow()
        self._arrange()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._place, 1)
        for part in (self._marks, self._pill, self._when):
            head.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._prompt)
        layout.addWidget(self._note)
        layout.addWidget(self._edits)
        layout.addWidget(_rule())
        layout.addWidget(self._steps, 1)
        layout.addWidget(_rule())
        layout.addWidget(self._facts)

    def show_interaction(self, identity: int) -> None:
        """Show this interaction, or show it again after it changed."""
        if identity != self._identity:
            self._whole = False
        self._identity = identity
        self._session.ask(lambda store: store.rows([identity]), self._on_rows)

    def toggle_whole(self) -> None:
        """Show everything that happened instead of what was produced, or the other way round."""
        self._whole = not self._whole
        self._show_steps()

    def _on_rows(self, rows: list[InteractionRow]) -> None:
        if not rows or rows[0].id != self._identity:
            return  # the person has gone on
        row = rows[0]
        name = self._project_name(row.project)
        self._place.setText(
            "  ·  ".join(filter(None, (name, Tool(row.tool).full_name, row.branch)))
        )
        self._when.setText(phrases.moment(row.time_ms))
        self._pill.show_tag(row.tag)
        experiment = ("experiment",) if row.intent is Intent.EXPERIMENT else ()
        self._marks.setText("   ".join((*experiment, *(f"#{label}" for label in row.labels))))
        self._note.setText(f"Your note: {row.note}")
        self._note.setVisible(bool(row.note))
        self._show_edits(row)
        self._facts.show_facts(phrases.facts(row, name))
        self._session.read(
            lambda: (row.id, reading.prompt(row), reading.transcript(row)), self._on_text
        )

    def _project_name(self, key: str) -> str:
        return projects.names(self._session.frame.projects).get(key, key)

    def _show_edits(self, row: InteractionRow) -> None:
        lines = [phrases.edit_line(edit) for edit in row.edits[:MOST_EDITS]]
        if len(row.edits) > MOST_EDITS:
            lines.append(f"… and {len(row.edits) - MOST_EDITS} more edits")
        self._edits.setText("\n".join(lines))
        self._edits.setVisible(bool(lines))

    def _on_text(self, answer: tuple[int, reading.Prompt, reading.Transcript]) -> None:
        identity, prompt, transcript = answer
        if identity != self._identity:
            return
        self._prompt.set_text(prompt.text or prompt.missing or "(a prompt without words)")
        self._fit_prompt()
        self._transcript = transcript
        self._show_steps()

    def _show_steps(self) -> None:
        if not self._transcript.steps:
            # What the prompt says already is not said twice.
            said = self._prompt.toPlainText() == self._transcript.missing
            self._steps.set_text("" if said else self._transcript.missing or NO_ANSWER)
        elif self._whole:
            self._steps.show_steps(self._transcript.steps)
        else:
            self._steps.show_edits(self._transcript.steps)
            if not self._steps.toPlainText():
                self._steps.set_text(NO_ANSWER)

    def _fit_prompt(self) -> None:
        rows = min(PROMPT_LINES, max(1, int(self._prompt.document().size().height())))
        height = self._prompt.fontMetrics().lineSpacing() * rows
        self._prompt.setFixedHeight(int(height + 2 * self._prompt.document().documentMargin()) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_prompt()


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("rule")
    rule.setFixedHeight(1)
    return rule
