"""The Charts page: one question at a time, each answered by a few charts."""

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.app.stored import StoredValue
from ledger.core.days import day_of
from ledger.core.filters import ANY, Filter
from ledger.core.trials import Trials
from ledger.flows.insights.drill_down import DrillDown, narrow
from ledger.host import documents
from ledger.host.settings import DEFAULTS, Settings
from ledger.host.window_state import WindowState
from ledger.metrics.frame import Frame
from ledger.ui import theme
from ledger.ui.charts.draw_scheduler import DrawScheduler
from ledger.ui.dialogs.formula import show_formula
from ledger.ui.keymap import QUESTIONS, ChartQuestion, PageName
from ledger.ui.pages.base import Page, Route
from ledger.ui.pages.charts.question import DrawContext, Question
from ledger.ui.pages.charts.question_row import QuestionRow
from ledger.ui.pages.charts.questions import make_question
from ledger.ui.widgets.empty_state import EmptyState

BESIDE = 6  # pixels of a question beside its words: these begin where the panels do
EMPTY_LEDGER = (
    "Nothing to draw yet",
    "Charts begin with the first interaction that is found in a tool's log.",
    "See the sources",
)
REMEMBERED = "charts.question"


class _Drawn(NamedTuple):
    """What a question was drawn from; while that is the same it need not be drawn again."""

    frame: Frame
    filter: Filter
    worth: int
    window_days: int
    today: object


class ChartsPage(Page):
    """Draws the figures of what passes the filter; a click on a point narrows the filter to it."""

    def __init__(
        self,
        client: LedgerClient,
        filter_model: FilterModel,
        parent: QWidget | None = None,
        now: Callable[[], float] = time.time,
        state: WindowState | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._filter_model, self._now, self._state = client, filter_model, now, state
        self._worth, self._window_days = DEFAULTS.edited_worth, DEFAULTS.window_days
        path = client.path.with_name(documents.TRIALS_FILE)
        self._trials: StoredValue[Trials] = StoredValue(
            lambda: documents.load_trials(path),
            lambda trials: documents.save_trials(path, trials),
            (),
            self,
        )
        self._questions: dict[ChartQuestion, Question] = {}
        self._drawn: dict[ChartQuestion, _Drawn] = {}
        self.row = QuestionRow(QUESTIONS)
        self.empty = EmptyState("charts", "", "")
        self._answers = QStackedWidget()
        self._stack = QStackedWidget()
        self.scheduler = DrawScheduler(self, self._draw)
        self._arrange()
        self._connect()
        remembered = state.text(REMEMBERED) if state is not None else ""
        self.row.show_question(
            next((key for key in ChartQuestion if key == remembered), QUESTIONS[0][0])
        )

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self._worth, self._window_days = settings.edited_worth, settings.window_days
        self.scheduler.restart()

    def activate(self) -> None:
        """Bring the charts up to date."""
        self.scheduler.activate()

    def prepare(self, route: Route) -> None:
        if route.question is not None:
            self.ask(route.question)

    def ask(self, key: ChartQuestion) -> None:
        """Answer another question."""
        self.row.show_question(key)
        if self._state is not None:
            self._state.set_text(REMEMBERED, key)
        self.scheduler.restart()
        if self.isVisible():  # what had the keyboard may be out of sight now
            self.row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def question(self, key: ChartQuestion) -> Question:
        """Return a question, made if nobody has asked it yet."""
        if key not in self._questions:
            self._questions[key] = self._make(key)
            self._answers.addWidget(self._questions[key])
        return self._questions[key]

    def _make(self, key: ChartQuestion) -> Question:
        question = make_question(key, self._trials)
        question.asked_anew.connect(lambda: self._on_asked_anew(key))
        for panel in question.panels:
            panel.chosen.connect(self._on_chosen)
            panel.listed.connect(self._on_listed)
            panel.formula_asked.connect(lambda anchor: show_formula(anchor, self))
            panel.failed.connect(self._client.failed)
        return question

    def _arrange(self) -> None:
        space = theme.current().space
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.s)
        head = QVBoxLayout()
        head.setContentsMargins(space.xl - BESIDE, 0, space.xl, 0)
        head.addWidget(self.row)
        column.addLayout(head)
        column.addWidget(self._answers, 1)
        for page in (shown, self.empty):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.row.chosen.connect(self.ask)
        self.empty.acted.connect(self._on_empty_acted)
        self._trials.failed.connect(self._client.failed)
        self._client.frame_changed.connect(self.scheduler.ask)
        self._filter_model.filter_changed.connect(self.scheduler.restart)

    def _draw(self) -> Iterator[None]:
        """Draw the question that is asked, one chart after the other."""
        key, frame, active_filter = self.row.current, self._client.frame, self._filter_model.filter
        selection = frame.select(active_filter)
        if not (selection.interactions.any() or selection.portions.any()):
            self.empty.tell_cause(self._client.ready, len(frame) > 0, EMPTY_LEDGER)
            self._stack.setCurrentWidget(self.empty)
            return
        question = self.question(key)
        self._stack.setCurrentIndex(0)
        self._answers.setCurrentWidget(question)
        today = day_of(self._now())
        drawn = _Drawn(frame, active_filter, self._worth, self._window_days, today)
        if _is_same(self._drawn.pop(key, None), drawn):
            self._drawn[key] = drawn
            return
        yield from question.draw(
            DrawContext(frame, selection, active_filter, self._worth, self._window_days, today)
        )
        self._drawn[key] = drawn

    def _on_asked_anew(self, key: ChartQuestion) -> None:
        self._drawn.pop(key, None)
        if key == self.row.current:
            self.scheduler.restart()

    def _on_chosen(self, choice: DrillDown) -> None:
        if choice.picks:  # a chart of just these would say nothing more
            self._on_listed(choice)
        else:
            self._filter_model.set(narrow(self._filter_model.filter, choice))

    def _on_listed(self, choice: DrillDown) -> None:
        self._filter_model.set(narrow(self._filter_model.filter, choice, self._client.frame))
        self.requested.emit(Route(PageName.LEDGER))

    def _on_empty_acted(self) -> None:
        if len(self._client.frame):
            self._filter_model.set(ANY)
        else:
            self.requested.emit(Route(PageName.SOURCES))


def _is_same(before: _Drawn | None, now: _Drawn) -> bool:
    """Whether both are of the very same ledger, filter and settings."""
    return before is not None and before.frame is now.frame and before[1:] == now[1:]
