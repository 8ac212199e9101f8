"""The quick log: an interaction entered by hand in five seconds."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import SetLogged, set_tags, title_of
from ledger.core.errors import LedgerError
from ledger.core.usage import Usage
from ledger.core.vocabulary import Tag, Tool
from ledger.flows.tagging import manual_entry
from ledger.host.settings import Settings
from ledger.ui.actions import Keys
from ledger.ui.dialogs.usage_entry import COUNTS, Draft, UsageEntry
from ledger.ui.formatting import moment
from ledger.ui.keymap import Where, key_of
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.facets import tag_title
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.segments import Segments

TAGS = (
    (None, "Not yet", "untagged"),
    (Tag.KEPT, tag_title(Tag.KEPT), "kept"),
    (Tag.EDITED, tag_title(Tag.EDITED), "edited"),
    (Tag.THROWN_AWAY, tag_title(Tag.THROWN_AWAY), "thrown-away"),
)


class QuickLog(QDialog):
    """Stays made while the program runs, so that closing it keeps the draft."""

    def __init__(
        self, client: LedgerClient, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._now = client, now
        self._saving: tuple[str, Draft] | None = None  # on its way to the disk
        self.setWindowTitle("Quick log")
        self.setMinimumWidth(520)
        self.tool, self.model, self.project = QComboBox(), QLineEdit(), QLineEdit()
        self.usage_entry = UsageEntry(client, self.model)
        self.when = QLineEdit("now")
        self._moment = PlainLabel("", Type.CAPTION, "text_faint", wrap=True)
        self.tag = Segments(TAGS, "Tag")
        self.problem = PlainLabel("", ink="danger", wrap=True)
        self.save_button = Button("Save", "primary", key=key_of("quick_log.save", Where.QUICK_LOG))
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 18)
        column.setSpacing(12)
        column.addWidget(PlainLabel("Log an interaction", Type.TITLE))
        column.addWidget(self.usage_entry)
        column.addLayout(self._fields())
        column.addWidget(PlainLabel("What became of it?", Type.CAPTION, "text_soft"))
        column.addWidget(self.tag)
        column.addWidget(self.problem)
        self.problem.hide()
        foot = QHBoxLayout()
        foot.addWidget(PlainLabel("Esc keeps the draft", Type.CAPTION, "text_faint"))
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        column.addLayout(foot)

    def _fields(self) -> QGridLayout:
        # The first is what is offered; who enters by hand mostly used what has no log.
        for tool in sorted(Tool, key=lambda tool: tool is not Tool.OTHER):
            self.tool.addItem(tool.full_name, tool.value)
        self.when.setPlaceholderText("now, yesterday 15:00, 20 min ago")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        fields = (
            (self.tool, "Tool", 0, 0),
            (self.when, "When", 0, 1),
            (self.model, "Model, if you know it", 4, 0),
            (self.project, "Project, if there is one", 4, 1),
        )
        for field, label, row, place in fields:
            field.setAccessibleName(label)
            grid.addWidget(PlainLabel(label, Type.CAPTION, "text_soft"), row, place)
            grid.addWidget(field, row + 1, place)
        grid.addWidget(self._moment, 2, 1)
        grid.setRowMinimumHeight(3, 6)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _connect(self) -> None:
        handlers = {"quick_log.save": self.save, "quick_log.keep": self.close}
        self._keys = Keys(self, Where.QUICK_LOG, handlers)
        self.save_button.clicked.connect(self.save)
        self.when.textChanged.connect(lambda _text: self._show_moment())
        self._client.saved.connect(self._on_saved)
        self._show_moment()

    def use(self, settings: Settings) -> None:
        """Act on these keys from now on."""
        self._keys.use(settings.keys)

    def save(self) -> None:
        """Check everything and have it stored; the window closes when it was right."""
        self.problem.hide()
        try:
            time_ms = manual_entry.moment(self.when.text(), self._now())
            draft = self.usage_entry.draft()
            if draft.way == COUNTS:
                draft.usage()
        except LedgerError as problem:
            self._complain(problem)
            return
        tool, model, project = self.tool.currentData(), self.model.text(), self._project_key()
        tag = self.tag.value()

        def store(usage: Usage, machine: str) -> None:
            entry = manual_entry.manual_entry(
                machine, time_ms=time_ms, tool=tool, model=model, project=project, usage=usage
            )
            edit = SetLogged(((entry, True),))
            self._saving = (title_of(edit), draft)
            self._client.do(edit)
            if tag is not None:
                self._client.do(set_tags(((entry.id, tag),)))

        self._client.read(
            draft.usage,
            lambda usage: self._client.ask(
                lambda ledger: ledger.machine, lambda machine: store(usage, machine)
            ),
        )
        self.close()

    def _project_key(self) -> str:
        typed = self.project.text().strip()
        names = self._client.frame.names_of_projects
        return next((key for key, name in names.items() if typed == name), typed)

    def _on_saved(self, title: str) -> None:
        """Forget what is on disk now; what could not be saved stays, and so does a newer draft."""
        if self._saving == (title, self.usage_entry.draft()):
            self._forget_draft()
        if self._saving is not None and self._saving[0] == title:
            self._saving = None

    def _forget_draft(self) -> None:
        self.usage_entry.clear()
        self.when.setText("now")
        self.tag.take(None)

    def _complain(self, problem: LedgerError) -> None:
        self.problem.setText(str(problem))
        self.problem.show()

    def _show_moment(self) -> None:
        try:
            time_ms = manual_entry.moment(self.when.text(), self._now())
        except LedgerError as problem:
            self._moment.set_ink("danger")
            self._moment.setText(problem.title)
            return
        self._moment.set_ink("text_faint")
        self._moment.setText(moment(time_ms))

    def showEvent(self, event: QShowEvent) -> None:
        """Offer the models and projects the ledger knows, and put the cursor in place."""
        super().showEvent(event)
        frame = self._client.frame
        names = sorted(frame.names_of_projects.values())
        for field, values in ((self.model, sorted(frame.models)), (self.project, names)):
            completer = QCompleter(values, field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)
        self._show_moment()
        self.usage_entry.take_focus()
