"""Did my change help? The days after a declared day against as many before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ledger.app.stored import StoredValue
from ledger.core.formatting import day, days
from ledger.core.trials import Trial, Trials, given_up
from ledger.flows.insights.drill_down import DrillDown
from ledger.metrics.comparison import before_after
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.charts.comparison_chart import ComparisonChart
from ledger.ui.pages.charts.question import DrawContext, Question
from ledger.ui.pages.charts.trial_form import TrialForm
from ledger.ui.pages.charts.two import with_work

DAY = timedelta(days=1)
TITLE = "Before and after"
SENTENCE = "Signal per million tokens after a day against before it, within the same projects."
NOTHING = (
    "Nothing is declared yet.",
    "Say above what you will do differently and from which day; the comparison comes by itself.",
)


class TrialQuestion(Question):
    """One chart, and the form that declares what it shows."""

    def __init__(self, trials: StoredValue[Trials]) -> None:
        self._trials = trials
        self.form = TrialForm()
        self.chart = ComparisonChart()
        self.panel = ChartPanel(self.chart, TITLE, SENTENCE, "before-after")
        super().__init__((self.panel,))
        self.column.insertWidget(0, self.form)
        self._context: DrawContext | None = None
        self.form.declared.connect(self._on_declared)
        self.form.given_up.connect(self._on_given_up)
        self.form.chosen.connect(self.asked_anew)
        trials.changed.connect(self.asked_anew)

    def draw(self, context: DrawContext) -> Iterator[None]:
        """Show the trials, then draw the chosen one."""
        self._context = context
        self.form.show_today(context.today)
        self.form.show_trials(self._trials.value)
        yield
        trial = self.form.trial()
        if trial is None:
            self.panel.explain(SENTENCE)
            self.panel.show_empty(*NOTHING)
            return
        comparison = before_after(
            context.frame,
            replace(context.filter, since_s=None, until_s=None),
            trial.start,
            trial.days,
            today=context.today,
            edited_worth=context.worth,
        )
        self.panel.explain(" ".join((declaration(trial), *comparison.notes)))
        if not any(arm.blocks for arm in comparison.arms):
            self.panel.show_empty(
                comparison.reason, "The days stand: come back when they are over."
            )
            return

        def side(is_after: bool) -> DrillDown:
            return _days(trial, is_after=is_after)

        self.chart.show_figures(with_work(context, comparison), "after", "before", side)
        self.panel.show_chart()

    def _on_declared(self, change: str, start: date, length: int) -> None:
        if self._context is not None:
            trial = Trial(change, start, length, self._context.today)
            self._trials.change(lambda trials: (*trials, trial))

    def _on_given_up(self, trial: Trial) -> None:
        if self._context is not None:
            today = self._context.today
            self._trials.change(lambda trials: given_up(trials, trial, today))


def _days(trial: Trial, *, is_after: bool) -> DrillDown:
    """Return the days on one side of a trial's first day."""
    before = DrillDown(first=trial.start - (trial.last - trial.start) - DAY, last=trial.start - DAY)
    return DrillDown(first=trial.start, last=trial.last) if is_after else before


def declaration(trial: Trial) -> str:
    """Say what is compared, and whether it was declared in time."""
    sentence = (
        f"“{trial.what}”: {days(trial.start, trial.last)} against the {trial.days} days before. "
    )
    when = f"Declared on {day(trial.declared, year=True)}"
    if trial.is_beforehand:
        sentence += f"{when}, beforehand."
    else:
        sentence += (
            f"{when}, after it had begun: whoever picks the day afterwards picks the answer."
        )
    if trial.given_up:
        sentence += f" Given up on {day(trial.given_up, year=True)}."
    return sentence
