"""The pages: each made when it is first shown, so that the first paint waits for none of them."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.app.stored import StoredSettings
from ledger.host.settings import Settings
from ledger.host.window_state import WindowState

if TYPE_CHECKING:  # it loads numpy, and the window is painted before
    from ledger.app.questions import Questions


class PageRow(NamedTuple):
    """One page: its name in the keymap, where its class stands, and whether it is filtered."""

    name: str
    module: str
    kind: str
    filtered: bool = True


PAGE_TABLE = (
    PageRow("today", "ledger.ui.pages.today_page", "TodayPage"),
    PageRow("tag", "ledger.ui.pages.tag_page", "TagPage"),
    PageRow("ledger", "ledger.ui.pages.ledger_page", "LedgerPage"),
    PageRow("charts", "ledger.ui.pages.charts_page", "ChartsPage"),
    PageRow("review", "ledger.ui.pages.review_page", "ReviewPage", filtered=False),
    PageRow("compare", "ledger.ui.pages.compare_page", "ComparePage", filtered=False),
    PageRow("sources", "ledger.ui.pages.sources_page", "SourcesPage", filtered=False),
    PageRow("settings", "ledger.ui.pages.settings_page", "SettingsPage", filtered=False),
)
ROWS = {row.name: row for row in PAGE_TABLE}
# Signals by which a page asks for another one.
ROADS = {"tag_requested": "tag", "sources_requested": "sources", "ledger_requested": "ledger"}


@runtime_checkable
class Page(Protocol):
    """What every page is."""

    title: str

    def activate(self) -> None:
        """Bring the page up to date; called whenever it is shown."""
        ...


@runtime_checkable
class UsesSettings(Protocol):
    """A page that wants to know the settings: at once, and whenever they change."""

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        ...


class PageStack(QStackedWidget):
    """Shows one page at a time.

    Signals:
        page_requested(str): a page asks for another one.
        demo_requested(): a page asks for the demo ledger.
    """

    page_requested = Signal(str)
    demo_requested = Signal()

    def __init__(
        self,
        client: LedgerClient,
        view: FilterModel,
        choices: StoredSettings,
        state: WindowState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self._client, self._view, self._choices, self._state = client, view, choices, state
        self._pages: dict[str, QWidget] = {}
        choices.changed.connect(self._on_settings)

    def show_page(self, name: str) -> QWidget:
        """Show a page, making it first if nobody has seen it yet."""
        page = self.page(name)
        self.setCurrentWidget(page)
        if isinstance(page, Page):
            page.activate()
        return page

    def page(self, name: str) -> QWidget:
        """Return a page, made if need be."""
        if name not in self._pages:
            self._pages[name] = self._make(ROWS[name])
            self.addWidget(self._pages[name])
        return self._pages[name]

    def ask(self, question: str) -> None:
        """Have the Charts page answer a question."""
        ask: Callable[[str], None] | None = getattr(self.page("charts"), "ask", None)
        if ask is not None:
            ask(question)

    def show_chart(self, question: str) -> None:
        """Show the charts with one of their questions."""
        self.ask(question)
        self.page_requested.emit("charts")

    def show_interaction(self, identity: int) -> None:
        """Show the ledger with one interaction opened."""
        self.page_requested.emit("ledger")
        open_one: Callable[[int], None] | None = getattr(
            self.page("ledger"), "open_interaction", None
        )
        if open_one is not None:
            open_one(identity)

    @cached_property
    def _questions(self) -> "Questions":
        """The daily questions: drawn also while nobody looks at the page that asks them."""
        from ledger.app.questions import Questions  # noqa: PLC0415 - after the first paint

        made = Questions(self._client, self)
        settings = self._choices.value
        made.choose(settings.questions_a_day, settings.questions_hour)
        return made

    def begin_questions(self) -> None:
        """Draw the questions of the day when they are due, from now on."""
        self._questions.draw()

    def show_disagreements(self) -> None:
        """Show the outputs on which the person, git and the tools' records differ."""
        self.page_requested.emit("ledger")
        show: Callable[[], None] | None = getattr(self.page("ledger"), "show_disagreements", None)
        if show is not None:
            show()

    def _make(self, row: PageRow) -> QWidget:
        kind = getattr(import_module(row.module), row.kind)
        page: QWidget = kind(self._client, self._view, self, **self._more(row.name))
        if isinstance(page, UsesSettings):
            page.use(self._choices.value)
        for signal, target in ROADS.items():
            if hasattr(page, signal):
                getattr(page, signal).connect(
                    lambda *_args, name=target: self.page_requested.emit(name)
                )
        if hasattr(page, "interaction_requested"):
            page.interaction_requested.connect(self.show_interaction)
        if hasattr(page, "chart_requested"):
            page.chart_requested.connect(self.show_chart)
        if hasattr(page, "demo_requested"):
            page.demo_requested.connect(self.demo_requested)
        return page

    def _more(self, name: str) -> dict[str, Any]:
        """Return what a page takes besides client and filter."""
        if name == "tag":
            return {"questions": self._questions}
        more: dict[str, dict[str, Any]] = {
            "settings": {"choices": self._choices},
            "charts": {"state": self._state},
        }
        return more.get(name, {})

    def _on_settings(self, settings: Settings) -> None:
        if "_questions" in vars(self):
            self._questions.choose(settings.questions_a_day, settings.questions_hour)
        for page in self._pages.values():
            if isinstance(page, UsesSettings):
                page.use(settings)
