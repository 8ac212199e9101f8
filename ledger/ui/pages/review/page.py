"""The Review page: a self-review beside its work, seen byte by byte before it leaves."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ledger.app.ledger_client import LedgerClient
from ledger.app.review_draft import ReviewDraft, Saved
from ledger.core.errors import LedgerError
from ledger.core.formatting import days
from ledger.core.report import Include
from ledger.flows.review.file_preview import PAGED_FORMS, ROW_PREFIX, Preview
from ledger.host.settings import Settings
from ledger.ui import theme
from ledger.ui.actions import Keys
from ledger.ui.dialogs import save_file
from ledger.ui.keymap import PageName, Where
from ledger.ui.pages.base import Page, Route
from ledger.ui.pages.review.choices import Choices
from ledger.ui.pages.review.document_view import DocumentView
from ledger.ui.pages.review.period_row import PeriodRow
from ledger.ui.pages.review.save_bar import FORM_WORDS, SaveBar
from ledger.ui.pages.review.source_rows import SourceRows
from ledger.ui.pages.review.writing import Writing
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.empty_state import EmptyState
from ledger.ui.widgets.file_view import FileView
from ledger.ui.widgets.segments import Segments

PAGE, FILE = "page", "file"
NARROW = 840  # pixels at text size 100 %
PAPER, BYTES, NOTHING = range(3)  # of the stack
MAKING = "Making the review …"
ONCE = "What you had let in was for this file only."
NOTED = "Your export log has a line about it: when, and which fields."
DEMO = "This is made-up work. "


def local_day() -> date:
    """Return today in the person's zone."""
    return datetime.now().astimezone().date()


