"""What speaks for a tag, beside the diff: the suggestion and why, what survives, the files."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ledger.core.evidence import Suggestion
from ledger.flows.evidence import details
from ledger.flows.evidence.details import InteractionDetails
from ledger.ui import phrases
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
        self._pill = TagPill()
        self._sure = PlainLabel(step=Type.CAPTION, ink="text_soft")
        tip(self._sure, SURE)
        self._why = PlainLabel(ink="text_soft", wrap=True)
        self._seen = PlainLabel(step=Type.CAPTION, ink="text_faint", wrap=True)
        self._bars = SurvivalBars()
        self._find = Button("Find its commit", "link")
        self._landed = PlainLabel(step=Type.CAPTION, ink="text_soft", wrap=True).selectable()
        self._copy = Button("Copy “git show”", "link", "copy")
        self._files = PlainLabel(step=Type.CAPTION, ink="text_soft", wrap=True)
        self._arrange()
        self._find.clicked.connect(self.commit_wanted)
        self._copy.clicked.connect(self._on_copy)

    def show_dossier(self, known: InteractionDetails, *, same: bool) -> None:
        """Show what is known; `same` when the interaction was shown before and only changed."""
        self._show_suggestion(known.suggestion)
        self._seen.setText(_observed(known))
        self._bars.show_survivals(known.survivals)
        self._survives.setVisible(bool(known.survivals))
        if not same:
            self._show_commit("", "")
            self._find.setVisible(known.may_have_landed)
        rows = [phrases.edit_line(edit) for edit in known.row.edits[:MOST_FILES]]
        more = len(known.row.edits) - MOST_FILES
        self._files.setText("\n".join([*rows, *([f"… and {more} more edits"] if more > 0 else [])]))
        self._edits.setVisible(bool(rows))
        self._content.adjustSize()

    def show_looking(self) -> None:
        """Say that git is being asked."""
        self._find.setVisible(False)
        self._show_commit("", LOOKING)

    def show_landing(self, commit: str) -> None:
        """Show the commit that brought it to the default branch, "" where there is none."""
        self._show_commit(commit, f"Landed in {commit[:SHORT]}" if commit else NOT_FOUND)

    def _show_commit(self, commit: str, words: str) -> None:
        self._commit = commit
        self._landed.setText(words)
        self._landed.setVisible(bool(words))
        self._copy.setVisible(bool(commit))

    def _show_suggestion(self, found: Suggestion | None) -> None:
        self._pill.setVisible(found is not None)
        self._sure.setVisible(found is not None)
        if found is None:
            self._why.setText(NOTHING)
            return
        self._pill.show_tag(found.tag)
        self._sure.setText(f"{100 * found.confidence:.0f} % sure")
        self._why.setText("\n".join(found.why))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(f"git show {self._commit}")

    def _arrange(self) -> None:
        self._content = QWidget()
        self._content.setObjectName("bare")
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._pill)
        said.addWidget(self._sure)
        said.addStretch(1)
        suggestion = _section("Suggestion", self._why)
        suggestion.insertLayout(1, said)
        column.addLayout(suggestion)
        commit = QHBoxLayout()
        commit.setSpacing(8)
        for part in (self._find, self._landed, self._copy):
            commit.addWidget(part)
        commit.addStretch(1)
        self._survives = QWidget()
        survives = _section("What survives", self._bars)
        survives.addLayout(commit)
        self._survives.setLayout(survives)
        column.addWidget(self._survives)
        self._edits = QWidget()
        self._edits.setLayout(_section("Files", self._files))
        column.addWidget(self._edits)
        column.addWidget(self._seen)
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


def _observed(known: InteractionDetails) -> str:
    """Return the kind of work and what was run; the edits stand elsewhere."""
    words = details.observed(known.observation)
    return " ".join(one for one in words if "changed;" not in one)
