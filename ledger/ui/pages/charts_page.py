"""The Charts page: signal over time, where the tokens went, by tool and model, the calendar."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ledger.app.session import Session
from ledger.app.view import View
from ledger.core.days import day_of
from ledger.core.filters import ANY
from ledger.flows import charting
from ledger.flows.charting import TOOL_NAMES, Choice, Step
from ledger.flows.headline import TOO_LITTLE, lacking, too_little
from ledger.host.settings import DEFAULTS, Settings
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.groups import by_group
from ledger.metrics.summary import summary
from ledger.metrics.trends import calendar, ratio_series, stack
from ledger.ui import theme
from ledger.ui.charts.calendar_chart import CalendarChart
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.charts.feed import Feed
from ledger.ui.charts.group_chart import GroupChart
from ledger.ui.charts.ratio_chart import RatioChart
from ledger.ui.charts.stack_chart import StackChart
from ledger.ui.charts.step_choice import StepChoice
from ledger.ui.dialogs.formula import show_formula
from ledger.ui.widgets.empty_state import EmptyState

WIDEST = 1240
NOTHING_TAGGED = ("Nothing is tagged yet.", "Tag a few interactions, and this chart begins.")


class ChartsPage(QWidget):
    """Draws the figures of what passes the filter; a click on a point narrows the filter to it.

    Signals:
        sources_requested(): the person wants to see why nothing is here.
    """

    title = "Charts"
    sources_requested = Signal()

    def __init__(
        self,
        session: Session,
        view: View,
        parent: QWidget | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._session, self._view, self._now = session, view, now
        self._worth, self._window_days = DEFAULTS.edited_worth, DEFAULTS.window_days
        self._step: Step | None = None  # None: whatever fits the length
        self._steps = StepChoice()
        self.ratio_chart, self.stack_chart = RatioChart(), StackChart()
        self.tool_chart, self.model_chart = GroupChart("tool", TOOL_NAMES), GroupChart("model")
        self.calendar_chart = CalendarChart()
        self.ratio = _ratio_panel(self.ratio_chart)
        self.stack = _stack_panel(self.stack_chart, self._steps)
        self.tools, self.models = _group_panel(self.tool_chart), _group_panel(self.model_chart)
        self.calendar = _calendar_panel(self.calendar_chart)
        self.panels = (self.ratio, self.stack, self.tools, self.models, self.calendar)
        self.empty = EmptyState("charts", "", "")
        self._stack = QStackedWidget()
        self.feed = Feed(self, self._draw)
        self._arrange()
        self._connect()

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self._worth, self._window_days = settings.edited_worth, settings.window_days
        self.ratio.explain(_ratio_words(self._window_days))
        self.feed.restart()

    def activate(self) -> None:
        """Bring the charts up to date."""
        self.feed.activate()

    def _arrange(self) -> None:
        space = theme.current().space
        content = QWidget()
        content.setObjectName("canvas")
        content.setMaximumWidth(WIDEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(space.xl, space.m, space.xl, space.xl)
        column.setSpacing(space.l)
        for panel in self.panels:
            column.addWidget(panel)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        for page in (area, self.empty):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        for panel in self.panels:
            panel.chosen.connect(self._on_chosen)
            panel.formula_asked.connect(lambda anchor: show_formula(anchor, self))
            panel.failed.connect(self._session.failed)
        self._steps.chosen.connect(self._on_step_chosen)
        self.empty.acted.connect(self._on_empty_acted)
        self._session.frame_changed.connect(self.feed.ask)
        self._view.filter_changed.connect(self.feed.restart)

    def _draw(self) -> Iterator[None]:
        """Draw one chart after the other."""
        frame = self._session.frame
        selection = frame.select(self._view.filter)
        if self._show_empty(frame, selection):
            return
        self._stack.setCurrentIndex(0)
        yield
        self._draw_ratio(frame, selection)
        yield
        step = self._step or charting.fitting_step(frame, selection)
        self._steps.show_step(step)
        self.stack_chart.show_figures(stack(frame, selection, step=step))
        self.stack.show_chart()
        yield
        self.tool_chart.show_figures(by_group(frame, selection, "tool", edited_worth=self._worth))
        self.tools.show_chart()
        yield
        self.model_chart.show_figures(by_group(frame, selection, "model", edited_worth=self._worth))
        self.models.show_chart()
        yield
        self.calendar_chart.show_figures(calendar(frame, selection))
        self.calendar.show_chart()

    def _draw_ratio(self, frame: Frame, selection: Selection) -> None:
        series = ratio_series(
            frame, selection, window_days=self._window_days, edited_worth=self._worth
        )
        if not any(series.coverage):
            self.ratio.show_empty(*NOTHING_TAGGED)
            return
        # Where one window has an interval there is enough work, and nobody need count it.
        if all(low is None for low in series.low):
            whole = summary(frame, selection, "all", edited_worth=self._worth, interval=False)
            if too_little(whole):
                self.ratio.show_empty(TOO_LITTLE, lacking(whole))
                return
        self.ratio_chart.show_figures(series, day_of(self._now()))
        self.ratio.show_chart("" if series.low[-1] is not None else self._newest_lacks(frame))

    def _newest_lacks(self, frame: Frame) -> str:
        """Say what the newest window of the ratio needs for an estimate."""
        newest = self.ratio_chart.choice(self.ratio_chart.points() - 1)
        selection = frame.select(charting.narrowed(self._view.filter, newest))
        figures = summary(frame, selection, "all", edited_worth=self._worth, interval=False)
        needed = charting.tags_needed(frame, selection, figures)
        return f"The newest {self._window_days} days: {lacking(figures, needed)}"

    def _show_empty(self, frame: Frame, selection: Selection) -> bool:
        """Show why there is nothing to draw; whether that is so."""
        if selection.interactions.any() or selection.portions.any():
            return False
        if not self._session.ready:
            self.empty.tell("Opening your ledger", "The figures come in a moment.")
        elif len(frame):
            self.empty.tell(
                "Nothing passes this filter",
                "There are interactions in your ledger, but none that this filter lets through.",
                "Clear filter",
            )
        else:
            self.empty.tell(
                "Nothing to draw yet",
                "Charts begin with the first interaction that is found in a tool's log.",
                "See the sources",
            )
        self._stack.setCurrentWidget(self.empty)
        return True

    def _on_chosen(self, choice: Choice) -> None:
        self._view.set(charting.narrowed(self._view.filter, choice))

    def _on_step_chosen(self, step: Step) -> None:
        self._step = step
        self.feed.restart()

    def _on_empty_acted(self) -> None:
        if len(self._session.frame):
            self._view.set(ANY)
        else:
            self.sources_requested.emit()


def _ratio_panel(chart: RatioChart) -> ChartPanel:
    return ChartPanel(
        chart,
        "Signal per token over time",
        _ratio_words(DEFAULTS.window_days),
        "trend",
    )


def _ratio_words(days: int) -> str:
    return (
        f"Half-hours of work you kept, for each million tokens of the {days} days before. "
        "Tokens are weighted by what they cost."
    )


def _stack_panel(chart: StackChart, steps: StepChoice) -> ChartPanel:
    panel = ChartPanel(
        chart,
        "Where the tokens went",
        "Tokens, weighted by what they cost, by what became of the output.",
        "token-equivalents",
    )
    panel.extras.addWidget(steps)
    return panel


def _group_panel(chart: GroupChart) -> ChartPanel:
    sentence = (
        "Half-hours of kept work per million tokens: the dot is the estimate, the line its "
        "interval, the pale bar what untagged work could make of it. You chose which "
        f"{chart.kind} got which job."
    )
    return ChartPanel(chart, f"By {chart.kind}", sentence, "groups")


def _calendar_panel(chart: CalendarChart) -> ChartPanel:
    return ChartPanel(
        chart,
        "Calendar",
        "Each square is a day: larger with more half-hours of work, stronger in colour the more "
        "of it was kept.",
        "kept-share",
    )
