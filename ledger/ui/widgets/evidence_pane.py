"""What speaks for a tag, beside the diff: the suggestion and why, what survives, the files."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ledger.core.evidence import Suggestion
from ledger.flows.evidence import details
from ledger.flows.evidence.details import InteractionDetails
from ledger.ui import formatting
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel, tip
from ledger.ui.widgets.survival_bars import SurvivalBars
from ledger.ui.widgets.tag_pill import TagPill

WIDTH = 276
MOST_FILES = 6
SHORT = 10  # characters of a commit that people compare
SURE = "How often such a suggestion is expected to agree with you. Your answers correct it."
NOTHING = "Nothing speaks for a tag yet: your word alone counts."
LOOKING = "Asking git …"
NOT_FOUND = "git does not name one commit that brought it."


class EvidencePane(QScrollArea):
    """Facts beside the text; never higher than there is room.

    Signals:
        commit_wanted(): the person wants to know in which commit this landed.
    """

    commit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Evidence")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._commit = ""
        self.pill = TagPill()
        self.sure = PlainLabel(step=Type.CAPTION, ink="text_soft")
        tip(self.sure, SURE)
        self.why = PlainLabel(ink="text_soft", wrap=True)
        self.observed = PlainLabel(step=Type.CAPTION, ink="text_faint", wrap=True)
        self._bars = SurvivalBars()
        self.find_button = Button("Find its commit", "link")
        self.landed = PlainLabel(step=Type.CAPTION, ink="text_soft", wrap=True).selectable()
        self.copy_button = Button("Copy “git show”", "link", "copy")
        self.files = PlainLabel(step=Type.CAPTION, ink="text_soft", wrap=True)
        self._arrange()
        self.find_button.clicked.connect(self.commit_wanted)
        self.copy_button.clicked.connect(self._on_copy)

    def show_details(self, interaction: InteractionDetails, *, same: bool) -> None:
        """Show what is known; `same` when the interaction was shown before and only changed."""
        self._show_suggestion(interaction.suggestion)
        self.observed.setText(_observed(interaction))
        self._bars.show_survivals(interaction.survivals)
        self.survives.setVisible(bool(interaction.survivals))
        if not same:
            self._show_commit("", "")
            self.find_button.setVisible(interaction.may_have_landed)
        rows = [formatting.edit_line(edit) for edit in interaction.row.edits[:MOST_FILES]]
        more = len(interaction.row.edits) - MOST_FILES
        self.files.setText("\n".join([*rows, *([f"… and {more} more edits"] if more > 0 else [])]))
        self.edits.setVisible(bool(rows))
        self._content.adjustSize()

    def show_looking(self) -> None:
        """Say that git is being asked."""
        self.find_button.setVisible(False)
        self._show_commit("", LOOKING)

    def show_landing(self, commit: str) -> None:
        """Show the commit that brought it to the default branch, "" where there is none."""
        self._show_commit(commit, f"Landed in {commit[:SHORT]}" if commit else NOT_FOUND)

    def _show_commit(self, commit: str, text: str) -> None:
        self._commit = commit
        self.landed.setText(text)
        self.landed.setVisible(bool(text))
        self.copy_button.setVisible(bool(commit))

    def _show_suggestion(self, suggestion: Suggestion | None) -> None:
        self.pill.setVisible(suggestion is not None)
        self.sure.setVisible(suggestion is not None)
        if suggestion is None:
            self.why.setText(NOTHING)
            return
        self.pill.show_tag(suggestion.tag)
        self.sure.setText(f"{100 * suggestion.confidence:.0f} % sure")
        self.why.setText("\n".join(suggestion.why))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(f"git show {self._commit}")

    def _arrange(self) -> None:
        self._content = QWidget()
        self._content.setObjectName("bare")
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        verdict_row = QHBoxLayout()
        verdict_row.setSpacing(8)
        verdict_row.addWidget(self.pill)
        verdict_row.addWidget(self.sure)
        verdict_row.addStretch(1)
        suggestion = _section("Suggestion", self.why)
        suggestion.insertLayout(1, verdict_row)
        column.addLayout(suggestion)
        commit = QHBoxLayout()
        commit.setSpacing(8)
        for part in (self.find_button, self.landed, self.copy_button):
            commit.addWidget(part)
        commit.addStretch(1)
        self.survives = QWidget()
        survives = _section("What survives", self._bars)
        survives.addLayout(commit)
        self.survives.setLayout(survives)
        column.addWidget(self.survives)
        self.edits = QWidget()
        self.edits.setLayout(_section("Files", self.files))
        column.addWidget(self.edits)
        column.addWidget(self.observed)
        column.addStretch(1)
        self.setWidget(self._content)


def _section(title: str, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(PlainLabel(title, Type.CAPTION, "text_faint"))
    for widget in widgets:
        column.addWidget(widget)
    return column


def _observed(interaction: InteractionDetails) -> str:
    """Return the kind of work and what was run; the edits stand elsewhere."""
    sentences = details.observed(interaction.observation)
    return " ".join(sentence for sentence in sentences if "changed;" not in sentence)
