"""Makes the questions of the Charts page; each loads its charts when it is first asked."""

from ledger.app.stored import StoredValue
from ledger.core.trials import Trials
from ledger.ui.keymap import ChartQuestion
from ledger.ui.pages.charts.question import Question


def make_question(key: ChartQuestion, trials: StoredValue[Trials]) -> Question:
    """Return a question with its charts, not drawn yet."""
    match key:
        case ChartQuestion.CHANGING:
            from ledger.ui.pages.charts.changing import Changing

            return Changing()
        case ChartQuestion.SPENDING:
            from ledger.ui.pages.charts.spending import Spending

            return Spending()
        case ChartQuestion.GROUPS:
            from ledger.ui.pages.charts.groups import Groups

            return Groups()
        case ChartQuestion.SIZE:
            from ledger.ui.pages.charts.size import Size

            return Size()
        case ChartQuestion.HOURS:
            from ledger.ui.pages.charts.hours import Hours

            return Hours()
        case ChartQuestion.TWO:
            from ledger.ui.pages.charts.two import Two

            return Two()
        case ChartQuestion.TRIAL:
            from ledger.ui.pages.charts.trial import TrialQuestion

            return TrialQuestion(trials)