class ReviewPage(Page):
    """Pick a period, write, tick, look, save."""

    def __init__(
        self,
        client: LedgerClient,
        parent: QWidget | None = None,
        today: Callable[[], date] = local_day,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self.draft = ReviewDraft(client, today, self)
        self.periods = PeriodRow(today)
        self.how = Segments(((PAGE, "Document", ""), (FILE, "File", "")), "Shown as")
        self.page, self.file = DocumentView(), FileView()
        self.empty = EmptyState("review", MAKING, "")
        self.more = Button("Show more lines", "link")
        self.writing = Writing(client, self.draft)
        self.choices = Choices(client, self.draft)
        self.rows = SourceRows(client, self.draft)
        self.tabs = QTabWidget()
        self.bar = SaveBar()
        self.stack = QStackedWidget()
        self._stale = True
        self._saved_notice: tuple[str, ...] = ()  # to be said again once the ticks are taken back
        self._waits_to_save = False
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.addWidget(self.periods, 1)
        head.addWidget(self.how)
        file = QWidget()
        file.setObjectName("canvas")
        lines = QVBoxLayout(file)
        lines.setContentsMargins(24, 0, 12, 8)
        lines.addWidget(self.file, 1)
        lines.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.page, file, self.empty):
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(NOTHING)  # until there is something to see
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("What the review is made of")
        for widget, title in (
            (self.writing, "Write"), (self.choices, "Goes in"), (self.rows, "Rows")
        ):  # fmt: skip
            self.tabs.addTab(widget, title)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.stack)
        split.addWidget(self.tabs)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setHandleWidth(1)
        split.setSizes([600, 400])
        self.split = split
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(split, 1)
        column.addWidget(self.bar)

    def _connect(self) -> None:
        draft = self.draft
        self.periods.chosen.connect(self._begin)
        self.how.chosen.connect(lambda _how: self._show())
        self.more.clicked.connect(self._show_more)
        self.bar.form_chosen.connect(draft.choose_form)
        self.bar.save_wanted.connect(self.save)
        self.bar.let_pass.connect(lambda word: draft.change(allowed=draft.recipe.allowed | {word}))
        self.bar.let_in.connect(lambda include: draft.tick(include, True))
        draft.changed.connect(self.bar.show_making)
        draft.previewed.connect(self._on_previewed)
        draft.saved.connect(self._on_saved)
        draft.failed.connect(self._on_failed)
        for part in (self.writing, self.rows):
            part.interaction_requested.connect(self._open)
        self.empty.acted.connect(self._go_on)
        self._client.frame_changed.connect(self._on_frame)
        self._keys = Keys(self, Where.REVIEW, {"review.save": self.save})

    def _open(self, interaction: int) -> None:
        self.requested.emit(Route(PageName.LEDGER, interaction=interaction))

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self._keys.use(settings.keys)
        self.writing.use(settings.keys)
        self.rows.use(settings.keys)
        self.periods.use(settings.review_months, settings.review_begins)
        if settings.edited_worth != self.draft.edited_worth:
            self.draft.edited_worth = settings.edited_worth
            self._on_frame()

    def activate(self) -> None:
        """Bring the page up to date."""
        if self.draft.period is None:
            days = self._client.frame.days().days
            self._begin(self.periods.usual(days[0] if days else None))
        elif self._stale:
            self.draft.refresh()
        self._stale = False
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the document above the rest where there is no room for both side by side."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW * theme.current().text_size
        self.split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was written when the page is left."""
        self.draft.keep()
        super().hideEvent(event)

    def _on_frame(self) -> None:
        if self.isVisible():
            self.draft.refresh()
        else:
            self._stale = True

    def _begin(self, text: str) -> None:
        try:
            self.draft.begin(text)
        except LedgerError as problem:
            self._on_failed(problem)
            return
        period = self.draft.period
        if period is not None:
            self.periods.show_period(period.name, days(period.first, period.last))

    def _on_previewed(self, preview: Preview) -> None:
        self.bar.show_preview(preview)
        if self._saved_notice:
            self.bar.say_saved(*self._saved_notice)
            self._saved_notice = ()
        self._show()
        if self._waits_to_save:
            self.save()

    def _show(self) -> None:
        """Show the document, its file, or why there is neither."""
        preview = self.draft.preview
        if preview is None:
            return
        paged = preview.request.form in PAGED_FORMS
        self.how.setVisible(paged)
        file = preview.file
        if file is not None:
            self.file.show_file(file.data, preview.request.form)
        else:
            self.file.clear_file()
        self.more.setVisible(self.file.left_out > 0)
        if preview.page is not None and paged:
            self.page.show_document(preview.page)
        as_file = not paged or self.how.value() == FILE
        if as_file and file is not None:
            self.stack.setCurrentIndex(BYTES)
        elif preview.page is not None and paged:
            self.stack.setCurrentIndex(PAPER)
        else:
            self._show_empty(preview)

    def _show_more(self) -> None:
        self.file.show_more()
        self.more.setVisible(self.file.left_out > 0)

    def _show_empty(self, preview: Preview) -> None:
        problem = preview.problem
        title = problem.title if problem else "There is nothing to show"
        hint = problem.hint if problem else ""
        if preview.leaks:
            title, hint = "This file cannot be made yet", "Below stands what must not leave."
        frame = self._client.frame
        button = "" if frame.tag.any() else "Tag some" if len(frame) else "See where we looked"
        self.empty.tell(title, hint, button)
        self.stack.setCurrentIndex(NOTHING)

    def _go_on(self) -> None:
        """Lead to the tags that are missing, or to the logs."""
        has_any = len(self._client.frame)
        self.requested.emit(Route(PageName.TAG if has_any else PageName.SOURCES))

    def save(self) -> None:
        """Ask where the file that is shown goes, and write it there."""
        preview = self.draft.preview
        self._waits_to_save = preview is None  # then once the file is made
        if preview is None or preview.file is None:
            return
        form = preview.request.form
        kind = "rows" if form.startswith(ROW_PREFIX) else "review"
        name = f"{kind}-{preview.request.period.name.lower()}.{form.removeprefix(ROW_PREFIX)}"
        place = self.ask_place(f"Save as {FORM_WORDS[form]}", name)
        if place is not None and preview is self.draft.preview:
            self.draft.save(place)

    def ask_place(self, title: str, name: str) -> Path | None:
        """Return where the person wants the file."""
        return save_file.ask_place(self, title, name)

    def _on_saved(self, outcome: Saved) -> None:
        if outcome.problem is not None:
            self.bar.say_refused(outcome.problem.title, outcome.problem.hint)
            return
        let = bool({str(include) for include in Include} & set(outcome.file.fields))
        more = f"{ONCE} {NOTED}" if let else NOTED
        demo = DEMO if self.draft.is_demo else ""
        sentence = f"{demo}Saved as {outcome.path.name}."
        self.bar.say_saved(sentence, more)
        self._saved_notice = (sentence, more) if let else ()

    def _on_failed(self, problem: LedgerError) -> None:
        self.bar.say_refused(problem.title, problem.hint)
