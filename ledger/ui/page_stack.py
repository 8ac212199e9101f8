"""The pages: each made when it is first shown, so that the first paint waits for none of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.app.stored import StoredSettings
from ledger.host.settings import Settings
from ledger.host.window_state import WindowState
from ledger.ui.keymap import PageName
from ledger.ui.pages import charts, compare, ledger, review, settings, sources, tag, today
from ledger.ui.pages.base import Page, PageContext, Route

if TYPE_CHECKING:  # it loads numpy, and the window is painted before
    from ledger.app.questions import Questions


class PageRow(NamedTuple):
    """One page: its name in the keymap, what makes it, and whether it is filtered."""

    name: PageName
    make: Callable[[PageContext], Page]
    filtered: bool = True


PAGE_TABLE = (
    PageRow(PageName.TODAY, today.make),
    PageRow(PageName.TAG, tag.make),
    PageRow(PageName.LEDGER, ledger.make),
    PageRow(PageName.CHARTS, charts.make),
    PageRow(PageName.REVIEW, review.make, filtered=False),
    PageRow(PageName.COMPARE, compare.make, filtered=False),
    PageRow(PageName.SOURCES, sources.make, filtered=False),
    PageRow(PageName.SETTINGS, settings.make, filtered=False),
)
ROWS = {row.name: row for row in PAGE_TABLE}


class PageStack(QStackedWidget):
    """Shows one page at a time.

    Signals:
        requested(Route): a page asks for another one.
        demo_requested(): a page asks for the demo ledger.
    """

    requested = Signal(Route)
    demo_requested = Signal()

    def __init__(
        self,
        client: LedgerClient,
        filter_model: FilterModel,
        choices: StoredSettings,
        state: WindowState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self._client, self._filter_model, self._choices, self._state = (
            client,
            filter_model,
            choices,
            state,
        )
        self._questions: Questions | None = None
        self._pages: dict[PageName, Page] = {}
        choices.changed.connect(self._on_settings)

    def show_route(self, route: Route) -> Page:
        """Show a page, made first if nobody has seen it yet, and there what is asked for."""
        page = self.page(route.page)
        page.prepare(route)
        self.setCurrentWidget(page)
        page.activate()
        page.follow(route)
        return page

    def page(self, name: PageName) -> Page:
        """Return a page, made if need be."""
        if name not in self._pages:
            self._pages[name] = self._make(ROWS[name])
            self.addWidget(self._pages[name])
        return self._pages[name]

    def begin_questions(self) -> None:
        """Draw the questions of the day when they are due, from now on."""
        self._daily_questions().draw()

    def _daily_questions(self) -> "Questions":
        """Return the daily questions: drawn also while nobody looks at the page that asks them."""
        if self._questions is None:
            from ledger.app.questions import Questions  # noqa: PLC0415 - after the first paint

            self._questions = Questions(self._client, self)
            self._choose_questions(self._choices.value)
        return self._questions

    def _choose_questions(self, settings: Settings) -> None:
        if self._questions is not None:
            self._questions.choose(settings.questions_a_day, settings.questions_hour)

    def _make(self, row: PageRow) -> Page:
        context = PageContext(
            self._client, self._filter_model, self._choices, self._state, self._daily_questions
        )
        page = row.make(context)
        page.use(self._choices.value)
        page.requested.connect(self.requested)
        page.demo_requested.connect(self.demo_requested)
        return page

    def _on_settings(self, settings: Settings) -> None:
        self._choose_questions(settings)
        for page in self._pages.values():
            page.use(settings)
