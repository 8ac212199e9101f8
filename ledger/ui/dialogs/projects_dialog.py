"""Which directories count as which project, and joining, splitting and renaming them."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Aspect, Changes, SetProjects
from ledger.core.errors import LedgerError
from ledger.core.rows import ProjectRow
from ledger.core.text_safety import one_line
from ledger.flows import joining
from ledger.flows.joining import Project
from ledger.store.store import Store
from ledger.ui.dialogs.ask_text import ask_text
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel, PlainTip

COLUMNS = ("Project", "Directory", "Worktree", "Because of")
SIZE = (820, 520)
WORDS = (
    "A repository is one project, with all its worktrees and however its folder is spelled. "
    "Where that is wrong, say so here; every change can be undone."
)
JOIN = "Which project shall all of “{name}” count as?"
RENAME = "What shall “{name}” be called? Leave it empty for its folder's own name."


class Projects(QDialog):
    """A row for each directory of the logs, and what can be done with its project."""

    def __init__(self, client: LedgerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Projects")
        self.resize(*SIZE)
        self._client = client
        self._known: list[Project] = []
        self._lines: list[tuple[Project, ProjectRow]] = []
        self._rows: Sequence[ProjectRow] = ()
        self.table = self._make_table()
        self.refusal = PlainLabel("", ink="text_soft", wrap=True)
        self.join = self._button("Join with another …", self._join)
        self.rename = self._button("Rename …", self._rename)
        self.split = self._button("Take this directory out", self._split)
        self.undo = self._button("Undo", client.undo)
        buttons = QHBoxLayout()
        for button in (self.join, self.rename, self.split):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel("Projects", Type.TITLE))
        column.addWidget(PlainLabel(WORDS, ink="text_soft", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.refusal)
        column.addLayout(buttons)
        client.changed.connect(self._on_changed)
        client.undo_changed.connect(self._show_undo)
        self._offer()
        self._look()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(COLUMNS))
        table.setAccessibleName("Directories and the projects they count as")
        table.setHorizontalHeaderLabels(list(COLUMNS))
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)  # Tab leads on to the buttons
        table.setShowGrid(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        PlainTip(table)
        header = table.horizontalHeader()
        for place, width in enumerate((170, 380, 120)):
            header.resizeSection(place, width)
        header.setStretchLastSection(True)
        table.currentCellChanged.connect(lambda *_places: self._offer())
        return table

    def _button(self, label: str, act: Callable[[], None]) -> Button:
        button = Button(label, "quiet")
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def show_rows(self, rows: Sequence[ProjectRow], given: Mapping[str, str]) -> None:
        """Show what counts as what; the chosen directory stays chosen."""
        chosen = self._chosen()
        self._rows, self._known = rows, joining.projects_of(rows, given)
        self._lines = [(project, row) for project in self._known for row in project.directories]
        self.table.setRowCount(len(self._lines))
        for line, (project, row) in enumerate(self._lines):
            because = "you" if row.chosen else "the rule"
            for place, text in enumerate((project.name, row.key, row.worktree, because)):
                item = QTableWidgetItem(one_line(text))
                item.setData(Qt.ItemDataRole.ToolTipRole, one_line(text))
                self.table.setItem(line, place, item)
        keys = [row.key for _, row in self._lines]
        if keys:
            self.table.selectRow(
                keys.index(chosen[1].key) if chosen and chosen[1].key in keys else 0
            )
        self._offer()

    def _look(self) -> None:
        def question(store: Store) -> tuple[list[ProjectRow], dict[str, str]]:
            return store.projects.rows(), store.projects.names()

        self._client.ask(question, lambda found: self.show_rows(*found))

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.any_of(Aspect.INTERACTIONS):
            self._look()

    def _show_undo(self, undo: str, _redo: str) -> None:
        self.undo.setEnabled(bool(undo))
        self.undo.setAccessibleDescription(one_line(undo))

    def _chosen(self) -> tuple[Project, ProjectRow] | None:
        at = self.table.currentRow()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _offer(self) -> None:
        chosen = self._chosen()
        self.join.setEnabled(chosen is not None and len(self._known) > 1)
        self.rename.setEnabled(chosen is not None)
        self.split.setEnabled(chosen is not None and chosen[1].home != chosen[1].key)

    def _join(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        project = chosen[0]
        others = [other.name for other in self._known if other.key != project.key]
        question = JOIN.format(name=one_line(project.name))
        typed = ask_text(self, title="Join projects", question=question, suggestions=others)
        if typed:
            self._do(
                lambda: joining.join(
                    self._rows, project.key, joining.named(self._known, typed.strip()).key
                )
            )

    def _rename(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        project = chosen[0]
        question = RENAME.format(name=one_line(project.name))
        typed = ask_text(self, title="Rename a project", question=question, text=project.name)
        if typed is not None and typed != project.name:
            self._do(lambda: joining.rename(self._rows, project.key, typed))

    def _split(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._do(lambda: joining.split(self._rows, chosen[1].key))

    def _do(self, make: Callable[[], SetProjects]) -> None:
        """Make an edit and send it, or say why there is none."""
        try:
            edit = make()
        except LedgerError as refused:
            self.refusal.setText(f"{refused.title} {refused.hint}")
            return
        self.refusal.setText("")
        self._client.do(edit)
