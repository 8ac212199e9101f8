import pytest

from ledger.core.evidence import Question
from ledger.flows.tagging.questions import FIRST_QUESTIONS, BlockQuestion
from ledger.ui.pages.tag.question_strip import QuestionStrip


def block(untagged=(1,)):
    question = Question("/p/atlas", 990_000, 0, 0, 0.1, 0.5, volunteered=False, asked=True)
    return BlockQuestion(question, (1, 2, 3), untagged)


@pytest.fixture
def strip(qtbot):
    widget = QuestionStrip()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_question_names_its_half_hour_why_it_is_asked_and_what_an_answer_tags(strip):
    strip.ask(block((1, 2)), 2, "atlas")
    assert strip.title.full_text().startswith("What became of atlas on ")
    assert strip.title.full_text().endswith("?")
    reason = strip.reason.full_text()
    assert reason.startswith("2 questions today.")
    assert "Drawn by lot" in reason
    assert reason.endswith("Your answer tags 2 interactions.")
    assert not strip.begin.isVisible()


def test_the_last_question_says_so_and_work_outside_any_project_has_no_name(strip):
    strip.ask(block(), 1, "")
    assert strip.reason.full_text().startswith("The last question.")
    assert "the work of " in strip.title.full_text()


def test_the_first_round_is_offered_and_may_be_refused(qtbot, strip):
    strip.offer()
    assert str(FIRST_QUESTIONS) in strip.title.full_text()
    with qtbot.waitSignal(strip.begun):
        strip.begin.click()
    with qtbot.waitSignal(strip.left):
        strip.leave.click()
