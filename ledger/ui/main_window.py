"""The window: sidebar, filter bar, one page at a time, and what floats above them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QByteArray, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.app.stored import StoredSettings
from ledger.app.text_search import TextSearch
from ledger.core.errors import LedgerError
from ledger.core.vocabulary import UNTAGGED
from ledger.flows.filters.periods import Cycle
from ledger.host.settings import Settings
from ledger.host.window_state import WindowState
from ledger.ui.actions import Keys
from ledger.ui.commands import entries
from ledger.ui.dialogs.crash_dialog import show_crash
from ledger.ui.dialogs.key_sheet import KeySheet
from ledger.ui.dialogs.palette import Palette
from ledger.ui.dialogs.projects_dialog import Projects
from ledger.ui.dialogs.quick_log import QuickLog
from ledger.ui.keymap import PAGES, ChartQuestion, PageName, Where
from ledger.ui.page_stack import ROWS, PageStack
from ledger.ui.pages.base import Route
from ledger.ui.widgets.empty_state import EmptyState
from ledger.ui.window.demo_strip import DemoStrip
from ledger.ui.window.filter_bar import FilterBar
from ledger.ui.window.nav_item import short_count
from ledger.ui.window.notices import Notices
from ledger.ui.window.saved_views import SavedViews
from ledger.ui.window.sidebar import Sidebar
from ledger.ui.window.status_strip import StatusStrip
from ledger.ui.window.toast import Toast
from ledger.ui.window.top_bar import TopBar

SIZE = (1180, 800)
SMALLEST = (820, 560)
TITLE = "Signal Ledger"


class MainWindow(QMainWindow):
    """Arranges the panels and passes on what the person does.

    Signals:
        quit_requested(): the person wants the program to end.
        demo_requested(): the person wants to look around in made-up work.
        demo_left(): the person wants their own ledger back.
    """

    quit_requested = Signal()
    demo_requested = Signal()
    demo_left = Signal()

    def __init__(
        self,
        client: LedgerClient,
        filter_model: FilterModel,
        choices: StoredSettings,
        state: WindowState,
        now: Callable[[], datetime],
        *,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self._client, self._filter_model, self._choices, self._state = (
            client,
            filter_model,
            choices,
            state,
        )
        self._page = PageName.TODAY
        self._closed: EmptyState | None = None  # shown instead of everything without a ledger
        self.hides_when_closed = False
        self.sidebar = Sidebar(PAGES)
        self.filter_bar = FilterBar(client, filter_model, lambda: now().date())
        self.pages = PageStack(client, filter_model, choices, state)
        self.strip = StatusStrip(client)
        self.quick_log = QuickLog(client, now, self)
        self._search = TextSearch(client, filter_model, self)
        self.top = TopBar(self.filter_bar.text)
        self.demo_strip = DemoStrip()
        self.demo_strip.setVisible(demo)
        self._build()
        self.toast = Toast(self, self._content)
        self.notices = Notices(client, self.toast, self)
        self.shelf = SavedViews(
            client.path,
            self.sidebar.views,
            self.filter_bar.filter_text,
            filter_model,
            self.toast,
            self,
            self._show_filtered,
        )
        self.handlers = self._commands()
        self._keys = Keys(self, Where.ANYWHERE, self.handlers)
        self._use(choices.value)
        self._connect()
        self._restore()

    def _build(self) -> None:
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        ground = QWidget()
        ground.setObjectName("canvas")
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.demo_strip)
        column.addWidget(self.top)
        self._bar = QWidget()
        bar = QVBoxLayout(self._bar)
        bar.setContentsMargins(24, 0, 24, 10)
        bar.addWidget(self.filter_bar)
        column.addWidget(self._bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.strip)
        row.addLayout(column, 1)
        self.setCentralWidget(ground)

    def _commands(self) -> dict[str, Callable[[], object]]:
        pages: dict[str, Callable[[], object]] = {
            f"page.{name}": partial(self.show_page, name) for name in PageName
        }
        questions: dict[str, Callable[[], object]] = {
            f"page.charts.{question}": partial(self.go, Route(PageName.CHARTS, question=question))
            for question in ChartQuestion
        }
        return (
            pages
            | questions
            | {
                "palette": self._open_palette,
                "quick_log": self.open_quick_log,
                "undo": self.notices.undo,
                "redo": self.notices.redo,
                "import": self._client.import_now,
                "filter.text": self._focus_search,
                "filter.clear": self.filter_bar.clear,
                "filter.compare": self.filter_bar.toggle_compare,
                "view.save": self.shelf.save,
                "disagreements": partial(self.go, Route(PageName.LEDGER, disagreements=True)),
                "projects": lambda: Projects(self._client, self).show(),
                "sidebar": lambda: self.sidebar.setVisible(self.sidebar.isHidden()),
                "keys": self._open_keys,
                "quit": self.quit_requested.emit,
            }
        )

    def _connect(self) -> None:
        client = self._client
        client.failed.connect(self._on_failed)
        client.undo_changed.connect(self.top.show_undo)
        client.frame_changed.connect(self._on_frame)
        self._choices.failed.connect(self._on_failed)
        self._choices.changed.connect(self._use)
        self._search.searching.connect(self.strip.show_search)
        self.top.palette_wanted.connect(self._open_palette)
        self.top.undo_wanted.connect(self.notices.undo)
        self.top.redo_wanted.connect(self.notices.redo)
        self.strip.cancelled.connect(client.cancel_import)
        self.filter_bar.text.left.connect(self._leave_search)
        self.sidebar.page_chosen.connect(self.show_page)
        self.sidebar.quick_log_wanted.connect(self.open_quick_log)
        self.sidebar.keys_wanted.connect(self._open_keys)
        self.pages.requested.connect(self.go)
        self.pages.demo_requested.connect(self.demo_requested)
        self.demo_strip.left.connect(self.demo_left)

    def _content(self) -> QRect:
        return QRect(self.strip.mapTo(self, QPoint()), self.strip.size())

    def show_page(self, name: PageName) -> None:
        """Show a page."""
        self.go(Route(name))

    @property
    def page(self) -> PageName:
        """The page that is shown."""
        return self._page

    def go(self, route: Route) -> None:
        """Show a page, and there what the route asks for."""
        self._page = route.page
        self._mark_page()
        self.setWindowTitle(f"{dict(PAGES)[route.page]} – {TITLE}")
        self.pages.show_route(route)

    def _mark_page(self) -> None:
        """Let everything around the page say which it is."""
        self.top.title.setText(dict(PAGES)[self._page])
        self._show_filter(ROWS[self._page].filtered)
        self.sidebar.show_page(self._page)

    def come_forward(self) -> None:
        """Show the window above the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def open_quick_log(self) -> None:
        """Open the quick log, with its draft if there is one."""
        self.quick_log.show()
        self.quick_log.raise_()
        self.quick_log.activateWindow()

    def show_bug(self, report: str) -> None:
        """Show the report of a bug."""
        show_crash(report, self)

    def remember(self) -> None:
        """Write down where the window stands and what it shows."""
        self._state.set_blob("geometry", bytes(self.saveGeometry().data()))
        self._state.set_text("page", self._page)
        self._state.set_text("filter", self.filter_bar.state())
        self._state.set_text("sidebar", "hidden" if self.sidebar.isHidden() else "")
        self._state.save()

    def _restore(self) -> None:
        geometry = self._state.blob("geometry")
        if geometry:
            self.restoreGeometry(QByteArray(geometry))
        self.filter_bar.restore(self._state.text("filter"))
        self.sidebar.setVisible(self._state.text("sidebar") != "hidden")
        page = self._state.text("page")
        self._page = PageName(page) if page in ROWS else PageName.TODAY
        self._mark_page()

    def _show_filter(self, shown: bool) -> None:
        self._bar.setVisible(shown)
        self.filter_bar.text.setVisible(shown)

    def show_first_page(self) -> None:
        """Show the page that was open last; called after the first paint."""
        self.show_page(self._page)
        self.pages.begin_questions()

    def _use(self, settings: Settings) -> None:
        self._keys.use(settings.keys)
        self.quick_log.use(settings)
        self.filter_bar.filter_text.use(Cycle(settings.review_months, settings.review_begins))

    def _open_palette(self) -> None:
        keys = self._choices.value.keys
        period = self.filter_bar.set_period
        offered = entries(self._client, self._filter_model, self.handlers, period, keys)
        Palette([*offered, *self.shelf.entries()], self).show()

    def _open_keys(self) -> None:
        KeySheet(self._choices.value.keys, self).show()

    def _focus_search(self) -> None:
        self._show_filtered()
        self.filter_bar.focus_text()

    def _leave_search(self) -> None:
        """Go on in the page: where it likes to begin, or else with its first control by Tab."""
        self.show_page(self._page)
        if self.filter_bar.text.hasFocus():
            self.pages.page(self._page).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_filtered(self) -> None:
        """Show a page that has a filter, unless one is shown."""
        if not ROWS[self._page].filtered:
            self.show_page(PageName.LEDGER)

    def _on_failed(self, error: LedgerError) -> None:
        if self._client.ready:
            self.notices.warn(error)
            return
        if self._closed is None:
            self._closed = EmptyState("warning", error.title, error.hint, "Quit")
            self._closed.acted.connect(self.quit_requested)
            self.pages.addWidget(self._closed)
        self.pages.setCurrentWidget(self._closed)
        self.strip.sentence.setText("The ledger is not open")

    def _on_frame(self) -> None:
        waiting = int((self._client.frame.tag == UNTAGGED).sum())
        count_text = f"{short_count(waiting)} untagged"
        self.sidebar.show_count(PageName.TAG, waiting, count_text)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay in the tray where there is one, else end the program."""
        self.remember()
        if self.hides_when_closed:
            event.ignore()
            self.hide()
            return
        super().closeEvent(event)
        self.quit_requested.emit()
