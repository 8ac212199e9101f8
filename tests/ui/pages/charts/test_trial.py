"""Did my change help?"""

from datetime import date

import pytest

from ledger.app.stored import StoredValue
from ledger.core.trials import Trial
from ledger.flows.insights.drill_down import DrillDown
from ledger.host import documents
from ledger.ui.pages.charts.trial import TrialQuestion, declaration
from tests.ui.pages.charts.conftest import TODAY


@pytest.fixture
def trials(qapp, tmp_path):
    path = tmp_path / "trials.json"
    return StoredValue(
        lambda: documents.load_trials(path),
        lambda declared: documents.save_trials(path, declared),
        (),
    )


def declare(trials, *fields):
    trials.change(lambda trials: (*trials, Trial(*fields)))


def test_without_a_trial_the_way_to_one_is_shown(draw, context, trials):
    question = draw(TrialQuestion(trials), context())
    assert question.panel.empty.cause.full_text() == "Nothing is declared yet."


def test_a_declared_trial_is_compared_when_its_days_are_over(draw, context, trials):
    declare(trials, "Shorter prompts", date(2026, 10, 20), 20, date(2026, 10, 19))
    question = draw(TrialQuestion(trials), context())
    assert (question.chart.first, question.chart.second) == ("after", "before")
    assert question.chart.rows[-1].first.blocks == 20
    assert question.panel.sentence.startswith("“Shorter prompts”: 20 Oct – 8 Nov 2026 against")


def test_each_side_narrows_to_its_days(draw, context, trials):
    declare(trials, "x", date(2026, 10, 20), 20, date(2026, 10, 19))
    question = draw(TrialQuestion(trials), context())
    side = question.chart._choose
    assert side(True) == DrillDown(first=date(2026, 10, 20), last=date(2026, 11, 8))
    assert side(False) == DrillDown(first=date(2026, 9, 30), last=date(2026, 10, 19))


def test_nothing_is_shown_too_early(draw, context, trials):
    declare(trials, "x", date(2026, 11, 20), 28, date(2026, 11, 19))
    question = draw(TrialQuestion(trials), context())
    assert question.panel.empty.cause.full_text().startswith("Too early")


def test_declaring_saves_and_draws_anew(draw, context, trials, qtbot):
    question = draw(TrialQuestion(trials), context())
    with qtbot.waitSignal(question.asked_anew):
        question.form.declared.emit("x", date(2026, 12, 1), 28)
    assert trials.value == (Trial("x", date(2026, 12, 1), 28, TODAY),)
    draw(question, context())
    question.form.given_up.emit(question.form.trial())
    assert trials.value[0].given_up == TODAY


@pytest.mark.parametrize(
    ("declared", "given_up", "sentence"),
    [
        (date(2026, 9, 30), None, "Declared on 30 Sep 2026, beforehand."),
        (date(2026, 10, 9), None, "after it had begun: whoever picks the day afterwards"),
        (date(2026, 9, 30), date(2026, 10, 3), "Given up on 3 Oct 2026."),
    ],
)
def test_it_is_said_when_a_trial_was_declared(declared, given_up, sentence):
    trial = Trial("x", date(2026, 10, 1), 28, declared, given_up)
    assert sentence in declaration(trial)
