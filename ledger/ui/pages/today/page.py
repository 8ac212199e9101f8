"""The Today page: what the figures say in plain words, what changed, and what to do next."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.core import projects
from ledger.core.days import day_of
from ledger.core.filters import ANY, Filter
from ledger.core.formatting import count
from ledger.core.rows import FileRow, InteractionRow
from ledger.flows import transcript
from ledger.flows.filters.parser import onto, parse
from ledger.flows.filters.resolver import Names
from ledger.flows.insights import changes, charts, findings, headline
from ledger.flows.insights.headline import TOO_LITTLE, Statement
from ledger.host.settings import DEFAULTS, Settings
from ledger.metrics.tally import summary_of
from ledger.ui import formatting, theme
from ledger.ui.charts.draw_scheduler import DrawScheduler
from ledger.ui.charts.share_bar import ShareBar
from ledger.ui.dialogs.formula import show_formula
from ledger.ui.keymap import ChartQuestion, PageName
from ledger.ui.pages.base import Page, Route
from ledger.ui.pages.today.compare_table import CompareTable
from ledger.ui.pages.today.goal_section import GoalSection
from ledger.ui.pages.today.recent_list import RecentList
from ledger.ui.pages.today.statement_row import StatementRow
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.empty_state import EmptyState
from ledger.ui.widgets.plain import PlainLabel

WIDEST = 860
EMPTY_LEDGER = (
    "Your ledger is empty",
    (
        "It fills by itself from the logs that your AI tools keep on this machine. "
        "Nothing is sent anywhere."
    ),
    "See the sources",
    "Open the demo ledger",
)


class TodayPage(Page):
    """Says what became of what passes the filter."""

    def __init__(
        self,
        client: LedgerClient,
        filter_model: FilterModel,
        parent: QWidget | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._client, self._filter_model, self._now = client, filter_model, now
        self._worth, self._set_size = DEFAULTS.edited_worth, DEFAULTS.tag_set_size
        steps = (Type.FIGURE, Type.HEADING, Type.BODY)
        inks = ("text", "text", "text_soft")
        self.headline = [
            StatementRow(*step_and_ink) for step_and_ink in zip(steps, inks, strict=True)
        ]
        self.bar = ShareBar()
        self.tag_button = Button(f"Tag {self._set_size}", "primary", "tag")
        self.waiting = PlainLabel("", Type.BODY, "text_soft")
        self.change = StatementRow()
        self.compared = CompareTable()
        self.findings = [StatementRow() for _ in range(findings.MOST)]
        self.goals = GoalSection(client, now, self)
        self.recent = RecentList()
        self.imported = PlainLabel("", Type.CAPTION, "text_faint")
        self.empty = EmptyState("today", "", "")
        self._stack = QStackedWidget()
        self.scheduler = DrawScheduler(self, self._draw)
        self._arrange()
        self._connect()

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self._worth, self._set_size = settings.edited_worth, settings.tag_set_size
        self.goals.use(settings)
        self.scheduler.restart()

    def activate(self) -> None:
        """Bring the page up to date."""
        self.scheduler.activate()

    def _arrange(self) -> None:
        space = theme.current().space
        content = QWidget()
        content.setObjectName("canvas")
        content.setMaximumWidth(WIDEST + 2 * space.xl)
        column = QVBoxLayout(content)
        column.setContentsMargins(space.xl, space.l, space.xl, space.xl)
        column.setSpacing(space.s)
        for row in self.headline:
            column.addWidget(row)
        column.addSpacing(space.s)
        column.addWidget(self.bar)
        column.addSpacing(space.s)
        column.addLayout(self._tag_row())
        for title, widgets in (
            ("What changed", [self.change, self.compared]),
            ("Worth knowing", self.findings),
            ("Goals", [self.goals.rows]),
            ("Recent", [self.recent]),
        ):
            column.addSpacing(space.l)
            column.addWidget(PlainLabel(title, Type.STRONG, "text_faint"))
            for widget in widgets:
                column.addWidget(widget)
        column.addSpacing(space.s)
        column.addWidget(self.imported)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        for page in (area, self.empty):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _tag_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().space.m)
        row.addWidget(self.tag_button)
        row.addWidget(self.waiting)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        for row in (*self.headline, self.change, *self.findings):
            row.formula_asked.connect(lambda anchor: show_formula(anchor, self))
            row.shown.connect(self._on_shown)
        self.compared.formula_asked.connect(lambda anchor: show_formula(anchor, self))
        self.goals.filter_wanted.connect(self._show_rows)
        self.tag_button.clicked.connect(self._on_tag_clicked)
        self.recent.opened.connect(self._open)
        self.empty.acted.connect(self._on_empty_acted)
        self.empty.acted_otherwise.connect(self.demo_requested)
        self._client.frame_changed.connect(self.scheduler.ask)
        self._filter_model.filter_changed.connect(self.scheduler.restart)
        self._filter_model.compare_changed.connect(self.scheduler.restart)

    def _draw(self) -> Iterator[None]:
        """Say one thing after the other, the headline first."""
        frame, active_filter = self._client.frame, self._filter_model.filter
        selection = frame.select(active_filter)
        if not selection.interactions.any():
            self.empty.tell_cause(self._client.ready, len(frame) > 0, EMPTY_LEDGER)
            self._stack.setCurrentWidget(self.empty)
            return
        self._stack.setCurrentIndex(0)
        summary = summary_of(frame, selection, "all", edited_worth=self._worth)
        statements = headline.headline(
            summary, charts.tags_needed(frame, selection, summary), self._worth
        )
        for row, statement in zip(self.headline, (*statements, None, None, None), strict=False):
            row.say(statement)
        self.bar.show_parts(charts.shares(frame, selection))
        self._show_waiting(summary.untagged)
        yield
        self._ask_for_recent(charts.recent(frame, selection))
        self._client.ask(lambda store: store.files(), self._on_files)
        yield
        now = int(self._now())
        changed = changes.change(frame, active_filter, now, edited_worth=self._worth)
        self.change.say(changed.statement)
        self.compared.show_change(changed)
        self.compared.setVisible(self._filter_model.compare)
        yield
        self.goals.draw()
        yield
        sentences = yield from findings.findings(
            frame, active_filter, summary, now, edited_worth=self._worth
        )
        nothing = (Statement(TOO_LITTLE, "gates"),)
        for row, statement in zip(
            self.findings, (*(sentences or nothing), None, None), strict=False
        ):
            row.say(statement)

    def _on_shown(self, statement: Statement) -> None:
        """Show the rows or the chart behind a sentence."""
        if statement.chart:
            question = ChartQuestion(statement.chart)
            self.requested.emit(Route(PageName.CHARTS, question=question))
            return
        meant = parse(statement.words, Names(), day_of(self._now())).filter
        self._show_rows(onto(self._filter_model.filter, meant))

    def _show_rows(self, rows_filter: Filter) -> None:
        self._filter_model.set(rows_filter)
        self.requested.emit(Route(PageName.LEDGER))

    def _open(self, interaction: int) -> None:
        self.requested.emit(Route(PageName.LEDGER, interaction=interaction))

    def _show_waiting(self, untagged: int) -> None:
        number = min(untagged, self._set_size)
        self.tag_button.set_label(f"Tag {number}")
        self.tag_button.setVisible(bool(untagged))
        untagged_words = f"{count(untagged, 'interaction')} untagged"
        self.waiting.setText(untagged_words if untagged else "Everything is tagged.")

    def _ask_for_recent(self, ids: tuple[int, ...]) -> None:
        self._client.ask(lambda store: store.rows(ids), self._on_rows)

    def _on_rows(self, rows: list[InteractionRow]) -> None:
        self.recent.show_rows(rows, projects.names(self._client.frame.projects))
        self._client.read(lambda: transcript.masked_prompts(rows), self._on_prompts)

    def _on_prompts(self, prompts: dict[int, transcript.Prompt]) -> None:
        texts = {identity: prompt.text or prompt.missing for identity, prompt in prompts.items()}
        self.recent.show_prompts(texts)

    def _on_files(self, files: list[FileRow]) -> None:
        self.imported.setText(last_import(files, self._now()))

    def _on_tag_clicked(self) -> None:
        self.requested.emit(Route(PageName.TAG))

    def _on_empty_acted(self) -> None:
        if len(self._client.frame):
            self._filter_model.set(ANY)
        else:
            self.requested.emit(Route(PageName.SOURCES))


def last_import(files: list[FileRow], now_s: float) -> str:
    """Return when logs were last looked at, how many there are, and what could not be read."""
    if not files:
        return "No log was read yet."
    when = formatting.short_moment(max(row.seen_ms for row in files), now_s)
    sentence = f"Last import {when} · {count(len(files), 'log')}"
    rejected = sum(row.rejected for row in files)
    if rejected:
        sentence += f" · {count(rejected, 'line')} could not be read"
    problems = sum(1 for row in files if row.problem)
    if problems:
        sentence += f" · {count(problems, 'log')} with a problem"
    return sentence
